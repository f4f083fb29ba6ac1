--- The narrative of a dossier: the text as it was read, with every fact marked where it stands, sentences that hold
-- a number but gave no fact, and notes in the margin.
-- SPDX-License-Identifier: MIT
local audit = require "tipl.audit"
local html = require "tipl.html"
local spans = require "tipl.spans"
local unread = require "tipl.unread"
local words = require "tipl.dossier.words"

local narrative = {}

local MOST_LINES = 12 -- lines between paragraphs that are shown; more of them are a publisher's page, not the narrative
local MOST_GLUE = 8 -- bytes between two recommendations that belong to the first: "; and"

-- ---- what there is to show

-- The facts as spans, in the order of the text. One starts at its evidence.
local function fact_spans(report)
  local list = {}
  for fact in report:facts() do
    list[#list + 1] = { fact = fact, id = fact.id, number = fact.number, first = fact.first, last = fact.last,
      kind = words.kind_of[fact.metric] or words.kind_of.other }
  end
  table.sort(list, function(a, b)
    if a.first ~= b.first then return a.first < b.first end
    return a.number < b.number
  end)
  return list
end

-- The sentences that should have given a fact.
local function unread_spans(report)
  local list = {}
  for sentence in report:sentences() do
    local why, found = unread.reason(sentence)
    if why and #sentence:facts() == 0 then
      list[#list + 1] = { unread = true, id = "u" .. sentence.number, first = sentence.first, last = sentence.last,
        why = why, words = found }
    end
  end
  return list
end

