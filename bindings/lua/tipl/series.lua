--- Figures as points of series over the years: a metric in one unit, of one kind, from one source.
-- SPDX-License-Identifier: MIT
local layout = require "tipl.layout"
local rows = require "tipl.rows"
local tipl = require "tipl"

local series = {}

-- What has no series of its own: labels, law, lengths, money (which `tipl funding` compares), and the rest.
local left_out = {
  tier = true, tier_change = true, effort = true, streak = true, penalty = true, fine = true, permit_length = true,
  sentence_length = true, funding = true, other = true, compensation = true,
}

-- Parts have a series where they say of whom or of what form they are.
local function named_part(fact)
  return (fact.relation == "breakdown_of" or fact.relation == "subset_of") and (fact.form or fact.who)
    and fact.of.metric == fact.metric
end

--- The year of a fact; for the reporting period that of the calendar year before the edition. nil for other periods.
function series.year_of(fact)
  if fact.year then return fact.year end
  local edition = fact.report.year
  if not edition then return nil end
  return ({ RP = edition - 1, PRP = edition - 2 })[fact.from]
end

-- What parts counts of one metric that are not of the same thing: beds and houses, permits of six and of 12 months.
local function kind_of(report, fact)
  if fact.metric == "shelters" then return fact.evidence:find "bed" and "beds" or nil end
  if fact.metric ~= "residence_permits" then return nil end
  local base = fact.relation == "comparison_of" and fact.of or fact
  local length = report:facts { of = base, relation = "attribute_of", metric = "permit_length" }[1]
    or report:facts { of = fact, relation = "attribute_of", metric = "permit_length" }[1]
  return length and ("%s %s"):format(length.value_text, length.unit) or nil
end

--- The points of a report, in text order. A point is a table of the fact's metric, unit, form, who, source, status,
-- value, high, bound, actor and phase, and of: year (of the reporting period, the year before the edition), period ("year",
-- or its words), edition, exact (neither a bound nor a range), current (no comparison), compared (has one), kind (what
-- parts a metric's counts: "beds" of shelters, the length of permits), part, shown (the
-- value as printed in tables), witness (see tipl.rows).
function series.points(report)
  local points = {}
  for fact in report:facts { has_value = true, certainty = "asserted" } do
    local compared = #report:facts { of = fact, relation = "comparison_of" } > 0
    local kept = fact.relation == "primary" or fact.relation == "comparison_of" or named_part(fact)
      or fact.relation == "restates" and compared
    local year = kept and not left_out[fact.metric] and fact.unit ~= "percent" and series.year_of(fact)
    if year then
      points[#points + 1] = {
        metric = fact.metric, unit = fact.unit, form = fact.form, who = fact.who, source = fact.source,
        status = fact.status, year = year, value = fact.value, high = fact.high, bound = fact.bound,
        exact = fact.bound == "=" and not fact.high, period = fact.from == fact.year and "year" or layout.period(fact),
        edition = report.year, current = fact.relation ~= "comparison_of", part = named_part(fact) and true or false,
        compared = compared, kind = kind_of(report, fact), shown = layout.value(fact),
        actor = fact.actor or fact.of and fact.of.actor, phase = fact.phase or fact.of and fact.of.phase,
        witness = rows.witness(fact),
      }
    end
  end
  return points
end

--- Whether two points (or facts) belong to one series, whatever their years.
function series.same(a, b)
  return a.metric == b.metric and a.unit == b.unit and a.form == b.form and a.who == b.who and a.source == b.source
    and a.status == b.status and a.kind == b.kind
end

