--- tipl: reports of the Trafficking in Persons series as facts that can be queried.
-- The work is done in C (tipl.core); this file adds what is easier said in Lua. Reference: API.md.
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"

local tipl = {
  _VERSION = "tipl " .. core.version,
  version = core.version,
  features = core.features,
  open = core.open,
  parse = core.parse,
  parse_all = core.narratives_parse,
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

local function ignore() end

-- The options that are tipl.each's own, which is given the others.
local function split(options, ...)
  local own, rest = {}, {}
  for key, value in pairs(options or {}) do rest[key] = value end
  for _, name in ipairs { ... } do
    if rest[name] ~= nil and type(rest[name]) ~= "function" then
      error(("option '%s': a function expected, got %s"):format(name, type(rest[name])), 3)
    end
    own[name], rest[name] = rest[name] or ignore, nil
  end
  return own, rest
end

-- A path, or a list of them, as a list.
local function list_of(paths)
  if type(paths) == "string" then return { paths } end
  if type(paths) == "table" then return paths end
  error(("paths: a string or a list of strings expected, got %s"):format(type(paths)), 3)
end

local function complain(message)
  io.stderr:write("tipl: ", message, "\n")
end

--- Goes through the reports in files, folders (in the order of names, however deep) and patterns, one at a
-- time: `for report, path in tipl.each(paths, options) do`. What cannot be read is passed over, and said.
function tipl.each(paths, options)
  paths = list_of(paths)
  local own, rest = split(options, "failed", "skipped", "leftover")
  if not (options and options.failed) then own.failed = complain end
  local walk = core.walk(paths)
  local reports, at, path = {}, 0, nil
  local function next_report()
    while true do
      at = at + 1
      local report = reports[at]
      reports[at] = nil
      if report then return report, path end
      local message, code, bad
      path, message, code, bad = walk:next()
      if not path and not message then break end
      reports, at = {}, 0
      if path then
        local read, more, status = core.narratives(path, rest) -- more: what is left over, or the message
        reports, message, code, bad = read or {}, not read and more or nil, status, path
        for _, left in ipairs(read and more or {}) do own.leftover(path, left) end
      end
      if message then own.failed(message, code, bad) end
    end
    local skipped = walk:skipped()
    walk:close()
    if skipped > 0 then own.skipped(skipped) end
  end
  return next_report, nil, nil, walk
end

local function watcher(options)
  local progress = options and options.progress
  if progress == nil then return require "tipl.progress" "reading" end
  if progress and type(progress) ~= "function" then
    error(("option 'progress': a function or false expected, got %s"):format(type(progress)), 3)
  end
  return setmetatable({ update = progress or nil }, { __close = ignore })
end

--- Loads the reports in files, folders and patterns, on all processors, each narrative once. What cannot be
-- read is passed over, and listed by corpus:failures().
function tipl.corpus(paths, options)
  paths = list_of(paths)
  local watch <close>, rest = watcher(options), {}
  for key, value in pairs(options or {}) do rest[key] = value end
  rest.progress = nil
  return core.corpus(paths, rest, watch.update)
end
-- What needs LPeg, or is seldom wanted, is loaded when it is first asked for.
local later = {
  lexicon = function() return require "tipl.lexicon" end,
  grammar = function() return require "tipl.grammar" end,
  rule = function() return require "tipl.rules".rule end,
  rules = function() return require "tipl.rules".set end,
}

setmetatable(tipl, { __index = function(self, name)
  local load_it = later[name]
  if not load_it then return nil end
  local value = load_it()
  rawset(self, name, value)
  return value
end })

local Report = core.class "tipl.Report"

--- Adds the facts of a rule set, or takes them away.
function Report:apply(set) return set:apply(self) end
function Report:retract(set) return set:retract(self) end

local Corpus = core.class "tipl.Corpus"

--- The same for all reports of a corpus.
function Corpus:apply(set)
  local added, stopped = 0, {}
  for _, report in ipairs(self:reports()) do
    local more, troubles = set:apply(report)
    added = added + more
    table.move(troubles or {}, 1, #(troubles or {}), #stopped + 1, stopped)
  end
  if added > 0 then core.renew(self) end
  return added, #stopped > 0 and stopped or nil
end

function Corpus:retract(set)
  local any = false
  for _, report in ipairs(self:reports()) do any = set:retract(report) or any end
  if any then core.renew(self) end
  return any
end

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
