-- tipl silence: what a government did not report, withheld, or did not do, how long it has been so, and which criteria of
-- the minimum standards (22 U.S.C. 7106(b)) the narrative speaks to at all. None of it is a zero: in law, figures
-- of law enforcement that a government does not give count against it; what nobody mentions is only what this text leaves out.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local editions = require "tipl.editions"
local layout = require "tipl.layout"
local rows = require "tipl.rows"
local series = require "tipl.series"
local topics = require "tipl.topics"

local options, files = command.parse(arg, {
  usage = "silence FILE... [options]",
  about = [[
What the government did not report, withheld or did not do, with streaks, and the criteria of 22 U.S.C. 7106(b) that
the narrative does not speak to. Several editions of a country are read together: "editions" are those in
which a silence is found.

not reported, withheld, not done, none reported   as the facts say (none reported is a weak zero)
doubtful                                          what the text says of the quality of data
not mentioned                                     a criterion without a fact or a word]],
  example = "silence examples/reports/valdoria-2019.txt examples/reports/valdoria-2021.txt",
  options = command.with_rows {
    { name = "criteria", about = "all twelve criteria, with how the text speaks to them" },
  },
})

local states = { "not_reported", "withheld", "not_done", "none_reported" }
local doubts = { "doubtful data", words = { "unreliable", "double count", "duplicat", "inaccurate", "incomplete data",
  "unable to provide", "statistics uncertain" } }

-- The length of the streak that the sentence of a fact, or of one that restates it, speaks of.
local function streak_of(report, fact)
  local longest
  for _, list in ipairs { { fact }, report:facts { of = fact, relation = "restates" } } do
    for _, said in ipairs(list) do
      local streak = said.sentence and report:facts { metric = "streak", sentence = said.sentence }[1]
      if streak and (not longest or streak.value > longest) then longest = streak.value end
    end
  end
  return longest
end

-- The silences of a report: { kind, what, period, streak, facts }.
local function silences(report)
  local list = {}
  for _, state in ipairs(states) do
    for fact in report:facts { state = state, relation = { "primary", "comparison_of" }, certainty = "asserted" } do
      list[#list + 1] = { kind = state:gsub("_", " "), what = series.name(fact), period = layout.period(fact),
        streak = streak_of(report, fact), facts = { rows.witness(fact) } }
    end
  end
  for fact in report:facts { metric = "effort", certainty = "asserted", relation = "primary" } do
    if fact.value == "none" and fact.state ~= "not_done" then
      list[#list + 1] = { kind = "not done", what = series.name(fact), period = layout.period(fact),
        streak = streak_of(report, fact), facts = { rows.witness(fact) } }
    end
  end
  local _, sentences = topics.find(report, doubts)
  for _, sentence in ipairs(sentences) do
    list[#list + 1] = { kind = "doubtful", what = "data", facts = { rows.quote(sentence) } }
  end
  return list
end

-- How a report speaks to each criterion: { kind, what, facts }.
local function criteria(report)
  local list = {}
  for i, topic in ipairs(topics.criteria) do
    local facts, sentences = topics.find(report, topic)
    local seen, given = {}, false
    for _, fact in ipairs(facts) do
      given = given or fact.value ~= nil
      if #seen < 3 then seen[#seen + 1] = rows.witness(fact) end
    end
    for k = 1, math.min(3, #sentences) do seen[#seen + 1] = rows.quote(sentences[k]) end
    list[i] = { kind = given and "figures or labels" or #facts > 0 and "not reported" or #sentences > 0 and "words"
      or "not mentioned", what = topic[1], facts = seen }
  end
  return list
end

local function take(report)
  local excerpt = report:sections()[1] == nil or #report:sections() < 4
  return { silences = silences(report), criteria = criteria(report), excerpt = excerpt }
end

-- One row for each silence of a country: { kind, what, … } with the editions that have it and its last streak.
local function merged(country)
  local list, by_key = {}, {}
  for _, edition in ipairs(country) do
    for _, one in ipairs(edition.silences) do
      local key = one.kind .. "\0" .. one.what
      local row = by_key[key]
      if not row or one.kind == "doubtful" then
        row = { kind = one.kind, what = one.what, editions = {}, facts = {} }
        by_key[key] = row
        list[#list + 1] = row
      end
      row.period, row.streak = one.period, one.streak or row.streak
      row.file, row.edition = edition.file, edition.edition
      if row.editions[#row.editions] ~= edition.edition then table.insert(row.editions, edition.edition) end
      table.move(one.facts, 1, #one.facts, #row.facts + 1, row.facts)
    end
  end
  return list
end

local out = rows.new(options, {
  { "file", data = true }, { "country", data = true }, { "edition", data = true }, { "kind" }, { "what" },
  { "period", drop = true }, { "streak", right = true, show = function(n) return n .. " years" end },
  { "editions", show = function(list) return table.concat(list, " ") end },
}, command.several(files))

local function print_criteria(country)
  for _, edition in ipairs(country) do
    for _, row in ipairs(edition.criteria) do
      if options.criteria or row.kind == "not mentioned" and not edition.excerpt then
        row.file, row.country, row.edition, row.editions = edition.file, country.name, edition.edition, { edition.edition }
        out:row(row)
      end
    end
  end
end

local countries, code = editions.collect(files, take)
for _, country in ipairs(countries) do
  out:title(editions.title(country) .. ": silence")
  local list = merged(country)
  for _, row in ipairs(options.criteria and {} or list) do
    row.country = country.name
    out:row(row)
  end
  if #list == 0 and not options.criteria then out:nothing "The text names nothing that was not reported or not done." end
  print_criteria(country)
  for _, edition in ipairs(country) do
    if edition.excerpt and (#list > 0 or options.criteria) then
      out:note(("The %s edition is an excerpt: what it does not mention proves nothing."):format(edition.edition or ""))
    end
  end
end
out:close()
os.exit(code, true)