--- What a point or fact counts, in words: "victims identified (child, potential, ngo)".
function series.name(point)
  local kind = { point.form }
  kind[#kind + 1] = point.who and point.who:gsub("official", "officials")
  kind[#kind + 1] = point.status == "official" and "official number" or point.status
  if point.source == "ngo" or point.source == "io" or point.source == "media" or point.source == "observer" then
    kind[#kind + 1] = point.source
  end
  if point.metric ~= "shelters" then kind[#kind + 1] = point.kind end
  local what = point.kind == "beds" and "beds in shelters" or point.metric:gsub("_", " ")
  return what .. (#kind > 0 and " (" .. table.concat(kind, ", ") .. ")" or "")
end

--- The undivided figure of a metric for the newest year, and the one of the year before it: two facts, or nothing.
function series.latest(report, metric)
  local facts = report:facts { metric = metric, relation = { "primary", "comparison_of" }, has_value = true, form = "-",
    source = "government" }:where(function(fact) return fact.year and not fact.who end)
  local now
  for fact in facts do
    if fact.relation == "primary" and (not now or fact.year > now.year) then now = fact end
  end
  for fact in facts do
    if now and fact.year == now.year - 1 and fact.unit == now.unit and fact.status == now.status then return now, fact end
  end
end

-- ---- lines over the years and editions

-- A series is a metric of one kind of person and form from one source; unit, status and period may break it.
local function key_of(point)
  return table.concat({ point.metric, point.form or "-", point.who or "-", point.source or "-",
    point.kind or "-" }, "\0")
end

-- Of two points for one year: the newer edition's; in one edition, what has a comparison, then what is
-- no part of another figure, then what comes first.
local function better(new, old)
  if new.edition ~= old.edition then return (new.edition or 0) > (old.edition or 0) end
  local function rank(point) return (point.part and 0 or 2) + ((point.compared or not point.current) and 1 or 0) end
  return rank(new) > rank(old)
end

local function add(list, by_key, point)
  local key = key_of(point)
  local line = by_key[key]
  if not line then
    line = { years = {}, values = {} }
    for _, name in ipairs { "metric", "form", "who", "source", "status", "kind" } do line[name] = point[name] end
    by_key[key], list[#list + 1] = line, line
  end
  if line.status ~= point.status then line.status = nil end
  local known, values = line.years[point.year], line.values[point.year] or {}
  if not known or better(point, known) then line.years[point.year] = point end
  line.values[point.year] = values
  local edition = point.edition or 0
  values[edition] = values[edition] or {}
  if not point.part then values[edition][#values[edition] + 1] = point end
end

--- Points (of editions, in any order) as lines: by the order of the vocabulary's metrics, a list of { metric, form,
-- who, source, status, kind, years = { [year] = the point that stands for it }, values = { [year] = { [edition] = { point … } } } }.
function series.lines(points)
  local list, by_key, order = {}, {}, {}
  for _, point in ipairs(points) do add(list, by_key, point) end
  for i, metric in ipairs(tipl.vocabulary "metric") do order[metric] = i end
  for i, line in ipairs(list) do line.place = i end
  table.sort(list, function(a, b)
    if a.metric ~= b.metric then return order[a.metric] < order[b.metric] end
    return a.place < b.place
  end)
  return list
end

--- The years of a line, in order.
function series.years(line)
  local years = {}
  for year in pairs(line.years) do years[#years + 1] = year end
  table.sort(years)
  return years
end

-- The one value that an edition gives, or nil where it has several.
local function only(points)
  for _, point in ipairs(points) do
    if point.value ~= points[1].value or point.unit ~= points[1].unit then return nil end
  end
  return points[1]
end

--- The values that other editions give for a year of a line, where each has one: "52 in the 2020 edition".
function series.revisions(line, year)
  local point, list = line.years[year], {}
  local mine = only(line.values[year][point.edition or 0])
  for edition, points in pairs(mine and line.values[year] or {}) do
    local other = only(points)
    if other and edition ~= (point.edition or 0) and other.value ~= point.value and other.unit == point.unit then
      list[#list + 1] = ("%s in the %s edition"):format(other.shown, edition)
    end
  end
  table.sort(list)
  return #list > 0 and table.concat(list, ", ") or nil
end

--- What changes between two points of a line: "unit: cases, then persons". What is official without saying so
-- is no break.
function series.break_of(before, after)
  local list = {}
  for _, name in ipairs { "unit", "status", "period" } do
    local one, other = before[name] or "official", after[name] or "official"
    if one ~= other then list[#list + 1] = ("%s: %s, then %s"):format(name, one, other) end
  end
  return #list > 0 and table.concat(list, "; ") or nil
end

return series
