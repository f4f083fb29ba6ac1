-- tipl unread: sentences that seem to say something countable but gave no fact: those with a number, an
-- amount or a length of time, and those that say that something was not reported. Where to look for what tipl
-- does not read.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local layout = require "tipl.layout"
local unread = require "tipl.unread"

local options, files = command.parse(arg, {
  usage = "unread FILE... [options]",
  about = [[
Prints sentences that gave no fact though they hold a number, a percentage, an amount of money, a length of time or a
phrase of absence ("did not report"), as file:line: sentence. Years, dates, ordinals and numbers that name something
(Article 147) are no reason. Some of the sentences rightly give none.]],
  example = "unread examples/reports/valdoria-2020.txt --format tsv",
  options = {
    { name = "why", takes = "WORD,...", words = unread.reasons, list = true,
      about = "only for these reasons: number, percent, money, duration, absence" },
    { name = "format", takes = "WORD", words = { "lines", "tsv" }, default = "lines",
      about = "lines (default) or tsv" },
  },
})

local reasons
if options.why then
  reasons = {}
  for word in options.why:gmatch "[^,]+" do reasons[word] = true end
end

local read, missed = 0, 0
if options.format == "tsv" then print "file\tline\toffset\tsection\twhy\twords\tsentence" end
local worst = command.each(files, function(report, path)
  for sentence in report:sentences() do
    local why, found = unread.reason(sentence, reasons)
    if why and #sentence:facts() > 0 then
      read = read + 1
    elseif why then
      missed = missed + 1
      if options.format == "tsv" then
        local cells = { layout.tsv(path), sentence.line, sentence.offset, sentence.section or "-", why,
          layout.tsv(found), layout.tsv(sentence.text) }
        print(layout.plain(table.concat(cells, "\t")))
      else
        print(layout.safe(("%s:%d: %s"):format(path, sentence.line, sentence.text)))
      end
    end
  end
end)
io.stdout:flush()
io.stderr:write(("%d of %d sentences with a number, an amount or a phrase of absence gave no fact\n"):format(missed,
  read + missed))
os.exit(worst, true)
