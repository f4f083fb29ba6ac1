-- tipl recommendations: what reports ask for, a row for each action, with its themes and the sentences of the
-- narrative that it may answer; over the editions of a country, which actions are new, repeated, reworded or dropped, and since
-- when. Actions are matched by what they speak of and not by their words: "Complete the referral mechanism" follows
-- "Establish a national referral mechanism".
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local editions = require "tipl.editions"
local rows = require "tipl.rows"
local topics = require "tipl.topics"
local wording = require "tipl.wording"

local options, files = command.parse(arg, {
  usage = "recommendations FILE... [options]",
  about = [[
Recommendations by action, with themes and the findings each may answer: up to three sentences most like it.

new, repeated, reworded   against the edition before it that is given; repeated: word for word
dropped                   in the edition before, but not in this one
cut off                   the same, but the list of this one is cut off, so that absence proves nothing
since                     the first edition of an unbroken row, and how many editions it has]],
  example = "recommendations examples/reports/valdoria-2020.txt examples/reports/valdoria-2021.txt",
  options = command.with_rows {},
})

local SAME, ANSWERS = 0.26, 0.17 -- least likeness of an action with one of another edition, and with its finding

local verbs = {}
for verb in ([[adopt allocate amend appoint assign begin complete conduct continue coordinate create cooperate
  deport develop enact enforce ensure enhance establish expand fund hold identify implement improve increase inform instruct
  investigate maintain make monitor open proactively prosecute provide publish record refer report require resume screen seek
  sentence stay strengthen strictly train vigorously]]):gmatch "%S+" do
  verbs[verb] = true
end

-- The actions of a recommendation: parted where, after ";" or ", and", something else is to be done.
local function actions_of(text)
  local list, start, at = {}, 1, 1
  while true do
    local first, last = text:find("[;,]%s+%f[%w]", at)
    if not first then break end
    local semicolon, rest = text:sub(first, first) == ";", text:sub(last + 1)
    local verb = rest:match "^and%s+(%l+)" or semicolon and rest:match "^(%a+)"
    if verb and verbs[verb:lower()] then
      list[#list + 1] = text:sub(start, first - 1)
      start = last + 1 + #(rest:match "^and%s+" or "")
    end
    at = last + 1
  end
  list[#list + 1] = text:sub(start)
  return list
end

local gaps = { "did not", "does not", "no ", "lack", "zero", "decreas", "unreliable", "delay", "without", "neither",
  "stalled", "limited", "however", "unable", "fewer", "only", "deport", "non-trafficking" }

-- The sentences that a recommendation may answer: { features, quote, gap }.
local function findings_of(report)
  local list = {}
  for sentence in report:sentences() do
    local kind = sentence.section
    if kind ~= "recommendations" and kind ~= "profile" then
      local lower, gap = sentence.text:lower(), false
      for _, word in ipairs(gaps) do gap = gap or lower:find(word, 1, true) ~= nil end
      list[#list + 1] = { features = wording.features(sentence.text), quote = rows.quote(sentence), gap = gap }
    end
  end
  return list
end

-- Up to three findings most like an action, the best first; one that tells of something missing counts more.
local function answers(features, findings, weights)
  local list = {}
  for i, finding in ipairs(findings) do
    local value = wording.likeness(features, finding.features, weights) * (finding.gap and 1.5 or 1)
    if value > ANSWERS then list[#list + 1] = { quote = finding.quote, value = value, place = i } end
  end
  table.sort(list, function(x, y)
    if x.value ~= y.value then return x.value > y.value end
    return x.place < y.place
  end)
  local quotes = {}
  for i = 1, math.min(3, #list) do quotes[i] = list[i].quote end
  return quotes
end

local function take(report)
  local list, sets, findings = {}, {}, findings_of(report)
  local all = report:recommendations()
  for recommendation in all do
    for _, text in ipairs(actions_of(recommendation.text)) do
      local action = { number = recommendation.number, text = text, features = wording.features(text),
        quote = { offset = recommendation.offset, evidence = text, text = recommendation.text, edition = report.year } }
      list[#list + 1], sets[#sets + 1] = action, action.features
    end
  end
  for _, finding in ipairs(findings) do sets[#sets + 1] = finding.features end
  local weights = wording.weights(sets)
  for _, action in ipairs(list) do action.findings = answers(action.features, findings, weights) end
  local last = all[#all]
  local cut = last and not report:read(last.last + 1, #report.source):find "%S" and not last.text:find "[.!?]%W*$"
  return #list > 0 and { actions = list, cut = cut or false } or nil
end

-- The actions that stand after an edition: where its list is cut off, those before it too.
local function standing(edition)
  local list = table.move(edition.actions, 1, #edition.actions, 1, {})
  return edition.cut and table.move(edition.dropped, 1, #edition.dropped, #list + 1, list) or list
end

-- Gives each action of a country its status and how long it has stood, and each edition what it dropped.
local function follow(country)
  local sets = {}
  for _, edition in ipairs(country) do
    for _, action in ipairs(edition.actions) do sets[#sets + 1] = action.features end
  end
  local weights = wording.weights(sets)
  for k, edition in ipairs(country) do
    local last = k - 1 -- another file of the same edition is not the edition before
    while last > 0 and country[last].edition == edition.edition do last = last - 1 end
    local before = last > 0 and standing(country[last]) or {}
    local of = wording.pairs(#edition.actions, #before, function(i, j)
      local one, other = edition.actions[i], before[j]
      if wording.plain(one.text) == wording.plain(other.text) then return 2 end
      return wording.likeness(one.features, other.features, weights)
    end, SAME)
    local kept = {}
    for i, action in ipairs(edition.actions) do
      local old = of[i] and before[of[i][1]]
      kept[of[i] and of[i][1] or 0] = true
      action.status = last > 0 and (not old and "new" or of[i][2] == 2 and "repeated" or "reworded") or nil
      action.since, action.stood = old and old.since or edition.edition, old and old.stood + 1 or 1
      action.before = old and action.status == "reworded" and old.text or nil
    end
    edition.dropped = {}
    for j, old in ipairs(before) do
      if not kept[j] then table.insert(edition.dropped, old) end
    end
  end
end

local out = rows.new(options, {
  { "file", data = true }, { "country", data = true }, { "edition" }, { "number", title = "no", right = true },
  { "status" }, { "since", right = true }, { "stood", right = true, title = "editions" },
  { "themes", drop = true, show = function(list) return table.concat(list, ", ") end },
  { "before", data = true }, { "finding", data = true },
  { "action", long = true },
})

local function print_action(country, edition, action, status)
  out:row { file = edition.file, country = country.name, edition = edition.edition, number = action.number,
    status = status, since = action.since, stood = action.stood, themes = topics.themes_of(action.text),
    action = action.text, before = action.before, finding = action.findings[1] and action.findings[1].text,
    facts = { action.quote, table.unpack(action.findings) } }
end

local countries, code = editions.collect(files, take)
for _, country in ipairs(countries) do
  out:title(editions.title(country) .. ": recommendations")
  follow(country)
  for _, edition in ipairs(country) do
    for _, action in ipairs(edition.actions) do print_action(country, edition, action, action.status) end
    for _, action in ipairs(edition.dropped) do
      print_action(country, edition, action, edition.cut and "cut off" or "dropped")
    end
  end
end
if #countries == 0 then out:note "No recommendations." end
out:close()
os.exit(code, true)
