-- tipl export: the facts of many reports in one file: a database, CSV or JSON Lines. All appears at once, when it is done.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local database = require "tipl.database"
local layout = require "tipl.layout"
local lines = require "tipl.lines"
local progress = require "tipl.progress"
local tipl = require "tipl"

local options, files = command.parse(arg, {
  usage = "export FILE... --to OUTPUT [options]",
  about = [[
Writes the facts of reports to one file, whose name says what it is: .db .sqlite .sqlite3 a database (SQLite),
.csv, .jsonl; - is standard output (CSV or JSON Lines). The file appears when it is complete; one that is there is
replaced. A database that is there is added to instead, in one transaction: a narrative that it holds is not written
again, unless its facts are others now (by --apply, --lexicon or another version), which then replace the old.

The database has the tables reports, sections, sentences, facts and links (which fact is what of which), and the
views coded, figures, series, silences, funding, gaps and tiers. In CSV a cell that a spreadsheet would take for a
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

local opened, why = (format == "sqlite" and database or lines).open(to, format)
local output <close> = opened
if not output then tipl.fail(layout.safe(why), 2) end

local count, facts = { added = 0, known = 0, renewed = 0 }, 0
local bar <close> = progress "writing reports:"
local ok, worst = pcall(command.each, files, function(report, path, number)
  local what, twin = output:add(report, path)
  count[what] = count[what] + 1
  bar.update(number)
  if what ~= "known" then facts = facts + #report end
  if twin then
    bar.wipe()
    io.stderr:write("tipl: ", layout.plain(("%s: another text of %s than that of %s; %s now holds both"):format(path,
      command.name(report, path), twin, to)), "\n")
  end
end, { bar = bar })
bar.wipe()
if not ok then
  output:drop()
  if type(worst) == "table" then error(worst, 0) end
  tipl.fail(layout.safe(("%s: %s"):format(to, layout.reason(worst))), 2)
end
if count.added + count.known + count.renewed == 0 then
  output:drop()
  tipl.fail(layout.safe(to .. ": not written, since no report could be read"), math.max(worst, 1))
end
local done, wrong = output:finish()
if not done then tipl.fail(layout.safe(wrong), 2) end
local summary = to == "-" and io.stderr or io.stdout
summary:write(layout.safe(("%s: %d reports with %d facts written%s%s"):format(to, count.added + count.renewed, facts,
  count.renewed > 0 and (", %d of them in place of other facts of the same text"):format(count.renewed) or "",
  count.known > 0 and (", %d there already"):format(count.known) or "")), "\n")
os.exit(worst, true)
