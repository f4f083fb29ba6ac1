-- tipl funding: totals of the money that reports speak of, by period and currency, and what no total holds.
-- Added are amounts given for the first time, asserted, and of one year or reporting period; how sure the year is makes
-- three baskets. Listed but never added: amounts of several years. Not added either: conversions (the same money),
-- comparisons (other years), parts of an amount, and what is only planned or asked for.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local editions = require "tipl.editions"
local layout = require "tipl.layout"
local money = require "tipl.money"
local rows = require "tipl.rows"

local options, files = command.parse(arg, {
  usage = "funding FILE... [options]",
  about = [[
Totals of funding by period and currency, with what they leave out, payers and recipients as the text has them, growth in
local money, and the totals of several editions of a country side by side. csv and jsonl have a row for each
amount: kind says what it is to a total ("counted", or why not), basket how sure its year is.]],
  example = "funding examples/reports/valdoria-2021.txt --evidence",
  options = command.with_rows {
    { name = "in", takes = "WORD", words = { "local", "usd" }, default = "local",
      about = "usd: totals in the dollars that the report itself prints beside its amounts" },
  },
})

local usd = options["in"] == "usd"

local function printed(fact)
  local parts = {}
  for unit, text in pairs(money.printed(fact)) do parts[#parts + 1] = layout.digits(text) .. " " .. unit end
  table.sort(parts)
  return #parts > 0 and " (" .. table.concat(parts, ", ") .. " as printed)" or ""
end

local function print_fact(fact, more)
  local payer, recipient, purpose = money.parties(fact)
  local text = fact.value and ("%s %s%s"):format(layout.value(fact), fact.unit, printed(fact)) or fact.evidence
  local parts = { ("    %-4s  %s"):format(fact.id, text) }
  parts[#parts + 1] = payer and "from " .. payer
  parts[#parts + 1] = recipient and "to " .. recipient
  parts[#parts + 1] = purpose and "for " .. purpose
  parts[#parts + 1] = fact.value and ({ domestic = "at home", foreign = "abroad" })[money.scope(fact)]
  print(layout.safe(table.concat(parts, ", ") .. (more or "")))
  if options.evidence then command.evidence(fact) end
end

-- The dollars beside the amounts of a total.
local function total_printed(amounts, number)
  local total = money.totals(amounts, "USD")[number]
  return total.text ~= "0" and (" (%s USD as printed)"):format(layout.digits(total.text)) or ""
end

-- Amounts of one period in one currency, basket by basket, each total with those before it.
local function print_totals(period, unit, amounts, incomplete)
  print(layout.bold(("  %s, %s"):format(period, usd and "USD as the report prints it" or layout.safe(unit))))
  for i, total in ipairs(money.totals(amounts, unit)) do
    print(("  %-29s %s%s %s%s%s"):format(total.basket.title, (incomplete or total.bound) and "at least " or "",
      layout.digits(total.text), layout.safe(unit), unit ~= "USD" and total_printed(amounts, i) or "",
      total.least and (", or %s if smaller amounts lie inside larger ones"):format(layout.digits(total.least)) or ""))
    for _, amount in ipairs(total.part) do print_fact(amount.fact) end
    if total.missing > 0 then
      print(("  %d of these %s no dollars beside %s."):format(total.missing, total.missing == 1 and "has" or "have",
        total.missing == 1 and "it" or "them"))
    end
  end
end

local function print_several(amounts)
  local title = "  Several years, never added:"
  for _, amount in ipairs(amounts) do
    local fact = amount.fact
    if amount.kind == "several years" then
      if title then print(layout.bold(title)) end
      title = nil
      print_fact(fact, ("; %s%s"):format(layout.period(fact),
        fact.flags.label_range and ", though its label says another length" or ""))
    end
  end
end

local function print_containments(amounts)
  local title = "  One may contain the other, so that totals with both may count money twice:"
  local function named(fact) return ("%s (%s %s)"):format(fact.id, layout.value(fact), fact.unit) end
  for _, amount in ipairs(amounts) do
    for _, link in ipairs(amount.with) do
      if link[1].fact.number > amount.fact.number then
        if title then print(layout.bold(title)) end
        title = nil
        print(layout.safe(("    %s and %s: both %s"):format(named(amount.fact), named(link[1].fact), link[2])))
      end
    end
  end
end

-- "F51  35,000,000: +16.7% from 30,000,000 NOK in 2019 (+16.5% in printed dollars)".
local function print_growth(amounts)
  local title = "  Growth, in local money:"
  for _, amount in ipairs(amounts) do
    local change, dollars = money.growth(amount)
    if change then
      if title then print(layout.bold(title)) end
      title = nil
      print(layout.safe(("    %s  %s: %s from %s %s in %s%s"):format(amount.fact.of.id, layout.value(amount.fact.of), change,
        layout.value(amount.fact), amount.fact.unit, layout.period(amount.fact),
        dollars and (" (%s in printed dollars)"):format(dollars) or "")))
    end
  end
end

local left_out = { { "comparison", "comparisons" }, { "part", "parts" }, { "restatement", "restatements" },
  { "planned or requested", "planned or requested" } }

local function print_left_out(report, amounts)
  local parts = {}
  local conversions = #report:facts { metric = "funding", relation = "conversion_of", has_value = true }
  if conversions > 0 then parts[1] = ("%d conversion%s"):format(conversions, conversions == 1 and "" or "s") end
  for _, kind in ipairs(left_out) do
    local n = 0
    for _, amount in ipairs(amounts) do n = n + (amount.kind == kind[1] and 1 or 0) end
    if n > 0 then parts[#parts + 1] = ("%d %s"):format(n, n == 1 and kind[1] or kind[2]) end
  end
  if #parts > 0 then print("  Not added: " .. table.concat(parts, ", ") .. ".") end
end

local printed_reports, without = 0, 0

local function print_report(report, path, funding)
  if funding.count == 0 and command.several(files) then
    without = without + 1
    return
  end
  if printed_reports > 0 then print() end
  printed_reports = printed_reports + 1
  print(command.title(report, path) .. ": funding")
  if funding.count == 0 then return print "  The text speaks of no funding, which does not mean there was none." end
  for fact in funding.unreported do
    print(layout.safe(("  Every total is a lower bound: %s (%s%s)."):format(fact.evidence, fact.id,
      fact.from and ", " .. layout.period(fact) or "")))
    if options.evidence then command.evidence(fact) end
  end
  for _, group in ipairs(money.groups(funding.amounts, usd and "USD" or nil)) do
    print_totals(group.period, group.unit, group, #funding.unreported > 0)
  end
  print_several(funding.amounts)
  print_containments(funding.amounts)
  print_growth(funding.amounts)
  for i, fact in ipairs(funding.denied) do
    if i == 1 then print(layout.bold "  Denied:") end
    print_fact(fact)
  end
  print_left_out(report, funding.amounts)
end

local out = options.format ~= "table" and rows.new(options, {
  { "file" }, { "country" }, { "edition" }, { "kind" }, { "basket" }, { "period" }, { "from" }, { "to" }, { "value" }, { "high" },
  { "unit" }, { "bound" }, { "usd_printed" }, { "payer" }, { "recipient" }, { "purpose" }, { "scope" }, { "may_contain" },
  { "growth" },
})

local function row_of(report, path, fact, kind, more)
  local payer, recipient, purpose = money.parties(fact)
  local row = { file = path, country = report.country, edition = report.year, kind = kind, period = layout.period(fact),
    from = fact.from, to = fact.to, value = fact.value, high = fact.high, unit = fact.unit, bound = fact.bound, payer = payer,
    recipient = recipient, purpose = purpose, scope = money.scope(fact), facts = { fact } }
  for key, value in pairs(more or {}) do row[key] = value end
  return row
end

local function print_rows(report, path, funding)
  for _, amount in ipairs(funding.amounts) do
    local others = {}
    for i, link in ipairs(amount.with) do others[i] = link[1].fact.id end
    out:row(row_of(report, path, amount.fact, amount.kind, { basket = amount.basket and money.baskets[amount.basket].name,
      usd_printed = tonumber(money.in_unit(amount.fact, "USD") or nil), may_contain = others, growth = money.growth(amount) or nil }))
  end
  for fact in funding.unreported do out:row(row_of(report, path, fact, "not reported")) end
  for fact in funding.denied do out:row(row_of(report, path, fact, "denied")) end
end

-- The totals of an edition for the year it is about, in its local money (what most amounts are in).
local function edition_totals(report, funding)
  local best
  for _, group in ipairs(money.groups(funding.amounts, usd and "USD" or nil)) do
    if group.period == (report.year or 0) - 1 and (not best or #group > #best) then best = group end
  end
  return best and { unit = best.unit, period = best.period, totals = money.totals(best, best.unit) } or {}
end

local function print_editions(all)
  local country = { name = all.name }
  for _, edition in ipairs(all) do country[#country + 1] = edition.totals and edition or nil end
  if #country < 2 then return end
  print("\n" .. layout.bold(layout.safe(editions.title(country) .. ": funding over editions")))
  local head, list = { "edition", "year", ">stated", ">+ inferred", ">+ assumed", "currency" }, {}
  for _, edition in ipairs(country) do
    local row = { edition.edition, edition.period, nil, nil, nil, edition.unit }
    for _, total in ipairs(edition.totals or {}) do
      for i, basket in ipairs(money.baskets) do
        if basket == total.basket then row[i + 2] = layout.digits(total.text) end
      end
    end
    list[#list + 1] = row
  end
  for line in (layout.grid(head, list) .. "\n"):gmatch "(.-)\n" do print("  " .. line) end
  print(usd and "  Dollars are at each edition's own rate: compare local money (without --in usd)."
    or "  Totals hold what each edition speaks of, and that varies; what grew is listed with each edition, in local money.")
end

local countries, code = editions.collect(files, function(report, path)
  local funding = money.read(report)
  if out then print_rows(report, path, funding) else print_report(report, path, funding) end
  return edition_totals(report, funding)
end)
for _, country in ipairs(out and {} or countries) do print_editions(country) end
if without > 0 and not out then
  print(("\n%d more: the text speaks of no funding, which does not mean there was none."):format(without))
end
if out then out:close() end
os.exit(code, true)
