--- tipl.prompt: what the prompt has besides Lua and tipl: help, open, show, facts, grep. They are globals there, unless the
-- user's start-up file has made others of these names.
-- SPDX-License-Identifier: MIT
local tipl = require "tipl"
local core = require "tipl.core"
local layout = require "tipl.layout"

local prompt = {}

-- ------------------------------------------------------------------ help, out of the reference page

local function reference()
  local places = {}
  local set = os.getenv "TIPL_PATH"
  if set then places[1] = set .. "/API.md" end
  local here = package.searchpath("tipl", package.path)
  local prefix = here and here:match "^(.*)/lua/[%d.]+/tipl/init%.lua$"
  if prefix then places[#places + 1] = prefix .. "/tipl/API.md" end
  for _, path in ipairs(places) do
    local file <close> = io.open(path, "rb")
    if file then return file:read "a" end
  end
end

-- The sections of the page: { title, text, names = { "tipl.open" = true, open = true … } }.
local function sections_of(page)
  local list, fenced = {}, false
  for line in (page .. "\n"):gmatch "(.-)\n" do
    if line:find "^```" then fenced = not fenced end
    local title = not fenced and line:match "^##+ (.*)$"
    if title then
      local section = { title = title, names = { [title:lower()] = true } }
      for part in title:gsub("%b()", ""):gsub("%b[]", ""):gsub("{…}", ""):gmatch "[^,%s]+" do
        section.names[part] = true
        section.names[part:match "[%w_]+$" or part] = true
        section.names[part:match "^tipl%.(.+)$" or part] = true
      end
      list[#list + 1] = section
    elseif #list > 0 then
      table.insert(list[#list], line)
    end
  end
  return list
end

local function name_of(value)
  for name, other in pairs(tipl) do
    if other == value then return "tipl." .. name end
    for inner, one in pairs(type(other) == "table" and other or {}) do -- tipl.lexicon.add, tipl.grammar.number …
      if one == value and type(one) ~= "string" and type(one) ~= "number" then return ("tipl.%s.%s"):format(name, inner) end
    end
  end
  for _, class in ipairs { "Report", "List", "Fact", "Sentence", "Section", "Corpus" } do
    for name, other in pairs(core.class("tipl." .. class)) do
      if other == value then return name end
    end
  end
  for name, other in pairs(prompt) do
    if other == value then return name end
  end
end

local own = {
  help = "help (name): what the reference says of a name, as in help 'facts' or help (tipl.open); help () lists the names",
  open = "open (path [, options]): a report, or an error: assert (tipl.open (path))",
  show = "show (fact): the sentence of a fact, its evidence marked; anything else as the prompt shows it",
  facts = "facts (report or path [, filter]): the facts that the filter takes, as a table",
  grep = "grep (text [, report or path …]): the sentences that hold the text, whatever the case, with their lines",
}

local function list_names(sections)
  local names = {}
  for name in pairs(own) do names[#names + 1] = name end
  table.sort(names)
  for _, section in ipairs(sections) do names[#names + 1] = section.title end
  print(layout.wrap(table.concat(names, "; "), layout.width() or 80, "  "))
end

local function print_section(section)
  print(layout.bold(section.title))
  for _, line in ipairs(section) do print((line:gsub("%[(.-)%]%(.-%)", "%1"))) end
end

-- Rows of tables and lines that name the word, for fields, keys and elements.
local function lines_with(sections, word)
  local out = {}
  for _, section in ipairs(sections) do
    for _, line in ipairs(section) do
      if line:find("`" .. word .. "`", 1, true) or line:find("`" .. word .. " ", 1, true) then
        out[#out + 1] = section.title .. ": " .. line:gsub("^|%s*", ""):gsub("%s*|$", ""):gsub("%s*|%s*", "  ")
      end
    end
  end
  return out
end

--- What the reference says of a name, a function or a value; without one, the names it has.
function prompt.help(what)
  local page = reference()
  if not page then return print "the reference page (API.md) is not installed beside tipl" end
  local sections = sections_of(page)
  if what == nil then return list_names(sections) end
  local name = type(what) == "string" and what or core.kind(what) and core.kind(what):match "%w+$" or name_of(what)
  if not name then return print "there is no help for this value; help () lists the names" end
  if own[name] then print(own[name]) end
  local found = false
  for _, plural in ipairs { name, name .. "s" } do
    for _, section in ipairs(not found and sections or {}) do
      if section.names[plural] or section.names[plural:lower()] then
        found = true
        print_section(section)
      end
    end
  end
  if found then return end
  local lines = lines_with(sections, name)
  if #lines == 0 then lines = lines_with(sections, name:match "[%w_]*$") end
  for _, line in ipairs(lines) do print(line) end
  if #lines == 0 and not own[name] then
    local names = {}
    for _, section in ipairs(sections) do
      for known in pairs(section.names) do names[#names + 1] = known end
    end
    table.sort(names)
    print(("nothing is called '%s' (nearest: '%s'); help () lists the names"):format(layout.safe(name), core.nearest(name, names)))
  end
end

-- ------------------------------------------------------------------ reports, facts, sentences

local function report_of(what)
  if core.kind(what) == "tipl.Report" then return what end
  return assert(tipl.open(what))
end

function prompt.open(path, options) return assert(tipl.open(path, options)) end

-- The text of a sentence with bytes from first to last (of the source) marked.
local function marked(report, sentence, first, last)
  local function part(from, to)
    return to >= from and layout.safe(report:read(from, to)) or ""
  end
  local middle = part(first, last)
  local bold = layout.bold(middle)
  if bold == middle then bold = "[" .. middle .. "]" end
  return part(sentence.first, first - 1) .. bold .. part(last + 1, sentence.last)
end

function prompt.show(value)
  if core.kind(value) ~= "tipl.Fact" or not value.sentence then return print(tipl.show(value)) end
  local period = layout.period(value)
  print(layout.safe(("%s  %s  %s %s%s"):format(value.id, value.metric, layout.value(value), value.unit or "",
    period ~= "" and "  " .. period or "")))
  print(marked(value.report, value.sentence, value:span()))
end

function prompt.facts(what, filter) return report_of(what):facts(filter) end

local function grep_report(report, text)
  for sentence in report:sentences() do
    local from, to = sentence.text:lower():find(text:lower(), 1, true)
    if from then
      local line = layout.safe(sentence.text:sub(1, from - 1))
      local middle = layout.safe(sentence.text:sub(from, to))
      local bold = layout.bold(middle)
      print(("%s:%d: %s%s%s"):format(layout.safe(report.name or "(text)"), sentence.line, line,
        bold == middle and "[" .. middle .. "]" or bold, layout.safe(sentence.text:sub(to + 1))))
    end
  end
end

function prompt.grep(text, ...)
  for _, what in ipairs { ... } do
    if core.kind(what) == "tipl.Report" then
      grep_report(what, text)
    else
      for report in tipl.each(what) do grep_report(report, text) end
    end
  end
end

return prompt
