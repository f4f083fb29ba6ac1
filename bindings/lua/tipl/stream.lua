--- Documents as JSON Lines on standard input, {"id": …, "text": …} each, answered one at a time: how Spark's pipe,
-- Hadoop Streaming, Dask or GNU parallel drive tipl.
-- SPDX-License-Identifier: MIT
local tipl = require "tipl"
local command = require "tipl.command"
local json = require "tipl.json"
local layout = require "tipl.layout"
local writer = require "tipl.writer"

local stream = {}

-- An id as JSON: a number as it was printed, since no number of Lua may hold all of its digits.
local function id_of(line, members)
  local id = members.id
  if not id then return nil end
  if type(id.value) == "string" then return layout.json(id.value) end
  return math.type(id.value) and line:sub(id.first, id.last)
end

-- The text of a document and its id as JSON; where it is none, nil, the id if there is one, and what is wrong.
local function read(line)
  local members = {}
  local value, why = json.decode(line, members)
  local id = id_of(line, members)
  if value == nil then return nil, id, why end
  if type(value) ~= "table" or value == json.null then return nil, nil, "no object with an id and a text" end
  if not id then return nil, nil, "no id that is a string or a number" end
  if type(value.text) ~= "string" then return nil, id, "no text that is a string" end
  return value.text, id
end

local function put(line)
  io.write((line:gsub("[^\r\n]+", layout.plain)))
end

local function answer(line, number, filter)
  local text, id, why = read(line)
  local reports, message, code
  if text then
    reports, message, code = tipl.parse_all(text, { name = id:match '^"(.*)"$' or id })
  else
    message, code = ("line %d: %s"):format(number, why), "EJSON"
  end
  for _, report in ipairs(reports or {}) do
    local closing <close> = report
    local about = writer.about(closing, '"document":' .. id)
    command.apply(closing)
    for fact in command.in_order(closing:facts(filter)) do put(writer.jsonl(fact, about)) end
  end
  if not reports then
    put(('{"document":%s,"error":%s,"code":%s}\n'):format(id or "null", layout.json(message), layout.json(code)))
  end
  io.flush()
end

local BOM = "^\u{feff}"

--- Whether a line begins a document: no line of a narrative begins with "{".
function stream.is_document(line) return line:gsub(BOM, ""):find "^%s*{" ~= nil end

--- Answers the documents of an iterator over lines: for each its facts that the filter takes, or one line that says why it
-- could not be read; flushed after each.
function stream.run(lines, filter)
  local number = 0
  for line in lines do
    number = number + 1
    if number == 1 then line = line:gsub(BOM, "") end
    if line:find "%S" then answer(line, number, filter) end
  end
end

return stream
