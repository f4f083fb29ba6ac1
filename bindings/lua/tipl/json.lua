--- Reading JSON (RFC 8259). null becomes json.null, so that a list keeps its length; of a name that comes twice the
-- last value counts. Writing is layout.json's.
-- SPDX-License-Identifier: MIT
local json = { null = setmetatable({}, { __tostring = function() return "null" end }) }

local DEEPEST = 100 -- lists and objects within each other

local function fault(at, what) error({ at = at, what = what }, 0) end

local function skip(text, at) return text:find("[^ \t\r\n]", at) or #text + 1 end

local escapes = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t", ['"'] = '"', ["\\"] = "\\", ["/"] = "/" }

-- The character of an escape \uXXXX (or a pair of them) whose digits begin at `at`, and where it ends.
local function unicode(text, at)
  local high = tonumber(text:match("^%x%x%x%x", at) or fault(at, "four hexadecimal digits expected"), 16)
  if high < 0xD800 or high > 0xDFFF then return utf8.char(high), at + 4 end
  local low = high < 0xDC00 and tonumber(text:match("^\\u([dD][c-fC-F]%x%x)", at + 4) or "", 16)
  if not low then fault(at, "half of a pair of surrogates") end
  return utf8.char(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00), at + 10
end

-- A string whose opening quote stands before `at`.
local function read_string(text, at)
  local parts = {}
  while true do
    local stop = text:find('["\\%c]', at) or fault(#text + 1, "the string does not end")
    local c = text:sub(stop, stop)
    parts[#parts + 1] = text:sub(at, stop - 1)
    if c == '"' then
      local whole = table.concat(parts)
      if not utf8.len(whole) then fault(at, "the string is not UTF-8") end
      return whole, stop + 1
    elseif c == "\\" then
      local kind = text:sub(stop + 1, stop + 1)
      if kind == "u" then
        parts[#parts + 1], at = unicode(text, stop + 2)
      else
        parts[#parts + 1] = escapes[kind] or fault(stop, "unknown escape")
        at = stop + 2
      end
    elseif c == "\127" then
      parts[#parts + 1], at = c, stop + 1
    else
      fault(stop, "a control character in a string")
    end
  end
end

local function read_number(text, at)
  local whole = text:match("^-?%d+", at)
  local rest = whole and text:match("^%.?%d*[eE]?[+-]?%d*", at + #whole)
  local number = whole and (whole .. rest)
  if not number or whole:find "^-?0%d" or rest:find "^%.[^%d]" or rest == "." or rest:find "[eE+-]$" then
    fault(at, "a value expected")
  end
  return math.tointeger(tonumber(number)) or tonumber(number) or fault(at, "a value expected"), at + #number
end

local read_value

local function read_list(text, at, depth)
  local list = {}
  at = skip(text, at)
  if text:sub(at, at) == "]" then return list, at + 1 end
  while true do
    list[#list + 1], at = read_value(text, at, depth)
    at = skip(text, at)
    local c = text:sub(at, at)
    if c == "]" then return list, at + 1 end
    if c ~= "," then fault(at, "',' or ']' expected") end
    at = at + 1
  end
end

-- members: nil, or a table that gets for each name where its value begins and ends, and the value.
local function read_object(text, at, depth, members)
  local object = {}
  at = skip(text, at)
  if text:sub(at, at) == "}" then return object, at + 1 end
  while true do
    at = skip(text, at)
    if text:sub(at, at) ~= '"' then fault(at, "a name in quotes expected") end
    local name
    name, at = read_string(text, at + 1)
    at = skip(text, at)
    if text:sub(at, at) ~= ":" then fault(at, "':' expected") end
    local begin = skip(text, at + 1)
    object[name], at = read_value(text, begin, depth)
    if members then members[name] = { first = begin, last = at - 1, value = object[name] } end
    at = skip(text, at)
    local c = text:sub(at, at)
    if c == "}" then return object, at + 1 end
    if c ~= "," then fault(at, "',' or '}' expected") end
    at = at + 1
  end
end

local words = { t = { "true", true }, f = { "false", false }, n = { "null", json.null } }

function read_value(text, at, depth, members)
  at = skip(text, at)
  local c = text:sub(at, at)
  if (c == "{" or c == "[") and depth == DEEPEST then fault(at, "lists and objects lie too deep in each other") end
  if c == '"' then return read_string(text, at + 1) end
  if c == "{" then return read_object(text, at + 1, depth + 1, members) end
  if c == "[" then return read_list(text, at + 1, depth + 1) end
  local word = words[c]
  if word and text:sub(at, at + #word[1] - 1) == word[1] then return word[2], at + #word[1] end
  return read_number(text, at)
end

--- The value that a text of JSON is; or nil and what is wrong, with the byte at which (from 1). `members`, a table: of an
-- object it gets, by name, { first =, last =, value = }, the bytes that a value takes in the text; where the text goes
-- wrong, of those before.
function json.decode(text, members)
  local ok, value, at = pcall(read_value, text, 1, 0, members)
  if ok and skip(text, at) > #text then return value end
  if ok then value = { at = skip(text, at), what = "more text behind the value" } end
  if type(value) ~= "table" then error(value, 0) end
  return nil, ("byte %d: %s"):format(value.at, value.what)
end

return json
