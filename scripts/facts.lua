-- tipl facts: the facts of reports, one row each, for reading (table) or for other programs.
-- SPDX-License-Identifier: MIT
local tipl = require "tipl"
local command = require "tipl.command"
local layout = require "tipl.layout"

local options, files = command.parse(arg, {
  usage = "facts FILE... [options]",
  about = "Prints the facts of reports in text order.",
  example = "facts examples/reports/valdoria-2021.txt --metric funding --evidence",
  options = {
    { name = "format", takes = "WORD", words = { "table", "tsv", "csv", "jsonl" }, default = "table",
      about = "table (default), tsv, csv or jsonl" },
    { name = "metric", takes = "WORD,...", words = tipl.vocabulary "metric", list = true,
      about = "only these metrics" },
    { name = "evidence", about = "in a table, the sentence under each fact" },
  },
})

local filter
if options.metric then
  filter = { metric = {} }
  for word in options.metric:gmatch "[^,]+" do table.insert(filter.metric, word) end
end

local header = {
  "id", "metric", "value", "high", "unit", "bound", "state", "from", "to", "basis", "form", "who", "source",
  "status", "relation", "of", "certainty", "evidence", "offset",
}

-- What stands in a column of the interchange formats; nil when the fact has no such thing.
local function cell(fact, name)
  if name == "value" then return fact.value_text end
  if name == "high" then return fact.high_text end
  if name == "of" then return fact.of and fact.of.id end
  return fact[name]
end

local function separated(facts, quote, separator, lead)
  for fact in facts do
    local row = { lead }
    for _, name in ipairs(header) do
      local value = cell(fact, name)
      row[#row + 1] = quote(value == nil and "-" or value)
    end
    print(layout.plain(table.concat(row, separator)))
  end
end

local formats = {}

-- The tables of tsv follow each other under one header; a line "# file: …" begins each of several.
function formats.tsv(facts, report, path, number)
  if number == 1 then print(table.concat(header, "\t")) end
  if #files > 1 then print("# file: " .. layout.tsv(layout.plain(path))) end
  separated(facts, layout.tsv, "\t")
end

-- csv has the file in a first column instead, and so every row says where it is from.
function formats.csv(facts, report, path, number)
  if number == 1 then print("file," .. table.concat(header, ",")) end
  separated(facts, layout.csv, ",", layout.csv(path))
end

function formats.jsonl(facts, report, path)
  local about = ('"file":%s,"country":%s,"iso3":%s,"edition":%s'):format(layout.json(path),
    report.country and layout.json(report.country) or "null",
    report.iso3 and layout.json(report.iso3) or "null", report.year or "null")
  for fact in facts do
    local parts = { about }
    for _, name in ipairs(header) do
      local value = cell(fact, name)
      local number = (name == "value" or name == "high") and not fact.label or name == "offset"
      parts[#parts + 1] = ('"%s":%s'):format(name, value == nil and "null"
        or number and tostring(value) or layout.json(tostring(value)))
    end
    local flags = {}
    for i, flag in ipairs(fact.flags) do flags[i] = layout.json(flag) end
    parts[#parts + 1] = ('"flags":[%s],"section":%s,"rule":%s'):format(table.concat(flags, ","),
      fact.section and layout.json(fact.section) or "null", fact.rule and layout.json(fact.rule) or "null")
    print("{" .. layout.plain(table.concat(parts, ",")) .. "}")
  end
end

function formats.table(facts, report, path, number)
  if number > 1 then print() end
  print(command.title(report, path) .. (": %d facts"):format(#facts))
  local rows = {}
  for fact in facts do rows[#rows + 1] = layout.fact_row(fact) end
  local text = layout.grid(layout.fact_columns, rows, layout.width(), layout.fact_drops)
  if not options.evidence then return print(text) end
  local i = -1
  for line in text:gmatch "[^\n]+" do
    i = i + 1
    print(line)
    if i > 0 then command.evidence(facts[i]) end
  end
end

os.exit(command.each(files, function(report, path, number)
  formats[options.format](report:facts(filter), report, path, number)
end), true)
