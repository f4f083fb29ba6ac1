-- tipl compare: two reports side by side, two editions of a country or two countries: tier, efforts, figures of the
-- edition's own year, what was not reported. A difference is given only where both sides count the same thing.
-- SPDX-License-Identifier: MIT
local chart = require "tipl.chart"
local command = require "tipl.command"
local layout = require "tipl.layout"
local rows = require "tipl.rows"
local series = require "tipl.series"
local tipl = require "tipl"

local options, files = command.parse(arg, {
  usage = "compare A B [options]",
  about = [[
Two reports side by side: the figures that each gives for its own year, with the difference where unit, status and
bound allow one; labels; and silences. "no mention" is what a report does not speak of. For money see `tipl funding`.]],
  example = "compare examples/reports/valdoria-2020.txt examples/reports/valdoria-2021.txt",
  options = command.with_rows {
    { name = "both", about = "only what both reports speak of" },
  },
})
-- What a report says, by key, in the order of metrics: { metric, name, shown, value, unit, status, exact, witness }.
local function sayings(report)
  local list = {}
  local function add(key, saying, better)
    if not list[key] or better then list[key] = saying end
  end
  for fact in report:facts { metric = { "tier", "tier_change", "effort" }, relation = "primary", certainty = "asserted" } do
    add(fact.metric .. (fact.who or "") .. (fact.form or ""), { metric = fact.metric, name = series.name(fact),
      shown = layout.value(fact), witness = rows.witness(fact), year = fact.year })
  end
  for _, point in ipairs(series.points(report)) do
    local key = table.concat({ point.metric, point.form or "-", point.who or "-", point.source, point.kind or "-" }, "\0")
    local old = list[key]
    point.name = series.name { metric = point.metric, form = point.form, who = point.who, source = point.source,
      kind = point.kind } -- the status may be another on the other side
    if point.current then add(key, point, old and (point.year > old.year or old.part and not point.part)) end
  end
  for fact in report:facts { state = { "not_reported", "withheld", "not_done" }, relation = "primary" } do
    local key = table.concat({ fact.metric, fact.form or "-", fact.who or "-", fact.source, "-" }, "\0")
    if fact.metric ~= "effort" then -- those stand above
      add(key, { metric = fact.metric, name = series.name(fact), shown = layout.value(fact), witness = rows.witness(fact) })
    end
  end
  return list
end

local reports = {}
local code = command.each(files, function(report, path, number)
  reports[number] = { title = ("%s %s"):format(report.country or report.title or path, report.year or ""), path = path,
    sayings = sayings(report) }
end, { again = true })
if #reports ~= 2 then
  if code ~= 0 then os.exit(code, true) end
  tipl.fail(("give two reports, not %d (see tipl compare --help)"):format(#reports), 2)
end

-- Difference and change, or why there is none.
local function difference(a, b)
  if not (a and b and a.value and b.value) or type(a.value) ~= "number" then return nil, nil, nil end
  if a.unit ~= b.unit then return nil, nil, ("%s, then %s"):format(a.unit, b.unit) end
  local one, other = a.status or "official", b.status or "official"
  if one ~= other then return nil, nil, ("%s, then %s"):format(one, other) end
  if not (a.exact and b.exact) then return nil, nil, "not exact" end
  return b.value - a.value, chart.change(a.value, b.value), nil
end

local function merged()
  local keys, seen, order = {}, {}, {}
  for i, metric in ipairs(tipl.vocabulary "metric") do order[metric] = i end
  for _, metric in ipairs { "tier", "tier_change", "effort" } do order[metric] = order[metric] - 1000 end
  for _, side in ipairs(reports) do
    for key, saying in pairs(side.sayings) do
      if not seen[key] then
        keys[#keys + 1] = { key = key, order = order[saying.metric] }
        seen[key] = true
      end
    end
  end
  table.sort(keys, function(a, b)
    if a.order ~= b.order then return a.order < b.order end
    return a.key < b.key
  end)
  return keys
end

local function shown(saying, format)
  if not saying then return format == "table" and "no mention" or nil end
  if not (saying.year and saying.value) then return saying.shown end
  return ("%s (%s%d)"):format(saying.shown, saying.status and saying.status .. ", " or "", saying.year)
end

local function witnesses(a, b)
  local list = {}
  if a then list[1] = a.witness end
  if b then list[#list + 1] = b.witness end
  return list
end

local out = rows.new(options, {
  { "what" }, { "unit" }, { "a", title = reports[1].title, right = true }, { "b", title = reports[2].title, right = true },
  { "difference", right = true, show = function(n) return ("%+d"):format(n) end }, { "change", right = true }, { "note", long = true },
})
out:title(("%s and %s"):format(reports[1].title, reports[2].title))
for _, item in ipairs(merged()) do
  local a, b = reports[1].sayings[item.key], reports[2].sayings[item.key]
  if a and b or not options.both then
    local delta, change, note = difference(a, b)
    out:row { what = (a or b).name, unit = (b or a).unit, a = shown(a, options.format), b = shown(b, options.format),
      difference = delta, change = change, note = note, facts = witnesses(a, b) }
  end
end
out:close()
os.exit(code, true)
