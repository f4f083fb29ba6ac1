--- Documents as JSON Lines on standard input, {"id": …, "text": …} each, answered one at a time: how Spark's pipe,
-- Hadoop Streaming, Dask or GNU parallel drive tipl.
-- SPDX-License-Identifier: MIT
local tipl = require "tipl"
local command = require "tipl.command"
local json = require "tipl.json"
local layout = require "tipl.layout"
local writer = require "tipl.writer"

local stream = {}

-- A document out of a line: its text and id (as JSON, and as it is); or nil and what is wrong with it.
local function read(line)
  local value, why = json.decode(line)
  if value == nil then return nil, why end
  if type(value) ~= "table" or value == json.null then return nil, "no object with an id and a text" end
  local id = value.id
  local name = type(id) == "string" and layout.json(id) or math.type(id) and tostring(id)
  if not name then return nil, "no id that is a string or a number" end
  if type(value.text) ~= "string" then return nil, "no text that is a string", name end
  return value.text, name, tostring(id)
end

local function put(line)
  io.write((line:gsub("[^\r\n]+", layout.plain)))
end

local function answer(line, number, filter)
  local text, name, id = read(line)
  local report, message, code
  if text then
    report, message, code = tipl.parse(text, { name = id })
  else
    name, message, code = id or "null", ("line %d: %s"):format(number, name), "EJSON"
  end
  if report then
    local closing <close> = report
    local about = writer.about(closing, '"document":' .. name)
    command.apply(closing)
    for fact in command.in_order(closing:facts(filter)) do put(writer.jsonl(fact, about)) end
  else
    put(('{"document":%s,"error":%s,"code":%s}\n'):format(name, layout.json(message), layout.json(code)))
  end
  io.flush()
end

--- Answers the documents on standard input, of which the first line is in hand: for each its facts that the filter
-- takes, or one line that says why there are none; flushed after each.
function stream.run(line, filter)
  local number = 0
  while line do
    number = number + 1
    if line:find "%S" then answer(line, number, filter) end
    line = io.read "L"
  end
end

return stream
