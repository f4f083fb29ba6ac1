--- Rows that a script prints: as tables for people, as CSV or JSON Lines for programs, each with the facts
-- that stand behind it.
-- SPDX-License-Identifier: MIT
local layout = require "tipl.layout"

local Rows = {}
Rows.__index = Rows

local rows = {}

--- What is kept of a fact when its report is closed: where it stands and the sentence that says it.
function rows.witness(fact)
  local sentence, report = fact.sentence, fact.report
  return {
    id = fact.id, offset = fact.offset, evidence = fact.evidence, edition = report.year,
    text = sentence and sentence.text or fact.evidence,
  }
end

--- The same for a sentence, which has no id.
function rows.quote(sentence)
  return { offset = sentence.offset, evidence = sentence.text, edition = sentence.report.year, text = sentence.text }
end

--- Begins an output. options: `format` and `evidence` as command.row_options have them. columns: a list of
-- { "name", title = (the name without "_"), right = align right, show = function(value, row) for tables,
-- data = true (not in tables) or false (only there), drop = true (gives way when the terminal is narrow), long = true (the
-- last one, of sentences: goes under its row when the terminal is narrow) }.
-- several: there is more than one report or country, so that those without rows are only counted (see `nothing`).
function rows.new(options, columns, several)
  local self = setmetatable({ format = options.format, evidence = options.evidence, columns = {}, data = {},
    waiting = {}, drops = {}, several = several, empty = {} }, Rows)
  for _, column in ipairs(columns) do
    if column.data ~= true then self.columns[#self.columns + 1] = column end
    if column.data ~= false then self.data[#self.data + 1] = column[1] end
    if column.drop then self.drops[#self.drops + 1] = column.title or (column[1]:gsub("_", " ")) end
  end
  if self.format == "csv" then
    print(table.concat(self.data, ",") .. ",facts,offsets,evidence")
  end
  return self
end

local function witnesses(row)
  local list = {}
  for i, fact in ipairs(row.facts or {}) do list[i] = type(fact) == "table" and fact or rows.witness(fact) end
  return list
end

local function column_of(list, name)
  local out = {}
  for _, item in ipairs(list) do out[#out + 1] = item[name] and tostring(item[name]) or nil end
  return out
end

-- A value of JSON: numbers as they are, text quoted, lists in brackets.
local function json(value)
  if value == nil then return "null" end
  if type(value) == "table" then
    local parts = {}
    for i, item in ipairs(value) do parts[i] = json(item) end
    return "[" .. table.concat(parts, ",") .. "]"
  end
  if type(value) == "number" then return math.type(value) == "integer" and tostring(value) or ("%.10g"):format(value) end
  return type(value) == "boolean" and tostring(value) or layout.json(value)
end

local function print_csv(self, row)
  local cells, seen = {}, witnesses(row)
  for i, name in ipairs(self.data) do
    local value = row[name]
    if type(value) == "number" and math.type(value) == "float" then value = ("%.10g"):format(value) end
    if type(value) == "table" then value = table.concat(value, " ") end
    cells[i] = value == nil and "" or layout.csv(value)
  end
  for _, name in ipairs { "id", "offset" } do cells[#cells + 1] = layout.csv(table.concat(column_of(seen, name), " ")) end
  cells[#cells + 1] = layout.csv(table.concat(column_of(seen, "text"), " | "))
  print(layout.plain(table.concat(cells, ",")))
end

local function print_json(self, row)
  local parts, seen = {}, witnesses(row)
  for i, name in ipairs(self.data) do parts[i] = layout.json(name) .. ":" .. json(row[name]) end
  local offsets = {}
  for i, item in ipairs(seen) do offsets[i] = item.offset end
  parts[#parts + 1] = ('"facts":%s,"offsets":%s,"evidence":%s'):format(json(column_of(seen, "id")), json(offsets),
    json(column_of(seen, "text")))
  print("{" .. layout.plain(table.concat(parts, ",")) .. "}")
end

--- A row: a table by column name; `facts` lists the facts (or witnesses) behind it.
function Rows:row(row)
  if self.format == "csv" then return print_csv(self, row) end
  if self.format == "jsonl" then return print_json(self, row) end
  self.waiting[#self.waiting + 1] = { row = row, seen = self.evidence and witnesses(row) or {} }
end

local function cells_of(self, row)
  local cells = {}
  for i, column in ipairs(self.columns) do
    local value = row[column[1]]
    if column.show and value ~= nil then value = column.show(value, row) end
    cells[i] = value
  end
  return cells
end

-- Prints the title that waits.
local function begin(self)
  if not self.pending then return end
  if self.begun then print() end
  self.begun = true
  print(layout.bold(layout.safe(self.pending)))
  self.pending = nil
end

local BELOW = "      " -- before a text that stands under its row

-- Whether a table is too wide, and its last column holds sentences, which then go under their rows.
local function too_wide(self, head, cells, width)
  if not width or not self.columns[#self.columns].long then return false end
  local first = true
  for line in layout.grid(head, cells):gmatch "[^\n]+" do
    if not first and (utf8.len(line) or #line) > width - 2 then return true end
    first = false -- titles may have codes for bold in them
  end
  return false
end

-- Takes the last column off the table: its texts by row.
local function take_last(head, cells)
  local texts, n = {}, #head
  head[n] = nil
  for i, row in ipairs(cells) do texts[i], row[n] = row[n], nil end
  return texts
end

--- Prints the rows that wait, as a table.
function Rows:flush()
  if #self.waiting == 0 then return end
  begin(self)
  local head, cells, drops, width = {}, {}, {}, layout.width()
  for i, column in ipairs(self.columns) do
    head[i] = (column.right and ">" or "") .. (column.title or column[1]:gsub("_", " "))
  end
  for i, name in ipairs(self.drops) do drops[i] = name end
  for i, waiting in ipairs(self.waiting) do cells[i] = cells_of(self, waiting.row) end
  local below = too_wide(self, head, cells, width) and take_last(head, cells) or {}
  local last = self.columns[#self.columns]
  local room = width and (#drops > 0 or not (last.long or last.right)) and width - 2 or nil -- figures are not cut
  local i = 0
  for line in (layout.grid(head, cells, room, drops) .. "\n"):gmatch "(.-)\n" do
    print("  " .. line)
    local text = below[i]
    if text and text ~= "" then print(BELOW .. layout.wrap(layout.safe(text), width - #BELOW, BELOW)) end
    if i > 0 then rows.print_witnesses(self.waiting[i].seen) end
    i = i + 1
  end
  self.waiting = {}
end

--- Prints witnesses as `--evidence` shows them: a sentence once, with all the facts that it holds.
function rows.print_witnesses(list)
  local order, places = {}, {}
  for _, item in ipairs(list) do
    local key = (item.edition or "") .. "\0" .. item.text
    if not places[key] then
      places[key] = { item.edition and item.edition .. " edition" }
      order[#order + 1] = { key = key, offset = item.offset, text = item.text }
    end
    table.insert(places[key], item.id)
  end
  for _, item in ipairs(order) do
    local place = places[item.key]
    place[#place + 1] = "byte " .. item.offset
    print(layout.safe(("        %s: %s"):format(table.concat(place, ", "), item.text)))
  end
end

--- A title over the rows or notes to come, without which it is not printed; tables only.
function Rows:title(text)
  if self.format ~= "table" then return end
  self:flush()
  self.pending = text
end

--- A line for people; tables only.
function Rows:note(text)
  if self.format ~= "table" then return end
  self:flush()
  begin(self)
  print("  " .. layout.safe(text))
end

--- Says that there is nothing to show under this title: a note, or with several a count at the end.
function Rows:nothing(text)
  if not self.several then return self:note(text) end
  if not self.empty[text] then self.empty[text], self.empty[#self.empty + 1] = 0, text end
  self.empty[text] = self.empty[text] + 1
end

--- Ends the output.
function Rows:close()
  if self.format ~= "table" then return end
  self:flush()
  if self.begun and #self.empty > 0 then print() end
  for _, text in ipairs(self.empty) do print(("%d more: %s"):format(self.empty[text], layout.safe(text))) end
end

return rows
