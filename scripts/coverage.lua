-- tipl coverage: which variables that analysts take from these narratives a report speaks to, and how. Silence of the
-- text is not absence in the country, and an excerpt is silent about what it leaves out.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local rows = require "tipl.rows"
local topics = require "tipl.topics"

local options, files = command.parse(arg, {
  usage = "coverage FILE... [options]",
  about = [[
Which variables a report speaks to. For several reports a table counts them; csv and jsonl have a row for each
report and variable.

figures        a value, a label, or an expressed zero
not reported   only that a figure was not reported, was withheld, or that nothing was done
words          no fact, but sentences that speak of it
no mention     neither]],
  example = "coverage examples/reports/valdoria-2021.txt",
  options = command.with_rows {
    { name = "missing", about = "only what is not mentioned or not reported" },
  },
})

local answers = { "figures", "not reported", "words", "no mention" }

-- How a report speaks to a variable: the answer, how many facts have a value, and up to three witnesses.
local function speaks(report, topic)
  local facts, sentences = topics.find(report, topic)
  local given, seen = 0, {}
  for _, fact in ipairs(facts) do
    if fact.value ~= nil then given = given + 1 end
  end
  for _, fact in ipairs(facts) do
    if #seen < 3 and (given == 0 or fact.value ~= nil) then seen[#seen + 1] = rows.witness(fact) end
  end
  for i = 1, #facts == 0 and math.min(3, #sentences) or 0 do seen[i] = rows.quote(sentences[i]) end
  local answer = given > 0 and 1 or #facts > 0 and 2 or #sentences > 0 and 3 or 4
  return answers[answer], given, seen
end

local several = command.several(files) and options.format == "table"
local counts, reports = {}, 0

local out = rows.new(options, several and {
  { "variable" }, { "figures", right = true }, { "not reported", right = true }, { "words", right = true },
  { "no mention", right = true },
} or {
  { "file", data = true }, { "country", data = true }, { "edition", data = true }, { "variable" }, { "answer" },
  { "figures", right = true, title = "facts" },
})

local function print_report(report, path)
  out:title(command.name(report, path) .. ": coverage")
  for _, topic in ipairs(topics.variables) do
    local answer, given, seen = speaks(report, topic)
    if not options.missing or answer == "no mention" or answer == "not reported" then
      out:row { file = path, country = report.country, edition = report.year, variable = topic[1], answer = answer,
        figures = given, facts = seen }
    end
  end
end

local function count_report(report)
  reports = reports + 1
  for i, topic in ipairs(topics.variables) do
    local answer = speaks(report, topic)
    counts[i] = counts[i] or {}
    counts[i][answer] = (counts[i][answer] or 0) + 1
  end
end

local code = command.each(files, several and count_report or print_report)
if several and reports > 0 then
  out:title(("Coverage of %d reports"):format(reports))
  for i, topic in ipairs(topics.variables) do
    local row = { variable = topic[1] }
    for _, answer in ipairs(answers) do row[answer] = counts[i][answer] or 0 end
    if not options.missing or row["no mention"] + row["not reported"] > 0 then out:row(row) end
  end
end
out:close()
os.exit(code, true)
