-- rules_test: rules, sets of them, overlaps, phases, the layer of facts over a report, and what is told of rules that
-- cannot work.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"
local g = tipl.grammar

local TEXT = [[
2021 Trafficking in Persons Report: Valdoria

VALDORIA: Tier 2

PROSECUTION

In 2020, police carried out 14 raids on nightclubs and 1,200 inspections of farms. Police identified 12 victims.

PROTECTION

Inspectors from six ministries closed three recruitment agencies in 2019.
]]

local function parse() return assert(tipl.parse(TEXT, { name = "valdoria" })) end

local function raids(fields)
  fields = fields or { metric = "inspections", unit = "events" }
  return tipl.rules { name = "raids", { name = "raid", pattern = g.number:as "value" // g.word { "raids", "inspections" }:as "noun",
    fields = fields } }
end

-- The facts that rules made, as "rule value evidence".
local function own(report)
  local out = {}
  for fact in report:facts() do
    if fact.rule and fact.rule:find "/" then out[#out + 1] = ("%s %s %s"):format(fact.rule, fact.value, fact.evidence) end
  end
  return table.concat(out, "|")
end

tap.test("a set adds its facts once, and takes them away", function()
  local report, set = parse(), raids()
  local before, ids = #report, table.concat(report:facts():column "id", " ")
  tap.is(report:apply(set), 2)
  tap.is(report:apply(set), 0)
  tap.is(#report, before + 2)
  tap.is(own(report), "raids/raid 14 14 raids|raids/raid 1200 1,200 inspections")
  tap.is(table.concat(report:facts():column "id", " "):sub(1, #ids), ids) -- the core's own keep their names
  tap.is(report:retract(set), true)
  tap.is(report:retract(set), false)
  tap.is(#report, before)
  tap.is(table.concat(report:facts():column "id", " "), ids)
  tap.is(report:apply(set), 2)
end)

tap.test("its facts are like the others in queries and sums", function()
  local report = parse()
  report:apply(raids())
  local found = report:facts { metric = "inspections", unit = "events" }:where(function(fact) return fact.rule == "raids/raid" end)
  tap.is(#found, 2)
  tap.is(found:sum(), 1214)
  local fact = found[1]
  tap.is(fact.noun, "raids")
  tap.is(fact.section, "prosecution")
  tap.is(fact.sentence.number, 1)
  tap.is(fact.measure.text, "14")
  tap.is(fact.bound, "=")
  tap.is(fact.state, "stated")
  tap.is(fact.relation, "primary")
  tap.is(report.text:sub(fact:span()), "14 raids")
  tap.is(report:at(fact.first).fact.text ~= nil, true)
  assert(tipl.show(fact):find "rule +raids/raid")
end)

tap.test("a handle from before a retraction is refused", function()
  local report, one, two = parse(), raids(), raids()
  report:apply(one)
  local fact, list, first = report:facts()[#report], report:facts(), report:facts()[1]
  report:apply(two)
  tap.is(fact.value, 1200) -- more facts change nothing
  report:retract(one)
  tap.raises("a rule set was retracted", function() return fact.value end)
  tap.raises("a rule set was retracted", function() return list[1] end)
  tap.is(first.metric, "tier") -- the core's own stay
  tap.is(#report:facts { unit = "events", metric = "inspections" }:where(function(f) return f.rule == "raids/raid" end), 2)
end)

tap.test("relations survive the retraction of another set", function()
  local report, first = parse(), raids()
  local later = tipl.rules { name = "pair",
    { name = "one", pattern = g.number // "ministries", fields = { metric = "other", value = 6 } },
    { name = "two", phase = 2, pattern = g.fact { metric = "other" }:as "of", fields = { metric = "units", relation = "restates" } } }
  report:apply(first)
  report:apply(later)
  report:retract(first)
  local fact = report:facts { metric = "units", relation = "restates" }[1]
  tap.is(fact.of.rule, "pair/one")
  tap.is(fact.of.value, 6)
end)

tap.test("fields: constants, captures, functions", function()
  local report = parse()
  report:apply(tipl.rules { name = "f",
    { name = "constant", pattern = g.number // "ministries", fields = { metric = "units", value = 6, unit = "places", year = 2018 } },
    { name = "function", pattern = g.number:as "n" // g.word { "raids" }, fields = function(captures, match)
      return { metric = "inspections", value = captures.n, unit = "events", who = "official", noun = { match.first, match.last } }
    end },
    { name = "none", pattern = g.number // g.word { "inspections" }, fields = function() return nil end },
    { name = "each", pattern = g.number:as "value" // g.gap(2) // g.word "agencies" // g.gap(1) // g.period:as "year",
      fields = { metric = "sanctions", unit = "places", verb = function(captures) return captures.value end } } })
  tap.is(own(report), "f/function 14 14 raids|f/constant 6 six ministries|f/each 3 three recruitment agencies in 2019")
  local units = report:facts { metric = "units", year = 2018 }[1]
  tap.is(units.basis, "stated")
  local each = report:facts { metric = "sanctions", unit = "places" }[1]
  tap.is(each.from, 2019)
  tap.is(each.verb, "three")
  tap.is(report:facts { metric = "inspections", who = "official" }[1].noun, "14 raids")
end)

tap.test("a field that does not fit leaves the report as it was", function()
  local report = parse()
  local before = #report
  local set = tipl.rules { name = "bad", { name = "b", pattern = g.number:as "value" // "raids",
    fields = { metric = function() return "raidz" end } } }
  tap.raises("rules bad: unknown metric 'raidz'", report.apply, report, set)
  tap.is(#report, before)
  local late = tipl.rules { name = "late", { name = "good", pattern = g.number:as "value" // "raids" },
    { name = "bad", phase = 2, pattern = g.number // "ministries", fields = function() return { valu = 1 } end } }
  tap.raises("unknown field 'valu' (nearest: 'value')", report.apply, report, late)
  tap.is(#report, before)
end)

-- Two rules that overlap, under a policy.
local function overlapping(policy, priority)
  local report = parse()
  report:apply(tipl.rules { name = "o", overlap = policy,
    { name = "short", pattern = g.number // "raids", priority = priority },
    { name = "long", pattern = g.word "out" // g.number // "raids" // g.word "on" },
    { name = "far", pattern = g.word "nightclubs" } })
  return (own(report):gsub(" nil [^|]*", ""))
end

tap.test("overlaps: all, longest, first", function()
  tap.is(overlapping "all", "o/long|o/short|o/far")
  tap.is(overlapping "longest", "o/long|o/far")
  tap.is(overlapping("longest", 5), "o/long|o/far") -- length decides
  tap.is(overlapping "first", "o/short|o/far")
  tap.is(overlapping("first", -1), "o/long|o/far") -- priority comes before the order
end)

tap.test("phases see the facts of those before", function()
  local report = parse()
  report:apply(tipl.rules { name = "p",
    { name = "late", phase = 2, pattern = g.fact { metric = "inspections", unit = "ships" } // g.word "on", fields = { metric = "other" } },
    { name = "early", pattern = g.number // "raids", fields = { metric = "inspections", unit = "ships" } } })
  tap.is(own(report), "p/early nil 14 raids|p/late nil 14 raids on")
end)

tap.test("a runaway pattern is stopped and named", function()
  local words = {}
  for i = 1, 40 do words[i] = "victim" end
  local report = assert(tipl.parse(table.concat(words, " ") .. ".\n\nPolice found 3 victims.", { plain = true, name = "run" }))
  local again = g.term "head" * g.blank
  local set = tipl.rules { name = "slow", budget = 500,
    { name = "away", pattern = #(again ^ 1) * again ^ 1 * "x" },
    { name = "good", pattern = g.number:as "value" // "victims" } }
  local added, troubles = report:apply(set)
  tap.is(added, 1) -- the other rule is none the worse
  tap.is(#troubles, 1)
  tap.is(troubles[1].rule.name, "away")
  tap.is(troubles[1].message, "run: rule slow/away used up 500 steps in the sentence at line 1; what it reads there is not known")
end)

tap.test("a function's error names the rule's set and leaves the grammar usable", function()
  local report = parse()
  local set = tipl.rules { name = "e", { name = "boom", pattern = g.number / function() error "boom" end * " raids" } }
  tap.raises("boom", report.apply, report, set)
  local nested = tipl.rules { name = "n", { name = "in", pattern = g.number / function() report:apply(raids()) end * " raids" } }
  tap.raises("a function inside a pattern cannot match other patterns", report.apply, report, nested)
  tap.is(report:apply(raids()), 2)
end)

tap.test("profile counts tries and matches", function()
  local report, set = parse(), raids()
  set:profile(true)
  report:apply(set)
  local row = set:profile(false)[1]
  tap.is(row.rule.name, "raid")
  tap.is(row.hits, 2)
  tap.is(row.tries, 2) -- only numbers with such a word behind them are tried
  assert(row.seconds > 0)
  tap.is(set:profile()[1].tries, 0)
end)

tap.test("rules that cannot fire are told when they are made", function()
  local function warnings(pattern) return table.concat(tipl.rule { name = "w", pattern = pattern }.warnings, "\n") end
  tap.is(warnings(g.number // "raids"), "")
  assert(warnings(g.P "shelter" + g.P "shelters"):find('"shelters" never matches: "shelter" stands before it', 1, true))
  assert(warnings(g.word { "a", "b" } + g.word { "B" }):find("never matches", 1, true))
  assert(warnings(g.number + g.money + g.number):find("alternative number never matches", 1, true))
  assert(warnings(g.within("protection", g.within("prevention", g.number))):find("never holds", 1, true))
  assert(warnings(g.number // g.gap(3)):find("at the end reads nothing", 1, true))
  assert(warnings(" raids" * g.number):find("begins at a word", 1, true))
end)

tap.test("wrong use", function()
  tap.raises("rule: a name is needed", tipl.rule, { pattern = g.number })
  tap.raises("rule x: a pattern is needed", tipl.rule, { name = "x" })
  tap.raises("unknown key of a rule 'patern' (nearest: 'pattern')", tipl.rule, { name = "x", patern = g.number })
  tap.raises("rule x: unknown field 'metrik' (nearest: 'metric')", tipl.rule, { name = "x", pattern = g.number, fields = { metrik = "a" } })
  tap.raises("rule x: unknown metric 'raids' (nearest: ", tipl.rule, { name = "x", pattern = g.number, fields = { metric = "raids" } })
  tap.raises("unknown overlap 'longst' (nearest: 'longest')", tipl.rules, { name = "s", overlap = "longst", { name = "x", pattern = g.number } })
  tap.raises("two rules are called x", tipl.rules, { name = "s", { name = "x", pattern = g.number }, { name = "x", pattern = g.year } })
  tap.raises("there is no rule in it", tipl.rules, { name = "s" })
end)

tap.test("a corpus: all its reports at once", function()
  local corpus = assert(tipl.corpus("examples/reports", { progress = false }))
  local set = tipl.rules { name = "c", { name = "seen", pattern = g.number:as "value" // g.word "inspections",
    fields = { metric = "other", unit = "ships" } } }
  local before, list = #corpus:facts(), corpus:facts { metric = "funding" }
  local added = corpus:apply(set)
  assert(added >= 3, added)
  tap.is(corpus:apply(set), 0)
  tap.is(#corpus:facts(), before + added)
  local made = corpus:facts { unit = "ships" }
  tap.is(#made, added)
  tap.is(made[1].rule, "c/seen")
  tap.is(#made[1].report:facts { unit = "ships" } >= 1, true)
  tap.is(made:sum() > 0, true)
  tap.raises("ask the corpus again", function() return list[1] end)
  tap.is(corpus:retract(set), true)
  tap.is(#corpus:facts(), before)
  tap.is(#corpus:facts { unit = "ships" }, 0)
  corpus:close()
end)

tap.done()
