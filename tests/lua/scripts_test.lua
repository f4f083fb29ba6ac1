-- scripts_test: what the analyses say of the sample reports, and of the Norway 2021 narrative as answered by hand.
-- Rows are read as JSON Lines, so that layout does not matter.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local reference = require "reference"
local tap = require "tap"

local SAMPLES = "examples/reports/valdoria-2019.txt examples/reports/valdoria-2020.txt examples/reports/valdoria-2021.txt"
local SAMPLE = "examples/reports/valdoria-2021.txt"

-- The rows of a script: { [column] = value as text, with "null" absent }, flat values only.
local function rows_of(command)
  local list = {}
  local pipe <close> = assert(io.popen("tipl " .. command .. " --format jsonl", "r"))
  for line in pipe:lines() do
    local row = { line = line }
    for key, value in line:gmatch '"([%w_]+)":("?[^",%[]*"?)' do row[key] = value:match '^"(.*)"$' or value end
    for key, value in line:gmatch '"([%w_]+)":"((.-)[^\\])"' do row[key] = value end
    list[#list + 1] = row
  end
  return list
end

-- The rows whose columns have the given values.
local function select_rows(list, want)
  local found = {}
  for _, row in ipairs(list) do
    local good = true
    for key, value in pairs(want) do good = good and row[key] == value end
    if good then found[#found + 1] = row end
  end
  return found
end

local function one(list, want)
  local found = select_rows(list, want)
  local words = {}
  for key, value in pairs(want) do words[#words + 1] = key .. "=" .. value end
  tap.is(#found, 1, "rows with " .. table.concat(words, " "))
  return found[1]
end

-- ---- silence

tap.test("silence: kinds stay apart, and streaks are those of the newest edition", function()
  local rows = rows_of("silence " .. SAMPLES)
  tap.is(one(rows, { kind = "not done", what = "compensation" }).streak, "4")
  tap.is(one(rows, { kind = "not reported", what = "victims identified (labor)" }).streak, "3")
  one(rows, { kind = "withheld", what = "victims repatriated" })
  one(rows, { kind = "none reported", what = "victims penalized" })
  tap.is(one(rows, { kind = "not reported", what = "funding" }).line:match '"editions":(%b[])', "[2019,2020,2021]")
  tap.is(#select_rows(rows, { what = "prosecutions (officials)", kind = "not reported" }), 1)
end)

tap.test("silence: a criterion nobody speaks to", function()
  one(rows_of("silence " .. SAMPLE), { kind = "not mentioned", what = "(5) extradition" })
  tap.is(#rows_of("silence " .. SAMPLE .. " --criteria"), 12)
end)

reference.test("silence: Norway 2021 (questions 15 and 18)", function(folder)
  local path = folder .. "/reports/norway-2021.txt"
  local rows = rows_of("silence " .. path)
  tap.is(#select_rows(rows, { kind = "not reported" }), 8)
  tap.is(#select_rows(rows, { kind = "withheld" }), 2)
  tap.is(one(rows, { what = "victims identified (official number)" }).streak, "4")
  assert(one(rows, { kind = "doubtful" }).evidence:find "data remained unreliable")
  tap.is(#select_rows(rows, { kind = "not mentioned" }), 0)
  local criteria = rows_of("silence --criteria " .. path)
  local function evidence(i) return criteria[i].line end
  for i, text in pairs { [4] = "collaborated with other European governments", [5] = "extradite a Romanian trafficker",
    [7] = "did not report any investigations", [8] = "foreign victims", [9] = "Global Fund to End Modern Slavery",
    [10] = "data remained unreliable", [11] = "decreased law enforcement", [12] = "did not make efforts to reduce" } do
    assert(evidence(i):find(text, 1, true), i .. ": " .. evidence(i))
  end
  tap.is(criteria[7].kind, "not reported")
end)

tap.done()
