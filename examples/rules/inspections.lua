-- inspections: raids and inspections, how many, by whom, and those that are told without a number.
local tipl = require "tipl"
local g = tipl.grammar

local acts = g.word { "raid", "raids", "inspection", "inspections", "sweeps", "unannounced visits" }

return tipl.rules {
  name = "inspections", overlap = "first",
  {
    name = "counted", priority = 2, -- "14 raids", "1,200 unannounced labor inspections"
    pattern = g.number:as "value" // g.gap(4, g.actor + g.number + g.word { "victims", "during", "initiating" } + ",") // acts:as "noun",
    fields = { metric = "inspections", unit = "events" },
    accepts = {
      { "Police carried out 14 raids on nightclubs.", value = 14, noun = "raids" },
      { "The inspectorate made 1,200 unannounced labor inspections.", value = 1200 },
    },
    rejects = { "Police found 12 victims during raids.", "The law of 2014 allows raids." },
  },
  {
    name = "inspected", priority = 1, -- "inspected 30 farms", "conducted inspections at 12 companies"
    pattern = g.word { "inspected", "raided", "inspections at", "inspections of", "raids on", "raids of" }
      // g.gap(2, g.word { "and" }) // g.number:as "value" // g.gap(3, g.word { "and", "victims" })
      // g.word { "companies", "establishments", "businesses", "workplaces", "farms", "worksites", "ships", "vessels",
        "restaurants", "nightclubs", "factories", "agencies", "estates", "hotels", "bars" }:as "noun",
    fields = { metric = "inspections", unit = "places" },
    accepts = {
      { "Officers conducted inspections at 12 companies.", value = 12, noun = "companies", unit = "places" },
      { "In 2020, authorities inspected 30 remote farms.", value = 30 },
    },
    rejects = { "Authorities inspected farms and identified 30 victims." },
  },
  {
    name = "told", -- an inspection or a raid that is told, but not counted
    pattern = g.actor:as "actor" // g.gap(12, g.word { "not" }) // g.word { "raided", "during raids", "conducted raids",
      "conducting raids", "impromptu inspections", "unannounced inspections" },
    fields = { metric = "inspections" },
    accepts = { { "Police raided a restaurant near the port.", actor = "Police" } },
    rejects = { "Police did not conduct raids.", "The ministry raised pay." },
  },
}
