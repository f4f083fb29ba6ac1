--- The prompt: reads Lua, runs it, shows what it gives. Lines are read by tipl.terminal (C).
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"
local terminal = require "tipl.terminal"
local show = require "tipl.show"
local layout = require "tipl.layout"

-- Ctrl-C is a hook on the running coroutine, so the terminal must know which one that is.
local function track_coroutines()
  local resume, create, close = coroutine.resume, coroutine.create, coroutine.close
  local function leave(before, ...)
    terminal.running(before)
    return ...
  end
  function coroutine.resume(thread, ...)
    return leave(type(thread) == "thread" and terminal.running(thread), resume(thread, ...))
  end
  local function pass(thread, ok, ...)
    if ok then return ... end
    close(thread)
    error((...), 0)
  end
  function coroutine.wrap(f)
    local thread = create(f)
    return function(...) return pass(thread, coroutine.resume(thread, ...)) end
  end
end

-- ------------------------------------------------------------------ completion

--- What stands under the names of a value: keys of a table, fields and methods of a userdata.
local function names_of(value)
  local names = {}
  local function add(from)
    for key in next, from do
      if type(key) == "string" then names[#names + 1] = key end
    end
  end
  local kind = core.kind(value)
  if kind then
    add(core.class(kind))
  elseif type(value) == "table" then
    add(value)
    local meta = debug.getmetatable(value)
    if meta and type(rawget(meta, "__index")) == "table" then add(meta.__index) end
  elseif type(value) == "string" then
    add(string)
  end
  return names
end

--- The value of a path like "report.facts" without calling anything: nil when it cannot be had.
local function value_of(path)
  local value = _G
  for name in path:gmatch "[%w_]+" do
    if type(value) ~= "table" then
      if not core.kind(value) then return nil end
      local ok, inner = pcall(function() return value[name] end)
      value = ok and inner or nil
    else
      value = rawget(value, name)
    end
    if value == nil then return nil end
  end
  return value
end

local keywords = {
  "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local",
  "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
}

--- The candidates for the word at the end of `before`, and that word.
local function candidates(before)
  local filter = before:match "[:.]facts%s*[({]+([^}]*)$" or before:match ":where%s*[({]+([^}]*)$"
  if filter then
    local key, word = filter:match "([%a_]+)%s*=%s*{?[^={}]*[\"']([%w_+]*)$"
    if key then
      local ok, words = pcall(core.vocabulary, ({ not_who = "who", flags = "flag" })[key] or key)
      return ok and words or {}, word
    end
    word = filter:match "^%s*([%a_]*)$" or filter:match "[,;]%s*([%a_]*)$"
    if word then
      local keys = core.filter_keys()
      for i, name in ipairs(keys) do keys[i] = name .. " = " end
      return keys, word
    end
  end
  local file = before:match "open%s*%(?%s*[\"']([^\"']*)$" or before:match "each%s*[({]*%s*[\"']([^\"']*)$"
    or before:match "file%s*%(?%s*[\"']([^\"']*)$" or before:match "facts%s*%(%s*[\"']([^\"']*)$"
    or before:match "grep.*,%s*[\"']([^\"']*)$"
  if file then return terminal.files(file), file end
  local path, word = before:match "([%a_][%w_.]*)[.:]([%w_]*)$"
  if path then return names_of(value_of(path)), word end
  word = before:match "[%a_][%w_]*$"
  if not word then return {}, "" end
  local names = names_of(_G)
  table.move(keywords, 1, #keywords, #names + 1, names)
  return names, word
end

--- For the terminal: what to insert at the cursor, and what to list when that decides nothing.
local function complete(before)
  local names, word = candidates(before)
  local fits, common = {}, nil
  for _, name in ipairs(names) do
    if name:sub(1, #word) == word and (word ~= "" or name:sub(1, 1) ~= "_") then
      fits[#fits + 1] = name
      common = common or name
      while name:sub(1, #common) ~= common do common = common:sub(1, -2) end
    end
  end
  if not common then return before:match "^%s*$" and "  " or nil, nil end
  if #common > #word then return common:sub(#word + 1), nil end
  if #fits == 1 then return nil, nil end
  table.sort(fits)
  return nil, layout.wrap(table.concat(fits, "  "), layout.width() or 80, "")
end

-- ------------------------------------------------------------------ reading and running

local function history_file()
  local set = os.getenv "TIPL_HISTORY"
  if set then return set end
  local state, home = os.getenv "XDG_STATE_HOME", os.getenv "HOME"
  if state and state:sub(1, 1) == "/" then return state .. "/tipl/history" end
  return home and home .. "/.local/state/tipl/history" or ""
end

local function prompt(first)
  local text = first and _PROMPT or not first and _PROMPT2
  return text and tostring(text) or (first and "> " or ">> ")
end

--- Reads lines until they make a chunk: the chunk; or nil and a message; or nothing at the end of input.
local function read_chunk()
  local text = terminal.readline(prompt(true))
  if text == nil then return end
  if text == false or text:match "^%s*$" then return function() end end
  local chunk = load("return " .. text, "=stdin", "t")
  if chunk then return chunk end
  while true do
    local message
    chunk, message = load(text, "=stdin", "t")
    if chunk or not message:find "<eof>$" then return chunk, message end
    local more = terminal.readline(prompt(false))
    if more == nil then return nil, message end
    if more == false then return function() end end
    text = text .. "\n" .. more
  end
end

local function print_results(...)
  local parts = {}
  for i = 1, select("#", ...) do parts[i] = show((select(i, ...))) end
  if #parts > 0 then io.write(table.concat(parts, "\n"), "\n") end
end

local function finish_line(ok, ...)
  if ok then
    local shown
    shown, ok = terminal.call(print_results, ...)
    if shown then return end
    io.stderr:write("tipl: ", layout.safe(tostring(ok)), "\n")
  else
    local text = tostring((...)):gsub("\n\t%[C%]: in function 'tipl%.terminal%.call'.*", "") -- the prompt's own
      :gsub("\nstack traceback:\n\tstdin:1: in main chunk$", ""):gsub("[^\n\t]+", layout.safe)
    io.stderr:write("tipl: ", text, "\n")
  end
end

return function()
  _G.tipl = _G.tipl or require "tipl"
  for name, value in pairs(require "tipl.prompt") do
    if _G[name] == nil then _G[name] = value end
  end
  track_coroutines()
  terminal.start(history_file(), complete)
  if not terminal.quiet() and terminal.isatty(0) then
    print('Lua with tipl loaded; Tab completes, help() helps, Ctrl-D ends. For a start: r = open "report.txt"')
  end
  while true do
    local chunk, message = read_chunk()
    if chunk then
      finish_line(terminal.call(chunk))
    elseif message then
      finish_line(false, message)
    else
      break
    end
  end
  if terminal.isatty(0) then print() end
  terminal.finish()
end
