--- Funding in a report: which amounts may be added, in how sure a year, what they are worth in the dollars that the report
-- prints, who pays whom, and which may contain each other.
-- SPDX-License-Identifier: MIT
local chart = require "tipl.chart"
local layout = require "tipl.layout"
local tipl = require "tipl"

local money = {}

--- How sure the year of an amount is, the surest first: a total takes in a basket and all before it.
money.baskets = {
  { name = "stated", title = "year stated in the sentence", basis = { "stated", "inherited" } },
  { name = "inferred", title = "+ year inferred", basis = { "inferred" } },
  { name = "assumed", title = "+ year assumed", basis = { "assumed", "-" } },
}

local basket_of = {}
for i, basket in ipairs(money.baskets) do
  for _, basis in ipairs(basket.basis) do basket_of[basis] = i end
end

--- The same money in other currencies as the report prints it: { USD = "468930" }.
function money.printed(fact)
  local list = {}
  for twin in fact.report:facts { of = fact, relation = "conversion_of", has_value = true } do
    list[twin.unit] = twin.value_text
  end
  return list
end

--- An amount in a currency, as text: its own or as printed beside it; nil where the report prints none.
function money.in_unit(fact, unit)
  if fact.unit == unit then return fact.value_text end
  return money.printed(fact)[unit]
end

-- ---- who pays whom

-- A span widened to the words of its name: capitals before it ("Norwegian Agency"), and what stands between it and its verb.
local function name_at(fact, name)
  local report, first, last = fact.report, fact:span(name)
  if not first then return nil end
  local lead = report:read(math.max(1, first - 60), first - 1):match "%f[%w]([%u][%w’']*%s[%u%w%s]*)$"
  if lead and not lead:find "[%s]%l+%s" and not lead:find "^In " then first = first - #lead end
  local verb = fact:span "verb"
  local tail = verb and verb > last and report:read(last + 1, verb - 1) or ""
  local named = tail:find "^ of " or tail:find "^ for " or tail:find "^ %(" or tail:find "^ %l+ $"
  if named and #tail < 80 and not tail:find "[%d;.]" and not tail:find "ed " then last = last + #tail end
  return (report:read(first, last):gsub("%s+", " "):gsub("^ ", ""):gsub("[%s,]+$", ""))
end

local received = { received = true, receive = true, receives = true }

--- Payer, recipient and purpose as the sentence has them; each may be absent.
function money.parties(fact)
  local actor = name_at(fact, "actor")
  local got = fact.verb and received[fact.verb:lower()]
  local recipient = fact.recipient or got and actor or nil
  return not got and actor or nil, recipient, fact.purpose
end

--- "foreign" where the sentence says that money goes abroad, "domestic" where it goes to a body, service or
-- office at home, else nil.
function money.scope(fact)
  if fact.uses.foreign then return "foreign" end
  if #fact.uses > 0 or select(2, money.parties(fact)) then return "domestic" end
end

-- ---- amounts

-- What two amounts share that makes it possible that one is inside the other: "services", or nil. The core
-- has flagged those that have such a partner; here the partners are named.
local function shared_use(a, b)
  if a.unit ~= b.unit or a.sentence == b.sentence or a.uses.foreign ~= b.uses.foreign then return nil end
  if tostring(a.from) > tostring(b.to) or tostring(b.from) > tostring(a.to) then return nil end
  for _, use in ipairs(a.uses) do
    if b.uses[use] then return (use:gsub("_", " ")) end
  end
end

local function several_years(fact) return fact.from ~= nil and fact.from ~= fact.to and not fact.year end

local kinds = { comparison_of = "comparison", breakdown_of = "part", subset_of = "part", attribute_of = "part",
  restates = "restatement" }

-- What an amount is to a total: "counted", or why it is not.
local function kind_of(fact)
  if kinds[fact.relation] then return kinds[fact.relation] end
  if fact.certainty ~= "asserted" then return "planned or requested" end
  return several_years(fact) and "several years" or "counted"
end

-- Links amounts that may be inside one another: amount.with = { { amount, what they share } … }.
local function link(amounts)
  for i, one in ipairs(amounts) do
    for k = i + 1, #amounts do
      local other = amounts[k]
      local both = one.fact.flags.may_contain and other.fact.flags.may_contain and one.kind ~= "comparison"
        and other.kind ~= "comparison" and shared_use(one.fact, other.fact)
      if both then
        table.insert(one.with, { other, both })
        table.insert(other.with, { one, both })
      end
    end
  end
end

