-- referral: whether there is a national referral mechanism, edition by edition. The value is a word: lacking, planned,
-- operating, hindered. Over several editions:
--   for report in tipl.each("reports") do report:apply(set) … report:facts { metric = "other" } … end
local tipl = require "tipl"
local g = tipl.grammar

local mechanism = g.word { "national referral mechanism", "national victim referral mechanism", "referral mechanism",
  "NRM", "national referral system" }

return tipl.rules {
  name = "referral", overlap = "first",
  {
    name = "lacking", priority = 3,
    pattern = (g.word { "lack", "lacked", "lacks", "lacking", "without", "no", "nor an", "not have", "absence of" }
        // g.gap(8, g.word { "implement", "adopted" }) // mechanism:as "noun")
      + (mechanism:as "noun" // g.word { "stalled", "did not exist" }),
    fields = { metric = "other", value = "lacking" },
    accepts = {
      { "The government continued to lack formal procedures and a national referral mechanism.", value = "lacking" },
      { "There was no NRM in 2020.", value = "lacking" },
    },
    rejects = { "Police used the NRM." },
  },
  {
    name = "planned", priority = 2,
    pattern = g.word { "develop", "developing", "development of", "drafted", "drafting", "planned", "create", "establish",
        "establishing", "finalize", "finalizing" }:as "verb"
      // g.gap(6) // mechanism:as "noun",
    fields = function(captures, match)
      local sentence = match.report:sentences()[match.row]
      local wish = sentence.section == "recommendations"
      return { metric = "other", value = "planned", certainty = wish and "requested" or "asserted" }
    end,
    accepts = {
      { "The ministry continued to develop an NRM.", value = "planned", certainty = "asserted" },
      { "Develop a national referral mechanism.", section = "recommendations", certainty = "requested" },
    },
    rejects = { "The plan was drafted by the ministry." },
  },
  {
    name = "hindered",
    pattern = g.word { "limited understanding", "inconsistent use", "did not consistently use", "reforms to", "wait times" }
      // g.gap(8) // mechanism:as "noun",
    fields = { metric = "other", value = "hindered" },
    accepts = { { "Inconsistent use of the national referral mechanism left victims without help.", value = "hindered" } },
    rejects = { "Limited understanding of the law hindered police." },
  },
  {
    name = "operating",
    pattern = (g.word { "implemented", "implementation of", "maintained", "used", "utilized", "adopted", "launched", "through", "via",
        "under" }:as "verb" // g.gap(4, g.word { "develop", "planned" }) // mechanism:as "noun"),
    fields = { metric = "other", value = "operating" },
    accepts = {
      { "Police maintained a formal referral mechanism.", value = "operating" },
      { "Agencies report victims via the NRM.", value = "operating" },
    },
    rejects = { "The government planned a referral mechanism." },
  },
}
