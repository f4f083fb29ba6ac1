-- layout_test: tables, safe text, quoting, tipl.show.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local layout = require "tipl.layout"
local tipl = require "tipl"

tap.test("what would act on a terminal is made visible", function()
  tap.is(layout.safe "a\27[31mb", "a\\x1b[31mb")
  tap.is(layout.safe "a\n  b\tc", "a b c")
  tap.is(layout.safe "x\u{9b}31m", "x\\u009b31m")
  tap.is(layout.safe "x\u{202e}y\u{2066}z", "x\\u202ey\\u2066z")
  tap.is(layout.safe "Côte d’Ivoire", "Côte d’Ivoire")
end)

tap.test("digits in threes", function()
  tap.is(layout.digits "35000000", "35,000,000")
  tap.is(layout.digits "-1234.5678", "-1,234.5678")
  tap.is(layout.digits "999", "999")
  tap.is(layout.digits "2WL", "2WL")
end)

tap.test("cut and wrapped by characters, not bytes", function()
  tap.is(layout.fit("ééééé", 3), "éé…")
  tap.is(layout.fit("abc", 3), "abc")
  tap.is(layout.wrap("one two three", 8, "  "), "one\n  two\n  three")
end)

tap.test("tables fit", function()
  local text = layout.grid({ "id", ">n", "none", "text" },
    { { "a", "1", nil, "a long text that goes on" }, { "b", "23", "", "x" } }, 24)
  tap.is(text, "id   n  text\na    1  a long text tha…\nb   23  x")
  local narrow = layout.grid({ "id", "extra", "text" }, { { "a", "0123456789", "0123456789012345678901234" } },
    30, { "extra" })
  tap.is(narrow, "id  text\na   0123456789012345678901234")
end)

tap.test("quoting", function()
  tap.is(layout.csv 'say "x", y', '"say ""x"", y"')
  tap.is(layout.csv "plain", "plain")
  tap.is(layout.csv "=HYPERLINK(1)", "'=HYPERLINK(1)")
  tap.is(layout.csv '+cmd|"x"', [["'+cmd|""x"""]])
  tap.is(layout.csv "@sum", "'@sum")
  tap.is(layout.csv "\t=1", "'\t=1")
  tap.is(layout.csv "-14.3%", "-14.3%")
  tap.is(layout.csv "-2.5", "-2.5") -- a number, and signs that stand alone, are what they are
  tap.is(layout.csv "-", "-")
  tap.is(layout.csv "=", "=")
  tap.is(layout.tsv "a\tb\nc", "a b c")
  tap.is(layout.json 'a"b\\c\n\1', '"a\\"b\\\\c\\n\\u0001"')
end)

tap.test("values of every kind are shown", function()
  local report = assert(tipl.open "examples/reports/valdoria-2021.txt")
  assert(tipl.show(report, 80):find("Valdoria", 1, true))
  local list = report:facts { metric = "funding" }
  assert(tipl.show(list, 80):find("1,200,000", 1, true))
  assert(tipl.show(list[1], 80):find("sentence", 1, true))
  assert(tipl.show(report:sentences()[1]):find "summary")
  assert(tipl.show(report:sentences(), 60):find "more")
  tap.is(tipl.show(report:facts { metric = "extraditions" }), "(empty list)")
  for line in tipl.show(report:facts(), 70):gmatch "[^\n]+" do assert(utf8.len(line) <= 90, line) end
  report:close()
  tap.is(tipl.show(report), "report (closed)")
  assert(tipl.show(list):find "closed")
  tap.is(tipl.show { 1, "two", x = { y = true } }, '{ 1, "two", x = { y = true } }')
  tap.is(tipl.show "a\27b", "a\\x1bb")
  tap.is(tipl.show(nil), "nil")
end)

tap.done()
