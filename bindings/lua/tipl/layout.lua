--- Text for people and for programs: tables that fit the terminal, safe text, CSV, JSON, digits in threes.
-- SPDX-License-Identifier: MIT
local found, terminal = pcall(require, "tipl.terminal") -- only the program has it
if not found then terminal = nil end

local layout = {}

--- Columns to print in, or nil when the output is no terminal and may be as wide as it likes.
function layout.width()
  return tonumber(os.getenv "COLUMNS" or nil) or (terminal and terminal.width()) or nil
end

local function escape_byte(c) return ("\\x%02x"):format(c:byte()) end

--- The text on one line with everything made visible that would act on a terminal: control characters
-- (those of C1 too) and marks that turn the direction of writing. White space becomes a blank.
function layout.safe(text)
  return (text:gsub("[\t\n\r]+ *", " "):gsub("[\0-\31\127]", escape_byte)
    :gsub("\xc2[\x80-\x9f]", function(c) return ("\\u%04x"):format(utf8.codepoint(c)) end)
    :gsub("\xe2\x80[\x8e\x8f\xaa-\xae]", function(c) return ("\\u%04x"):format(utf8.codepoint(c)) end)
    :gsub("\xe2\x81[\xa6-\xa9]", function(c) return ("\\u%04x"):format(utf8.codepoint(c)) end))
end

--- Safe only where it matters: when the output is a terminal. Tabs stay.
function layout.plain(text)
  if terminal and terminal.isatty(1) then return (text:gsub("[^\t]+", layout.safe)) end
  return text
end

function layout.bold(text)
  if terminal and terminal.color() then return "\27[1m" .. text .. "\27[0m" end
  return text
end

--- Does the output show bold? (a terminal, and NO_COLOR is not set)
function layout.color() return terminal ~= nil and terminal.color() end

local function columns(text) return utf8.len(text) or #text end

