--- The page that lists dossiers: a table of reports, sortable where scripts run.
-- SPDX-License-Identifier: MIT
local charts = require "tipl.dossier.charts"
local html = require "tipl.html"
local words = require "tipl.dossier.words"

local index = {}

-- What the newest year of a metric says: { text, number for sorting }.
local function newest(report, metric)
  local found, year = charts.by_year(report, metric), nil
  for other in pairs(found) do year = math.max(year or other, other) end
  local fact = year and found[year]
  return fact and { words.number(fact), fact.value or -1, year } or nil
end

local metrics = { "investigations", "prosecutions", "convictions", "victims_identified" }

--- What the table says of a report, free of the report itself. model: as tipl.dossier.page gave it; link: where its page
-- is, from the table's.
function index.row(report, model, path, link)
  local row = { country = report.country or words.title(report, path), year = report.year, tier = report.tier,
    movement = report.movement, link = link, facts = #model.facts, unread = #model.unread, slips = #model.findings,
    flags = 0 }
  for _, span in ipairs(model.facts) do row.flags = row.flags + (#span.fact.flags > 0 and 1 or 0) end
  for _, metric in ipairs(metrics) do row[metric] = newest(report, metric) end
  return row
end

-- A cell: what it shows, and by what it is sorted.
local function cell(text, key, class)
  return html.fill('<td{!class} data-key="{key}">{text}</td>', { text = text, key = key or text or "",
    class = class and ' class="number"' })
end

local function figure_cell(figure)
  if not figure then return cell("–", -2, true) end
  return html.fill('<td class="number" data-key="{key}">{text} <small>{year}</small></td>', { key = figure[2],
    text = figure[1], year = figure[3] })
end

local order = { ["1"] = 1, ["2"] = 2, ["2WL"] = 3, ["3"] = 4, SC = 5 }

local function row_markup(row)
  local parts = { html.fill('<tr><th scope="row" data-key="{country}"><a href="{link}">{country}</a>{!file}</th>', {
    country = row.country, link = row.link, file = row.again and html.fill(" <small>{link}</small>", row) }),
    cell(row.year, row.year or 0, true), cell(words.tier(row.tier), order[row.tier] or 0), cell(row.movement) }
  for _, metric in ipairs(metrics) do parts[#parts + 1] = figure_cell(row[metric]) end
  for _, name in ipairs { "facts", "flags", "slips", "unread" } do
    parts[#parts + 1] = cell(row[name], row[name], true)
  end
  return table.concat(parts) .. "</tr>\n"
end

local heads = { { "Country" }, { "Edition", true }, { "Rating" }, { "Change" }, { "Investigations", true },
  { "Prosecutions", true }, { "Convictions", true }, { "Victims identified", true }, { "Facts", true },
  { "With a flag", true }, { "Contradictions", true }, { "Unread", true } }

local body = [[
<a class="skip" href="#reports">Skip to the table</a>
<header>
<p class="kicker">Trafficking in Persons Report · dossiers</p>
<h1>{title}</h1>
</header>
<main>
<section id="reports" aria-labelledby="reports-head">
<h2 id="reports-head">Reports</h2>
<div class="scroll" role="region" aria-label="Table of reports" tabindex="0">
<table class="reports">
<thead><tr>{!heads}</tr></thead>
<tbody>
{!rows}</tbody>
</table>
</div>
<p class="quiet">Figures are the government’s undivided ones for the newest year that the report speaks of, in small type beside them; “–” means that the report does not mention any, which does not mean that there were none. Unread: sentences with a number that gave no fact.</p>
</section>
</main>
<footer><p>Made by tipl {version}.</p></footer>]]

-- Whether one row comes before another; loosely: whether country or edition tell them apart.
local function before(a, b, loosely)
  if a.country ~= b.country then return a.country < b.country end
  if a.year ~= b.year then return (a.year or 0) < (b.year or 0) end
  return not loosely and a.link < b.link
end

--- The page of a list of index.row, by country and edition (the list is sorted).
function index.of(rows)
  table.sort(rows, function(a, b) return before(a, b) end)
  local countries, seen, head, lines = 0, {}, {}, {}
  for i, row in ipairs(rows) do
    local last, next_one = rows[i - 1], rows[i + 1]
    row.again = last and not before(last, row, true) or next_one and not before(row, next_one, true)
    countries = countries + (seen[row.country] and 0 or 1)
    seen[row.country] = true
    lines[i] = row_markup(row)
  end
  for i, title in ipairs(heads) do
    head[i] = html.fill('<th scope="col"{!class}>{title}</th>', { title = title[1],
      class = title[2] and ' class="number"' or nil })
  end
  local title = ("%d report%s on %d %s"):format(#rows, #rows == 1 and "" or "s", countries,
    countries == 1 and "country" or "countries")
  return html.page { title = title .. " · dossiers", style = html.asset "dossier/dossier.css",
    script = html.asset "dossier/index.js",
    body = html.fill(body, { title = title, heads = table.concat(head), rows = table.concat(lines),
      version = require("tipl").version }) }
end

return index
