--- Facts as rows for other programs: tsv (the table of the fact model), csv (RFC 4180) and jsonl. What `tipl
-- facts` and `tipl export` share.
-- SPDX-License-Identifier: MIT
local coding = require "tipl.coding"
local layout = require "tipl.layout"

local writer = {}

local columns = coding.columns

local function cells(fact, quote, lead)
  local row = { lead }
  for _, name in ipairs(columns) do
    local value = coding.cell(fact, name)
    row[#row + 1] = quote(value == nil and "-" or value)
  end
  return row
end

--- Line ends are those of RFC 4180. A cell that a spreadsheet would take for a formula has a "'" in front
-- (layout.csv).
writer.csv_header = "file," .. table.concat(columns, ",") .. "\r\n"
function writer.csv(fact, path)
  return table.concat(cells(fact, layout.csv, layout.csv(path)), ",") .. "\r\n"
end

writer.tsv_header = table.concat(columns, "\t") .. "\n"
function writer.tsv(fact) return table.concat(cells(fact, layout.tsv), "\t") .. "\n" end

local function quoted(value) return value == nil and "null" or layout.json(tostring(value)) end

--- What stands first in every line of a report's facts: `name` says what it comes from, as JSON.
function writer.about(report, name)
  return ('%s,"country":%s,"iso3":%s,"edition":%s'):format(name, quoted(report.country), quoted(report.iso3),
    report.year or "null")
end

function writer.jsonl(fact, about)
  local parts, flags = { about }, {}
  for _, name in ipairs(columns) do
    local value = coding.cell(fact, name)
    local number = (name == "value" or name == "high") and not fact.label or name == "offset"
    parts[#parts + 1] = ('"%s":%s'):format(name, number and value ~= nil and tostring(value) or quoted(value))
  end
  for i, flag in ipairs(fact.flags) do flags[i] = layout.json(flag) end
  parts[#parts + 1] = ('"flags":[%s],"section":%s,"rule":%s'):format(table.concat(flags, ","), quoted(fact.section),
    quoted(fact.rule))
  return "{" .. table.concat(parts, ",") .. "}\n"
end

return writer
