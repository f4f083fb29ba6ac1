-- tipl funding: totals of the money that reports speak of, by period and currency, and what no total holds.
-- Added are amounts given for the first time, asserted, and of one year or reporting period; how sure the year is makes
-- three baskets. Listed but never added: amounts of several years. Not added either: conversions (the same money),
-- comparisons (other years), parts of an amount, and what is only planned or asked for.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local layout = require "tipl.layout"
local tipl = require "tipl"

local options, files = command.parse(arg, {
  usage = "funding FILE... [options]",
  about = "Totals of funding by period and currency, with what they leave out.",
  example = "funding examples/reports/valdoria-2021.txt --evidence",
  options = { { name = "evidence", about = "the sentence under each amount" } },
})

local baskets = {
  { title = "year stated in the sentence", basis = { "stated", "inherited" } },
  { title = "+ year inferred", basis = { "inferred" } },
  { title = "+ year assumed", basis = { "assumed", "-" } },
}

-- The same money in other currencies, as printed, summed by currency: { { "USD", "468930" } … }.
local function converted(report, facts)
  local sums, order = {}, {}
  for _, fact in ipairs(facts) do
    for twin in report:facts { of = fact, relation = "conversion_of", has_value = true } do
      if not sums[twin.unit] then order[#order + 1] = twin.unit end
      sums[twin.unit] = tipl.add(sums[twin.unit] or 0, twin.value_text)
    end
  end
  for i, unit in ipairs(order) do order[i] = { unit, sums[unit] } end
  return order
end

local function in_brackets(twins)
  local parts = {}
  for i, twin in ipairs(twins) do parts[i] = layout.digits(twin[2]) .. " " .. twin[1] end
  return #parts > 0 and " (" .. table.concat(parts, ", ") .. " as printed)" or ""
end

local function amount(report, fact)
  if not fact.value then return fact.evidence end
  return ("%s %s%s"):format(layout.value(fact), fact.unit, in_brackets(converted(report, { fact })))
end

local function print_fact(report, fact, more)
  local to = fact.recipient or fact.purpose
  print(layout.safe(("    %-4s  %s%s%s"):format(fact.id, amount(report, fact), to and ", " .. to or "", more or "")))
  if options.evidence then command.evidence(fact) end
end

-- Amounts of one period in one currency, basket by basket, each total with those before it.
local function print_totals(report, period, unit, facts, incomplete)
  print(layout.bold(("  %s, %s"):format(period, unit)))
  local so_far = {}
  for _, basket in ipairs(baskets) do
    local part = facts:where { basis = basket.basis }
    table.move(basket.basis, 1, #basket.basis, #so_far + 1, so_far)
    if #part > 0 then
      local all = facts:where { basis = so_far }
      local total = all:total()
      print(("  %-29s %s%s %s%s"):format(basket.title, (incomplete or total.lower_bound) and "at least " or "",
        layout.digits(total.text), unit, in_brackets(converted(report, all))))
      for fact in part do print_fact(report, fact) end
    end
  end
end

local function print_list(report, title, facts, note)
  if #facts == 0 then return end
  print(layout.bold("  " .. title))
  for fact in facts do print_fact(report, fact, note and note(fact)) end
end

local function period_note(fact)
  return fact.flags.label_range and ("; %s, though its label says another length"):format(layout.period(fact))
    or "; " .. layout.period(fact)
end

local function unreported(funding)
  local facts = funding:where { state = { "not_reported", "withheld" }, relation = "primary" }
  for fact in facts do
    print(layout.safe(("  Every total is a lower bound: %s (%s%s)."):format(fact.evidence, fact.id,
      fact.from and ", " .. layout.period(fact) or "")))
    if options.evidence then command.evidence(fact) end
  end
  return #facts > 0
end

local function print_left_out(funding)
  local parts = {}
  for _, kind in ipairs {
    { "conversions", { relation = "conversion_of" } }, { "comparisons", { relation = "comparison_of" } },
    { "parts", { relation = { "breakdown_of", "subset_of", "attribute_of" } } },
    { "restatements", { relation = "restates" } },
    { "planned or requested", { relation = "primary", certainty = { "hypothetical", "requested" } } },
  } do
    local n = #funding:where(kind[2]):where { has_value = true }
    if n > 0 then parts[#parts + 1] = ("%d %s"):format(n, n == 1 and kind[1]:gsub("s$", "") or kind[1]) end
  end
  if #parts > 0 then print("  Not added: " .. table.concat(parts, ", ") .. ".") end
end

-- What two amounts share that makes it possible that one is inside the other: "services", or nil. The core
-- has flagged those that have such a partner; here the partners are named.
local function shared_use(a, b)
  if a.unit ~= b.unit or a.sentence == b.sentence or a.uses.foreign ~= b.uses.foreign then return nil end
  if tostring(a.from) > tostring(b.to) or tostring(b.from) > tostring(a.to) then return nil end
  for _, use in ipairs(a.uses) do
    if b.uses[use] then return (use:gsub("_", " ")) end
  end
end

local function print_containments(facts)
  local title = "  One may contain the other, so that totals with both may count money twice:"
  local function named(fact) return ("%s (%s %s)"):format(fact.id, layout.value(fact), fact.unit) end
  for i, one in ipairs(facts) do
    for k = i + 1, #facts do
      local use = shared_use(one, facts[k])
      if use then
        if title then print(layout.bold(title)) end
        title = nil
        print(layout.safe(("    %s and %s: both %s"):format(named(one), named(facts[k]), use)))
      end
    end
  end
end

os.exit(command.each(files, function(report, path, number)
  if number > 1 then print() end
  print(command.title(report, path) .. ": funding")
  local funding = report:facts { metric = "funding" }
  if #funding == 0 then return print "  The text speaks of no funding, which does not mean there was none." end
  local primary = funding:where { relation = "primary", certainty = "asserted" }
  local amounts = primary:where { has_value = true }
  local function several(fact) return fact.from ~= nil and fact.from ~= fact.to and not fact.year end
  local incomplete = unreported(funding)
  for period, facts in amounts:where(function(fact) return not several(fact) end):group(
    function(fact) return fact.year or layout.period(fact) end) do
    for unit, same in facts:group "unit" do
      print_totals(report, period == "" and "no period" or period, layout.safe(unit), same, incomplete)
    end
  end
  print_list(report, "Several years, never added:", amounts:where(several), period_note)
  print_containments(amounts:where { flags = "may_contain" })
  print_list(report, "Denied:", primary:where { state = "not_done" })
  print_left_out(funding)
end), true)
