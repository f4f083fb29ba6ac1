-- rows_test: rows as table, CSV, JSON Lines; charts; countries and their editions.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local chart = require "tipl.chart"
local editions = require "tipl.editions"
local rows = require "tipl.rows"
local tap = require "tap"
local tipl = require "tipl"

-- What f prints.
local function printed(f)
  local lines, original = {}, print
  print = function(text) lines[#lines + 1] = text or "" end -- luacheck: ignore
  local good, why = pcall(f)
  print = original -- luacheck: ignore
  assert(good, why)
  return table.concat(lines, "\n")
end

local columns = { { "file", data = true }, { "what" }, { "count", right = true } }
local witness = { id = "F1", offset = 7, text = '=two "cases"\nin 2020', evidence = "two" }

local function write(options, row)
  return printed(function()
    local out = rows.new(options, columns)
    out:title "A title"
    out:row(row)
    out:note "A note."
    out:close()
  end)
end

local row = { file = "a,b.txt", what = "@x\27[1m", count = 2, facts = { witness } }

tap.test("a table has title, cells made safe, the sentence on demand", function()
  tap.is(write({ format = "table" }, row), "A title\n  what       count\n  @x\\x1b[1m      2\n  A note.")
  local text = write({ format = "table", evidence = true }, row)
  assert(text:find('        F1, byte 7: =two "cases" in 2020', 1, true), text)
end)

tap.test("sentences of the last column go under their rows where there is no room", function()
  local text = printed(function()
    local out = rows.new({ format = "table" }, { { "what" }, { "note", long = true } })
    out:row { what = "first", note = "a sentence that is longer than the terminal is wide" }
    out:row { what = "second" }
    out:close()
  end)
  tap.is(text, "  what    note\n  first   a sentence that is longer than the terminal is wide\n  second")
end)

tap.test("reports without rows are counted, and their titles left out", function()
  local text = printed(function()
    local out = rows.new({ format = "table" }, columns, true)
    for i = 1, 3 do
      out:title("Report " .. i)
      if i == 2 then out:row(row) else out:nothing "Nothing." end
    end
    out:close()
  end)
  tap.is((text:gsub("\n.*\n\n", " … ")), "Report 2 … 2 more: Nothing.")
end)

tap.test("CSV quotes, disarms formulas and has no titles", function()
  tap.is(write({ format = "csv" }, row), "file,what,count,facts,offsets,evidence\n"
    .. '"a,b.txt",\'@x\27[1m,2,F1,7,"\'=two ""cases""\nin 2020"')
  tap.is(write({ format = "csv" }, { what = "-" }), "file,what,count,facts,offsets,evidence\n,-,,,,")
end)

tap.test("JSON Lines keep types, null for what is absent", function()
  tap.is(write({ format = "jsonl" }, row), '{"file":"a,b.txt","what":"@x\\u001b[1m","count":2,"facts":["F1"],'
    .. '"offsets":[7],"evidence":["=two \\"cases\\"\\nin 2020"]}')
  tap.is(write({ format = "jsonl" }, { count = 0.5 }),
    '{"file":null,"what":null,"count":0.5,"facts":[],"offsets":[],"evidence":[]}')
end)

tap.test("a witness outlives its report", function()
  local report = assert(tipl.open "examples/reports/valdoria-2021.txt")
  local kept = rows.witness(report:facts { metric = "tier_change" }[1])
  report:close()
  tap.is(kept.text, "Therefore Valdoria was downgraded to Tier 2.")
  tap.is(kept.edition, 2021)
  tap.is(kept.evidence, "downgraded")
end)

tap.test("charts show zero, absence and the largest apart", function()
  tap.is(chart.columns({ 0, nil, 8, 1 }, 4), "▁·█▁")
  tap.is(chart.columns({ nil, nil }, 2), "··")
  tap.is(chart.change(26, 19), "-26.9%")
  tap.is(chart.change(16, 11), "-31.3%") -- 31.25
  tap.is(chart.change(0, 19), nil)
  tap.is(chart.change(nil, 19), nil)
end)

tap.test("editions stand in the order of their years", function()
  local paths = { "examples/reports/valdoria-2021.txt", "examples/reports/valdoria-2019.txt" }
  local countries, code = editions.collect(paths, function(report) return { tier = report.tier } end)
  tap.is(code, 0)
  tap.is(#countries, 1)
  tap.is(countries[1][1].edition, 2019)
  tap.is(countries[1][1].tier, "1")
  tap.is(countries[1][2].file, paths[1])
  tap.is(editions.title(countries[1]), "Valdoria, editions 2019-2021")
end)

tap.done()
