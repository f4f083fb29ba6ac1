-- tipl unread: sentences that seem to say something countable but gave no fact: those with a number, an
-- amount or a length of time, and those that say that something was not reported. Where to look for what tipl
-- does not read.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local layout = require "tipl.layout"

local options, files = command.parse(arg, {
  usage = "unread FILE... [options]",
  about = [[
Prints sentences that gave no fact though they hold a number, a percentage, an amount of money, a length of time or a
phrase of absence ("did not report"), as file:line: sentence. Years, dates, ordinals and numbers that name something
(Article 147) are no reason. Some of the sentences rightly give none.]],
  example = "unread examples/reports/valdoria-2020.txt --format tsv",
  options = {
    { name = "why", takes = "WORD,...", words = { "number", "percent", "money", "duration", "absence" }, list = true,
      about = "only for these reasons: number, percent, money, duration, absence" },
    { name = "format", takes = "WORD", words = { "lines", "tsv" }, default = "lines",
      about = "lines (default) or tsv" },
  },
})

local reasons = { number = true, percent = true, money = true, duration = true, absence = true }
if options.why then
  reasons = {}
  for word in options.why:gmatch "[^,]+" do reasons[word] = true end
end

-- Patterns of sentences in lower case that tell of something not told.
local absences = {
  "did not %l*%s?report", "did not %l*%s?provide", "did not %l*%s?collect", "did not %l*%s?publish",
  "did not %l*%s?release", "did not %l*%s?disclose", "did not %l*%s?specify", "did not %l*%s?compile",
  "did not %l*%s?maintain %l*%s?data", "did not %l*%s?maintain %l*%s?statistics", "did not keep",
  "did not make .-available",
  "never reported", "failed to report", "failed to provide", "unable to report", "unable to provide",
  "declined to %l+ .*number", "declined to provide", "declined to report", "refused to provide",
  "data %l+ unavailable", "data %l+ not available", "statistics %l+ unavailable", "statistics %l+ not available",
  "information %l+ unavailable", "information %l+ not available", "unknown number", "no data", "no statistics",
  "no information", "there were no reports", "no reported", "no official",
}

local function absence_in(text)
  local lower = text:lower()
  for _, pattern in ipairs(absences) do
    local found = lower:match(pattern)
    if found then return found end
  end
end

-- Why a sentence should have given a fact: the kind of the first measure that is none of a name, and its
-- words.
local function reason(sentence)
  for measure in sentence:measures() do
    if reasons[measure.kind] and not measure.flags.identifier then return measure.kind, measure.text end
  end
  local found = reasons.absence and absence_in(sentence.text)
  if found then return "absence", found end
end

local read, unread = 0, 0
if options.format == "tsv" then print "file\tline\toffset\tsection\twhy\twords\tsentence" end
local worst = command.each(files, function(report, path)
  for sentence in report:sentences() do
    local why, found = reason(sentence)
    if why and #sentence:facts() > 0 then
      read = read + 1
    elseif why then
      unread = unread + 1
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
io.stderr:write(("%d of %d sentences with a number, an amount or a phrase of absence gave no fact\n"):format(unread,
  read + unread))
os.exit(worst, true)
