--- tipl.show: facts, reports, lists and tables as text for a reader at a terminal.
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"
local layout = require "tipl.layout"

local MOST_ROWS, MOST_KEYS = 60, 200

local function labelled(lines, name, text, width)
  if text == nil or text == "" then return end
  lines[#lines + 1] = ("%-10s "):format(name)
    .. layout.wrap(layout.safe(tostring(text)), width, (" "):rep(11))
end

local function fact_text(fact, width)
  local lines = {}
  local title = ("%s  %s  %s %s"):format(fact.id, fact.metric, layout.value(fact), fact.unit or "")
  local period = layout.period(fact)
  if period ~= "" then title = ("%s  %s (%s)"):format(title, period, fact.basis or "-") end
  lines[1] = layout.bold(layout.safe(title))
  for _, name in ipairs { "form", "who", "source", "status", "phase", "noun", "actor", "recipient", "purpose" } do
    labelled(lines, name, fact[name], width)
  end
  if fact.of then labelled(lines, "relation", fact.relation .. " " .. fact.of.id, width) end
  if fact.certainty ~= "asserted" then labelled(lines, "certainty", fact.certainty, width) end
  labelled(lines, "flags", table.concat(fact.flags, " "), width)
  labelled(lines, "rule", fact.rule, width)
  labelled(lines, "evidence", ("%s  [byte %d, line %d]"):format(fact.evidence or "", fact.offset, fact.line), width)
  local sentence = fact.sentence
  if not (sentence and layout.color()) then
    labelled(lines, "sentence", sentence and sentence.text, width)
    return table.concat(lines, "\n")
  end
  local function part(first, last) return last >= first and fact.report:read(first, last):gsub("%c", " ") or "" end
  local first, last = fact:span() -- two control characters, which survive the wrapping, stand for bold on and off
  local text = layout.safe(part(sentence.first, first - 1)) .. "\1" .. layout.safe(part(first, last)) .. "\2"
    .. layout.safe(part(last + 1, sentence.last))
  lines[#lines + 1] = ("%-10s "):format "sentence"
    .. layout.wrap(text, width, (" "):rep(11)):gsub("\1([^\2]*)\2", layout.bold)
  return table.concat(lines, "\n")
end

local function facts_text(list, width)
  local rows, marks = {}, {}
  for fact in list do
    if #rows == MOST_ROWS then break end
    rows[#rows + 1] = layout.fact_row(fact)
    marks[#rows] = layout.color() and fact.measure and fact.measure.text or false -- the figure in its evidence
  end
  return layout.grid(layout.fact_columns, rows, width, layout.fact_drops, marks)
end

local function rows_text(list, width)
  local rows = {}
  for row in list do
    if #rows == MOST_ROWS then break end
    rows[#rows + 1] = { row.number, row.kind or row.section, row.text }
  end
  return layout.grid({ ">number", "kind", "text" }, rows, width)
end

local function list_text(list, width)
  if #list == 0 then return "(empty list)" end
  local text = (core.kind(list[1]) == "tipl.Fact" and facts_text or rows_text)(list, width)
  if #list > MOST_ROWS then text = ("%s\n… %d more"):format(text, #list - MOST_ROWS) end
  return text
end

local function report_text(report, width)
  local lines, counts, order = {}, {}, {}
  lines[1] = layout.bold(layout.safe(("%s %s"):format(report.country or report.name or "(country unknown)",
    report.year or "(year unknown)")))
  for _, metric in ipairs(report:facts():column "metric") do
    if not counts[metric] then order[#order + 1] = metric end
    counts[metric] = (counts[metric] or 0) + 1
  end
  table.sort(order, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
  end)
  for i, metric in ipairs(order) do order[i] = counts[metric] .. " " .. metric end
  labelled(lines, "title", report.title, width)
  labelled(lines, "tier", report.tier and report.tier .. (report.movement and ", " .. report.movement or ""), width)
  labelled(lines, "text", ("%d bytes, %d sentences, %d recommendations"):format(
    #report.text, #report:sentences(), #report:recommendations()), width)
  labelled(lines, "facts", ("%d: %s"):format(#report, table.concat(order, ", ")), width)
  return table.concat(lines, "\n")
end

local function row_text(row, width)
  local lines = {}
  for name, value in pairs(row) do
    if name ~= "report" then
      labelled(lines, name, type(value) == "table" and table.concat(value, " ") or tostring(value), width)
    end
  end
  return table.concat(lines, "\n")
end

local function key_text(key)
  if type(key) == "string" and key:match "^[%a_][%w_]*$" then return key end
  return "[" .. (type(key) == "string" and ("%q"):format(key) or tostring(key)) .. "]"
end

local function scalar(value)
  return layout.safe(type(value) == "string" and ("%q"):format(value):gsub("\\\n", "\\n") or tostring(value))
end

local function table_text(value, depth)
  local keys, parts, items = {}, {}, #value
  for i = 1, math.min(items, MOST_KEYS) do
    parts[i] = type(value[i]) == "table" and depth < 3 and table_text(value[i], depth + 1) or scalar(value[i])
  end
  for key in pairs(value) do
    if not (math.type(key) == "integer" and key >= 1 and key <= items) then keys[#keys + 1] = key end
  end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  for i = 1, math.min(#keys, MOST_KEYS) do
    local inner = value[keys[i]]
    parts[#parts + 1] = key_text(keys[i]) .. " = "
      .. (type(inner) == "table" and depth < 3 and table_text(inner, depth + 1) or scalar(inner))
  end
  if math.max(items, #keys) > MOST_KEYS then parts[#parts + 1] = "…" end
  local text = table.concat(parts, ", ")
  if text == "" then return "{}" end
  if #text < 90 then return "{ " .. text .. " }" end
  local indent = ("  "):rep(depth)
  return "{\n" .. indent .. table.concat(parts, ",\n" .. indent) .. "\n" .. ("  "):rep(depth - 1) .. "}"
end

return function(value, width)
  width = width or layout.width() or 100
  local kind = core.kind(value)
  if kind and tostring(value):find "closed%)$" then return tostring(value) end
  if kind == "tipl.List" then return list_text(value, width) end
  if kind == "tipl.Fact" then return fact_text(value, width) end
  if kind == "tipl.Report" then return report_text(value, width) end
  if kind then return row_text(value, width) end
  if type(value) == "table" and not (getmetatable(value) or {}).__tostring then return table_text(value, 1) end
  if type(value) == "string" then return (value:gsub("[^\n]+", layout.safe)) end
  return tostring(value)
end
