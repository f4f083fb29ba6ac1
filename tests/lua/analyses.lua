--- Runs the analyses that ship and reads their rows as JSON Lines, so that layout does not matter to a test.
-- SPDX-License-Identifier: MIT
local tap = require "tap"

local analyses = {}

--- The rows of a script: the whole `line`, and by column the values that are no lists, as text.
function analyses.rows(command)
  local list = {}
  local pipe <close> = assert(io.popen("tipl " .. command .. " --format jsonl", "r"))
  for line in pipe:lines() do
    local row = { line = line }
    for key, value in line:gmatch '"([%w_]+)":([^",%[%]{}]+)' do row[key] = value end
    for key, value in line:gmatch '"([%w_]+)":"([^"\\]*)"' do row[key] = value end
    list[#list + 1] = row
  end
  return list
end

--- The rows whose columns have the given values.
function analyses.select(list, want)
  local found = {}
  for _, row in ipairs(list) do
    local good = true
    for key, value in pairs(want) do good = good and row[key] == value end
    if good then found[#found + 1] = row end
  end
  return found
end

--- The one row whose columns have the given values.
function analyses.one(list, want)
  local found = analyses.select(list, want)
  local words = {}
  for key, value in pairs(want) do words[#words + 1] = key .. "=" .. value end
  tap.is(#found, 1, "rows with " .. table.concat(words, " "))
  return found[1]
end

return analyses
