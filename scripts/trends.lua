-- tipl trends: figures over the years, a line for each series, from one report or all editions of a country. Where
-- editions disagree the newest stands in the line and the others in the notes. A break is where a line stops counting
-- the same thing: cases and persons, official and estimated numbers, a calendar year and a reporting period.
-- SPDX-License-Identifier: MIT
local chart = require "tipl.chart"
local command = require "tipl.command"
local editions = require "tipl.editions"
local rating = require "tipl.rating"
local rows = require "tipl.rows"
local series = require "tipl.series"
local tipl = require "tipl"

local options, files = command.parse(arg, {
  usage = "trends FILE... [options]",
  about = [[
Tiers, and figures over the years: a line for each series that has two years or more, with a chart from zero and the
change of the last year. "@21": the value is that of the 2021 edition, where there are several; a note gives
values of other editions and breaks of the series. In csv and jsonl there is a row for each year.]],
  example = "trends examples/reports/valdoria-2020.txt examples/reports/valdoria-2021.txt --metric convictions",
  options = command.with_rows {
    { name = "metric", takes = "WORD,...", words = function() return tipl.vocabulary "metric" end, list = true,
      about = "only these metrics" },
    { name = "all", about = "also series of one year" },
  },
})

local wanted = {}
for word in (options.metric or ""):gmatch "[^,]+" do wanted[word] = true end

local function lines_of(country)
  local points, kept = {}, {}
  for _, edition in ipairs(country) do
    for _, point in ipairs(edition.points) do
      if not options.metric or wanted[point.metric] then points[#points + 1] = point end
    end
  end
  for _, line in ipairs(series.lines(points)) do
    if options.all or #series.years(line) > 1 then kept[#kept + 1] = line end
  end
  return kept
end

local function notes_of(line, years)
  local notes = {}
  for i, year in ipairs(years) do
    local other = series.revisions(line, year)
    if other then notes[#notes + 1] = ("%d: %s"):format(year, other) end
    local broken = i > 1 and series.break_of(line.years[years[i - 1]], line.years[year])
    if broken then notes[#notes + 1] = ("break at %d (%s)"):format(year, broken) end
  end
  return table.concat(notes, "; ")
end

-- The change over the last two years, where they are neighbors and count the same.
local function last_change(line, years)
  local last, before = line.years[years[#years]], line.years[years[#years] - 1]
  local steady = before and before.exact and last.exact and not series.break_of(before, last)
  return steady and chart.change(before.value, last.value) or nil
end

local function print_table(out, country, lines)
  local first, last = math.huge, 0
  for _, line in ipairs(lines) do
    for year in pairs(line.years) do first, last = math.min(first, year), math.max(last, year) end
  end
  local columns = { { "series" }, { "unit" } }
  for year = first, last do columns[#columns + 1] = { tostring(year), right = true } end
  for _, name in ipairs { "chart", "change", "notes" } do
    columns[#columns + 1] = { name, right = name == "change", long = name == "notes" }
  end
  out.columns = columns
  local several = country[1].edition ~= country[#country].edition
  for _, line in ipairs(lines) do
    local years, values = series.years(line), {}
    local row = { series = series.name(line), unit = line.years[years[#years]].unit, notes = notes_of(line, years),
      change = last_change(line, years), facts = {} }
    for _, year in ipairs(years) do
      local point = line.years[year]
      values[year - first + 1] = point.value
      row[tostring(year)] = point.shown:gsub(" %(none reported%)", "*")
        .. (several and ("@%02d"):format((point.edition or 0) % 100) or "")
      row.facts[#row.facts + 1] = point.witness
    end
    row.chart = chart.columns(values, last - first + 1)
    out:row(row)
  end
  local newest = country[#country].edition
  if several then out:note(("@%02d: as the %d edition has it."):format(newest % 100, newest)) end
end

local function print_points(out, country, lines)
  for _, line in ipairs(lines) do
    local years = series.years(line)
    for i, year in ipairs(years) do
      local point = line.years[year]
      out:row { country = country.name, iso3 = country.iso3, metric = point.metric, form = point.form, who = point.who,
        kind = point.kind, source = point.source, status = point.status, unit = point.unit, year = year,
        value = point.value, high = point.high,
        bound = point.bound, period = point.period, edition = point.edition, revisions = series.revisions(line, year),
        series_break = i > 1 and series.break_of(line.years[years[i - 1]], point) or nil, facts = { point.witness } }
    end
  end
end

local out = rows.new(options, {
  { "country" }, { "iso3" }, { "metric" }, { "form" }, { "who" }, { "kind" }, { "source" }, { "status" }, { "unit" }, { "year" },
  { "value" }, { "high" }, { "bound" }, { "period" }, { "edition" }, { "revisions" }, { "series_break" },
}, command.several(files))
-- The tier edition by edition; with --evidence the sentences that say so and those of the summary that give reasons.
local function print_tiers(country)
  local words = {}
  for i, edition in ipairs(country) do words[i] = rating.words(edition.rating) end
  out:note("Tier " .. table.concat(words, "; "))
  for _, edition in ipairs(options.evidence and options.format == "table" and country or {}) do
    rows.print_witnesses(edition.rating.facts)
    rows.print_witnesses(edition.rating.reasons)
  end
end

local countries, code = editions.collect(files, function(report)
  return { points = series.points(report), rating = rating.read(report) }
end)
for _, country in ipairs(countries) do
  out:title(editions.title(country) .. ": trends")
  local lines = lines_of(country)
  if not options.metric or wanted.tier then print_tiers(country) end
  if #lines == 0 then out:nothing "No figure is given for two years (see --all)." end
  if options.format == "table" and #lines > 0 then print_table(out, country, lines) end
  if options.format ~= "table" then print_points(out, country, lines) end
end
out:close()
os.exit(code, true)
