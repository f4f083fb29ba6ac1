--- What a dossier calls things: kinds of facts, fields, relations and flags in words for readers.
-- SPDX-License-Identifier: MIT
local layout = require "tipl.layout"

local words = {}

--- The kinds by which facts are colored: key (a class of the style sheet), name, metrics. Every metric has one.
words.kinds = {
  { key = "law", name = "Law enforcement", metrics = { "investigations", "arrests", "charges", "prosecutions",
    "convictions", "acquittals", "sentences", "sentence_length", "penalty", "fine", "extraditions" } },
  { key = "victims", name = "Victims", metrics = { "victims_identified", "victims_referred", "victims_assisted",
    "victims_in_cases", "victims_cooperating", "victims_repatriated", "victims_penalized", "screened",
    "residence_permits", "permit_length", "compensation" } },
  { key = "services", name = "Services and prevention", metrics = { "shelters", "hotline_calls", "trained", "trainings",
    "campaigns", "inspections", "sanctions", "staff", "units" } },
  { key = "money", name = "Money", metrics = { "funding" } },
  { key = "ratings", name = "Ratings and judgements", metrics = { "tier", "tier_change", "effort", "streak" } },
  { key = "other", name = "Other counts", metrics = { "other" } },
}

--- The kind of each metric.
words.kind_of = {}
for _, kind in ipairs(words.kinds) do
  for _, metric in ipairs(kind.metrics) do words.kind_of[metric] = kind end
end

local tiers = { ["1"] = "Tier 1", ["2"] = "Tier 2", ["2WL"] = "Tier 2 Watch List", ["3"] = "Tier 3",
  SC = "Special Case" }

--- A tier as people call it; nil for none.
function words.tier(tier) return tier and (tiers[tier] or tier) end

--- "victims_in_cases" as "Victims in cases".
function words.capital(name) return (name:gsub("_", " "):gsub("^%l", string.upper)) end

local signs = { ["<="] = "≤", [">="] = "≥" }

--- The value of a fact without its unit, in print: "38", "≤72", "84–144".
function words.number(fact)
  return (layout.value(fact):gsub("^[<>]=", signs):gsub("(%d)%-(%d)", "%1–%2"))
end

--- The value of a fact with its unit: "38 cases", "1 person", "not reported".
function words.value(fact)
  local unit = fact.unit
  if fact.metric == "tier" then return words.tier(fact.value_text) or fact.evidence end
  if not fact.value_text or not unit or unit == "label" then return words.number(fact) end
  if fact.value_text == "1" and not fact.high_text and unit ~= unit:upper() then unit = unit:gsub("s$", "") end
  return words.number(fact) .. " " .. unit
end

--- A period in print: "2020", "2016–2020".
function words.period(fact) return (layout.period(fact):gsub("^(%d%d%d%d)%-(%d%d%d%d)$", "%1–%2")) end

--- What a flag tells, as a sentence without its stop.
words.flags = {
  parts_disagree = "its parts do not add up to this value",
  own_year = "compared with a figure of its own year",
  label_range = "label and range count different numbers of years",
  may_contain = "may contain another amount, or be contained in it",
  unknown_currency = "an unknown currency, kept as printed",
  rate = "its exchange rate does not fit the report’s other pairs",
  multi_year = "covers more than one year",
}

--- How a fact is related to the one named behind: "part of F14".
words.relations = {
  comparison_of = "compared with", breakdown_of = "part of", subset_of = "some of", conversion_of = "same money as",
  restates = "repeats", attribute_of = "describes",
}

--- The names and texts of a fact's fields, in the order of reading; absent ones are left out.
function words.fields(fact)
  local list = {}
  local function add(name, text)
    if text and text ~= "" then list[#list + 1] = { name, text } end
  end
  local period = words.period(fact)
  add("period", period ~= "" and period .. (fact.basis and " (" .. fact.basis .. ")" or "") or nil)
  for _, name in ipairs { "who", "form", "source", "status", "phase" } do add(name, fact[name]) end
  if fact.certainty ~= "asserted" then add("certainty", fact.certainty) end
  if fact.state ~= "stated" then add("state", (fact.state:gsub("_", " "))) end
  local of = fact.of
  if of then add("relation", words.relations[fact.relation] .. " " .. of.id .. " (" .. words.value(of) .. ")") end
  for _, name in ipairs { "actor", "recipient", "purpose" } do add(name, fact[name]) end
  add("uses", (table.concat(fact.uses, ", "):gsub("_", " ")))
  for _, flag in ipairs(fact.flags) do add("flag", words.flags[flag] or flag) end
  add("rule", fact.rule)
  add("place", ("line %d, byte %d"):format(fact.line, fact.offset))
  return list
end

--- Who or what a report is about: "Norway, 2021 edition"; a country nobody knows is called as it calls itself.
function words.title(report, path)
  if report.country then return ("%s, %s edition"):format(report.country, report.year or "undated") end
  return report.title or path
end

return words
