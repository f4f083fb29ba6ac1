-- tipl gaps: where counts of victims do not meet: what the government and NGOs count for the same year, victims
-- identified, referred and assisted, children in cases against children identified and assisted, official numbers against
-- estimates, and official numbers that are missing. Two sources may count the same victims, so that their counts are
-- compared and never added.
-- SPDX-License-Identifier: MIT
local chart = require "tipl.chart"
local command = require "tipl.command"
local counts = require "tipl.counts"
local layout = require "tipl.layout"
local rows = require "tipl.rows"

local options, files = command.parse(arg, {
  usage = "gaps FILE... [options]",
  about = [[
Where a report's counts of victims do not meet: two figures, by how much the second is more or less than the first (gap),
and that in percent of the first.

sources    the government's count and an NGO's; they may overlap, and are never added
stages     identified, referred, assisted, by one source; nobody says that they are the same victims
children   in cases, identified, assisted
status     an official number and an estimate, of different years too
missing    a number that is not reported or withheld, with the streak and the last official number]],
  example = "gaps examples/reports/valdoria-2021.txt --evidence",
  options = command.with_rows {},
})

local out = rows.new(options, {
  { "file", data = true }, { "country", data = true }, { "edition", data = true }, { "kind" }, { "period" },
  { "one", data = false }, { "one_metric", data = true }, { "one_source", data = true }, { "one_status", data = true },
  { "one_year", data = true }, { "one_value", data = true }, { "other", data = false }, { "other_metric", data = true },
  { "other_source", data = true }, { "other_status", data = true }, { "other_year", data = true },
  { "other_value", data = true }, { "gap", right = true },
  { "percent", right = true, title = "of the first" }, { "note", long = true },
}, command.several(files))

local found = 0 -- rows of the report

local function add(about, kind, period, one, other, note)
  local row = { kind = kind, period = period, one = counts.figure(one),
    other = other ~= nil and counts.figure(other) or nil, note = note, facts = {} }
  for key, value in pairs(about) do row[key] = value end
  for name, fact in pairs { one = one or nil, other = other or nil } do
    row[name .. "_metric"], row[name .. "_source"], row[name .. "_status"] = fact.metric, fact.source, fact.status
    row[name .. "_year"], row[name .. "_value"] = fact.year, fact.value
  end
  if one then row.facts[1] = one end
  if other then row.facts[#row.facts + 1] = other end
  if one and other and one.value and other.value then
    row.gap, row.percent = other.value - one.value, chart.change(one.value, other.value)
  end
  out:row(row)
  found = found + 1
end

local stages = { "victims_identified", "victims_referred", "victims_assisted" }

-- The metrics whose counts of a report are of the whole.
local function stages_of(report)
  return counts.referred_in_pieces(report) and { stages[1], stages[3] } or stages
end

local function find_sources(report, about)
  for _, metric in ipairs(stages_of(report)) do
    for period, same in counts.whole(report, { metric = metric, has_value = true }):group(layout.period) do
      for government in same:where { source = "government" } do
        for ngo in same:where { source = "ngo" } do add(about, "sources", period, government, ngo) end
      end
    end
  end
end

-- Identified against referred against assisted: for each period and source the first figure of each stage.
local function find_stages(report, about)
  local whole = stages_of(report)
  for period, same in counts.whole(report, { metric = whole, has_value = true }):group(layout.period) do
    for _, facts in same:group "source" do
      local before
      for _, metric in ipairs(whole) do
        local fact = facts:where { metric = metric }[1]
        if before and fact then add(about, "stages", period, before, fact) end
        before = fact or before
      end
    end
  end
end

local function find_children(report, about)
  local metrics = { "victims_in_cases", "victims_identified", "victims_assisted" }
  local facts = report:facts { metric = metrics, who = "child", form = "-" }:where(counts.given)
    :where(function(fact) return fact.who == "child" and fact.source ~= "ngo" end)
  for period, same in facts:group(layout.period) do
    local found = {}
    for _, metric in ipairs(metrics) do found[#found + 1] = counts.first(same, metric) end
    if #found == 1 then add(about, "children", period, found[1], nil, "no other count of children") end
    for i = 2, #found do add(about, "children", period, found[i - 1], found[i]) end
  end
end

local function find_status(report, about)
  for _, metric in ipairs(stages) do
    local official = counts.last_official(report, metric)
    for estimate in counts.whole(report, { metric = metric, status = "estimated", has_value = true }) do
      if official and not official.who and official.source == estimate.source then
        add(about, "status", ("%s, %s"):format(official.year, layout.period(estimate)), official, estimate,
          "two kinds of count: no trend")
      end
    end
  end
end

local function find_missing(report, about)
  for _, metric in ipairs(stages) do
    for fact in report:facts { metric = metric, state = { "not_reported", "withheld" } }:where(counts.given) do
      local last = not fact.form and counts.last_official(report, metric)
      local notes = { fact.form and "of " .. fact.form .. " trafficking" or nil }
      notes[#notes + 1] = counts.streak(report, fact)
      notes[#notes + 1] = last and ("last official number %s in %d"):format(layout.value(last), last.year) or nil
      if not fact.who then
        add(about, "missing", layout.period(fact), fact, last or nil, table.concat(notes, "; "))
      end
    end
  end
end

local code = command.each(files, function(report, path)
  out:title(command.name(report, path) .. ": counts of victims")
  local about = { file = path, country = report.country, edition = report.year }
  found = 0
  find_sources(report, about)
  find_stages(report, about)
  find_children(report, about)
  find_status(report, about)
  find_missing(report, about)
  if found == 0 then return out:nothing "No two counts of victims can be set side by side." end
  out:note "Two sources may count the same victims, or one be contained in the other: never add them."
end)
out:close()
os.exit(code, true)
