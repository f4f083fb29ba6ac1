-- lexicon_test: words that a script adds before it parses.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"

local text = "2021 Trafficking in Persons Report: Valdoria\n\nVALDORIA: Tier 2\n\nPROTECTION\n\n"
  .. "In 2020, NGOs ferried 12 girls home, compared with nine in 2019. The ministry held 30 ferry crossings.\n"
local before = assert(tipl.parse(text))

local function file_of(lines)
  local path = os.tmpname()
  local file <close> = assert(io.open(path, "wb"))
  file:write(lines)
  return path
end

tap.test("counts with the words become facts", function()
  tipl.lexicon.add { metric = "crossings", nouns = { "ferry crossing{,s}" }, verbs = "ferr{y,ied}|shipped home" }
  local report = assert(tipl.parse(text))
  local list = report:facts { metric = "crossings" }
  assert(#list == 3)
  assert(list[1].value == 12 and list[1].year == 2020 and list[1].who == "child+female" and list[1].source == "ngo")
  assert(list[2].value == 9 and list[2].year == 2019 and list[2].of == list[1])
  assert(list[3].value == 30 and list[3].unit == "events" and list[3].metric == "crossings")
  assert(list:where { year = 2020, unit = "persons" }:sum() == 12 and report:facts { metric = { "crossings", "tier" } }[1].metric == "tier")
  assert(#before:facts { metric = "crossings" } == 0, "a report of before stays as it was")
end)

tap.test("the metric is known everywhere", function()
  local words = tipl.vocabulary "metric"
  assert(words[#words] == "crossings")
  local report = assert(tipl.parse(text))
  local ok, message = pcall(report.facts, report, { metric = "crosings" })
  assert(not ok and message:find("nearest: 'crossings'", 1, true))
  local g = tipl.grammar
  local set = tipl.rules { name = "own", tipl.rule { name = "sea", pattern = g.number:as "value" // g.metric "crossings",
    fields = { metric = "crossings", unit = "places" } } }
  assert(#set.warnings == 0 and report:apply(set) == 1)
  assert(report:facts { metric = "crossings", unit = "places" }[1].evidence == "30 ferry crossings")
  local writer = require "tipl.writer"
  assert(writer.csv(report:facts { metric = "crossings" }[1], "x"):find "crossings")
  assert(report:facts { metric = "crossings" }[1]:totable().metric == "crossings")
end)

tap.test("a corpus on several threads", function()
  local path = file_of(text)
  local corpus <close> = assert(tipl.corpus({ path, "examples/reports" }, { threads = 3, progress = false }))
  assert(#corpus:facts { metric = "crossings" } == 3)
  os.remove(path)
end)

tap.test("misuse raises and adds nothing", function()
  local bad = {
    { { metric = "crossings" }, "words to add to it are needed" },
    { { nouns = { "x" } }, "a metric is called by" },
    { { metric = "boats", verbs = { "sailed", "arrested" } }, "'arrested' is a verb of the core already, for 'arrests'" },
    { { metric = "boats", verbs = { 3 } }, "verbs: entry 1 is no string but a number" },
    { { metric = "boats", verb = { "x" } }, "unknown key 'verb' (nearest: 'verbs')" },
    { { metric = "boats", verbs = "x", unit = "tons" }, "unknown unit 'tons'" },
    { { metric = "boats", verbs = "ferried" }, "'ferried' was added as a verb already" },
    { "boats", "a table" },
  }
  for _, case in ipairs(bad) do
    local ok, message = pcall(tipl.lexicon.add, case[1])
    assert(not ok and message:find(case[2], 1, true), message)
  end
  for _, word in ipairs(tipl.vocabulary "metric") do assert(word ~= "boats") end
end)

tap.test("from a file, all lines or none", function()
  local path = file_of "# class\tmetric\tforms\r\nverb\tboats,cases\tsailed|set sail\r\n\r\nnoun\tboats,replace\tboat{,s}\n"
  assert(tipl.lexicon.load(path) == 2)
  local list = assert(tipl.parse(text .. "Traffickers used 15 boats.\n")):facts { metric = "boats" }
  assert(#list == 1 and list[1].value == 15 and list[1].unit == "cases")
  local _, message, code = tipl.lexicon.load(path)
  assert(message == path .. ":2: 'sailed' was added as a verb already" and code == "EARG", message)
  for _, case in ipairs {
    { "verb trawlers trawled", ":1: three columns parted by tabs expected: verb or noun, metric, forms" },
    { "#\nverbs\ttrawlers\ttrawled", ":2: unknown class 'verbs' (nearest: 'verb')" },
    { "verb\ttrawlers\ttrawled\nverb\ttrawlers\tdeported", ":2: 'deported' is a verb of the core already" },
    { "verb\ttrawlers\ttrawl\xFF", ":1: a word is not in UTF-8, at byte 5 of it" },
  } do
    local other = file_of(case[1])
    local none, wrong = tipl.lexicon.load(other)
    assert(none == nil and wrong:find(other .. case[2], 1, true), wrong)
    os.remove(other)
  end
  for _, word in ipairs(tipl.vocabulary "metric") do assert(word ~= "trawlers") end
  assert(select(3, tipl.lexicon.load "no/such.tsv") == "EIO")
  os.remove(path)
end)

tap.done()
