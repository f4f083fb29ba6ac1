-- tipl export: the facts of many reports in one file: a database, CSV or JSON Lines. The file appears, whole, when
-- all is done.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local core = require "tipl.core"
local database = require "tipl.database"
local layout = require "tipl.layout"
local tipl = require "tipl"
local writer = require "tipl.writer"

local options, files = command.parse(arg, {
  usage = "export FILE... --to OUTPUT [options]",
  about = [[
Writes the facts of reports to one file, whose name says what it is: .db .sqlite .sqlite3 a database (SQLite),
.csv, .jsonl; - is standard output (CSV or JSON Lines). The file takes its place when it is complete. A database that is there already is added to; a
narrative that it holds, or that several files hold, is written once. Other files that are there are replaced.

The database has the tables reports, sections, sentences, facts and links (which fact is what of which), and the
views coded, figures, series, silences, funding and tiers. In CSV a cell that a spreadsheet would take for a
formula has a ' in front.]],
  example = "export examples/reports --to - --format csv",
  options = {
    { name = "to", takes = "OUTPUT", about = "the file to write" },
    { name = "format", takes = "WORD", words = { "sqlite", "csv", "jsonl" },
      about = "sqlite, csv or jsonl, where the name does not say it" },
  },
})
local to = options.to or tipl.fail("--to OUTPUT is missing: the file to write", 2)
local endings = { db = "sqlite", sqlite = "sqlite", sqlite3 = "sqlite", csv = "csv", jsonl = "jsonl", ndjson = "jsonl" }
local format = options.format or endings[(to:match "%.(%w+)$" or ""):lower()]
if to == "-" and format == "sqlite" then tipl.fail("a database needs a file: --to FILE.db", 2) end
if not format then tipl.fail("what to write? call it .db, .csv or .jsonl, or give --format", 2) end

-- Facts as lines of text, with the methods of a database.
local Lines = {}
Lines.__index = Lines
function Lines:__close() self:drop() end

function Lines.open(path)
  local self = setmetatable({ file = io.stdout, seen = {} }, Lines)
  if path ~= "-" then
    local copy, why = core.replacement(path)
    if not copy then return nil, why end
    self.copy, self.file = copy, assert(io.open(copy:name(), "wb"))
  end
  if format == "csv" then assert(self.file:write(writer.csv_header)) end
  return self
end

function Lines:add(report, path)
  local digest = report.digest
  if self.seen[digest] then return false end
  self.seen[digest] = true
  local about = writer.about(report, '"file":' .. layout.json(path))
  for fact in report:facts() do
    assert(self.file:write(format == "csv" and writer.csv(fact, path) or writer.jsonl(fact, about)))
  end
  return true
end

function Lines:finish()
  if not self.copy then return true end
  local ok, why = self.file:close()
  if not ok then return nil, why end
  return self.copy:commit()
end

--- Nothing more is there to drop once it is finished.
function Lines:drop()
  if not self.copy then return end
  if io.type(self.file) == "file" then self.file:close() end
  self.copy:discard()
end

local opened, why = (format == "sqlite" and database or Lines).open(to)
local output <close> = opened
if not output then tipl.fail(layout.safe(why), 2) end

local added, known, facts = 0, 0, 0
local ok, worst = pcall(command.each, files, function(report, path)
  if output:add(report, path) then
    added, facts = added + 1, facts + #report
  else
    known = known + 1
  end
end)
if not ok then
  output:drop()
  if type(worst) == "table" then error(worst, 0) end
  tipl.fail(layout.safe(to .. ": " .. tostring(worst)), 2)
end
if added == 0 and known == 0 then
  output:drop()
  tipl.fail(layout.safe(to .. ": not written, since no report could be read"), math.max(worst, 1))
end
local done, wrong = output:finish()
if not done then tipl.fail(layout.safe(wrong), 2) end
local summary = to == "-" and io.stderr or io.stdout
summary:write(layout.safe(("%s: %d reports with %d facts written%s"):format(to, added, facts,
  known > 0 and (", %d there already"):format(known) or "")), "\n")
os.exit(worst, true)
