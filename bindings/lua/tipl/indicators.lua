--- The indicators of a narrative in the manner of the Human Trafficking Indicators (R. W. Frank, 2013): 47 variables,
-- each yes, no or no mention, with the rule that set it and the words that show it. What the rules cannot see stays No
-- mention: a coder should read the evidence.
-- SPDX-License-Identifier: MIT
local flows = require "tipl.flows"
local rows = require "tipl.rows"

local indicators = {}

local YES, SOME, NO, NONE = "Yes", "Some", "No", "No mention"

local government = { "domesticlaws", "enforcement", "convictinfo", "prosnum", "protectprogress", "victimid",
  "victimservices", "victimpunish", "preventprogress" }

--- The names of all variables, in the order of the columns.
indicators.columns = { "tier", "minstand", "efforts", "source", "source_order", "transit", "transit_order", "destination",
  "destination_order", "internal" }
for _, form in ipairs(flows.forms) do
  for _, role in ipairs(flows.roles) do table.insert(indicators.columns, form .. role) end
end
table.move(government, 1, #government, #indicators.columns + 1, indicators.columns)

-- ---- sentences

-- The first sentence of some sections with one of the patterns (in lower case; a list, of which one must be there) and
-- none of `never`. sections: nil for all but recommendations and profile.
local function find_sentence(report, patterns, never, sections)
  for sentence in report:sentences() do
    local kind = sentence.section
    local here = sections and sections[kind] or not sections and kind ~= "recommendations" and kind ~= "profile"
    local lower = here and sentence.text:lower():gsub("’", "'")
    for _, pattern in ipairs(here and patterns or {}) do
      local barred = lower:find "%f[%a]should%f[%A]" ~= nil -- advice is no evidence
      for _, word in ipairs(never or {}) do barred = barred or lower:find(word) ~= nil end
      if not barred and lower:find(pattern) then return rows.quote(sentence) end
    end
  end
end

-- The first rule that finds its sentence: a list of { value, rule, patterns, never, sections }.
local function first_of(report, list)
  for _, item in ipairs(list) do
    local witness = find_sentence(report, item[3], item[4], item[5])
    if witness then return item[1], item[2], witness end
  end
end

local future = { "should ", "would ", "plan to", "plans to", "draft", "drafted" }
local protection = { protection = true, summary = true, unknown = true, efforts = true }

-- ---- facts

-- The first asserted fact that is no comparison, for which good(fact) is true.
local function fact_of(report, filter, good)
  for fact in report:facts(filter) do
    local counts = fact.certainty == "asserted" and fact.relation ~= "comparison_of"
    if counts and (not good or good(fact)) then return fact end
  end
end

-- The label of a pillar's effort.
local function effort(report, pillar)
  return fact_of(report, { metric = "effort", who = pillar }, function(fact) return not fact.form end)
end

local function by_label(report, pillar, labels)
  local fact = effort(report, pillar)
  if fact and labels[fact.value] then return labels[fact.value], "effort " .. fact.value, rows.witness(fact) end
end

local function plain(fact) return fact.who ~= "official" and not fact.form end

-- ---- variables

local coders = {}

local tiers = { ["1"] = "Tier 1", ["2"] = "Tier 2", ["2WL"] = "Tier 2 Watch List", ["3"] = "Tier 3", SC = "Special Case" }
function coders.tier(report)
  local fact = report:facts { metric = "tier" }[1]
  return tiers[report.tier], "tier", fact and rows.witness(fact)
end

function coders.minstand(report)
  return first_of(report, {
    { YES, "complies", { "fully compl[iy]", "fully meets? the minimum", "government meets the minimum" }, { " not " } },
    { NO, "does not comply", { "does not .-compl[iy].- minimum standards", "does not .-meet .-minimum standards",
      "not yet compl[iy]" } },
  })
end

function coders.efforts(report)
  local value, rule, witness = first_of(report, {
    { NO, "no significant efforts", { "not making significant efforts", "not yet made significant efforts",
      "not made significant efforts", "not demonstrate .-efforts" } },
    { YES, "significant efforts", { "making significant efforts", "is making serious" } },
  })
  if not value then
    local met, _, why = coders.minstand(report)
    if met == YES then return YES, "complies", why end
  end
  return value, rule, witness
end

function coders.domesticlaws(report)
  local every = fact_of(report, { metric = "penalty" }, function(fact) return not fact.form end)
  local sex, labor = fact_of(report, { metric = "penalty", form = "sex" }), fact_of(report, { metric = "penalty", form = "labor" })
  local value, rule, witness = first_of(report, {
    { SOME, "some forms only", { "did not criminalize all", "does not criminalize all", "does not prohibit all",
      "criminalized some forms", "prohibits? some forms", "criminalizes some", "do not prohibit all" }, future },
    { YES, "all forms", { "criminaliz%a+ sex trafficking and labor trafficking", "criminaliz%a+ sex and labor",
      "prohibits? all forms", "criminaliz%a+ all forms", "prohibits trafficking in persons",
      "criminaliz%a+ trafficking in persons", "criminaliz%a+ labor trafficking and" }, future },
    { NO, "none", { "no law", "no legislation exists", "has no specific" }, { "constitution" } },
    { SOME, "other statutes", { "constitution prohibits", "statute that outlaws", "criminaliz%a+", "outlaws", "laws against" }, future },
  })
  if value == YES or value == SOME and rule == "some forms only" then return value, rule, witness end
  if every then return YES, "penalty for all", rows.witness(every) end
  if sex and labor then return YES, "penalties for sex and labor", rows.witness(sex) end
  if sex or labor then return SOME, "penalty for one form", rows.witness(sex or labor) end
  return value, rule, witness
end

-- The newest prosecutions (or another metric) of trafficking, persons before cases.
local function newest(report, metric)
  local best
  for fact in report:facts { metric = metric, has_value = true, relation = "primary", certainty = "asserted" } do
    local year = fact.year or fact.from == "RP" and report.year and report.year - 1 or 0
    local rank = year * 2 + (fact.unit == "persons" and 1 or 0)
    if plain(fact) and (not best or rank > best.rank) then best = { fact = fact, rank = rank } end
  end
  return best and best.fact
end

function coders.enforcement(report)
  local value, rule, witness = by_label(report, "prosecution",
    { increased = YES, maintained = YES, minimal = SOME, mixed = SOME, decreased = SOME, none = NO })
  local tried = newest(report, "prosecutions")
  if value == YES and tried and tried.value == 0 then return SOME, rule .. ", but none prosecuted", rows.witness(tried) end
  if value then return value, rule, witness end
  value, rule, witness = first_of(report, {
    { NO, "no enforcement", { "does not enforce", "no law enforcement efforts", "did not investigate or prosecute any" } },
    { SOME, "weak", { "law enforcement efforts .-limited", "limited .-law enforcement", "minimal law enforcement",
      "weak .-enforcement", "uneven .-enforcement", "limited .-anti%-trafficking enforcement", "enforcement .-weak" } },
    { YES, "investigates and prosecutes", { "investigates and prosecutes", "vigorously investigat", "strong law enforcement",
      "aggressively prosecut" }, { " not " } },
  })
  if value then return value, rule, witness end
  local done = tried or newest(report, "convictions") or newest(report, "investigations")
  if done and done.value > 0 then return SOME, "figures of cases", rows.witness(done) end
end

function coders.convictinfo(report)
  local given = fact_of(report, { metric = { "convictions", "prosecutions" }, has_value = true }, function(fact)
    return fact.who ~= "official" and (fact.metric == "convictions" or fact.value == 0)
  end)
  if given then return YES, "figure of " .. given.metric, rows.witness(given) end
  local silent = fact_of(report, { metric = { "convictions", "other" }, state = { "not_reported", "withheld" } }, function(fact)
    return fact.who ~= "official" and (fact.metric == "convictions" or fact.section == "prosecution")
  end)
  if silent then return NO, "not reported", rows.witness(silent) end
end

function coders.prosnum(report)
  for _, metric in ipairs { "prosecutions", "convictions" } do
    local fact = newest(report, metric)
    if fact then return fact.value, metric, rows.witness(fact) end
  end
end

function coders.protectprogress(report)
  local value, rule, witness = by_label(report, "protection",
    { increased = YES, maintained = YES, minimal = YES, mixed = YES, decreased = NO, none = NO })
  if value then return value, rule, witness end
  value, rule, witness = first_of(report, { { NO, "no progress", { "no progress .-protect", "did not improve .-protect",
    "no efforts to protect", "no .-protection programs", "does not .-protect victims" } } })
  if value then return value, rule, witness end
  local fact = fact_of(report, { metric = { "victims_assisted", "shelters", "funding" }, source = "government", has_value = true },
    function(one) return one.section == "protection" and one.value > 0 end)
  if fact then return YES, "figure of " .. fact.metric, rows.witness(fact) end
end

function coders.victimid(report)
  return first_of(report, {
    { NO, "no procedures", { "neither formal identification", "lack%a* .-identif", "no formal .-identif", "no systematic .-identif",
      "not have .-procedures .-identif", "ad hoc .-identif", "without .-identification procedures", "no standard .-identif",
      "did not .-use .-procedures to .-identif", "not employ .-identif" }, { "recommend" }, nil },
    { YES, "procedures in use", { "standard operating procedures", "formal procedures .-identif", "systematic procedures",
      "identification procedures", "screening procedures", "used .-referral mechanism", "procedures to identify",
      "guidelines .-identif", "screened .-for .-indicators" }, future, nil },
  })
end

function coders.victimservices(report)
  local none = fact_of(report, { metric = "victims_assisted", state = "stated" }, function(fact)
    return plain(fact) and not fact.who and fact.value == 0
  end)
  if none then return NO, "none assisted", rows.witness(none) end
  local own = fact_of(report, { metric = { "victims_assisted", "shelters" }, source = "government", has_value = true },
    function(fact) return fact.value > 0 and not (fact.actor or ""):find "NGO" end)
  if own then return YES, "figure of " .. own.metric, rows.witness(own) end
  return first_of(report, {
    { NO, "none, or by others", { "ngos provided most", "relied on ngos", "did not provide .-services", "does not assist",
      "no .-shelters? for", "did not operate .-shelter", "not fund .-shelter" }, nil, protection },
    { YES, "government services", { "government .-provid.-services", "government .-provid.-shelter", "government .-provid.-assist",
      "government .-operat.-shelter", "government .-provid.-medical", "municipal .-centers", "state%-run" },
      { "did not", "ngo" }, protection },
  })
end

function coders.victimpunish(report)
  local harmed = fact_of(report, { metric = "victims_penalized" }, function(fact) return fact.value and fact.value > 0 end)
  if harmed then return YES, "figure of victims_penalized", rows.witness(harmed) end
  local value, rule, witness = first_of(report, { { YES, "punished", { "arrested .-victims", "detained .-victims",
    "deport%a* .-victims", "penalized .-victims", "victims .-were .-arrested", "victims .-were .-jailed", "victims .-deported",
    "victims .-were .-detained", "jailed .-victims", "fined .-victims" },
    { "did not", "no report", "not penalize", "not detain", "not jail", "no cases", "exempt", "rather than", "training" } } })
  if value then return value, rule, witness end
  local none = fact_of(report, { metric = "victims_penalized" }, function(fact) return fact.value == 0 end)
  if none then return NO, "none reported", rows.witness(none) end
  return first_of(report, { { NO, "none", { "no reports? .-penaliz", "did not penalize", "not jailed", "no evidence .-penaliz",
    "were not .-penalized", "were not .-detained" } } })
end

function coders.preventprogress(report)
  local value, rule, witness = by_label(report, "prevention",
    { increased = YES, maintained = SOME, minimal = SOME, mixed = SOME, decreased = SOME, none = NO })
  if value then return value, rule, witness end
  value, rule, witness = first_of(report, {
    { NO, "none", { "no .-awareness", "not conducted .-campaign", "neither conducted public awareness", "no prevention",
      "did not .-campaign", "no progress .-prevent" } },
    { SOME, "limited", { "limited .-prevent", "minimal support .-education", "minimal .-prevent", "some .-prevention" } },
    { YES, "new programs", { "awareness campaign", "launched .-campaign", "information campaign" }, { " not ", "no ", "failure", "failed" } },
  })
  if value then return value, rule, witness end
  local fact = fact_of(report, { metric = "campaigns", source = "government" }, function(one) return one.value and one.value > 0 end)
  if fact then return YES, "figure of campaigns", rows.witness(fact) end
end

-- ---- all

local ordinal = { "First mention", "Second mention", "Third mention" }

local function code_flows(report, cells)
  local read, order, found = flows.read(report)
  for _, role in ipairs(flows.roles) do
    local name = role == "dest" and "destination" or role
    cells[name] = read[role] or { value = found and NO or NONE, rule = found and "not said" or "no profile" }
    if role ~= "internal" then cells[name .. "_order"] = { value = NONE, rule = "not said" } end
    for _, form in ipairs(flows.forms) do
      cells[form .. role] = read[form .. role] or { value = NONE, rule = found and "not said" or "no profile" }
    end
  end
  local rank = 0
  for _, role in ipairs(order) do
    local name = role == "dest" and "destination" or role
    if cells[name].value == YES then
      rank = rank + 1
      cells[name .. "_order"] = { value = ordinal[rank], rule = "order of mention", witness = cells[name].witness }
    end
  end
  return found
end

--- Codes a report. Returns its cells by name, { value =, rule =, witness = (nil for No mention) }, prosnum a number or without
-- value; and whether a profile was found, without which nothing is known of flows and forms.
function indicators.code(report)
  local cells = {}
  local found = code_flows(report, cells)
  for name, coder in pairs(coders) do
    local value, rule, witness = coder(report)
    if value == nil and name ~= "prosnum" then value = NONE end
    cells[name] = { value = value, rule = rule or "not said", witness = witness }
  end
  return cells, found
end

return indicators
