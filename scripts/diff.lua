-- tipl diff: what two codings of one text say differently: facts lost, gained and changed. Facts are paired
-- as by `tipl score`, one to one, the likest first; then those left that share metric and place, whose value
-- has changed.
-- SPDX-License-Identifier: MIT
local coding = require "tipl.coding"
local command = require "tipl.command"
local layout = require "tipl.layout"
local tipl = require "tipl"

local fields = table.move(coding.columns, 2, #coding.columns - 1, 1, {}) -- all but id and offset

local options, files = command.parse(arg, {
  usage = "diff A B [options]",
  about = [[
The facts that B lacks (-), that only B has (+) and that B has otherwise (~), in text order. A and B are codings
(.tsv) of the same text, or reports, which are read for facts; of two reports whose texts differ,
facts are compared sentence by sentence.

Exit code 0: no difference; 1: some; 2 and more: trouble, as `tipl --help` says.]],
  example = "diff tests/corpus/valdoria-2021.tsv examples/reports/valdoria-2021.txt --fields metric,value,from,to",
  own = false,
  options = {
    { name = "fields", takes = "WORD,...", words = fields, list = true, about = "only these fields make a change" },
    { name = "format", takes = "WORD", words = { "table", "tsv" }, default = "table", about = "table or tsv" },
  },
})
if #files ~= 2 then tipl.fail("give two codings or reports: A and B (see tipl diff --help)", 2) end
if options.fields then fields = {} end
for word in (options.fields or ""):gmatch "[^,]+" do fields[#fields + 1] = word end

local a, report_a = coding.need(files[1])
local b, report_b = coding.need(files[2])

-- Where a place in B's sentence is in A's: as far from the begin or the end as they are alike.
local function moved(one, other, offset)
  local x, y, head, tail, at = one.text, other.text, 0, 0, offset - other.offset
  while head < math.min(#x, #y) and x:byte(head + 1) == y:byte(head + 1) do head = head + 1 end
  while tail < math.min(#x, #y) - head and x:byte(#x - tail) == y:byte(#y - tail) do tail = tail + 1 end
  return one.offset + (at <= head and at or math.max(math.min(at, #x - tail), at + #x - #y))
end

-- Gives B's rows the places that they have in A's text, or would have: each sentence of B goes with the same
-- sentence of A (the second such with the second), else with the one that follows where it follows, else
-- behind A's text.
local function align()
  local same, twin, taken, last = {}, {}, {}, 0
  for sentence in report_a:sentences() do
    same[sentence.text] = same[sentence.text] or {}
    table.insert(same[sentence.text], sentence)
  end
  for sentence in report_b:sentences() do
    local one = table.remove(same[sentence.text] or {}, 1)
    twin[sentence.number] = one
    if one then taken[one.number] = true end
  end
  for sentence in report_b:sentences() do
    local one = twin[sentence.number] or not taken[last + 1] and report_a:sentences()[last + 1] or nil
    twin[sentence.number], last = one, one and one.number or last
  end
  for _, row in ipairs(b) do
    local sentence, by = row.fact.sentence, #report_a.text
    local one = sentence and twin[sentence.number]
    if one then
      row.start, row.stop = moved(one, sentence, row.start), moved(one, sentence, row.stop)
    elseif sentence then
      row.start, row.stop = row.start + by, row.stop + by
    end
  end
end
if report_a and report_b and report_a.text ~= report_b.text then align() end

local pair_of, back = {}, {} -- numbers of B by those of A, and the other way
local function pair(i, j) pair_of[i], back[j] = j, i end
for i, j in pairs(coding.match(coding.graph(a, b), 1)) do pair(i, j) end

-- What is left, by place and metric alone.
local function unpaired(rows, paired)
  local left = { n = {} }
  for i, row in ipairs(rows) do
    if not paired[i] then left[#left + 1], left.n[#left + 1] = row, i end
  end
  return left
end
local left, rest = unpaired(a, pair_of), unpaired(b, back)
local graph = coding.graph(left, rest, nil, function(one, other) return one.metric == other.metric and 1 or 0 end)
for i, j in pairs(coding.match(graph, 1)) do pair(left.n[i], rest.n[j]) end

local number_of = {} -- of a row by its id, of each coding
for k, rows in ipairs { a, b } do
  number_of[k] = {}
  for n, row in ipairs(rows) do number_of[k][row.id] = n end
end

-- Whether two rows say the same in a field; `of` does if it names two facts that are paired.
local function same(one, other, field)
  if field ~= "of" or one.of == "-" or other.of == "-" then return one[field] == other[field] end
  local target = number_of[1][one.of]
  return target ~= nil and pair_of[target] == number_of[2][other.of]
end

local changes, counts = {}, { ["-"] = 0, ["+"] = 0, ["~"] = 0 }
local function add(sign, one, other, changed)
  counts[sign] = counts[sign] + 1
  changes[#changes + 1] = { sign = sign, one = one, other = other, changed = changed, at = (one or other).start,
    number = #changes }
end
for i, row in ipairs(a) do
  local other, changed = b[pair_of[i]], {}
  for _, field in ipairs(other and fields or {}) do
    if not same(row, other, field) then changed[#changed + 1] = field end
  end
  if not other then add("-", row) elseif #changed > 0 then add("~", row, other, changed) end
end
for j, row in ipairs(b) do if not back[j] then add("+", nil, row) end end
table.sort(changes, function(x, y) return x.at < y.at or x.at == y.at and x.number < y.number end)

local function told(row)
  local value = row.value == "-" and row.state or row.value .. (row.high ~= "-" and "-" .. row.high or "")
  local period = row.from == row.to and row.from or row.from .. "-" .. row.to
  return ("%s %s%s %s%s"):format(row.metric, row.bound:gsub("^[-=]$", ""), value, row.unit,
    period ~= "-" and " " .. period or "")
end

local function print_line(change)
  local row, parts = change.one or change.other, {}
  for k, field in ipairs(change.changed or {}) do
    parts[k] = ("%s: %s -> %s"):format(field, change.one[field], change.other[field])
  end
  print(layout.safe(("%s %s %s | %s | %s"):format(change.sign, row.id, told(row),
    change.changed and table.concat(parts, "; ") or "byte " .. row.offset, row.evidence)))
end

local function print_rows(change)
  local one, other = change.one or {}, change.other or {}
  for _, field in ipairs(change.changed or { "-" }) do
    local cells = { change.sign, one.id or "-", other.id or "-", one.metric or other.metric, field, one[field] or "-",
      other[field] or "-", one.evidence or other.evidence, one.offset or other.offset }
    print(layout.plain(table.concat(cells, "\t")))
  end
end

local tsv = options.format == "tsv"
if tsv then print "change\ta\tb\tmetric\tfield\told\tnew\tevidence\toffset" end
for _, change in ipairs(changes) do (tsv and print_rows or print_line)(change) end
if not tsv then
  print(("%d lost, %d gained, %d changed, %d the same"):format(counts["-"], counts["+"], counts["~"],
    #a - counts["-"] - counts["~"]))
end
os.exit(#changes == 0 and 0 or 1, true)
