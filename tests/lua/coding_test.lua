-- coding_test: codings read from text, levels of agreement, matching and kappa, against figures worked out by
-- hand.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local coding = require "tipl.coding"
local tipl = require "tipl"

local usual = {
  id = "F1", metric = "investigations", value = "19", high = "-", unit = "cases", bound = "=", state = "stated",
  from = "2020", to = "2020", basis = "stated", form = "-", who = "-", source = "government", status = "-",
  relation = "primary", of = "-", certainty = "asserted", evidence = "19 cases", offset = "0",
}

-- The rows of a coding of which only what differs from the usual row is given.
local function rows_of(list)
  local lines = { table.concat(coding.columns, "\t") }
  for i, given in ipairs(list) do
    local cells = {}
    for k, name in ipairs(coding.columns) do cells[k] = given[name] or usual[name] end
    cells[1] = "F" .. i
    lines[#lines + 1] = table.concat(cells, "\t")
  end
  return assert(coding.parse(table.concat(lines, "\n") .. "\n", "made.tsv"))
end

-- Five facts of gold, six given. Of the five: the first is the same in all; the second has another metric
-- (number); the third another year (core); the fourth another currency (nothing); the fifth was withheld, not
-- unreported, and is of the reporting period, which is 2020 for the edition of 2021 (dated). The sixth is of
-- no fact of gold.
local gold = rows_of {
  {},
  { metric = "convictions", value = "6", unit = "persons", evidence = "six traffickers", offset = "20" },
  { metric = "convictions", value = "9", unit = "persons", from = "2019", to = "2019", evidence = "nine",
    offset = "40" },
  { metric = "funding", value = "1000", unit = "EUR", evidence = "1,000 euros", offset = "60" },
  { metric = "victims_identified", value = "-", bound = "-", unit = "persons", state = "not_reported", from = "RP",
    to = "RP", evidence = "did not report", offset = "80" },
}
local given = rows_of {
  {},
  { metric = "prosecutions", value = "6.0", unit = "persons", evidence = "traffickers", offset = "24" },
  { metric = "convictions", value = "9", unit = "persons", from = "2018", to = "2018",
    evidence = "nine in", offset = "40" },
  { metric = "funding", value = "1,000", unit = "USD", evidence = "1,000 euros", offset = "60" },
  { metric = "victims_identified", value = "-", bound = "-", unit = "persons", state = "withheld", evidence = "report",
    offset = "88" },
  { metric = "other", value = "5", evidence = "five", offset = "100" },
}

tap.test("a coding as text", function()
  tap.is(#gold, 5)
  tap.is(gold[2].start, 20)
  tap.is(gold[2].stop, 35)
  tap.is(gold[2].line, 3)
  tap.is(coding.column_of(gold[2], "metric"), 4)
  local head = table.concat(coding.columns, "\t")
  tap.is(#assert(coding.parse("# a note\r\n\r\n" .. head .. "\r\n", "x")), 0)
  tap.is(#assert(coding.parse("", "x")), 0)
  tap.is(select(2, coding.parse("id\tmetric\n", "x")), "x:1: this is no coding: it has no column 'value'")
  tap.is(select(2, coding.parse(head .. "\nF1\ta\n", "x")), "x:2: 2 cells, 19 expected")
  tap.is(select(2, coding.parse(head .. "\n" .. ("-\t"):rep(18) .. "?2\n", "x")),
    "x:2: the offset '?2' is no whole number")
end)

tap.test("a report's facts are rows as its TSV has them", function()
  local report = assert(tipl.open "examples/reports/valdoria-2021.txt")
  local rows = coding.rows(report:facts { metric = "tier" })
  tap.is(rows[2].of, "F1")
  tap.is(rows[2].value, "2")
  tap.is(rows[2].high, "-")
  tap.is(report.text:sub(rows[2].start + 1, rows[2].stop), rows[2].evidence)
end)

tap.test("levels of agreement", function()
  local wanted = { 4, 1, 2, 0, 3 }
  for i, level in ipairs(wanted) do tap.is(coding.agreement(gold[i], given[i], 2021), level, "row " .. i) end
  tap.is(coding.agreement(gold[5], given[5], nil), 2, "without an edition, the reporting period is no year")
  tap.is(coding.agreement(gold[4], gold[4], 2021), 4)
end)

tap.test("sizes of matchings, precision and recall", function()
  local graph = coding.graph(gold, given, 2021)
  for level, wanted in ipairs { 4, 3, 2, 1 } do
    tap.is(select(2, coding.match(graph, level)), wanted, coding.levels[level])
  end
  local precision, recall, f1 = coding.rates(4, 5, 6) -- 4/6, 4/5; 2 * 8/15 / (22/15) = 8/11
  tap.is(("%.6f %.6f %.6f"):format(precision, recall, f1), "0.666667 0.800000 0.727273")
  tap.is(table.concat({ coding.rates(0, 0, 0) }, " "), "0 0 0")
end)

tap.test("evidence must overlap, if by one byte", function()
  local one = rows_of { { evidence = "12345", offset = "10" } }
  for offset, level in pairs { ["4"] = 0, ["5"] = 0, ["6"] = 4, ["14"] = 4, ["15"] = 0 } do
    local other = rows_of { { evidence = "12345", offset = offset } }
    local edges = coding.graph(one, other, 2021)[1]
    tap.is(edges[1] and edges[1].level or 0, level, "offset " .. offset)
  end
  -- A long evidence before short ones that end earlier: it is found all the same.
  local long = rows_of { { evidence = ("x"):rep(90), offset = "0" }, { offset = "20", evidence = "x" } }
  tap.is(#coding.graph(rows_of { { evidence = "x", offset = "80" } }, long, 2021)[1], 1)
end)

tap.test("as many as can be, the best partner first", function()
  -- The first can have either row, the second only the first row: both are matched.
  local two = rows_of { { evidence = "12345678" }, { evidence = "1234" } }
  local rows = rows_of { { evidence = "1234" }, { evidence = "5678", offset = "4" } }
  local row_of, size = coding.match(coding.graph(two, rows, 2021), 1)
  tap.is(size, 2)
  tap.is(row_of[1] * 10 + row_of[2], 21)
  -- Four in one place, of which each has the one of its own metric, in whatever order they come.
  local metrics, mixed = { "arrests", "charges", "prosecutions", "convictions" }, {}
  for i, k in ipairs { 3, 1, 4, 2 } do mixed[i] = { metric = metrics[k] } end
  local plain = {}
  for i, name in ipairs(metrics) do plain[i] = { metric = name } end
  local a, b = rows_of(plain), rows_of(mixed)
  for i, j in pairs(coding.match(coding.graph(a, b, 2021), 1)) do tap.is(b[j].metric, a[i].metric) end
end)

tap.test("Cohen's kappa", function()
  -- The metrics of the four matched at level number: investigations investigations, convictions prosecutions,
  -- convictions convictions, victims victims. po = 3/4; pe = (1*1 + 2*1 + 0*1 + 1*1) / 16 = 1/4; (3/4 - 1/4)
  -- / (3/4).
  local words = {}
  for i, j in pairs(coding.match(coding.graph(gold, given, 2021), 1)) do
    words[#words + 1] = { gold[i].metric, given[j].metric }
  end
  local kappa, agree = coding.kappa(words)
  tap.is(("%.6f"):format(kappa), "0.666667")
  tap.is(agree, 3)
  -- 50 things, yes or no: both yes 20, both no 15, yes and no 5, no and yes 10: po = 0.7, pe = 0.5 * 0.6 +
  -- 0.5 * 0.4.
  words = {}
  for _, cell in ipairs { { 20, "yes", "yes" }, { 5, "yes", "no" }, { 10, "no", "yes" }, { 15, "no", "no" } } do
    for _ = 1, cell[1] do words[#words + 1] = { cell[2], cell[3] } end
  end
  tap.is(("%.6f"):format((coding.kappa(words))), "0.400000")
  tap.is((coding.kappa { { "a", "a" }, { "a", "a" } }), nil, "one word only")
  tap.is(coding.kappa { { "a", "b" }, { "b", "a" } }, -1.0)
  tap.is((coding.kappa {}), nil)
end)

tap.test("years", function()
  tap.is(coding.year "some/2019/valdoria-2021.tsv", 2021)
  tap.is(coding.year "x-1.tsv", nil)
  tap.is(coding.year "x-11998.tsv", 1998)
  tap.is(coding.period_end("PRP", 2021), "2019")
  tap.is(coding.period_end("2021-01", 2021), "2021")
  tap.is(coding.period_end("RP", nil), "RP")
end)

tap.test("files", function()
  assert(coding.is_folder "examples/reports")
  assert(not coding.is_folder "examples/demo.sh" and not coding.is_folder "examples/none")
  tap.is(#assert(coding.load "tests/corpus/valdoria-2021.tsv") > 100, true)
  tap.is(select(2, coding.load "none.tsv"), "none.tsv: cannot be read: No such file or directory")
  tap.is(select(3, coding.load "none.txt"), "EIO")
end)

tap.done()
