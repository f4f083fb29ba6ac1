-- tipl funding: totals of the money that reports speak of, by period and currency, and what no total holds.
-- Added are amounts given for the first time, asserted, and of one year or reporting period; how sure the year is makes
-- three baskets. Listed but never added: amounts of several years. Not added either: conversions (the same money),
-- comparisons (other years), parts of an amount, and what is only planned or asked for.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local editions = require "tipl.editions"
local layout = require "tipl.layout"
local money = require "tipl.money"
local moneytext = require "tipl.moneytext"
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

local function print_fact(fact, more)
  print(layout.safe(("    %-4s  %s"):format(fact.id, moneytext.describe(fact) .. (more or ""))))
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

local function print_list(title, list)
  if #list > 0 then print(layout.bold(title)) end
  for _, text in ipairs(list) do print(layout.safe("    " .. text)) end
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
  print_list("  One may contain the other, so that totals with both may count money twice:",
    moneytext.containments(funding.amounts))
  print_list("  Growth, in local money:", moneytext.growths(funding.amounts))
  for i, fact in ipairs(funding.denied) do
    if i == 1 then print(layout.bold "  Denied:") end
    print_fact(fact)
  end
  local left_out = moneytext.left_out(report, funding.amounts)
  if left_out ~= "" then print("  Not added: " .. left_out .. ".") end
end

local out = options.format ~= "table" and rows.new(options, {
  { "file" }, { "country" }, { "edition" }, { "kind" }, { "basket" }, { "period" }, { "from" }, { "to" }, { "value" }, { "high" },
  { "unit" }, { "bound" }, { "usd_printed" }, { "payer" }, { "recipient" }, { "purpose" }, { "scope" }, { "may_contain" },
  { "growth" },
})

local function print_rows(report, path, funding)
  for _, amount in ipairs(funding.amounts) do out:row(moneytext.amount_row(report, path, amount)) end
  for fact in funding.unreported do out:row(moneytext.row(report, path, fact, "not reported")) end
  for fact in funding.denied do out:row(moneytext.row(report, path, fact, "denied")) end
end

local function print_editions(all)
  local country = { name = all.name }
  for _, edition in ipairs(all) do country[#country + 1] = edition.totals and edition or nil end
  if #country < 2 then return end
  print("\n" .. layout.bold(layout.safe(editions.title(country) .. ": funding over editions")))
  for line in (moneytext.editions(country) .. "\n"):gmatch "(.-)\n" do print("  " .. line) end
  print(usd and "  Dollars are at each edition's own rate: compare local money (without --in usd)."
    or "  Totals hold what each edition speaks of, and that varies; what grew is listed with each edition, in local money.")
end

local countries, code = editions.collect(files, function(report, path)
  local funding = money.read(report)
  if out then print_rows(report, path, funding) else print_report(report, path, funding) end
  return money.of_edition(report, funding, usd and "USD" or nil)
end)
for _, country in ipairs(out and {} or countries) do print_editions(country) end
if without > 0 and not out then
  print(("\n%d more: the text speaks of no funding, which does not mean there was none."):format(without))
end
if out then out:close() end
os.exit(code, true)
