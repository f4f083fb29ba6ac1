--- Amounts of money in words and in rows: what `tipl funding` prints of them.
-- SPDX-License-Identifier: MIT
local layout = require "tipl.layout"
local money = require "tipl.money"

local moneytext = {}

-- " (468,930 USD as printed)".
local function dollars_of(fact)
  local parts = {}
  for unit, text in pairs(money.printed(fact)) do parts[#parts + 1] = layout.digits(text) .. " " .. unit end
  table.sort(parts)
  return #parts > 0 and " (" .. table.concat(parts, ", ") .. " as printed)" or ""
end

--- "4,000,000 NOK (468,930 USD as printed), from Parliament, to NGOs, for shelters, at home"; what the
-- text lacks is left out.
function moneytext.describe(fact)
  local payer, recipient, purpose = money.parties(fact)
  local parts = { fact.value and ("%s %s%s"):format(layout.value(fact), fact.unit, dollars_of(fact)) or fact.evidence }
  parts[#parts + 1] = payer and "from " .. payer
  parts[#parts + 1] = recipient and "to " .. recipient
  parts[#parts + 1] = purpose and "for " .. purpose
  parts[#parts + 1] = fact.value and ({ domestic = "at home", foreign = "abroad" })[money.scope(fact)]
  return table.concat(parts, ", ")
end

--- A row of tipl.rows about a fact of funding: kind says what it is to a total; more: columns beside the usual ones.
function moneytext.row(report, path, fact, kind, more)
  local payer, recipient, purpose = money.parties(fact)
  local row = { file = path, country = report.country, edition = report.year, kind = kind, period = layout.period(fact),
    from = fact.from, to = fact.to, value = fact.value, high = fact.high, unit = fact.unit, bound = fact.bound, payer = payer,
    recipient = recipient, purpose = purpose, scope = money.scope(fact), facts = { fact } }
  for key, value in pairs(more or {}) do row[key] = value end
  return row
end

--- The same of an item of money.read.
function moneytext.amount_row(report, path, amount)
  local others = {}
  for i, link in ipairs(amount.with) do others[i] = link[1].fact.id end
  return moneytext.row(report, path, amount.fact, amount.kind, {
    basket = amount.basket and money.baskets[amount.basket].name, may_contain = others,
    usd_printed = tonumber(money.in_unit(amount.fact, "USD") or nil), growth = money.growth(amount) or nil,
  })
end

local left_out = { { "comparison", "comparisons" }, { "part", "parts" }, { "restatement", "restatements" },
  { "planned or requested", "planned or requested" } }

--- What no total holds: "13 conversions, 3 comparisons", or "".
function moneytext.left_out(report, amounts)
  local parts = {}
  local conversions = #report:facts { metric = "funding", relation = "conversion_of", has_value = true }
  if conversions > 0 then parts[1] = ("%d conversion%s"):format(conversions, conversions == 1 and "" or "s") end
  for _, kind in ipairs(left_out) do
    local n = 0
    for _, amount in ipairs(amounts) do n = n + (amount.kind == kind[1] and 1 or 0) end
    if n > 0 then parts[#parts + 1] = ("%d %s"):format(n, n == 1 and kind[1] or kind[2]) end
  end
  return table.concat(parts, ", ")
end

--- Amounts of which one may contain the other: a list of "F1 (3,000,000 NOK) and F2 (…): both services".
function moneytext.containments(amounts)
  local function named(fact) return ("%s (%s %s)"):format(fact.id, layout.value(fact), fact.unit) end
  local list = {}
  for _, amount in ipairs(amounts) do
    for _, link in ipairs(amount.with) do
      local other = link[1].fact
      if other.number > amount.fact.number then
        list[#list + 1] = ("%s and %s: both %s"):format(named(amount.fact), named(other), link[2])
      end
    end
  end
  return list
end

--- What grew or shrank: a list of "F51  35,000,000: +16.7% from 30,000,000 NOK in 2019 (+16.5% in printed dollars)".
function moneytext.growths(amounts)
  local list = {}
  for _, amount in ipairs(amounts) do
    local fact, change, dollars = amount.fact, money.growth(amount)
    if change then
      list[#list + 1] = ("%s  %s: %s from %s %s in %s%s"):format(fact.of.id, layout.value(fact.of), change,
        layout.value(fact), fact.unit, layout.period(fact),
        dollars and (" (%s in printed dollars)"):format(dollars) or "")
    end
  end
  return list
end

--- The totals of editions (each as money.of_edition gives it, with `edition`) as a table of text.
function moneytext.editions(country)
  local list = {}
  for n, edition in ipairs(country) do
    list[n] = { edition.edition, edition.period, nil, nil, nil, edition.unit }
    for _, total in ipairs(edition.totals) do
      for i, basket in ipairs(money.baskets) do
        if basket == total.basket then list[n][i + 2] = layout.digits(total.text) end
      end
    end
  end
  return layout.grid({ "edition", "year", ">stated", ">+ inferred", ">+ assumed", "currency" }, list)
end

return moneytext
