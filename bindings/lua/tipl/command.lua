--- What the scripts that come with tipl share: their command line, and going through files.
-- SPDX-License-Identifier: MIT
local tipl = require "tipl"
local core = require "tipl.core"
local layout = require "tipl.layout"

local command = {}

-- What every script takes that reads reports, unless spec.own says no: rules and words of the analyst's own.
local own_options = {
  { name = "apply", takes = "RULES.lua", many = true, about = "facts by the rules of this file, too (may come again)" },
  { name = "lexicon", takes = "FILE", many = true, about = "words of one's own, read before any report (may come again)" },
}
local applied = {} -- rule sets of --apply

local function with_own(spec)
  local options = table.move(spec.options, 1, #spec.options, 1, {})
  for _, option in ipairs(own_options) do
    if spec.own ~= false and spec.own ~= option.name then options[#options + 1] = option end
  end
  return options
end

-- Words first: rules may speak of their metrics.
local function take_own(options)
  for _, path in ipairs(options.lexicon or {}) do
    local lines, message, code = tipl.lexicon.load(path)
    if not lines then tipl.fail(message, code) end
  end
  for _, path in ipairs(options.apply or {}) do
    for _, set in ipairs(require "tipl.ruletest".load(path)) do applied[#applied + 1] = set end
  end
end

--- Adds the facts of the rules that --apply named to a report.
function command.apply(report)
  for _, set in ipairs(applied) do
    local _, troubles = report:apply(set)
    for _, trouble in ipairs(troubles or {}) do
      io.stderr:write("tipl: stopped: ", layout.plain(trouble.message), "\n")
    end
  end
end

--- A list of facts in the order of the text, where --apply has put some behind the others.
function command.in_order(list)
  if #applied == 0 then return list end
  local rows, at = {}, 0
  for fact in list do rows[#rows + 1] = fact end
  table.sort(rows, function(a, b)
    if a.offset ~= b.offset then return a.offset < b.offset end
    return a.number < b.number
  end)
  return setmetatable(rows, { __call = function(_, _, before)
    at = before == nil and 1 or at + 1
    return rows[at]
  end })
end

local function help(spec)
  local lines = { "usage: tipl " .. spec.usage, "", spec.about, "" }
  for _, option in ipairs(spec.options) do
    local name = (option.short and "-" .. option.short .. ", --" or "--") .. option.name
      .. (option.takes and " " .. option.takes or "")
    lines[#lines + 1] = ("  %-24s %s"):format(name, option.about)
  end
  lines[#lines + 1] = ("  --%-22s %s"):format("help", "this text")
  lines[#lines + 1] = "\nFILE is a report, a folder of reports, a pattern like 'reports/*-2021.txt', or - for standard input. Example:\n  tipl " .. spec.example
  return table.concat(lines, "\n")
end

local function find(spec, name)
  local names = { "help" }
  for i, option in ipairs(spec.options) do
    if option.name == name then return option end
    names[i + 1] = option.name
  end
  tipl.fail(("unknown option '--%s' (nearest: '--%s')"):format(name, core.nearest(name, names)), 2)
end

-- The name of the option that "-o" and the like stand for.
local function short_name(spec, text)
  for _, option in ipairs(spec.options) do
    if option.short and text == "-" .. option.short then return option.name end
  end
end

local function check(option, value)
  local words = option.words
  if type(words) == "function" then words = words() end
  for word in (words and value or ""):gmatch(option.list and "[^,]+" or ".+") do
    local known = false
    for _, good in ipairs(words) do known = known or good == word end
    if not known then
      tipl.fail(("--%s: unknown word '%s' (nearest: '%s')"):format(
        option.name, word, core.nearest(word, words)), 2)
    end
  end
  return value
end

--- The options of every script that prints rows (see tipl.rows).
command.row_options = {
  { name = "format", takes = "WORD", words = { "table", "csv", "jsonl" }, default = "table",
    about = "table (default), csv or jsonl, which have the evidence in every row" },
  { name = "evidence", about = "in a table, the sentence under each row" },
}

--- The list with command.row_options behind it.
function command.with_rows(list)
  return table.move(command.row_options, 1, #command.row_options, #list + 1, list)
end

--- Reads a script's arguments. spec: usage, about, example, options = { { name=, about=, takes=, words=
-- (what it may be, or a function that says so), list= (several, joined by commas), many= (may come again: a list), default=,
-- short= (a letter) } …, own = false or the name of one (without --apply and --lexicon) }. Returns the options by name
-- ("-" in names becomes "_") and the files. --help prints and ends.
function command.parse(arguments, spec)
  spec = setmetatable({ options = with_own(spec) }, { __index = spec })
  local options, files, given, i = {}, {}, {}, 1
  for _, option in ipairs(spec.options) do options[option.name:gsub("-", "_")] = option.default end
  while i <= #arguments do
    local text = arguments[i]
    local name, value = text:match "^%-%-([%w-]+)=?(.*)$"
    name = name or short_name(spec, text)
    if text == "--" then
      table.move(arguments, i + 1, #arguments, #files + 1, files)
      break
    elseif text == "-h" or name == "help" then
      print(help(spec))
      os.exit(0, true)
    elseif name then
      local option = find(spec, name)
      if not option.takes then
        if text:find "=" then tipl.fail("--" .. name .. " takes no value", 2) end
        value = true
      elseif not text:find "=" then
        i = i + 1
        value = arguments[i] or tipl.fail("--" .. name .. " needs a value: " .. option.takes, 2)
      end
      local key = name:gsub("-", "_")
      if option.many then
        options[key] = options[key] or {}
        table.insert(options[key], value)
      else
        options[key] = value
        given[#given + 1] = option.takes and { option, value } or nil
      end
    elseif text:sub(1, 1) == "-" and text ~= "-" then
      tipl.fail(("unknown option '%s' (see tipl %s --help)"):format(text, spec.usage:match "%a+"), 2)
    else
      files[#files + 1] = text
    end
    i = i + 1
  end
  take_own(options)
  for _, one in ipairs(given) do check(one[1], one[2]) end
  if #files == 0 then tipl.fail("no report given; usage: tipl " .. spec.usage, 2) end
  return options, files
end

--- Whether the paths may lead to more than one file: several, a folder or a pattern.
function command.several(paths)
  if #paths ~= 1 or paths[1] == "-" then return #paths > 1 end
  return core.path_kind(paths[1]) ~= "file"
end

--- Calls work(report, path, number) for every report in the files, folders and patterns, closing each and
-- counting from 1; complains of what is none in one line each. A narrative that several files hold is worked on once, so
-- that nothing is counted twice, and the others are told. Returns the script's exit code. `special`: text = what
-- standard input held, where it has been read already; again = true works on every file; bar = a tipl.progress that is
-- wiped before a line is printed.
function command.each(paths, work, special)
  local text, again = special and special.text, special and special.again
  local worst, number = 0, 0
  local function say(message)
    io.stdout:flush()
    if special and special.bar then special.bar.wipe() end
    io.stderr:write("tipl: ", layout.plain(message), "\n")
  end
  local function failed(message, code)
    say(message)
    local _, failure = pcall(tipl.fail, message, code)
    worst = math.max(worst, failure.code)
  end
  local function skipped(count)
    say(("left out of the folders: %d file%s not called .txt, .html, .pdf or the like"):format(count,
      count == 1 and "" or "s"))
  end
  local function leftover(path, left)
    say(("%s: bytes %d to %d are left out: %s"):format(path, left.first - 1, left.last - 1, left.why))
  end
  local function parsed()
    local reports, more, code = tipl.parse_all(text, { name = "(stdin)" })
    if not reports then failed(more, code) end
    for _, left in ipairs(reports and more or {}) do leftover("(stdin)", left) end
    local i = 0
    return function()
      i = i + 1
      if reports and reports[i] then return reports[i], "-" end
    end
  end
  local reports = text and { parsed() }
    or { tipl.each(paths, { failed = failed, skipped = skipped, leftover = leftover }) }
  local first_file = {} -- by digest
  for report, path in table.unpack(reports, 1, 4) do
    local closing <close> = report
    local digest = not again and closing.digest
    if digest and first_file[digest] then
      say(("%s: left out: the same narrative as in %s"):format(path, first_file[digest]))
    else
      if digest then first_file[digest] = path end
      number = number + 1
      command.apply(closing)
      work(closing, path, number)
    end
  end
  return worst
end

--- Prints where a fact stands and the sentence that says it (or its own text, outside of sentences).
function command.evidence(fact)
  local sentence = fact.sentence
  print(layout.safe(("      %s, byte %d: %s"):format(
    fact.id, fact.offset, sentence and sentence.text or fact.evidence)))
end

--- What to call a report in titles; one whose country nobody knows is called as it calls itself.
function command.name(report, path)
  return report.country and ("%s, %s edition"):format(report.country, report.year or "unknown") or report.title or path
end

--- The same as a line to print.
function command.title(report, path) return layout.bold(layout.safe(command.name(report, path))) end

return command
