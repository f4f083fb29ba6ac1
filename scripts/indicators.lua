-- tipl indicators: a report coded in the manner of the Human Trafficking Indicators (R. W. Frank, 2013), whose public
-- data end with the edition of 2011: tier, minimum standards, flows and their order, 28 forms by role, law, enforcement,
-- protection, prevention. Yes, no and no mention, each with the rule and the sentence that made it. Coded is what the
-- edition says, not the country.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local indicators = require "tipl.indicators"
local layout = require "tipl.layout"
local rows = require "tipl.rows"

local options, files = command.parse(arg, {
  usage = "indicators FILE... [options]",
  about = [[
Codes reports by the variables of the Human Trafficking Indicators. A table lists what is more than "No mention"; csv has
one row a report, with iso3 and year before the 47 variables, and with --evidence the words that show each behind
them, as NAME_evidence; --long has one row a variable, with rule and evidence,
as jsonl always does. "No mention" is silence; prosnum is empty where no figure is given. A report without a
profile section says nothing of flows and forms, and a note tells so. Rules read words: read the evidence before use.]],
  example = "indicators examples/reports/valdoria-2021.txt --evidence",
  options = command.with_rows {
    { name = "long", about = "one row a variable in csv" },
    { name = "all", about = "in a table, also what is not mentioned" },
  },
})

local wide = options.format == "csv" and not options.long
local out = not wide and rows.new(options, {
  { "iso3", data = true }, { "country", data = true }, { "year", data = true }, { "variable" }, { "value" }, { "rule" },
  { "offset", data = true }, { "length", data = true },
})

local function print_header()
  local list = { "iso3", "year", table.unpack(indicators.columns) }
  for _, name in ipairs(options.evidence and indicators.columns or {}) do list[#list + 1] = name .. "_evidence" end
  print(table.concat(list, ","))
end
if wide then print_header() end

-- A wide row: nothing for a country without code, whose name stands there instead.
local function print_wide(report, cells)
  local list = { layout.csv(report.iso3 or report.country or ""), layout.csv(report.year or "") }
  for _, name in ipairs(indicators.columns) do list[#list + 1] = layout.csv(cells[name].value or "") end
  for _, name in ipairs(options.evidence and indicators.columns or {}) do
    local witness = cells[name].witness
    list[#list + 1] = layout.csv(witness and witness.evidence or "")
  end
  print(layout.plain(table.concat(list, ",")))
end

local function print_rows(report, cells)
  for _, name in ipairs(indicators.columns) do
    local cell = cells[name]
    local silent = cell.value == nil or cell.value == "No mention"
    if options.format ~= "table" or options.all or not silent then
      out:row { iso3 = report.iso3, country = report.country, year = report.year, variable = name, value = cell.value,
        rule = cell.rule, offset = cell.witness and cell.witness.offset, length = cell.witness and #cell.witness.evidence,
        facts = { cell.witness } }
    end
  end
end

local code = command.each(files, function(report, path)
  local cells, found = indicators.code(report)
  if wide then
    print_wide(report, cells)
  else
    out:title(command.name(report, path) .. ": indicators")
    print_rows(report, cells)
    if not found then out:note "No profile was found: nothing is coded of flows and forms." end
  end
  if not found and options.format ~= "table" then
    io.stderr:write(layout.plain(("tipl: %s: no profile was found: nothing is coded of flows and forms\n"):format(path)))
  end
end)
if out then out:close() end
os.exit(code, true)
