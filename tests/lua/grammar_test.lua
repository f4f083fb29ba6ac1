-- grammar_test: what each element of tipl.grammar reads, how elements compose with one another and with LPeg, and
-- what is said of wrong use.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"
local g = tipl.grammar
local lpeg = require "lpeg"

local TEXT = [[
2021 Trafficking in Persons Report: Valdoria

VALDORIA: Tier 2

PROSECUTION

In 2020, the border police carried out 14 raids on nightclubs and 1,200 inspections of farms, under Article 147.
The Ministry of Labor spent €2.5 million ($3 million) on a six-month campaign called “Open Eyes” in 2019-2020.
Police did not raid any spas. Courts convicted five Norwegian traffickers; 38 percent had lawyers.

PROTECTION

An NGO found 30 victims of forced
labor. It sheltered 12 of them.
]]
local report = assert(tipl.parse(TEXT))

-- What the pattern reads in the report, its matches joined.
local function read(pattern, of)
  local out = {}
  for i, match in ipairs(tipl.rule { name = "test", pattern = pattern }:matches(of or report)) do
    out[i] = (of or report).text:sub(match.first, match.last):gsub("%s+", " ")
  end
  return table.concat(out, "|")
end

tap.test("elements of the index", function()
  tap.is(read(g.number), "14|1,200|five|30|12") -- 147 is a name's, 2019 a year's, 38 a share's
  tap.is(read(g.money), "€2.5 million|$3 million")
  tap.is(read(g.percent), "38 percent")
  tap.is(read(g.duration), "six-month")
  tap.is(read(g.year), "2020|2019|2020")
  tap.is(read(g.period), "2020|2019-2020")
  tap.is(read(g.country), "Norwegian")
  tap.is(read(g.country "NOR"), "Norwegian")
  tap.is(read(g.country "SWE"), "")
  tap.is(read(g.actor "ngo"), "NGO")
  tap.is(read(g.metric "convictions"), "convicted")
  tap.is(read(g.term "form"), "Labor|forced labor") -- over the end of a line
  tap.is(read(g.quoted), "“Open Eyes”")
  tap.is(read(g.sentence * g.blank * g.sentence * -1), "Police did not raid any spas. Courts convicted five Norwegian "
    .. "traffickers; 38 percent had lawyers.|An NGO found 30 victims of forced labor. It sheltered 12 of them.")
end)

