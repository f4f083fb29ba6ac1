--- Reads the cases of tests/corpus/*.txt and compares their facts with what tipl reads; then the coding of
-- the sample report, row by row. README.md has the form of a case. Run from the top of the repository:
--   tipl tests/corpus/run.lua [FILE…]           prints "N passed, N failed, N todo"
--   tipl tests/corpus/run.lua --update FILE…    rewrites the facts of the cases that are not todo
-- SPDX-License-Identifier: MIT
local tipl = require "tipl"

local FIELDS = { "metric", "value", "high", "unit", "bound", "state", "from", "to", "form", "who", "relation" }
local KEYS = { basis = true, source = true, status = true, certainty = true, of = true, flags = true }
local USUAL = { source = "government", status = "-", certainty = "asserted" }
local SAMPLE = { report = "examples/reports/valdoria-2021.txt", coding = "tests/corpus/valdoria-2021.tsv",
  except = "tests/corpus/valdoria-2021.except" }
local HEADINGS = { prosecution = "PROSECUTION", protection = "PROTECTION", prevention = "PREVENTION",
  recommendations = "PRIORITIZED RECOMMENDATIONS", profile = "TRAFFICKING PROFILE" }

local passed, failed, todo = 0, 0, 0

local function read(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read "a"
end

local function lines_of(text) return (text:gsub("\n*$", "\n")):gmatch "(.-)\n" end
local function trim(text) return (text:gsub("^%s+", ""):gsub("%s+$", "")) end

------------------------------------------------------------------ facts as rows of text

-- A fact of the program, or a row of a coding, as a table of cells; `first` and `last` place its evidence.
local function row_of(fact)
  local row = { first = fact.first, last = fact.last, evidence = fact.evidence, fact = fact }
  for _, name in ipairs { "metric", "unit", "bound", "state", "from", "to", "basis", "form", "who", "source", "status",
    "relation", "certainty" } do
    row[name] = tostring(fact[name] or "-")
  end
  row.value = tostring(fact.value_text or fact.label or "-")
  row.high = tostring(fact.high_text or "-")
  row.of = fact.of and fact.of.id or "-"
  row.flags = #fact.flags > 0 and table.concat(fact.flags, "+") or "-"
  return row
end

local function line_of(row, more)
  local cells = {}
  for i, name in ipairs(FIELDS) do cells[i] = row[name] end
  for _, name in ipairs { "source", "status", "certainty" } do
    if row[name] and row[name] ~= USUAL[name] then cells[#cells + 1] = name .. "=" .. row[name] end
  end
  cells[#cells + 1] = more
  return table.concat(cells, " ") .. " | " .. row.evidence:gsub("%s+", " ")
end

local function overlap(a, b) return a.first <= b.last and b.first <= a.last end

-- The names of the cells in which `got` is not what `want` has; a key that `want` leaves out is not asked for.
local function differences(want, got)
  local names = {}
  for _, name in ipairs(FIELDS) do
    if want[name] ~= got[name] then names[#names + 1] = name end
  end
  for name in pairs(KEYS) do
    if name ~= "of" and want[name] and want[name] ~= got[name] then names[#names + 1] = name end
  end
  return names
end

-- Gives each row of `want` its own row of `got` (want[i].match), those with the fewest differences first.
local function pair_up(want, got)
  for fewest = 0, #FIELDS + 4 do
    for _, w in ipairs(want) do
      for _, g in ipairs(w.match and {} or got) do
        local near = not g.match and overlap(w, g) and (w.metric == g.metric or fewest == 0 or w.value == g.value)
        if near and #differences(w, g) == fewest then
          w.match, g.match = g, w
          break
        end
      end
    end
  end
end

-- All differences of a pair, `of` (the row that `want` is of, in `wanted`) included; {"row"} for a row without pair.
local function complaints(w, wanted)
  if not w.match then return { "row" } end
  local names = differences(w, w.match)
  if w.of and w.of ~= "-" then
    local base = wanted[w.of]
    local fact = base and base.match and base.match.fact
    if not fact or fact.id ~= w.match.of then names[#names + 1] = "of" end
  elseif w.of and w.match.of ~= "-" then
    names[#names + 1] = "of"
  end
  table.sort(names)
  return names
end

------------------------------------------------------------------ cases

-- Where whole words stand in a text at or after `from`, or else before it; nil for nowhere.
local function place(words, text, from)
  for _, start in ipairs { from, 1 } do
    local first, last = text:find(words, start, true)
    while first do
      local inside = first > 1 and text:sub(first - 1, first):find "^%w%w" or text:sub(last, last + 1):find "^%w%w"
      if not inside then return first end
      first, last = text:find(words, first + 1, true)
    end
  end
end

-- A line of expected facts: the fields, keys, and evidence, which stands in `text` at or after `from`.
local function parse_fact(line, text, from, where)
  local left, evidence = line:match "^(.-) | (.+)$"
  if not left then error(where .. ": no ' | ' before the evidence: " .. line, 0) end
  local row, n = { evidence = evidence }, 0
  for cell in left:gmatch "%S+" do
    local key, value = cell:match "^(%l+)=([^=].*)$"
    n = n + 1
    if n > #FIELDS then
      if not KEYS[key] then error(where .. ": unknown key " .. cell, 0) end
      row[key] = value
    else
      row[FIELDS[n]] = cell
    end
  end
  if n < #FIELDS then error(("%s: %d of %d fields: %s"):format(where, n, #FIELDS, line), 0) end
  local known = false
  for _, word in ipairs(tipl.vocabulary "metric") do known = known or word == row.metric end
  if not known then error(where .. ": unknown metric " .. row.metric, 0) end
  row.first = place(evidence, text, from)
  if not row.first then error(where .. ": the text has no '" .. evidence .. "'", 0) end
  row.last = row.first + #evidence - 1
  return row
end

-- The cases of a file: name, year, section, todo, text, and `lines` of expected facts.
local function cases_of(path)
  local cases, case, part, number = {}, nil, nil, 0
  for line in lines_of(read(path)) do
    number = number + 1
    local header = line:match "^=== (.*)$"
    if header then
      local name, year, section, rest = header:match "^(.-) | (%d%d%d%d) | (%l+)(.*)$"
      local reason = rest and rest:match "^ | todo: (.+)$"
      if not name or (rest ~= "" and not reason) then error(path .. ":" .. number .. ": not a header: " .. line, 0) end
      case = { name = name, year = math.tointeger(year), section = section, todo = reason, header = line, text = {},
        lines = {}, where = path .. ":" .. number }
      cases[#cases + 1], part = case, case.text
    elseif not case then
      if line ~= "" and line:sub(1, 1) ~= "#" then error(path .. ":" .. number .. ": text before the first case", 0) end
    elseif line == "---" then
      part = case.lines
    elseif part == case.text or line ~= "" then
      part[#part + 1] = line
    end
  end
  for _, c in ipairs(cases) do c.text = trim(table.concat(c.text, "\n")) end
  return cases
end

-- The rows that tipl reads in a case, inside a short report of the invented country.
local function facts_of(case)
  local head = ("%d Trafficking in Persons Report: Valdoria\n\n"):format(case.year)
  if case.section ~= "summary" then
    local heading = HEADINGS[case.section] or error(case.where .. ": unknown section " .. case.section, 0)
    head = head .. "VALDORIA: Tier 2\n\nThe Government of Valdoria makes efforts.\n\n" .. heading .. "\n\n"
  end
  local report, why = tipl.parse(head .. case.text .. "\n", { year = case.year, plain = true })
  if not report then error(case.where .. ": " .. why, 0) end
  local rows = {}
  for fact in report:facts() do
    if fact.first > #head then
      local row = row_of(fact)
      row.first, row.last = row.first - #head, row.last - #head
      rows[#rows + 1] = row
    end
  end
  return rows
end

-- What is wrong with a case: lines to print, none when all is well.
local function check(case)
  local want, from, out = {}, 1, {}
  for i, line in ipairs(case.lines) do
    local row = parse_fact(line, case.text, from, case.where)
    want[i], want[tostring(i)], from = row, row, row.first
  end
  local got = facts_of(case)
  pair_up(want, got)
  for i, w in ipairs(want) do
    local names = complaints(w, want)
    if #names > 0 then
      out[#out + 1] = "  - " .. case.lines[i]
      if w.match then
        out[#out + 1] = "  + " .. line_of(w.match) .. "   (" .. table.concat(names, ", ") .. ")"
        for _, name in ipairs(names) do
          if name == "flags" or name == "basis" then out[#out] = out[#out] .. " " .. name .. "=" .. w.match[name] end
        end
      end
    end
  end
  for _, g in ipairs(got) do
    if not g.match then out[#out + 1] = "  + " .. line_of(g) end
  end
  return out
end

-- Counts one outcome; `reason` is that of a todo.
local function settle(name, out, reason)
  if reason and #out == 0 then
    failed = failed + 1
    print(name .. ": works now; remove the mark 'todo: " .. reason .. "'")
  elseif reason then
    todo = todo + 1
    if os.getenv "TIPL_TODO" then print(name .. " (todo: " .. reason .. ")\n" .. table.concat(out, "\n")) end
  elseif #out == 0 then
    passed = passed + 1
  else
    failed = failed + 1
    print(name .. "\n" .. table.concat(out, "\n"))
  end
end

-- The keys of a row that a rewritten case has and a printed one has not: which line it is of, flags, basis.
local function keys_of(row, line_number, with_basis)
  local keys = {}
  if line_number[row.of] then keys[1] = "of=" .. line_number[row.of] end
  if row.flags ~= "-" then keys[#keys + 1] = "flags=" .. row.flags end
  if with_basis then keys[#keys + 1] = "basis=" .. row.basis end
  return keys[1] and table.concat(keys, " ")
end

-- The evidence of a row, with as many words behind it as it takes to find it again.
local function wording(row, text, from)
  local last = row.last
  while place(text:sub(row.first, last), text, from) ~= row.first and last < #text do
    last = select(2, text:find("^%s*%S+", last + 1)) or #text
  end
  return text:sub(row.first, last)
end

local function update(path)
  local out = {}
  for line in lines_of(read(path)) do -- what stands before the first case is kept
    if line:find "^=== " then break end
    out[#out + 1] = line
  end
  for _, case in ipairs(cases_of(path)) do
    local rows = case.lines
    if not case.todo then
      rows = {}
      local facts, line_number = facts_of(case), {}
      local with_basis = table.concat(case.lines, "\n"):find(" basis=", 1, true)
      for i, row in ipairs(facts) do line_number[row.fact.id] = i end
      local from = 1
      for i, row in ipairs(facts) do
        row.evidence = wording(row, case.text, from)
        from = row.first
        rows[i] = line_of(row, keys_of(row, line_number, with_basis))
      end
    end
    out[#out + 1] = case.header .. "\n" .. case.text .. "\n---"
    if #rows > 0 then out[#out + 1] = table.concat(rows, "\n") end
    out[#out + 1] = ""
  end
  local file <close> = assert(io.open(path, "wb"))
  file:write((table.concat(out, "\n"):gsub("\n+$", "\n")))
end

------------------------------------------------------------------ the coding of the sample

-- A tab-separated table under its header, as rows of cells.
local function table_of(path)
  local names, rows = nil, {}
  for line in lines_of(read(path)) do
    local cells, row = {}, {}
    for cell in (line .. "\t"):gmatch "(.-)\t" do cells[#cells + 1] = cell end
    if not names then
      names = cells
    else
      for i, name in ipairs(names) do row[name] = cells[i] end
      row.first = tonumber(row.offset) + 1
      row.last = row.first + #row.evidence - 1
      row.basis = nil -- the coding states it more finely than it is decided
      rows[#rows + 1], rows[row.id] = row, row
    end
  end
  return rows
end

-- Lines "id fields reason" of what is known to differ: fields joined by commas, or "row" for a row that is missing;
-- "+offset metric reason" for one too many.
local function exceptions(path)
  local list = {}
  for line in lines_of(read(path)) do
    local id, fields, reason = line:match "^(%S+)%s+(%S+)%s+(.+)$"
    if id and id ~= "#" then list[id .. " " .. fields] = reason end
  end
  return list
end

local function check_sample()
  local want, got, known = table_of(SAMPLE.coding), {}, exceptions(SAMPLE.except)
  local report <close> = assert(tipl.open(SAMPLE.report))
  for fact in report:facts() do got[#got + 1] = row_of(fact) end
  pair_up(want, got)
  for _, w in ipairs(want) do
    local names = table.concat(complaints(w, want), ",")
    local mark = w.id .. " " .. names
    local out = {}
    if names ~= "" then
      out[1] = "  - " .. line_of(w)
      if w.match then out[2] = "  + " .. line_of(w.match) .. "   (" .. names .. ")" end
    end
    settle(SAMPLE.coding .. ": " .. w.id, out, known[mark])
    known[mark] = nil
  end
  for _, g in ipairs(got) do
    local mark = "+" .. g.first - 1 .. " " .. g.metric
    if not g.match then
      settle(SAMPLE.coding .. ": one too many", { "  + " .. line_of(g) .. "   (" .. mark .. ")" }, known[mark])
      known[mark] = nil
    end
  end
  for mark, reason in pairs(known) do settle(SAMPLE.except .. ": " .. mark, {}, reason) end
end

------------------------------------------------------------------ the command line

local function corpus()
  local pipe <close> = assert(io.popen "ls tests/corpus/*.txt")
  local paths = {}
  for path in pipe:lines() do paths[#paths + 1] = path end
  return paths
end

if arg[1] == "--update" then
  for i = 2, #arg do update(arg[i]) end
  return
end
local whole = #arg == 0
for _, path in ipairs(whole and corpus() or arg) do
  local names = {}
  for _, case in ipairs(cases_of(path)) do
    if names[case.name] then error(case.where .. ": a second case of that name", 0) end
    names[case.name] = true
    settle(case.where .. ": " .. case.name, check(case), case.todo)
  end
end
if whole then check_sample() end
print(("%d passed, %d failed, %d todo"):format(passed, failed, todo))
os.exit(failed == 0, true)
