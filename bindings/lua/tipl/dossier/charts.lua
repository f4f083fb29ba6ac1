--- The charts of a dossier: which facts they draw, and how. Each mark leads to its words in the text. Nothing is added
-- up: a mark is one fact.
-- SPDX-License-Identifier: MIT
local html = require "tipl.html"
local series = require "tipl.series"
local svg = require "tipl.svg"
local words = require "tipl.dossier.words"

local charts = {}

local MOST_YEARS, MOST_ROWS = 6, 9 -- marks of a panel, of a group; what is more stands in the list of facts

local whole = { relation = { "primary", "comparison_of" }, certainty = "asserted" }

-- A count of all, not of a kind of persons or of one form of exploitation.
local function undivided(fact) return not fact.who and (not fact.form or fact.form == "sex+labor") end

local function mark_of(fact, name, class)
  return {
    name = name, value = fact.value, text = fact.value and words.number(fact) or (fact.state:gsub("_", " ")),
    class = class, href = "#t-" .. fact.id,
    title = ("%s: %s (%s)"):format(words.capital(fact.metric), words.value(fact), fact.id),
  }
end

--- The undivided figures of the government for a metric: by year the fact, preferably with a value, and not of one form;
-- second, the unit they have in common.
function charts.by_year(report, metric)
  local found, unit = {}, nil
  for fact in report:facts { metric = metric, source = "government" }:where(whole) do
    local year = undivided(fact) and series.year_of(fact)
    local old = found[year or 0]
    local better = not old or (fact.value and not old.value) or (fact.value and old.form and not fact.form)
    if year and better and (not unit or not fact.value or fact.unit == unit) then
      found[year] = fact
      if fact.value then unit = unit or fact.unit end
    end
  end
  return found, unit
end

local function law_chart(report)
  local panels, years, any = {}, {}, false
  local known = {}
  for i, metric in ipairs { "investigations", "prosecutions", "convictions" } do
    local found, unit = charts.by_year(report, metric)
    panels[i] = { title = words.capital(metric), note = unit or "not mentioned", found = found, marks = {} }
    for year in pairs(found) do
      if not known[year] then years[#years + 1] = year end
      known[year], any = true, true
    end
  end
  if not any then return nil end
  table.sort(years)
  local older = math.max(0, #years - MOST_YEARS)
  for _, panel in ipairs(panels) do
    for i = older + 1, #years do
      local fact = panel.found[years[i]]
      local mark = fact and mark_of(fact, tostring(years[i]), "k-law")
        or { name = tostring(years[i]), text = "–", title = "not mentioned" }
      if fact and not fact.value then mark.text = fact.state == "withheld" and "w/h" or "n/r" end
      panel.marks[i - older] = mark
    end
  end
  return {
    title = "Law enforcement, by year",
    note = "Undivided figures of the government, all on one scale. – not mentioned, n/r not reported, w/h withheld."
      .. (older > 0 and (" Older years (%d) are in the list of facts."):format(older) or ""),
    markup = svg.columns { label = "Investigations, prosecutions and convictions by year", panels = panels },
  }
end

-- Marks of facts, the newest first, without those that print the same; and what the title says where some had no room.
local function marks_of(facts, name_of, class_of)
  local marks, seen = {}, {}
  for _, fact in ipairs(facts) do
    local mark = mark_of(fact, name_of(fact), class_of(fact))
    local key = mark.name .. "\0" .. mark.text
    if not seen[key] then marks[#marks + 1] = mark end
    seen[key] = true
  end
  local all = #marks
  for i = all, MOST_ROWS + 1, -1 do marks[i] = nil end
  return marks, all > MOST_ROWS and (", %d of %d"):format(MOST_ROWS, all) or ""
end

local function newest_first(list)
  local order = {}
  for fact in list do order[#order + 1] = fact end
  table.sort(order, function(a, b)
    local one, other = series.year_of(a) or 0, series.year_of(b) or 0
    if one ~= other then return one > other end
    return a.number < b.number
  end)
  return order
end

local sources = { government = "Government", ngo = "NGO", io = "International organization", media = "Media",
  observer = "Observers", state = "State Department" }

local function victims_name(fact)
  local parts = { words.period(fact), sources[fact.source] or fact.source }
  parts[#parts + 1] = fact.status
  return table.concat(parts, " · ")
end

local function victims_chart(report)
  local groups = {}
  for _, metric in ipairs { "victims_identified", "victims_referred", "victims_assisted" } do
    local facts = report:facts { metric = metric }:where(whole):where(function(fact)
      return undivided(fact) and fact.from ~= nil and (fact.unit == "persons" or not fact.value)
    end)
    if #facts > 0 then
      local marks, cut = marks_of(newest_first(facts), victims_name,
        function(fact) return fact.source == "government" and "k-victims" or "k-victims of-others" end)
      groups[#groups + 1] = { title = words.capital(metric) .. cut, marks = marks }
    end
  end
  if #groups == 0 then return nil end
  return {
    title = "Victims, by who counted them",
    note = "Pale bars: not the government’s count. Two counts may hold the same persons, so never add them.",
    markup = svg.bars { label = "Victims by source and year", groups = groups },
  }
end

local function money_name(fact)
  local to = fact.recipient or fact.purpose
  if to then return to end
  return #fact.uses > 0 and (table.concat(fact.uses, ", "):gsub("_", " ")) or "no recipient named"
end

local function several_years(fact) return fact.from ~= fact.to and not fact.year end

local function money_chart(report)
  local groups = {}
  local facts = report:facts { metric = "funding", has_value = true }:where(whole)
  for unit, same in facts:group "unit" do
    local order, by_period = {}, {}
    for _, fact in ipairs(newest_first(same)) do
      local period = words.period(fact)
      if not by_period[period] then
        by_period[period] = {}
        order[#order + 1] = period
      end
      table.insert(by_period[period], fact)
    end
    for _, period in ipairs(order) do
      local list = by_period[period]
      local marks, cut = marks_of(list, money_name, function(fact)
        return several_years(fact) and "k-money of-others" or "k-money"
      end)
      groups[#groups + 1] = { title = ("%s, %s%s%s"):format(period == "" and "No period" or period, unit,
        several_years(list[1]) and " (several years together)" or "", cut), marks = marks }
    end
  end
  if #groups == 0 then return nil end
  return {
    title = "Money, by period",
    note = "One bar an amount, each group on its own scale; not added, since one may hold another. Conversions are left out.",
    markup = svg.bars { label = "Amounts of funding by period", groups = groups, scales = true },
  }
end

--- The charts that a report has facts for: a list of { title =, note =, markup = }.
function charts.all(report)
  local list = {}
  for _, make in ipairs { law_chart, victims_chart, money_chart } do list[#list + 1] = make(report) end
  return list
end

--- The charts as figures of a page; "" for a report that has none.
function charts.figures(report)
  local out = {}
  for i, chart in ipairs(charts.all(report)) do
    out[i] = html.fill('<figure><figcaption><h3>{title}</h3><p>{note}</p></figcaption>{!markup}</figure>\n', chart)
  end
  return table.concat(out)
end

return charts
