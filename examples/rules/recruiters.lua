-- recruiters: what was done about recruiters and recruitment agencies, and what was not.
local tipl = require "tipl"
local g = tipl.grammar

local agency = g.word { "recruiter", "recruiters", "recruitment agency", "recruitment agencies", "employment agency",
  "employment agencies", "labor recruiters", "foreign labor recruiters", "labor agencies", "brokers", "agencies" }
local act = g.word { "suspended", "revoked", "fined", "closed", "blacklisted", "banned", "sanctioned", "penalized", "cancelled",
  "canceled", "shut down", "vetted", "investigated", "charged", "convicted" }

return tipl.rules {
  name = "recruiters", overlap = "first",
  {
    name = "number", priority = 2, -- "suspended the licenses of 12 recruitment agencies"
    pattern = act:as "verb" // g.gap(6, g.word { "not", "victims" }) // g.number:as "value" // g.gap(3) // agency:as "noun",
    fields = { metric = "sanctions", unit = "places" },
    accepts = {
      { "The ministry suspended the licenses of 12 recruitment agencies.", value = 12, verb = "suspended" },
      { "Officials vetted 69 employment agencies.", value = 69, noun = "employment agencies" },
    },
    rejects = { "The ministry licensed 12 recruitment agencies.", "Police charged 12 brothel owners." },
  },
  {
    name = "passive", priority = 2, -- "12 recruiters were fined"
    pattern = g.number:as "value" // g.gap(3) // agency:as "noun" // g.word { "were", "had", "was" } // g.gap(3, g.word "not") // act:as "verb",
    fields = { metric = "sanctions", unit = "places" },
    accepts = { { "Four unlicensed recruiters were fined.", value = 4, verb = "fined" } },
    rejects = { "Four recruiters were not fined." },
  },
  {
    name = "none", priority = 1, -- nothing was done: silence that is said
    pattern = g.word { "did not report", "did not", "failed to" } // g.gap(5)
      // g.word { "holding", "hold", "sanction", "sanctioning", "penalize", "prosecute", "prosecuting", "investigate", "regulate",
        "regulating", "have policies", "have laws" }:as "verb" // g.gap(6, g.word { "victims" }) // agency:as "noun",
    fields = { metric = "sanctions", state = "not_done" },
    accepts = { { "The government did not report holding any fraudulent recruiters accountable.", state = "not_done", verb = "holding" } },
    rejects = { "The government did not report how it screened victims." },
  },
  {
    name = "fees", -- who must not, or may, charge workers
    pattern = g.word { "prohibited", "allow", "allowed", "banned", "prohibits" }:as "verb" // g.gap(3) // agency:as "noun"
      // g.gap(4) // g.word { "fees", "high recruitment fees", "recruitment fees" },
    fields = { metric = "other", value = "fees" },
    accepts = { { "The law prohibited recruitment agencies from charging workers fees.", verb = "prohibited" } },
    rejects = { "Agencies charged high fees." },
  },
}