--- The text cut to n columns, the cut shown.
function layout.fit(text, n)
  if columns(text) <= n then return text end
  if n < 2 then return text:sub(1, (utf8.offset(text, n + 1) or #text + 1) - 1) end
  return text:sub(1, utf8.offset(text, n) - 1) .. "…"
end

--- The text in lines of at most n columns, all but the first indented.
function layout.wrap(text, n, indent)
  local lines, line = {}, ""
  for word in text:gmatch "%S+" do
    if line ~= "" and columns(line) + 1 + columns(word) > n - #indent then
      lines[#lines + 1] = line
      line = word
    else
      line = line == "" and word or line .. " " .. word
    end
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n" .. indent)
end

--- "35000000" as "35,000,000"; text that is no number comes back as it is.
function layout.digits(text)
  local sign, whole, rest = tostring(text):match "^(-?)(%d+)(%.?%d*)$"
  if not whole then return tostring(text) end
  return sign .. whole:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "") .. rest
end

local function pad(text, width, right)
  local gap = (" "):rep(width - columns(text))
  return right and gap .. text or text .. gap
end

local LEAST = 20 -- columns that the last column should have

-- Removes column i.
local function drop_column(i, ...)
  for _, list in ipairs { ... } do table.remove(list, i) end
end

--- A table as text. head: titles, of which one that begins with ">" aligns right; rows: lists of text
-- (nil for an empty cell). width: columns in all; to fit, the columns named in `drop` go one after the
-- other, then the last is cut. Without it, nothing is cut. A column without any text goes in any case. marks: for each
-- row a text that is shown bold in its last cell, or false.
function layout.grid(head, rows, width, drop, marks)
  local right, titles, widths, cells = {}, {}, {}, {}
  for i, title in ipairs(head) do
    right[i] = title:sub(1, 1) == ">"
    titles[i] = right[i] and title:sub(2) or title
    widths[i] = 0
  end
  for r, row in ipairs(rows) do
    cells[r] = {}
    for i = 1, #head do
      cells[r][i] = row[i] == nil and "" or layout.safe(tostring(row[i]))
      widths[i] = math.max(widths[i], columns(cells[r][i]))
    end
  end
  local function remove(i) drop_column(i, right, titles, widths, table.unpack(cells)) end
  for i = #titles, 1, -1 do
    if #rows > 0 and widths[i] == 0 then remove(i) else widths[i] = math.max(widths[i], columns(titles[i])) end
  end
  local function room()
    local before = 0
    for i = 1, #titles - 1 do before = before + widths[i] + 2 end
    return width - before
  end
  if width then
    for _, name in ipairs(drop or {}) do
      for i = #titles - 1, 1, -1 do
        if titles[i] == name and room() < LEAST then remove(i) end
      end
    end
    widths[#titles] = math.max(math.min(widths[#titles], room()), 6)
  end
  local function line(row)
    local out = {}
    for i, text in ipairs(row) do
      out[i] = pad(i == #row and layout.fit(text, widths[i]) or text, widths[i], right[i])
    end
    return (table.concat(out, "  "):gsub("%s+$", ""))
  end
  local lines = { layout.bold(line(titles)) }
  for i, row in ipairs(cells) do
    local text, mark = line(row), marks and marks[i] and layout.safe(marks[i])
    local last = row[#row] or ""
    local from, to = (mark and mark ~= "" and layout.fit(last, widths[#titles]) or ""):find(mark or "", 1, true)
    if from and to >= from then
      local start = #text - #(layout.fit(last, widths[#titles]):gsub("%s+$", ""))
      text = text:sub(1, start + from - 1) .. layout.bold(text:sub(start + from, start + to)) .. text:sub(start + to + 1)
    end
    lines[i + 1] = text
  end
  return table.concat(lines, "\n")
end

--- The usual table of facts, for layout.grid.
layout.fact_columns = {
  "id", "metric", ">value", "unit", "period", "basis", "kind", "source", "relation", "evidence",
}
layout.fact_drops = { "basis", "source", "relation", "kind" }
function layout.fact_row(fact)
  local kind, of = {}, fact.of
  for _, name in ipairs { "form", "who", "status" } do kind[#kind + 1] = fact[name] end
  return {
    fact.id, fact.metric, layout.value(fact), fact.unit, layout.period(fact), fact.basis, table.concat(kind, " "),
    fact.source, of and fact.relation .. " " .. of.id, fact.evidence,
  }
end

--- One cell of a CSV file (RFC 4180). Spreadsheets run cells that begin with = + - @ or a control character
-- as formulas: text that does so, and is neither a number (or a percentage) nor a lone sign such as a bound, gets an
-- apostrophe before it, which they take for "this is text". A program that reads the file drops it.
function layout.csv(text)
  text = tostring(text)
  if text:find "^[=+%-@\t\r\n]" and #text > 1 and not text:find "^[+-]?%d+%.?%d*%%?$" then text = "'" .. text end
  if text:find '[",\r\n]' then return '"' .. text:gsub('"', '""') .. '"' end
  return text
end

--- One cell of a TSV file, which has no quotes: tabs and line ends become blanks, byte for byte.
function layout.tsv(text) return (tostring(text):gsub("[\t\r\n]", " ")) end

--- What an error says, for a person: without the place in a Lua file.
function layout.reason(why) return (tostring(why):gsub("^[^\n]-%.lua:%d+: ", "")) end

--- Bytes as hexadecimal digits.
function layout.hex(bytes) return (bytes:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end

--- The text as UTF-8, as names of files need not be: what is none of it becomes U+FFFD.
function layout.utf8(text)
  local good, bad = utf8.len(text)
  while not good do
    text = text:sub(1, bad - 1) .. "\u{fffd}" .. text:sub(bad + 1)
    good, bad = utf8.len(text, bad + 3)
  end
  return text
end

--- A text as a JSON string.
function layout.json(text)
  text = layout.utf8(text)
  return '"' .. text:gsub('[%c"\\\127]', function(c)
    local short = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }
    return short[c] or ("\\u%04x"):format(c:byte())
  end) .. '"'
end

--- A period in words: "2020", "2016-2020", "reporting period"; "" where there is none.
function layout.period(fact)
  local from, to = fact.from, fact.to
  if not from then return "" end
  if from ~= to then return ("%s-%s"):format(from, to or "") end
  return ({ RP = "reporting period", PRP = "previous reporting period" })[from] or tostring(from)
end

--- What a fact says in place of a value: "38", ">10", "84-144", "0 (none reported)", or its state.
function layout.value(fact)
  local text = fact.value_text
  if not text then return (fact.state:gsub("_", " ")) end
  local high = fact.high_text
  local sign = fact.bound
  text = layout.digits(text) .. (high and "-" .. layout.digits(high) or "")
  if fact.state == "none_reported" then text = text .. " (none reported)" end
  return (sign == "=" or not sign) and text or sign .. text
end

return layout
