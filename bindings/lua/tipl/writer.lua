--- Facts as rows for other programs: tsv (the table of the fact model), csv (RFC 4180) and jsonl. What `tipl
-- facts` and `tipl export` share.
-- SPDX-License-Identifier: MIT
local coding = require "tipl.coding"
local layout = require "tipl.layout"

local writer = {}

local columns = coding.columns

-- What csv and jsonl have beside the columns of a coding. In csv, flags and uses are joined by "+".
local more = { "flags", "uses", "phase", "year", "length", "noun", "actor", "recipient", "purpose", "section", "sentence",
  "rule" }
local lists = { flags = true, uses = true }
local whole = { year = true, length = true, sentence = true }

local function extra(fact, name)
  local value = fact[name]
  if name == "sentence" then return value and value.number end
  return value
end

local function cells(fact, quote)
  local row = {}
  for i, name in ipairs(columns) do
    local value = coding.cell(fact, name)
    row[i] = quote(value == nil and "-" or value)
  end
  return row
end

writer.csv_header = "file,country,iso3,edition," .. table.concat(columns, ",") .. "," .. table.concat(more, ",") .. "\r\n"

--- What stands first in every line of a report's facts, for writer.csv.
function writer.csv_about(report, path)
  local row = { layout.utf8(path), report.country or "-", report.iso3 or "-", report.year or "-" }
  for i, cell in ipairs(row) do row[i] = layout.csv(cell) end
  return table.concat(row, ",")
end

--- Line ends are those of RFC 4180. A cell that a spreadsheet would take for a formula has a "'" in front
-- (layout.csv).
function writer.csv(fact, about)
  local row = cells(fact, layout.csv)
  for _, name in ipairs(more) do
    local value = extra(fact, name)
    if lists[name] then value = value[1] and table.concat(value, "+") end
    row[#row + 1] = value == nil and "-" or layout.csv(value)
  end
  return about .. "," .. table.concat(row, ",") .. "\r\n"
end

writer.tsv_header = table.concat(columns, "\t") .. "\n"
function writer.tsv(fact) return table.concat(cells(fact, layout.tsv), "\t") .. "\n" end

local function quoted(value) return value == nil and "null" or layout.json(tostring(value)) end

--- What stands first in every line of a report's facts: `name` says what it comes from, as JSON.
function writer.about(report, name)
  return ('%s,"country":%s,"iso3":%s,"edition":%s'):format(name, quoted(report.country), quoted(report.iso3),
    report.year or "null")
end

local function listed(words)
  local texts = {}
  for i, word in ipairs(words) do texts[i] = layout.json(word) end
  return "[" .. table.concat(texts, ",") .. "]"
end

function writer.jsonl(fact, about)
  local parts = { about }
  for _, name in ipairs(columns) do
    local value = coding.cell(fact, name)
    local number = (name == "value" or name == "high") and not fact.label or name == "offset"
    parts[#parts + 1] = ('"%s":%s'):format(name, number and value ~= nil and tostring(value) or quoted(value))
  end
  for _, name in ipairs(more) do
    local value = extra(fact, name)
    parts[#parts + 1] = ('"%s":%s'):format(name, lists[name] and listed(value) or whole[name] and (value or "null")
      or quoted(value))
  end
  return "{" .. table.concat(parts, ",") .. "}\n"
end

return writer