--- The funding of a report: amounts, a list of { fact, kind, basket (of those counted), with }, in text order; unreported and
-- denied, lists of facts. kind: "counted", "several years", "comparison", "part", "restatement", "planned or requested".
function money.read(report)
  local funding = report:facts { metric = "funding" }
  local amounts = {}
  for fact in funding:where { has_value = true } do
    if fact.relation ~= "conversion_of" then
      local kind = kind_of(fact)
      amounts[#amounts + 1] = { fact = fact, kind = kind, with = {},
        basket = kind == "counted" and basket_of[fact.basis or "-"] or nil }
    end
  end
  link(amounts)
  local primary = funding:where { relation = "primary" }
  return { amounts = amounts, unreported = primary:where { state = { "not_reported", "withheld" } },
    denied = primary:where { state = "not_done", certainty = "asserted" }, count = #funding }
end

--- The period under which a counted amount is added: a year, or words.
function money.period(fact)
  local period = fact.year or layout.period(fact)
  return period == "" and "no period" or period
end

-- What is less where each amount that may be inside a larger one is: the sum of those amounts, and how many.
local function contained(amounts, unit)
  local sum, count, here = "0", 0, {}
  for _, amount in ipairs(amounts) do here[amount] = true end
  for _, amount in ipairs(amounts) do
    local inside = false
    for _, link_to in ipairs(amount.with) do
      local other = link_to[1]
      local larger = other.fact.value > amount.fact.value
        or other.fact.value == amount.fact.value and other.fact.number < amount.fact.number
      inside = inside or here[other] and larger
    end
    local text = inside and money.in_unit(amount.fact, unit)
    if text then sum, count = tipl.add(sum, text), count + 1 end
  end
  return sum, count
end

--- The totals of counted amounts in a unit: a list by basket (each with those before it; baskets without amounts are
-- left out) of { basket, text = exact sum, bound = some amount is "more than" or "at least", part = the amounts that are
-- new in it, missing = how many have no value in the unit, least = the sum if amounts lie inside one another, or nil }.
function money.totals(amounts, unit)
  local list, so_far, sum, bound, missing = {}, {}, "0", false, 0
  for i, basket in ipairs(money.baskets) do
    local part = {}
    for _, amount in ipairs(amounts) do
      if amount.basket == i then
        local text = money.in_unit(amount.fact, unit)
        part[#part + 1], so_far[#so_far + 1] = amount, amount
        sum, missing = tipl.add(sum, text or "0"), missing + (text and 0 or 1)
        bound = bound or amount.fact.bound == ">" or amount.fact.bound == ">="
      end
    end
    if #part > 0 then
      local less, count = contained(so_far, unit)
      list[#list + 1] = { basket = basket, text = sum, bound = bound, part = part, missing = missing,
        least = count > 0 and tipl.add(sum, "-" .. less) or nil }
    end
  end
  return list
end

--- The counted amounts by period and currency (`unit`: all in that one), in the order of the text: lists with `period`
-- and `unit`.
function money.groups(amounts, unit)
  local groups, by_key = {}, {}
  for _, amount in ipairs(amounts) do
    local period, own = money.period(amount.fact), unit or amount.fact.unit
    local key = period .. "\0" .. own
    if amount.kind == "counted" and not by_key[key] then
      by_key[key] = { period = period, unit = own }
      groups[#groups + 1] = by_key[key]
    end
    if amount.kind == "counted" then table.insert(by_key[key], amount) end
  end
  return groups
end

--- By how much an amount grew since the comparison that an item of money.read is: "+16.7%" in its own currency and, where
-- both are printed, in dollars; nil for other amounts and other units.
function money.growth(amount)
  local before, after = amount.fact, amount.fact.of
  if amount.kind ~= "comparison" or after.unit ~= before.unit or after.from == before.from then return nil end
  local first, second = money.in_unit(before, "USD"), money.in_unit(after, "USD")
  return chart.change(before.value, after.value),
    first and second and after.unit ~= "USD" and chart.change(tonumber(first), tonumber(second)) or nil
end

--- The totals of an edition for the year it is about, in its local money (what most amounts are in) or in `unit`:
-- { unit, period, totals }, empty where it has none.
function money.of_edition(report, funding, unit)
  local best
  for _, group in ipairs(money.groups(funding.amounts, unit)) do
    if group.period == (report.year or 0) - 1 and (not best or #group > #best) then best = group end
  end
  return best and { unit = best.unit, period = best.period, totals = money.totals(best, best.unit) } or {}
end

return money
