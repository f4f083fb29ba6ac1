--- tipl.lexicon: words of one's own beside those of the core, before reports are parsed; for this state alone.
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"

local lexicon = {}

-- Braces into a list, as in the tables of the core: "deport{,s,ed}".
local function expand(form, out)
  local before, choices, after = form:match "^(.-){(.-)}(.*)$"
  if not before then
    out[#out + 1] = form
    return out
  end
  for choice in (choices .. ","):gmatch "(.-)," do expand(before .. choice .. after, out) end
  return out
end

-- The forms in a text, parted by "|".
local function forms(text, out)
  for form in (text .. "|"):gmatch "(.-)|" do expand(form, out) end
  return out
end

local function list(value, name)
  if value == nil then return {} end
  if type(value) == "string" then return forms(value, {}) end
  if type(value) ~= "table" then return nil, ("%s: a list of words expected, got %s"):format(name, type(value)) end
  local out = {}
  for i, form in ipairs(value) do
    if type(form) ~= "string" then return nil, ("%s: entry %d is no string but a %s"):format(name, i, type(form)) end
    forms(form, out)
  end
  return out
end

local keys = { "metric", "unit", "nouns", "verbs", "replace" }
local known = {}
for _, key in ipairs(keys) do known[key] = true end

--- Adds words of a metric: { metric =, nouns =, verbs = [, unit =] [, replace = true] }. Raises, and adds nothing, when one
-- of them is wrong.
function lexicon.add(words)
  if type(words) ~= "table" then error("lexicon.add: a table { metric =, nouns =, verbs = } expected, got " .. type(words), 2) end
  for key in pairs(words) do
    if not known[key] then
      error(("lexicon.add: unknown key '%s' (nearest: '%s')"):format(tostring(key), core.nearest(tostring(key), keys)), 2)
    end
  end
  local entry = { metric = words.metric, unit = words.unit, replace = words.replace }
  for _, name in ipairs { "metric", "unit" } do
    if words[name] ~= nil and type(words[name]) ~= "string" then
      error(("lexicon.add: %s: a word expected, got %s"):format(name, type(words[name])), 2)
    end
  end
  for _, name in ipairs { "nouns", "verbs" } do
    local got, message = list(words[name], name)
    if not got then error("lexicon.add: " .. message, 2) end
    entry[name] = got
  end
  local ok, message = core.lexicon_add { entry }
  if not ok then error("lexicon.add: " .. message, 2) end
end

-- One line of a table as an entry; or nil and what is wrong with it.
local function entry_of(line)
  local class, values, text = line:match "^(%S+)\t([^\t]*)\t(.+)$"
  if not class then return nil, "three columns parted by tabs expected: verb or noun, metric, forms" end
  if class ~= "verb" and class ~= "noun" then
    return nil, ("unknown class '%s' (nearest: '%s')"):format(class, core.nearest(class, { "verb", "noun" }))
  end
  local entry = { nouns = {}, verbs = {} }
  for value in (values .. ","):gmatch "(.-)," do
    if not entry.metric then entry.metric = value
    elseif value == "replace" then entry.replace = true
    else entry.unit = value end
  end
  forms(text, entry[class .. "s"])
  return entry
end

--- Adds the words of a file, which has a form for each line as the core's tables have (core/lexicon/README.md):
-- class (verb or noun), metric[,unit][,replace], forms. All or none. Returns how many lines it took; or nil, "FILE:LINE:
-- message" and a code.
function lexicon.load(path)
  local file <close>, message = io.open(path, "rb")
  local text = file and file:read "a"
  if not text then return nil, ("%s: cannot be read; check its name"):format(path), "EIO", message end
  local entries, lines, number = {}, {}, 0
  for line in (text:gsub("^\xEF\xBB\xBF", "") .. "\n"):gmatch "(.-)\r?\n" do
    number = number + 1
    if line:find "%S" and line:sub(1, 1) ~= "#" then
      local entry, wrong = entry_of(line)
      if not entry then return nil, ("%s:%d: %s"):format(path, number, wrong), "EARG" end
      entries[#entries + 1], lines[#entries + 1] = entry, number
    end
  end
  local ok, wrong, code, which = core.lexicon_add(entries)
  if not ok then return nil, ("%s:%d: %s"):format(path, lines[which] or 0, wrong), code end
  return #entries
end

return lexicon
