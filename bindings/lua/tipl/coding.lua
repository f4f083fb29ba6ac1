--- Codings: the facts of one text as a table (core/MODEL.md, "Fields"), from a file or from a report, and how
-- far two of them agree. What `tipl score`, `tipl diff` and `tipl facts --rules` share.
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"
local tipl = require "tipl"
local layout = require "tipl.layout"

local coding = {}

coding.columns = {
  "id", "metric", "value", "high", "unit", "bound", "state", "from", "to", "basis", "form", "who", "source",
  "status", "relation", "of", "certainty", "evidence", "offset",
}

--- What must be alike, each level with what the one before asks: place, value and unit; the metric; the
-- period; bound, form, who, relation and state. A level is known by its place in this list.
coding.levels = { "number", "core", "dated", "full" }
local NUMBER, CORE, DATED, FULL = 1, 2, 3, 4

--- What stands in a column for a fact; nil when it has no such thing.
function coding.cell(fact, name)
  if name == "value" then return fact.value_text end
  if name == "high" then return fact.high_text end
  if name == "of" then return fact.of and fact.of.id end
  return fact[name]
end

-- A row is a table of texts by column; start and stop are the bytes of its evidence, counted from 0, line its
-- line.
local function place(row, offset)
  row.start, row.stop = offset, offset + #row.evidence
  return row
end

