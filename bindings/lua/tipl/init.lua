--- tipl: reports of the Trafficking in Persons series as facts that can be queried.
-- The work is done in C (tipl.core); this file adds what is easier said in Lua. Reference: API.md.
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"

local tipl = {
  _VERSION = "tipl " .. core.version,
  version = core.version,
  open = core.open,
  parse = core.parse,
  vocabulary = core.vocabulary,
  strict = core.strict,
  add = core.add,
}

--- The exit code that a status stands for (see `tipl --help`).
local exit_codes = {
  EIO = 2, EENCODING = 2, EARG = 2, ENOREPORT = 3, ELIMIT = 4, ENOMEM = 4, ECANCEL = 1,
}

local Failure = { __name = "tipl.Failure" }
function Failure:__tostring() return self.message end

--- Ends a script with one sentence and an exit code: a number, or the code that tipl.open returned.
function tipl.fail(message, code)
  code = math.tointeger(code) or exit_codes[code] or 1
  error(setmetatable({ message = tostring(message), code = code }, Failure), 0)
end

--- A value as readable text, in at most `width` columns.
function tipl.show(value, width) return require "tipl.show"(value, width) end

local List = core.class "tipl.List"

local function key_of(row, field)
  local value
  if type(field) == "function" then value = field(row) else value = row[field] end
  if value == nil then return "-" end
  return core.kind(value) and value.number or value
end

--- Goes through the list's rows by a field (or what a function says of a row): value and rows, in the
-- order in which the values come first; "-" stands for the absent value.
function List:group(field)
  local order, seen = {}, {}
  for row in self do
    local key = key_of(row, field)
    if not seen[key] then
      seen[key] = true
      order[#order + 1] = key
    end
  end
  local i = 0
  return function()
    i = i + 1
    local key = order[i]
    if key ~= nil then
      return key, self:where(function(row) return key_of(row, field) == key end)
    end
  end
end

return tipl