--- Everything that is shown of a report: facts, unread (spans), findings (contradictions that tipl.audit finds), holds
-- (how many of its checks hold), notes (all that the margin says, by place).
function narrative.model(report)
  local model = { report = report, facts = fact_spans(report), unread = unread_spans(report), findings = {}, holds = 0,
    notes = {}, shown = {} }
  local function note(first, kind, says, links) -- links: spans or facts, known by their id
    model.notes[#model.notes + 1] = { first = first, kind = kind, says = says, links = links }
  end
  for _, span in ipairs(model.facts) do
    for _, flag in ipairs(span.fact.flags) do note(span.first, "flag", words.flags[flag] or flag, { span }) end
  end
  for _, finding in ipairs(audit.report(report)) do
    if finding.verdict == "slip" then
      model.findings[#model.findings + 1] = finding
      note(finding.first, "audit", finding.check .. ": " .. finding.says, finding.facts)
    elseif finding.verdict == "holds" then
      model.holds = model.holds + 1
    end
  end
  for _, span in ipairs(model.unread) do
    note(span.first, "unread", ("no fact read, though it holds %s “%s”"):format(
      span.why == "absence" and "the phrase" or span.why == "money" and "the amount" or "the " .. span.why, span.words),
      { span })
  end
  for i, item in ipairs(model.notes) do item.number = i end
  table.sort(model.notes, function(a, b)
    if a.first ~= b.first then return a.first < b.first end
    return a.number < b.number
  end)
  return model
end

-- ---- blocks

local function trimmed(report, first, last)
  while first <= last and report.source:find("^%s", first) do first = first + 1 end
  while last >= first and report.source:find("^%s", last) do last = last - 1 end
  return first, last
end

-- Whether a text is more than marks and blanks.
local function has_words(text) return text:gsub("\u{2022}", ""):find "[%w\x80-\xff]" ~= nil end

-- The lines of what stands between paragraphs, where something was read in them.
local function lines_between(report, first, last)
  local list, at, source = {}, first, report.source
  while at <= last do
    local stop = math.min((source:find("\n", at, true) or last + 1) - 1, last)
    local from, to = trimmed(report, at, stop)
    if from <= to and has_words(report:read(from, to)) then list[#list + 1] = { kind = "line", first = from, last = to } end
    at = stop + 2
  end
  return list
end

-- Adds the spans of a list that reach into a block to `into`, and returns how many these are. Blocks must come in the
-- order of the text: what ends before one is not looked at again.
local function reaching(list, block, into)
  local head = list.head or 1
  while list[head] and list[head].last < block.first do head = head + 1 end
  list.head = head
  local before = #into
  for i = head, #list do
    local span = list[i]
    if span.first > block.last then break end
    if span.last >= block.first then into[#into + 1] = span end
  end
  return #into - before
end

-- Adds the lines between two paragraphs; the last is a heading when it has that of the section to come, which is then
-- shown without the marks around it.
local function add_lines(model, blocks, first, last, heading)
  local lines, left_out = lines_between(model.report, first, last), 0
  for i, line in ipairs(lines) do
    local facts, text = reaching(model.facts, line, {}), model.report:read(line.first, line.last)
    local at, stop = text:find(heading or "\n", 1, true)
    if i == #lines and at then
      line.kind = "heading"
      if facts == 0 and not has_words(text:sub(1, at - 1) .. text:sub(stop + 1)) then line.says = heading end
    end
    if #lines - i < MOST_LINES or facts > 0 then
      blocks[#blocks + 1] = line
    else
      left_out = left_out + 1
    end
  end
  if left_out > 0 then
    blocks[#blocks + 1] = { kind = "gap", first = first, last = first - 1,
      says = ("%d lines that are not part of the narrative are left out."):format(left_out) }
  end
end

-- A paragraph of recommendations as items. What stands between them is shown where it is more than a mark: "; and"
-- with the item before it.
local function add_recommendations(report, blocks, paragraph)
  local at = paragraph.first
  local function rest(last)
    local first, stop = trimmed(report, at, last)
    local before, text = blocks[#blocks], report:read(first, stop)
    if before and before.kind == "item" and text:find "^[;,.]" and #text <= MOST_GLUE then
      before.last = stop
    elseif has_words(text) then
      blocks[#blocks + 1] = { kind = "text", first = first, last = stop }
    end
  end
  for item in report:recommendations() do
    if item.first >= paragraph.first and item.last <= paragraph.last then
      rest(item.first - 1)
      blocks[#blocks + 1] = { kind = "item", first = item.first, last = item.last }
      at = item.last + 1
    end
  end
  rest(paragraph.last)
end

-- The report as blocks in the order of the text: { kind = "line", "heading", "text", "item" or "gap", first, last }.
local function blocks_of(model)
  local report, blocks, at = model.report, {}, 1
  for section in report:sections() do
    local heading = section.heading
    for paragraph in section:paragraphs() do
      add_lines(model, blocks, at, paragraph.first - 1, heading)
      if section.kind == "recommendations" then
        add_recommendations(report, blocks, paragraph)
      else
        blocks[#blocks + 1] = { kind = "text", first = paragraph.first, last = paragraph.last }
      end
      heading, at = nil, paragraph.last + 1
    end
  end
  add_lines(model, blocks, at, #report.source)
  return blocks
end

-- ---- marked text

local card = '<span class="card k-{kind}"><span class="name">{!name}</span><span class="what">{value}</span>{!fields}</span>'

-- What is known of a fact, shown on hover and focus of its words. linked: whether its name leads to its row, as
-- it must where the words themselves lead to that of another fact.
local function card_of(span, linked)
  local cards = span.cards or {}
  span.cards = cards
  if cards[linked] then return cards[linked] end
  local fields = {}
  for i, field in ipairs(words.fields(span.fact)) do
    fields[i] = "<span><b>" .. field[1] .. "</b> " .. html.escape(field[2]) .. "</span>"
  end
  local name = html.fill(linked and '<a href="#{id}">{name} <i>{id}</i></a>' or "{name} <i>{id}</i>",
    { id = span.id, name = words.capital(span.fact.metric) })
  cards[linked] = html.fill(card, { kind = span.kind.key, name = name, value = words.value(span.fact),
    fields = table.concat(fields) })
  return cards[linked]
end

-- A writer for spans.walk that puts markup into `out`.
local function writer_of(model, out)
  local function put(text) out[#out + 1] = text end
  local writer = {}
  function writer.open(span)
    local id = not model.shown[span] and html.fill(' id="t-{id}"', span) or ""
    model.shown[span] = true
    if span.unread then return put("<span" .. id .. ' class="unread">') end
    put("<mark" .. id .. ' class="k-' .. span.kind.key .. '">')
  end
  function writer.close(span) put(span.unread and "</span>" or "</mark>") end
  function writer.run(first, last, stack)
    local text = html.escape(model.report:read(first, last))
    local inner = stack[#stack]
    if not inner or inner.unread or not text:find "%S" then return put(text) end
    local cards, count = {}, 0
    for _, span in ipairs(stack) do count = count + (span.fact and 1 or 0) end
    for k = #stack, 1, -1 do
      if stack[k].fact then cards[#cards + 1] = card_of(stack[k], count > 1) end
    end
    model.cards = (model.cards or 0) + 1
    put(('<a class="f" href="#%s" aria-describedby="c%d"%s>%s</a><span class="cards" id="c%d">%s</span>'):format(inner.id,
      model.cards, count > 1 and ' data-n="' .. count .. '"' or "", text, model.cards, table.concat(cards)))
  end
  return writer
end

local function marked(model, block)
  local out, list = {}, {}
  reaching(model.unread, block, list)
  reaching(model.facts, block, list)
  spans.walk(block.first, block.last, list, writer_of(model, out))
  return table.concat(out)
end

-- ---- margin

local names = { flag = "Flag", audit = "Audit", unread = "Unread" }

local function note_markup(note)
  local links = {}
  for i, link in ipairs(note.links) do
    links[i] = html.fill('<a href="#t-{id}">{name}</a>', { id = link.id, name = link.unread and "sentence" or link.id })
  end
  return html.fill('<li class="on-{kind}"><b>{name}</b> {says} {!links}</li>', {
    kind = note.kind, name = names[note.kind], says = note.says, links = table.concat(links, " "),
  })
end

-- The notes on what starts before the end of a block, each once: `next_note` counts them. Notes that say the same of
-- several facts become one.
local function margin(model, block)
  local list, out, same = {}, {}, {}
  while model.notes[model.next_note] and model.notes[model.next_note].first <= block.last do
    local note = model.notes[model.next_note]
    local old = note.kind == "flag" and same[note.says]
    if old then
      table.move(note.links, 1, #note.links, #old.links + 1, old.links)
    else
      list[#list + 1] = { kind = note.kind, says = note.says, links = table.move(note.links, 1, #note.links, 1, {}) }
      same[note.says] = list[#list]
    end
    model.next_note = model.next_note + 1
  end
  if #list == 0 then return "" end
  for i, note in ipairs(list) do out[i] = note_markup(note) end
  return '<ul class="margin" aria-label="Notes on this paragraph">' .. table.concat(out) .. "</ul>"
end

local wraps = {
  line = '<p class="line">{!text}</p>', heading = "<h3>{!text}</h3>", text = "<p>{!text}</p>",
  item = '<p class="item">{!text}</p>', gap = '<p class="quiet">{!text}</p>',
}

--- The marked text of a model as markup.
function narrative.markup(model)
  local out, blocks = {}, blocks_of(model)
  model.next_note, model.cards, model.shown = 1, 0, {}
  model.facts.head, model.unread.head = 1, 1
  for _, block in ipairs(blocks) do
    local text = block.says and html.escape(block.says) or marked(model, block)
    out[#out + 1] = '<div class="block">' .. html.fill(wraps[block.kind], { text = text })
      .. margin(model, block) .. "</div>\n"
  end
  return table.concat(out)
end

return narrative
