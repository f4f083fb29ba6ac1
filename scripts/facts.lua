-- tipl facts: the facts of reports, one row each, for reading (table) or for other programs.
-- SPDX-License-Identifier: MIT
local tipl = require "tipl"
local coding = require "tipl.coding"
local command = require "tipl.command"
local layout = require "tipl.layout"
local stream = require "tipl.stream"
local writer = require "tipl.writer"

local options, files = command.parse(arg, {
  usage = "facts FILE... [options]",
  about = [[
Prints the facts of reports in text order.

With --format jsonl, standard input may also be JSON Lines of {"id": …, "text": …}: every document is answered as it
comes, by its facts with the id as "document" (none where it holds none), or, where it cannot be read, by one line with
"error" and "code". The exit code is 0 then.]],
  example = "facts examples/reports/valdoria-2021.txt --metric funding --evidence",
  options = {
    { name = "format", takes = "WORD", words = { "table", "tsv", "csv", "jsonl" }, default = "table",
      about = "table (default), tsv, csv or jsonl" },
    { name = "metric", takes = "WORD,...", words = function() return tipl.vocabulary "metric" end, list = true,
      about = "only these metrics" },
    { name = "evidence", about = "in a table, the sentence under each fact" },
    { name = "rules", about = "instead, how often each rule made a fact (table or tsv)" },
    { name = "gold", takes = "CODING", about = "with --rules, how often each was right (level core of tipl score) by"
      .. " this .tsv or the one in this folder" },
  },
})
if options.gold and not options.rules then tipl.fail("--gold goes with --rules", 2) end
if options.rules and not ("table tsv"):find(options.format, 1, true) then
  tipl.fail("--rules prints table or tsv", 2)
end

local filter
if options.metric then
  filter = { metric = {} }
  for word in options.metric:gmatch "[^,]+" do table.insert(filter.metric, word) end
end

local several = command.several(files)

local formats = {}

-- Lines of their own make a terminal safe.
local function put(line) io.write((line:gsub("[^\r\n]+", layout.plain))) end

-- The tables of tsv follow each other under one header; a line "# file: …" begins each of several.
function formats.tsv(facts, _, path, number)
  if number == 1 then put(writer.tsv_header) end
  if several or number > 1 then put("# file: " .. layout.tsv(path) .. "\n") end
  for fact in facts do put(writer.tsv(fact)) end
end

-- csv has file, country and edition in its first columns instead, and so every row says where it is from.
function formats.csv(facts, report, path, number)
  if number == 1 then put(writer.csv_header) end
  local about = writer.csv_about(report, path)
  for fact in facts do put(writer.csv(fact, about)) end
end

function formats.jsonl(facts, report, path)
  local about = writer.about(report, '"file":' .. layout.json(path))
  for fact in facts do put(writer.jsonl(fact, about)) end
end

function formats.table(facts, report, path, number)
  if number > 1 then print() end
  print(command.title(report, path) .. (": %d facts"):format(#facts))
  local rows = {}
  for fact in facts do rows[#rows + 1] = layout.fact_row(fact) end
  local text = layout.grid(layout.fact_columns, rows, layout.width(), layout.fact_drops)
  if not options.evidence then return print(text) end
  local i = -1
  for line in text:gmatch "[^\n]+" do
    i = i + 1
    print(line)
    if i > 0 then command.evidence(facts[i]) end
  end
end

local rules, names = {}, {} -- by name: fired, and on texts that have a gold coding: judged, right

local function gold_of(path)
  if not coding.is_folder(options.gold) then return coding.need(options.gold) end
  local gold = ("%s/%s.tsv"):format(options.gold, path:match("[^/]*$"):gsub("%.%w+$", ""))
  local file <close> = io.open(gold)
  return file and coding.need(gold)
end

local function count_rules(facts, path)
  local rows, gold, right = coding.rows(facts), options.gold and gold_of(path), {}
  for _, j in pairs(gold and coding.match(coding.graph(gold, rows), 2) or {}) do right[j] = true end
  for j, row in ipairs(rows) do
    local name = row.fact.rule or "-"
    local rule = rules[name] or { fired = 0, judged = 0, right = 0 }
    if not rules[name] then rules[name], names[#names + 1] = rule, name end
    rule.fired = rule.fired + 1
    rule.judged, rule.right = rule.judged + (gold and 1 or 0), rule.right + (right[j] and 1 or 0)
  end
end

local function print_rules()
  table.sort(names, function(a, b)
    if rules[a].fired ~= rules[b].fired then return rules[a].fired > rules[b].fired end
    return a < b
  end)
  local head, rows = { "rule", ">fired", ">judged", ">right", ">share" }, {}
  for i, name in ipairs(names) do
    local rule = rules[name]
    rows[i] = { name, rule.fired, rule.judged, rule.right,
      rule.judged > 0 and ("%.3f"):format(rule.right / rule.judged) or "-" }
  end
  for _, row in ipairs(options.gold and {} or { head, table.unpack(rows) }) do
    row[3], row[4], row[5] = nil, nil, nil
  end
  if options.format == "table" then return print(layout.grid(head, rows)) end
  print((table.concat(head, "\t"):gsub(">", "")))
  for _, row in ipairs(rows) do print(table.concat(row, "\t")) end
end

-- Documents on standard input are answered in no other way: JSON read as prose gives wrong facts. Where nothing comes
-- there is nothing to answer, which is how an engine ends an empty part.
local text
if #files == 1 and files[1] == "-" then
  local head, line = {}, nil
  repeat
    line = io.read "L"
    head[#head + 1] = line
  until not line or line:find "%S"
  local jsonl = options.format == "jsonl" and not options.rules
  local documents = line and stream.is_document(line)
  if line and not documents then
    text = table.concat(head) .. (io.read "a" or "")
    documents = text:find '\n[ \t]*{[ \t]*"' -- of which the first is a bad one
  end
  if documents and not jsonl then tipl.fail("(stdin): these are JSON Lines; --format jsonl reads them", 2) end
  if jsonl and (documents or not line) then
    local rest = text and text:gmatch "[^\n]*\n?" or function()
      return table.remove(head, 1) or io.read "L"
    end
    stream.run(rest, filter)
    os.exit(0, true)
  end
  text = text or ""
end

local worst = command.each(files, function(report, path, number)
  local facts = command.in_order(report:facts(filter))
  if options.rules then return count_rules(facts, path) end
  formats[options.format](facts, report, path, number)
end, { text = text })
if options.rules then print_rules() end
os.exit(worst, true)
