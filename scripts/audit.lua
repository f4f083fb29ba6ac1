-- tipl audit: where reports contradict themselves: parts that do not add up, directions and superlatives against the
-- figures, pairs of money off the report's exchange rate, labels of periods against the years they name, totals that
-- change, and figures that two editions of a country give differently. A finding is a place to read, not a verdict
-- on the country; what is printed is never mended.
-- SPDX-License-Identifier: MIT
local audit = require "tipl.audit"
local command = require "tipl.command"
local editions = require "tipl.editions"
local layout = require "tipl.layout"
local rows = require "tipl.rows"
local series = require "tipl.series"

local options, files = command.parse(arg, {
  usage = "audit FILE... [options]",
  about = [[
Where reports contradict themselves, and where editions of one country differ.

parts, total     parts that do not make their whole; a total that changes
direction        "an increase from" against the two figures; summary: its words and figures against the pillars
superlative      "the fewest since" against the years known from all editions given
rate             a pair of money that does not fit the report's exchange rate
label, own year  "three-year period of 2017-2020"; a figure compared with one of its own year
revised          two editions have different values for one figure (which may be another count)
carried over     a figure of 100 or more that comes again for the next year

The exit code is 1 when there is a finding.]],
  example = "audit examples/reports/valdoria-2020.txt examples/reports/valdoria-2021.txt --evidence",
  options = command.with_rows {
    { name = "all", about = "also claims that hold, and those that the figures cannot decide" },
    { name = "rates", about = "instead, the exchange rate of every pair, with the range that rounding allows" },
  },
})

local function decimal(value) return ("%.4f"):format(value) end

local function print_rates()
  local out = rows.new(options, {
    { "file", data = true }, { "country", data = true }, { "edition", data = true },
    { "pair", data = false }, { "period", drop = true }, { "value", right = true, data = true },
    { "unit", data = true }, { "foreign", right = true, data = true }, { "foreign_unit", data = true },
    { "rate", right = true, show = decimal }, { "low", right = true, show = decimal },
    { "high", right = true, show = decimal }, { "fits" },
  })
  local code = command.each(files, function(report, path)
    out:title(command.name(report, path) .. ": exchange rates")
    local list = audit.rates(report)
    for _, pair in ipairs(list) do
      local fact, twin = pair.fact, pair.twin
      out:row { file = path, country = report.country, edition = report.year, period = layout.period(fact),
        pair = ("%s / %s"):format(fact.evidence, twin.evidence), value = fact.value, unit = fact.unit,
        foreign = twin.value, foreign_unit = twin.unit, rate = pair.rate, low = pair.low, high = pair.high,
        fits = pair.odd and "no" or "yes", facts = { fact, twin } }
    end
    if #list == 0 then out:note "No pairs of money." end
  end)
  out:close()
  return code
end

-- Everything of a report that outlives it.
local function take(report)
  local found = audit.report(report)
  for _, finding in ipairs(found) do
    for i, fact in ipairs(finding.facts) do finding.facts[i] = rows.witness(fact) end
  end
  return { found = found, points = series.points(report) }
end

local slips = 0 -- findings so far that are wrong in themselves or differ

local function print_findings(out, country, edition, found)
  local held = 0
  for _, finding in ipairs(found) do
    local wrong = finding.verdict == "slip" or finding.verdict == "differs"
    if wrong then slips = slips + 1 else held = held + 1 end
    if wrong or options.all then
      out:row { file = edition and edition.file, country = country.name, edition = edition and edition.edition,
        check = finding.check, verdict = finding.verdict, says = finding.says, facts = finding.facts }
    end
  end
  return held
end

local function print_audit()
  local out = rows.new(options, {
    { "file", data = true }, { "country", data = true }, { "edition" }, { "check" }, { "verdict" },
    { "says", title = "finding", long = true },
  }, command.several(files))
  local countries, code = editions.collect(files, take)
  for _, country in ipairs(countries) do
    local before, held, points = slips, 0, {}
    out:title(editions.title(country) .. ": audit")
    for _, edition in ipairs(country) do table.move(edition.points, 1, #edition.points, #points + 1, points) end
    for _, edition in ipairs(country) do
      for _, finding in ipairs(edition.found) do
        if finding.claim then audit.decide(finding, points) end
      end
      held = held + print_findings(out, country, edition, edition.found)
    end
    print_findings(out, country, nil, audit.editions(points))
    if slips == before then out:nothing "Nothing contradicts itself." end
    if held > 0 and not options.all and (slips > before or #files == 1) then 
      out:note(("%d other check%s: what they look at holds or cannot be decided (--all)."):format(held, held == 1 and "" or "s"))
    end
  end
  out:close()
  return math.max(code, slips > 0 and 1 or 0)
end

os.exit(options.rates and print_rates() or not options.rates and print_audit(), true)
