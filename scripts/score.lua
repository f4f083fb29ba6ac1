-- tipl score: how far a coding agrees with a gold coding: precision, recall and F1 at four levels, and
-- Cohen's kappa field by field. A fact counts as found when a fact of the other coding has overlapping
-- evidence and agrees with it; facts are matched one to one, as many as can be. Sums are over all facts of
-- all files (micro-averages).
-- SPDX-License-Identifier: MIT
local coding = require "tipl.coding"
local command = require "tipl.command"
local layout = require "tipl.layout"
local tipl = require "tipl"

local options, files = command.parse(arg, {
  usage = "score GOLD SYS [options]",
  about = [[
Compares a coding SYS with the coding GOLD of the same text: two files, or two folders whose .tsv files have the same
names (what SYS lacks is empty). In place of a .tsv file stands a report too, which is then read for facts.

levels  number  overlapping evidence, the same value (or absence), and unit where it is money or a length
        core    and the same metric
        dated   and the same years; the reporting period is the year before the edition in the file's name
        full    and the same bound, form, who, relation and state
kappa   Cohen's kappa of each field over the facts matched at level number (with the best partner each): (po - pe) /
        (1 - pe), po the share that agrees and pe what chance would give; "-" where both use one word only]],
  example = "score tests/corpus/valdoria-2021.tsv examples/reports/valdoria-2021.txt --by metric",
  own = false,
  options = {
    { name = "by", takes = "WORD", words = { "metric", "file" }, about = "also by metric or by file" },
    { name = "format", takes = "WORD", words = { "table", "tsv" }, default = "table",
      about = "table (default) or tsv" },
  },
})
if #files ~= 2 then tipl.fail("give two codings: GOLD and SYS (see tipl score --help)", 2) end

local fields = {
  "metric", "unit", "bound", "state", "from", "to", "form", "who", "source", "status", "relation", "certainty",
}

local groups, by_name = {}, {} -- { kind, name, [level] = { matched, gold, given } }

local function count(kind, name, file, keep)
  local group = by_name[kind .. name]
  if not group then
    group = { kind = kind, name = name }
    by_name[kind .. name] = group
    groups[#groups + 1] = group
  end
  local gold, given = {}, {}
  for _, row in ipairs(file.gold) do gold[#gold + 1] = keep(row) and row or nil end
  for _, row in ipairs(file.given) do given[#given + 1] = keep(row) and row or nil end
  local graph = coding.graph(gold, given, file.year)
  for level in ipairs(coding.levels) do
    local sums = group[level] or { 0, 0, 0 }
    local _, matched = coding.match(graph, level)
    group[level] = { sums[1] + matched, sums[2] + #gold, sums[3] + #given }
  end
end

-- What both say in the fields of matched facts: words[field] = { { gold's, given's } … }.
local function collect(file, words)
  local row_of = coding.match(coding.graph(file.gold, file.given, file.year), 1)
  for i, j in pairs(row_of) do
    for _, field in ipairs(fields) do
      local one, other = file.gold[i][field], file.given[j][field]
      if field == "from" or field == "to" then
        one, other = coding.period_end(one, file.year), coding.period_end(other, file.year)
      end
      table.insert(words[field], { one, other })
    end
  end
end

-- All metrics, in the order of the model; words that it does not know come last.
local function metrics(all)
  local list, known = tipl.vocabulary "metric", {}
  for _, name in ipairs(list) do known[name] = true end
  for _, file in ipairs(all) do
    for _, rows in ipairs { file.gold, file.given } do
      for _, row in ipairs(rows) do
        list[#list + 1] = not known[row.metric] and row.metric or nil
        known[row.metric] = true
      end
    end
  end
  return list
end

local function any() return true end
local all, words = coding.both(files[1], files[2]), {}
for _, field in ipairs(fields) do words[field] = {} end
for _, file in ipairs(all) do
  count("all", "all", file, any)
  count("named", "named metrics", file, function(row) return row.metric ~= "other" end)
  collect(file, words)
end
for _, file in ipairs(options.by == "file" and all or {}) do count("file", file.name, file, any) end
for _, metric in ipairs(options.by == "metric" and metrics(all) or {}) do
  for _, file in ipairs(all) do count("metric", metric, file, function(row) return row.metric == metric end) end
end

local function rates(group, level) return coding.rates(table.unpack(group[level])) end
local function share(x) return ("%.3f"):format(x) end

local function print_tsv()
  print "group\tname\tlevel\tprecision\trecall\tf1\tkappa\tmatched\tgold\tgiven"
  for _, group in ipairs(groups) do
    for level, word in ipairs(coding.levels) do
      local p, r, f1 = rates(group, level)
      print(layout.plain(("%s\t%s\t%s\t%.6f\t%.6f\t%.6f\t-\t%d\t%d\t%d"):format(
        group.kind, layout.tsv(group.name), word, p, r, f1, table.unpack(group[level]))))
    end
  end
  for _, field in ipairs(fields) do
    local kappa, agree = coding.kappa(words[field])
    print(("field\t%s\tnumber\t-\t-\t-\t%s\t%d\t%d\t%d"):format(field, kappa and ("%.6f"):format(kappa) or "-", agree,
      #words[field], #words[field]))
  end
end

local function print_tables()
  local rows, parts, kappas = {}, {}, {}
  for _, group in ipairs(groups) do
    local whole = group.kind == "all" or group.kind == "named"
    for level, word in ipairs(whole and coding.levels or {}) do
      local p, r, f1 = rates(group, level)
      rows[#rows + 1] = { group.name, word, share(p), share(r), share(f1), table.unpack(group[level]) }
    end
    local matched, gold, given = table.unpack(group[2])
    if not whole and gold + given > 0 then
      local p, r, f1 = rates(group, 2)
      parts[#parts + 1] = { group.name, gold, given, matched, share(p), share(r), share(f1) }
      for _, level in ipairs { 1, 3, 4 } do table.insert(parts[#parts], share(select(3, rates(group, level)))) end
    end
  end
  print(layout.grid({ "facts", "level", ">precision", ">recall", ">F1", ">matched", ">gold", ">given" }, rows))
  if #parts > 0 then
    print("\n" .. layout.grid({ options.by, ">gold", ">given", ">core", ">precision", ">recall", ">F1", ">number F1",
      ">dated F1", ">full F1" }, parts))
  end
  for i, field in ipairs(fields) do
    local kappa, agree = coding.kappa(words[field])
    kappas[i] = { field, kappa and share(kappa) or "-", agree, #words[field] }
  end
  print("\n" .. layout.grid({ "field", ">kappa", ">agree", ">matched" }, kappas))
end

if options.format == "tsv" then print_tsv() else print_tables() end
