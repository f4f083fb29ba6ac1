-- api_test: opening, reading and closing reports; rows and their fields; filters; lists. Figures are those
-- of the sample report, whose answers are known.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"

local PATH = "examples/reports/valdoria-2021.txt"
local text = assert(io.open(PATH, "rb")):read "a"
local report = assert(tipl.open(PATH))

-- The one fact that a filter takes.
local function only(filter)
  local list = report:facts(filter)
  tap.is(#list, 1, "facts")
  return list[1]
end

tap.test("a report has its outline", function()
  tap.is(report.name, PATH)
  tap.is(report.country, "Valdoria")
  tap.is(report.iso3, nil) -- there is no such country
  tap.is(report.year, 2021)
  tap.is(report.year_origin, "text")
  tap.is(report.tier, "2")
  tap.is(report.movement, "downgraded")
  tap.is(report.title, "2021 Trafficking in Persons Report: Valdoria")
  tap.is(report.text, text)
  assert(report.memory > #text)
end)

tap.test("rows give their bytes, positions as string.sub takes them", function()
  local seen = 0
  for _, list in ipairs { report:sections(), report:paragraphs(), report:sentences(), report:recommendations(),
    report:tokens(), report:measures(), report:facts() } do
    for row in list do
      tap.is(text:sub(row.first, row.last), row.text)
      tap.is(row.first, row.offset + 1)
      tap.is(row.length, #row.text)
      seen = seen + 1
    end
  end
  assert(seen > 1000, seen)
end)

tap.test("sections, recommendations, sentences", function()
  local kinds = {}
  for section in report:sections() do kinds[#kinds + 1] = section.kind end
  tap.is(table.concat(kinds, " "), "summary recommendations prosecution protection prevention profile")
  tap.is(#report:recommendations(), 8)
  local section = report:sections()[3]
  tap.is(section.heading, "PROSECUTION")
  tap.is(#section:paragraphs(), 2)
  local sentence = section:sentences()[1]
  tap.is(sentence.text, "The government decreased law enforcement efforts.")
  tap.is(sentence.section, "prosecution")
  tap.is(sentence.paragraph, section:paragraphs()[1])
  tap.is(#sentence:tokens(), 7)
end)

tap.test("locate and at agree with the text", function()
  local first = text:find("PROSECUTION", 1, true)
  local line, column = report:locate(first)
  tap.is(select(2, text:sub(1, first):gsub("\n", "")) + 1, line)
  tap.is(column, 1)
  local place = report:at((text:find("19 trafficking cases", 1, true)))
  tap.is(place.section.kind, "prosecution")
  tap.is(place.token.text, "19")
  tap.raises("position 0 is not in", report.at, report, 0)
  tap.raises("is not in", report.locate, report, #text + 1)
end)

tap.test("a fact has the fields of the model", function()
  local fact = only { metric = "investigations", relation = "primary", year = 2020, has_value = true }
  tap.is(fact.metric, "investigations")
  tap.is(fact.value, 19)
  tap.is(fact.value_text, "19")
  tap.is(fact.high, nil)
  tap.is(fact.unit, "cases")
  tap.is(fact.bound, "=")
  tap.is(fact.state, "stated")
  tap.is(fact.from, 2020)
  tap.is(fact.to, 2020)
  tap.is(fact.year, 2020)
  tap.is(fact.form, nil)
  tap.is(fact.who, nil)
  tap.is(fact.source, "government")
  tap.is(fact.relation, "primary")
  tap.is(fact.of, nil)
  tap.is(fact.certainty, "asserted")
  tap.is(fact.section, "prosecution")
  tap.is(fact.report, report)
  tap.is(fact.line, (report:locate(fact.first)))
  assert(fact.id:match "^F%d+$" and type(fact.flags) == "table" and fact.rule)
  assert(fact.sentence.text:find(fact.evidence, 1, true))
  tap.is(select("#", fact:span "noun") % 2, 0)
end)

tap.test("related facts know what they are of", function()
  local whole = only { metric = "investigations", relation = "primary", year = 2020, has_value = true }
  local parts = report:facts { of = whole, relation = "breakdown_of" }
  tap.is(#parts, 3)
  tap.is(parts:sum(), 20) -- a slip of the report: the whole is 19
  assert(whole.flags.parts_disagree)
  tap.is(parts[1].of, whole)
  tap.is(#report:facts { of = whole.id, relation = "breakdown_of" }, 3)
  tap.is(#report:facts { of = whole.number, relation = "breakdown_of" }, 3)
end)

tap.test("an absent value is nil and counted as unknown", function()
  local funding = report:facts { metric = "funding", state = "not_reported" }
  tap.is(#funding, 1)
  tap.is(funding[1].value, nil)
  tap.is(funding:unknown(), 1)
  local sum, why = funding:sum()
  tap.is(sum, nil)
  tap.is(why, "no fact with a value")
end)

tap.test("filters: words, lists, dates, years, tags", function()
  tap.is(#report:facts(), #report)
  tap.is(#report:facts {}, #report)
  local both = #report:facts { metric = { "investigations", "convictions" } }
  tap.is(both, #report:facts { metric = "investigations" } + #report:facts { metric = "convictions" })
  local girls = #report:facts { who = { "child", "female" } }
  tap.is(girls, #report:facts { who = "child+female" })
  tap.is(#report:facts { who = "child" } - girls, #report:facts { who = "child", not_who = "female" })
  tap.is(#report:facts { from = 2020 }, #report:facts { from = "2020" })
  tap.is(#report:facts { has_value = true } + #report:facts { has_value = false }, #report)
  for fact in report:facts { section = "protection", source = "ngo", has_value = true } do
    tap.is(fact.section, "protection")
    tap.is(fact.source, "ngo")
    assert(fact.value)
  end
  local sentence = report:facts({ metric = "funding" })[1].sentence
  tap.is(#report:facts { sentence = sentence }, #sentence:facts())
  tap.is(#report:facts { sentence = sentence.number }, #sentence:facts())
end)

tap.test("a wrong filter names what is nearest", function()
  tap.raises("unknown filter key 'metrik' (nearest: 'metric')", report.facts, report, { metrik = "funding" })
  tap.raises("unknown metric 'investigation' (nearest: 'investigations')", report.facts, report,
    { metric = "investigation" })
  tap.raises("unknown who 'chidl' (nearest: 'child')", report.facts, report, { who = "chidl" })
  tap.raises("unknown relation 'primry'", report.facts, report, { relation = { "primary", "primry" } })
  tap.raises("a filter has named keys", report.facts, report, { "funding" })
  tap.raises("a filter is a table", report.facts, report, 5)
  tap.raises("from: a year or a date", report.facts, report, { from = "last year" })
  tap.raises("year: a year expected", report.facts, report, { year = "2020" })
  tap.raises("of: no such row", report.facts, report, { of = "F100000" })
  tap.raises("the list of words is empty", report.facts, report, { metric = {} })
  tap.raises("has_value: true or false", report.facts, report, { has_value = 1 })
  local other = assert(tipl.open(PATH))
  tap.raises("of: a row of another report", report.facts, report, { of = other:facts()[1] })
end)

tap.test("lists: for, #, index, ipairs, nested loops", function()
  local list = report:facts { metric = "funding" }
  local n = 0
  for fact in list do
    n = n + 1
    tap.is(fact, list[n])
    local inner = 0
    for _ in list do inner = inner + 1 end
    tap.is(inner, #list)
  end
  tap.is(n, #list)
  for i, fact in ipairs(list) do tap.is(fact.number, list[i].number) end
  tap.is(list[0], nil)
  tap.is(list[#list + 1], nil)
  tap.is(list[-1], nil)
  tap.is(list.nothing, nil)
end)

tap.test("lists: where, column, totable, group", function()
  local list = report:facts { metric = "funding", has_value = true }
  local euros = list:where { unit = "EUR" }
  tap.is(#euros, #list:where(function(fact) return fact.unit == "EUR" end))
  tap.is(#euros, #report:facts { metric = "funding", has_value = true, unit = "EUR" })
  tap.is(#report:facts():where { metric = "funding" }, #report:facts { metric = "funding" })
  local values = euros:column "value"
  tap.is(values.n, #euros)
  tap.is(values[1], euros[1].value)
  local copies = euros:totable()
  tap.is(#copies, #euros)
  tap.is(copies[1].value, euros[1].value)
  local n, order = 0, {}
  for unit, same in list:group "unit" do
    order[#order + 1] = unit
    n = n + #same
    for fact in same do tap.is(fact.unit, unit) end
  end
  tap.is(n, #list)
  tap.is(order[1], "EUR")
  for _, same in list:group(function(fact) return fact.value > 1000000 end) do assert(#same > 0) end
  tap.raises("only facts have filters", function() report:sentences():where { metric = "funding" } end)
  tap.raises("boom", function() list:where(function() error "boom" end) end)
end)

tap.test("totals are exact and say what they leave out", function()
  local amounts = report:facts { metric = "funding", unit = "EUR", year = 2020, relation = "primary" }
  tap.is(amounts:sum(), 1620000)
  local total = amounts:total()
  tap.is(total.text, "1620000")
  tap.is(total.unit, "EUR")
  tap.is(total.facts, 4)
  tap.is(total.lower_bound, false)
  local mixed = report:facts { metric = "funding", has_value = true }
  local sum, why = mixed:sum()
  tap.is(sum, nil)
  tap.is(why, "the units differ")
  assert(mixed:total().mixed and mixed:total().sum == nil)
  tap.raises("a list of facts expected", function() report:sentences():sum() end)
end)

tap.test("decimals add without a float", function()
  tap.is(tipl.add("0.1", "0.2"), "0.3")
  tap.is(tipl.add(), "0")
  tap.is(tipl.add(4100000, "468930", "-0.50"), "4568929.5")
  tap.raises("a float is not exact", tipl.add, 0.1)
  tap.raises("is no decimal", tipl.add, "1e3")
  tap.raises("is no decimal", tipl.add, "")
end)

tap.test("measures", function()
  local money
  for measure in report:measures() do
    if measure.text == "€95,000" then money = measure end
  end
  tap.is(money.kind, "money")
  tap.is(money.value, 95000)
  tap.is(money.unit, "EUR")
  tap.is(money.pair.text, "$116,850")
  tap.is(money.pair.pair, money)
end)

tap.test("a copy outlives its report; a handle says that it is closed", function()
  local brief = assert(tipl.open(PATH))
  local list = brief:facts { metric = "funding" }
  local fact, sentences = list[1], brief:sentences()
  local copy = fact:totable()
  local value, words = fact.value, fact.sentence.text
  brief:close()
  brief:close()
  tap.is(copy.value, value)
  tap.is(copy.sentence.text, words)
  tap.is(tostring(brief), "report (closed)")
  assert(tostring(fact):find "closed")
  tap.raises("the report is closed", function() return fact.value end)
  tap.raises("the report is closed", function() return brief.country end)
  tap.raises("the report is closed", function() return #brief end)
  tap.raises("the report is closed", function() return list[1] end)
  tap.raises("the report is closed", function() for _ in sentences do end end)
  tap.raises("the report is closed", function() list:sum() end)
end)

tap.test("a handle keeps its report alive; <close> closes", function()
  local fact = assert(tipl.open(PATH)):facts { metric = "funding" }[1]
  collectgarbage()
  collectgarbage()
  assert(fact.value)
  local kept
  do
    local scoped <close> = assert(tipl.open(PATH))
    kept = scoped
  end
  tap.is(tostring(kept), "report (closed)")
end)

tap.test("pairs goes through the fields that have a value", function()
  local fact = report:facts({ metric = "funding" })[1]
  local fields = {}
  for name, value in pairs(fact) do
    assert(value ~= nil)
    fields[name] = true
  end
  assert(fields.metric and fields.evidence and fields.sentence and not fields.high)
  local outline = 0
  for _ in pairs(report) do outline = outline + 1 end
  assert(outline >= 8)
end)

tap.test("unknown fields are nil, or raise when strict", function()
  local fact = report:facts()[1]
  tap.is(fact.valu, nil)
  tap.is(tipl.strict(true), false)
  tap.raises("unknown field of tipl.Fact 'valu' (nearest: 'value')", function() return fact.valu end)
  tap.raises("unknown field of tipl.Report 'contry'", function() return report.contry end)
  tap.is(tipl.strict(false), true)
  tap.is(fact.valu, nil)
end)

tap.test("metatables are closed to scripts", function()
  tap.is(getmetatable(report), "tipl.Report")
  tap.is(getmetatable(report:facts()), "tipl.List")
  tap.is(getmetatable(report:facts()[1]), "tipl.Fact")
  tap.raises("tipl.Report expected", report.facts, {})
end)

tap.test("vocabularies", function()
  local relations = tipl.vocabulary "relation"
  tap.is(relations[1], "primary")
  tap.is(#relations, 7)
  assert(#tipl.vocabulary "metric" > 30)
  tap.is(tipl.vocabulary("bound")[1], "=")
  tap.raises("invalid option 'metrics'", tipl.vocabulary, "metrics")
  assert(tipl.version:match "^%d+%.%d+%.%d+$" and tipl._VERSION == "tipl " .. tipl.version)
end)

tap.test("memory goes back when nobody holds reports", function()
  local before = 0
  for round = 1, 3 do
    for _ = 1, 200 do assert(tipl.parse(text, { name = "valdoria-2021.txt" })) end
    collectgarbage()
    collectgarbage()
    local now = collectgarbage "count"
    if round > 1 then assert(now < before + 300, now) end
    before = now
  end
end)

tap.test("a special case is a tier, with the words that say so", function()
  for _, line in ipairs { "YEMEN (Special Case)", "SPECIAL CASE: YEMEN" } do
    local report <close> = assert(tipl.parse(line .. "\n\nYemen remains a Special Case for the eighth consecutive year.\n"))
    local fact = report:facts { metric = "tier" }()
    tap.is(fact.value, "SC")
    tap.is(fact.evidence:lower(), "special case")
  end
end)

tap.done()
