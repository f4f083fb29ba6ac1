--- A dossier: one page about one report that needs nothing but itself. Text with its facts, charts, notes, and the list
-- of facts that leads into the text and back.
-- SPDX-License-Identifier: MIT
local charts = require "tipl.dossier.charts"
local html = require "tipl.html"
local layout = require "tipl.layout"
local narrative = require "tipl.dossier.narrative"
local words = require "tipl.dossier.words"

local page = {}

local row = '<tr id="{id}"><th scope="row">{id}</th><td class="k-{kind}"><b>{metric}</b>{!kinds}</td><td class="number">'
  .. '{value}</td><td>{period}{!basis}</td><td>{source}</td><td>{relation} {!of}</td><td>{!there}</td></tr>\n'

local function small(text) return text and text ~= "" and html.fill(" <small>{text}</small>", { text = text }) or "" end

local function row_of(model, span)
  local fact, of, kinds = span.fact, span.fact.of, {}
  for _, name in ipairs { "who", "form", "status" } do kinds[#kinds + 1] = fact[name] end
  kinds[#kinds + 1] = fact.recipient or fact.purpose
  if fact.certainty ~= "asserted" then kinds[#kinds + 1] = fact.certainty end
  return html.fill(row, {
    id = span.id, kind = span.kind.key, metric = words.capital(fact.metric), kinds = small(table.concat(kinds, ", ")),
    value = words.value(fact), period = words.period(fact), basis = small(fact.basis), source = fact.source,
    relation = of and words.relations[fact.relation],
    of = of and html.fill('<a href="#{id}">{id}</a>', { id = of.id }),
    there = html.fill(model.shown[span] and '<a class="back" href="#t-{id}">{text}</a>' or "{text}",
      { id = span.id, text = fact.evidence }),
  })
end

local group = '<tbody class="k-{key}"><tr class="kind"><th colspan="7" scope="rowgroup">{name} <small>{count}</small>'
  .. '</th></tr>\n{!rows}</tbody>\n'

-- The list of facts, by kind.
local function facts_table(model)
  local out = {}
  for _, kind in ipairs(words.kinds) do
    local rows = {}
    for _, span in ipairs(model.facts) do
      if span.kind == kind then rows[#rows + 1] = row_of(model, span) end
    end
    if #rows > 0 then
      out[#out + 1] = html.fill(group, { key = kind.key, name = kind.name, count = #rows, rows = table.concat(rows) })
    end
  end
  return table.concat(out)
end

local function legend(model)
  local out, counts = {}, {}
  for _, span in ipairs(model.facts) do counts[span.kind] = (counts[span.kind] or 0) + 1 end
  for _, kind in ipairs(words.kinds) do
    if counts[kind] then
      out[#out + 1] = html.fill('<li data-kind="{key}"><mark class="k-{key}">{name}</mark> <small>{count}</small></li>',
        { key = kind.key, name = kind.name, count = counts[kind] })
    end
  end
  out[#out + 1] = html.fill('<li><span class="unread">Number, but no fact</span> <small>{count}</small></li>',
    { count = #model.unread })
  return table.concat(out)
end

local function figure(name, value, href, class)
  return html.fill('<div{!class}><dt>{name}</dt><dd>{!value}</dd></div>', { name = name,
    class = class and ' class="' .. class .. '"' or "",
    value = href and html.fill('<a href="{href}">{value}</a>', { href = href, value = value }) or html.escape(value) })
end

local function first_note(model, kind)
  for _, note in ipairs(model.notes) do
    if note.kind == kind then return "#t-" .. note.links[1].id end
  end
end

-- The numbers under the title.
local function at_a_glance(model)
  local report, flagged = model.report, 0
  for _, span in ipairs(model.facts) do flagged = flagged + (#span.fact.flags > 0 and 1 or 0) end
  return table.concat {
    report.tier and figure("Rating", words.tier(report.tier) .. (report.movement and ", " .. report.movement or ""), nil,
      "wide") or "",
    figure("Facts", #model.facts, "#facts"),
    figure("Facts with a flag", flagged, first_note(model, "flag")),
    figure("Contradictions found", #model.findings, first_note(model, "audit")),
    figure("Sentences unread", #model.unread, first_note(model, "unread")),
  }
end

local body = [[
<a class="skip" href="#text">Skip to the narrative</a>
<a class="skip" href="#facts">Skip to the list of facts</a>
<header>
<p class="kicker">Trafficking in Persons Report{!edition} · dossier</p>
<h1>{country}</h1>
<dl class="glance">{!glance}</dl>
<nav aria-label="Parts of this page"><ul>{!charts_link}<li><a href="#text">Narrative</a></li><li><a href="#facts">List of facts</a></li><li><a href="#about">About this page</a></li>{!index_link}</ul></nav>
</header>
<main>
{!charts}<section id="text" aria-labelledby="text-head">
<h2 id="text-head">Narrative</h2>
<ul class="legend" aria-label="Kinds of facts">{!legend}</ul>
{!narrative}</section>
<section id="facts" aria-labelledby="facts-head">
<h2 id="facts-head">Facts</h2>
<div class="scroll" role="region" aria-label="Table of facts" tabindex="0">
<table class="facts">
<thead><tr><th scope="col">Fact</th><th scope="col">What</th><th scope="col" class="number">Value</th><th scope="col">Period</th><th scope="col">Source</th><th scope="col">Relation</th><th scope="col">In the text</th></tr></thead>
{!facts}</table>
</div>
</section>
</main>
<footer id="about">
<p>Read by tipl {version} from <code>{path}</code> ({bytes} bytes, {sentences} sentences). Every highlight is a fact as the program read it, and leads to its row in the list; each row leads back. A fact is what the report asserts, slips included; what it does not speak of has no row, which does not mean that there was none.</p>
<p>{holds}</p>
</footer>]]

local function holds_text(model)
  if model.holds == 0 then return "No figures of this report could be checked against each other." end
  return ("%d check%s of figures against each other found them to agree, %d found a contradiction."):format(model.holds,
    model.holds == 1 and "" or "s", #model.findings)
end

local chart_section = '<section id="charts" aria-labelledby="charts-head">\n<h2 id="charts-head">At a glance</h2>\n'
  .. '<div class="figures">\n{!figures}</div>\n</section>\n'

--- The page of a report as text. path: the name by which the report is known; index: the address of a page that lists
-- it, or nil. Second: its model (tipl.dossier.narrative), which is of use while the report is open.
function page.of(report, path, index)
  local model = narrative.model(report)
  local text, figures = narrative.markup(model), charts.figures(report)
  local filled = html.fill(body, {
    edition = report.year and html.escape(", " .. report.year) or "", country = report.country or words.title(report, path),
    glance = at_a_glance(model), charts_link = figures ~= "" and '<li><a href="#charts">Charts</a></li>' or "",
    index_link = index and html.fill('<li><a href="{to}">All reports</a></li>', { to = index }),
    charts = figures ~= "" and html.fill(chart_section, { figures = figures }) or "",
    legend = legend(model), narrative = text, facts = facts_table(model), version = require("tipl").version, path = path,
    bytes = layout.digits(#report.source), sentences = #report:sentences(), holds = holds_text(model),
  })
  return html.page { title = words.title(report, path) .. " · dossier", body = filled,
    style = html.asset "dossier/dossier.css", script = html.asset "dossier/dossier.js" }, model
end

return page
