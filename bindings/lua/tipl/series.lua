--- Figures as points of series over the years: a metric in one unit, of one kind, from one source.
-- SPDX-License-Identifier: MIT
local layout = require "tipl.layout"
local rows = require "tipl.rows"

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
  return (point.kind == "beds" and "beds in shelters" or point.metric:gsub("_", " ")) .. (#kind > 0 and " (" .. table.concat(kind, ", ") .. ")" or "")
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

return series