--- The facts of a report (a list of them) as rows; `fact` is the fact itself.
function coding.rows(facts)
  local rows = {}
  for fact in facts do
    local row = { fact = fact, line = fact.line }
    for _, name in ipairs(coding.columns) do
      local value = coding.cell(fact, name)
      row[name] = layout.tsv(value == nil and "-" or value)
    end
    rows[#rows + 1] = place(row, fact.offset)
  end
  return rows
end

local function cells_of(line)
  local cells = {}
  for cell in (line .. "\t"):gmatch "([^\t]*)\t" do cells[#cells + 1] = cell end
  return cells
end

local function missing_column(head)
  local has = {}
  for _, name in ipairs(head) do has[name] = true end
  for _, name in ipairs(coding.columns) do
    if not has[name] then return name end
  end
end

--- The rows of a coding's text; blank lines and lines that begin with "#" do not count. nil and a message when
-- it is not one. `name` stands in messages.
function coding.parse(text, name)
  local rows, head, number = {}, nil, 0
  for line in text:gsub("^\u{feff}", ""):gmatch "([^\n]*)\n?" do
    number = number + 1
    line = line:gsub("\r$", "")
    local cells = line:find "%S" and line:sub(1, 1) ~= "#" and cells_of(line)
    local function fault(what, ...) return nil, ("%s:%d: " .. what):format(name, number, ...), 2 end
    if cells and not head then
      head = cells
      local lacking = missing_column(head)
      if lacking then return fault("this is no coding: it has no column '%s'", lacking) end
    elseif cells then
      if #cells ~= #head then return fault("%d cells, %d expected", #cells, #head) end
      local row = { line = number }
      for i, column in ipairs(head) do row[column] = cells[i] end
      local offset = row.offset:find "^%d+$" and math.tointeger(tonumber(row.offset))
      if not offset then return fault("the offset '%s' is no whole number", row.offset) end
      rows[#rows + 1] = place(row, offset)
    end
  end
  return rows
end

--- The column (in bytes, from 1) at which a cell of a row begins in its file, whose columns have the usual
-- order.
function coding.column_of(row, name)
  local at = 1
  for _, column in ipairs(coding.columns) do
    if column == name then return at end
    at = at + #row[column] + 1
  end
end

--- The rows of a file: of a coding (its name ends in .tsv), else of the report that it must be, which comes
-- second. nil, a message and a code when it cannot be read.
function coding.load(path)
  if not path:find "%.tsv$" then
    local report, message, code = tipl.open(path)
    if not report then return nil, message, code end
    return coding.rows(report:facts()), report
  end
  local file <close>, why = io.open(path, "rb")
  local text
  if file then text, why = file:read "a" end
  if not text then
    return nil, path .. ": cannot be read: " .. tostring(why):gsub("^.*: ", ""), "EIO"
  end
  return coding.parse(text, path)
end

--- The same, ending the script with one line when that fails.
function coding.need(path)
  local rows, more, code = coding.load(path)
  if not rows then tipl.fail(layout.safe(more), code) end
  return rows, more
end

--- Whether a path is a folder.
function coding.is_folder(path)
  return core.path_kind(path) == "folder"
end

--- The names of the codings in a folder, sorted.
function coding.names(folder)
  local names = {}
  local list <close> = io.popen("LC_ALL=C ls -- '" .. folder:gsub("'", "'\\''") .. "'")
  for name in list:lines() do
    if name:find "%.tsv$" then names[#names + 1] = name end
  end
  return names
end

--- Reads two codings, or two folders of them; the script ends when that fails. A list of { name, gold, given,
-- year } of rows by the names in the folder `gold`; what the folder `given` lacks is empty.
function coding.both(gold, given)
  if not coding.is_folder(gold) and not coding.is_folder(given) then
    local rows = coding.need(gold)
    return { { name = gold:match "[^/]*$", gold = rows, given = coding.need(given), year = coding.year(gold) } }
  elseif not (coding.is_folder(gold) and coding.is_folder(given)) then
    tipl.fail(layout.safe(gold) .. " and " .. layout.safe(given) .. " must be both files or both folders", 2)
  end
  local all, has = {}, {}
  for _, name in ipairs(coding.names(given)) do has[name] = true end
  for _, name in ipairs(coding.names(gold)) do
    all[#all + 1] = { name = name, gold = coding.need(gold .. "/" .. name), year = coding.year(name),
      given = has[name] and coding.need(given .. "/" .. name) or {} }
  end
  if #all == 0 then tipl.fail(layout.safe(gold) .. ": there is no .tsv file in this folder", 2) end
  return all
end

--- The edition that a file's name speaks of, or nil.
function coding.year(path)
  local name = path:match "[^/]*$"
  for at = 1, #name - 3 do
    local year = name:match("^19%d%d", at) or name:match("^20%d%d", at)
    if year then return math.tointeger(tonumber(year)) end
  end
end

--- The year of one end of a period; the reporting period of a 2021 edition is 2020, the one before 2019.
function coding.period_end(text, year)
  if year and text == "RP" then return tostring(year - 1) end
  if year and text == "PRP" then return tostring(year - 2) end
  return text:sub(1, 4)
end

-- A number by which equal values are known, whatever way they are printed (to four decimals).
local function amount(text)
  if text == "-" or text == "" then return nil end
  local plain = text:gsub(",", "")
  local value = plain:find "^%s*[+-]?[%d.][%d.eE+-]*%s*$" and tonumber(plain)
  return value and ("%.4f"):format(value) or text
end

local valued = { stated = true, none_reported = true }
local silent = { not_reported = true, withheld = true, not_done = true }
local labels = { tier = true, tier_change = true, effort = true }

-- Whether the unit of a gold row must be met: money and lengths, of which a wrong unit is another value.
local function unit_counts(row)
  local unit = row.unit
  return not labels[row.metric] and (unit == "months" or unit == "days" or utf8.len(unit) == 3)
end

local function same_number(gold, row)
  if not valued[gold.state] then
    return gold.state == row.state or (silent[gold.state] and silent[row.state]) or false
  end
  return valued[row.state] and amount(gold.value) == amount(row.value) and amount(gold.high) == amount(row.high)
    and not (unit_counts(gold) and gold.unit ~= row.unit)
end

local function same_all(gold, row, names)
  for _, name in ipairs(names) do
    if gold[name] ~= row[name] then return false end
  end
  return true
end

local full = { "bound", "form", "who", "relation", "state" }

--- The highest level at which two rows whose evidence overlaps agree, or 0. `year` is the edition, if known.
function coding.agreement(gold, row, year)
  if not same_number(gold, row) then return 0 end
  if gold.metric ~= row.metric then return NUMBER end
  for _, name in ipairs { "from", "to" } do
    if coding.period_end(gold[name], year) ~= coding.period_end(row[name], year) then return CORE end
  end
  return same_all(gold, row, full) and FULL or DATED
end

local function likeness(gold, row)
  local n = 0
  for _, name in ipairs(coding.columns) do n = n + (gold[name] == row[name] and 1 or 0) end
  return n
end

-- The rows in the order of their evidence: their numbers, and how far the first k of them reach.
local function by_place(rows)
  local order, reach = {}, { [0] = 0 }
  for j = 1, #rows do order[j] = j end
  table.sort(order, function(a, b)
    if rows[a].start ~= rows[b].start then return rows[a].start < rows[b].start end
    return a < b
  end)
  for k, j in ipairs(order) do reach[k] = math.max(reach[k - 1], rows[j].stop) end
  return order, reach
end

-- How many of the rows begin before a byte.
local function before(rows, order, byte)
  local low, high = 0, #order
  while low < high do
    local middle = (low + high + 1) // 2
    if rows[order[middle]].start < byte then low = middle else high = middle - 1 end
  end
  return low
end

--- For each row of gold, the rows that may be the same fact: their evidence overlaps, and `agree`
-- (coding.agreement when left out) gives a level above 0. A list of { to = number of the row, level =, alike
-- = } each, the best first.
function coding.graph(gold, rows, year, agree)
  local graph, order, reach = {}, by_place(rows)
  for i, one in ipairs(gold) do
    local edges, k = {}, before(rows, order, one.stop)
    while k > 0 and reach[k] > one.start do
      local row = rows[order[k]]
      local level = row.stop > one.start and (agree or coding.agreement)(one, row, year) or 0
      if level > 0 then edges[#edges + 1] = { to = order[k], level = level, alike = likeness(one, row) } end
      k = k - 1
    end
    table.sort(edges, function(a, b)
      if a.level ~= b.level then return a.level > b.level end
      if a.alike ~= b.alike then return a.alike > b.alike end
      return a.to < b.to
    end)
    graph[i] = edges
  end
  return graph
end

--- A largest one-to-one matching of a graph at a level: the number of the row for each number of gold, and its
-- size. It is grown from the largest matching at the level above, and so on, so that who has a choice gets
-- the best.
function coding.match(graph, level)
  local row_of, gold_of, size = {}, {}, 0
  local function augment(i, at, seen)
    for _, edge in ipairs(graph[i]) do
      local j = edge.to
      if edge.level >= at and not seen[j] then
        seen[j] = true
        if not gold_of[j] or augment(gold_of[j], at, seen) then
          row_of[i], gold_of[j] = j, i
          return true
        end
      end
    end
    return false
  end
  for at = #coding.levels, level, -1 do
    for i = 1, #graph do
      if not row_of[i] and augment(i, at, {}) then size = size + 1 end
    end
  end
  return row_of, size
end

--- Precision, recall and F1 of so many matched among so many of gold and so many given.
function coding.rates(matched, gold, given)
  local precision = given > 0 and matched / given or 0
  local recall = gold > 0 and matched / gold or 0
  return precision, recall, precision + recall > 0 and 2 * precision * recall / (precision + recall) or 0
end

--- Cohen's kappa of two coders' words for the same things, a list of { one, other }: (po - pe) / (1 - pe),
-- where po is the share of things with the same word and pe the share to be expected of coders who use each
-- word as often as they do, but at random. nil where both used one word only, so that nothing else was to be
-- expected. Second: how many agree.
function coding.kappa(pairs_of_words)
  local n, agree, first, second = #pairs_of_words, 0, {}, {}
  for _, words in ipairs(pairs_of_words) do
    local a, b = words[1], words[2]
    agree = agree + (a == b and 1 or 0)
    first[a], second[b] = (first[a] or 0) + 1, (second[b] or 0) + 1
  end
  local chance = 0 -- times n * n, and so exact
  for word, count in pairs(first) do chance = chance + count * (second[word] or 0) end
  if chance == n * n then return nil, agree end
  return (agree * n - chance) / (n * n - chance), agree
end

return coding