tap.test("facts by a filter", function()
  tap.is(read(g.fact { metric = "victims_identified", has_value = true }), "30 victims of forced labor")
  tap.is(read(g.fact { metric = "convictions" } // g.gap(1) // g.word "traffickers"), "")
  tap.is(read(g.fact { metric = "extraditions" }), "")
end)

tap.test("words are whole and in any case", function()
  tap.is(read(g.word { "raid", "POLICE" }), "police|Police|raid")
  tap.is(read(g.word "forced labor"), "forced labor")
  tap.is(read(g.word { "forced", "forced labor", "labor" }), "Labor|forced labor") -- the longest
  local many = {}
  for i = 1, 3000 do many[i] = ("word%s"):format(("%d"):format(i):gsub("%d", function(d) return string.char(97 + d) end)) end
  many[3001] = "nightclubs"
  tap.is(read(g.word(many)), "nightclubs")
end)

tap.test("words: apostrophes, letters outside ASCII, blanks", function()
  local text = assert(tipl.parse("The État’s  courts don’t try Étienne's men. Victim's aid.", { plain = true }))
  tap.is(read(g.word { "don't" }, text), "don’t")
  tap.is(read(g.word { "Étienne", "victim" }, text), "Étienne|Victim")
  tap.is(read(g.word { "État’s courts" }, text), "État’s courts")
end)

tap.test("a row is captured", function()
  local match = tipl.rule { name = "n", pattern = g.number:as "value" // g.word { "raids" }:as "noun" }:matches(report)[1]
  tap.is(match.captures.value.value, 14)
  tap.is(match.captures.value.kind, "number")
  tap.is(match.captures.noun.text, "raids")
  tap.is(match.captures.noun.kind, "word")
  tap.is(match.captures.noun.sentence.number, match.captures.value.sentence.number)
  tap.is(report.text:sub(match.first, match.last), "14 raids")
  local actor = tipl.rule { name = "a", pattern = g.actor "ngo" }:matches(report)[1].captures[1]
  tap.is(actor.value, "ngo")
  tap.is(tostring(actor), "tipl.Span: NGO")
  tap.is(actor.number, nil)
  tap.is(actor == tipl.rule { name = "a", pattern = g.actor "ngo" }:matches(report)[1].captures[1], true)
  tap.is(actor:totable().text, "NGO")
end)

tap.test("a gap reads as few words as it can, and none past a sentence", function()
  tap.is(read(g.word "police" // g.gap(3) // g.number), "police carried out 14")
  tap.is(read(g.word "police" // g.gap(1) // g.number), "")
  tap.is(read(g.number // g.gap(6) // g.word { "inspections", "raids", "farms" }), "14 raids|1,200 inspections")
  tap.is(read(g.word "spas" // g.gap(5) // g.word "convicted"), "")
  tap.is(read(g.word "police" // g.gap(5, g.word { "not" }) // g.word { "raid", "carried" }), "police carried")
  tap.is(read(g.word "police" // g.gap(3) // g.word "out" // g.gap(3) // g.word "on"), "police carried out 14 raids on")
  tap.is(read(g.sentence * g.gap(9) * g.word "sheltered"), "") -- in a paragraph, too
end)

tap.test("operators", function()
  tap.is(read(g.number * " raids"), "14 raids")
  tap.is(read((g.number // g.word "raids") + (g.number // g.word "inspections")), "14 raids|1,200 inspections")
  tap.is(read(g.any_of { g.money, g.percent }), "€2.5 million|$3 million|38 percent")
  tap.is(read(g.number // (g.word "raids" + g.word "inspections") ^ 1), "14 raids|1,200 inspections")
  tap.is(read(g.number - (g.number // "raids")), "1,200|five|30|12")
  tap.is(read(g.number * -(g.blank * "raids")), "1,200|five|30|12")
  tap.is(read(g.number * #(g.blank * "raids")), "14")
  tap.is(read(g.number * g.before "raids"), "14")
  tap.is(read(g.after(g.number) * g.word { "raids", "of", "percent" }), "raids|of")
  tap.is(read(g.after "out " * g.number), "14")
  tap.is(read(g.word "police" // g.P "carried" // lpeg.P "out" // g.R "09" ^ 1), "police carried out 14")
end)

tap.test("LPeg's patterns on either side", function()
  tap.is(read(lpeg.P "out " * g.number), "out 14")
  tap.is(read(g.number * lpeg.P " raids"), "14 raids")
  local total = tipl.rule { name = "c", pattern = g.C(g.R "09" ^ 1) / tonumber * " raids" }:matches(report)[1]
  tap.is(total.captures[1], 14)
  local list = tipl.rule { name = "t", pattern = g.Ct(g.number // g.gap(4) // g.number) }:matches(report)[1].captures[1]
  tap.is(list[2].value, 1200)
end)

tap.test("grammars of rules", function()
  local nested = g.P { "list", list = g.V "item" * (g.blank * g.V "joint" * g.blank * g.V "list") ^ -1,
    joint = g.word "and", item = g.number // g.gap(2) // g.word { "raids", "inspections", "nightclubs" } }
  tap.is(read(nested), "14 raids|1,200 inspections")
end)

tap.test("a page: spans are those of the source", function()
  local page = tipl.parse("<html><body><p>In 2020, the caf&eacute; <b>police</b>&nbsp;made 14 raids on trafficking &amp; more.</p></body></html>",
    { plain = true, name = "page.html" })
  if not page or page.format ~= "html" then return end -- built without gumbo
  local match = tipl.rule { name = "h", pattern = g.word "police" // g.gap(2) // g.number:as "n" // g.word "raids":as "w" }:matches(page)[1]
  tap.is(page.source:sub(match.first, match.last), "police</b>&nbsp;made 14 raids")
  tap.is(match.captures.w.text, "raids")
  tap.is(page.source:sub(match.captures.w.first, match.captures.w.last), "raids")
  page:apply(tipl.rules { name = "h", { name = "h", pattern = g.number:as "value" // g.word "raids":as "noun" } })
  local fact = page:facts()[#page]
  tap.is(fact.evidence, "14 raids")
  tap.is(fact.noun, "raids")
  tap.is(page.source:sub(fact:span()), "14 raids")
end)

tap.test("sections", function()
  tap.is(read(g.within("protection", g.number)), "30|12")
  tap.is(read(g.within({ "prosecution", "profile" }, g.number)), "14|1,200|five")
end)

tap.test("wrong use is told where it stands, with the element's name", function()
  tap.raises("metric: unknown metric 'convictoins' (nearest: 'convictions')", g.metric, "convictoins")
  tap.raises("term: unknown class of terms 'hed' (nearest: 'head')", g.term, "hed")
  tap.raises("word: word 2 is no string but a number", g.word, { "a", 2 })
  tap.raises("word: word 1 ('12')", g.word, { "12" })
  tap.raises("word: a list of 1 to 1,000,000 words is needed", g.word, {})
  tap.raises("fact: unknown filter key 'metrc' (nearest: 'metric')", g.fact, { metrc = "funding" })
  tap.raises("fact: sentence: names a row of one report", g.fact, { sentence = 1 })
  tap.raises("within: unknown section 'protecion' (nearest: 'protection')", g.within, "protecion", g.number)
  tap.raises("gap: 1 to 200 words expected, got 0", g.gap, 0)
  tap.raises("actor: unknown actor 'ngos' (nearest: 'ngo')", g.actor, "ngos")
  tap.raises("country: an ISO 3166 alpha-3 code like NOR expected, got 'Norway'", g.country, "Norway")
  tap.raises("*: a pattern, a text or a number of bytes expected, got nil", function() return g.number * nil end)
  tap.raises("//: a pattern, a text or a number of bytes expected, got a table", function() return g.number // {} end)
  tap.raises("..: patterns are joined by //", function() return g.number .. g.year end)
  tap.raises("number takes no argument", function() return g.number "x" end)
  tap.raises("after: an element of the index or a pattern of fixed length", g.after, g.R "09" ^ 1)
  tap.raises("matched by a rule", lpeg.match, g.number[1], "12")
end)

tap.done()
