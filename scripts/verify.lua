-- tipl verify: whether what tipl says of a report can be traced to it: every span lies in the text and is its
-- text, sentences lie in their paragraphs, relations lead to other facts, and a coding's evidence stands at
-- its offset.
-- SPDX-License-Identifier: MIT
local coding = require "tipl.coding"
local command = require "tipl.command"
local layout = require "tipl.layout"
local tipl = require "tipl"

local options, files = command.parse(arg, {
  usage = "verify FILE... [options]",
  about = [[
Checks that every span (section, paragraph, sentence, recommendation, token, measure; a fact's evidence, noun, actor,
recipient, purpose, verb) is the text at its place, that sentences and paragraphs lie where they belong, that `of` leads
to another fact and pairs of measures are mutual. One line for each fault: file:line:column: what.

Exit code 0: no fault; 1: some; 2 and more: trouble, as `tipl --help` says.]],
  example = "verify examples/reports/valdoria-2021.txt --facts tests/corpus/valdoria-2021.tsv",
  options = {
    { name = "facts", takes = "CODING", about = "check this coding (.tsv) of FILE too; or the folder that has FILE's" },
  },
})
if options.facts and command.several(files) and not coding.is_folder(options.facts) then
  tipl.fail("--facts with several reports must be a folder", 2)
end

-- U+0080 to U+009F of Windows-1252.
local upper = { [0] = 0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152,
  0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153,
  0x9D, 0x17E, 0x178 }

-- Names of characters: those of U+00A0 to U+00FF in their order, and others.
local references = { amp = "&", lt = "<", gt = ">", quot = '"', apos = "'", ndash = "\u{2013}", mdash = "\u{2014}",
  lsquo = "\u{2018}", rsquo = "\u{2019}", sbquo = "\u{201A}", ldquo = "\u{201C}", rdquo = "\u{201D}", bdquo = "\u{201E}",
  bull = "\u{2022}", hellip = "\u{2026}", euro = "\u{20AC}", trade = "\u{2122}", dagger = "\u{2020}", minus = "\u{2212}",
  ensp = "\u{2002}", emsp = "\u{2003}", thinsp = "\u{2009}", zwnj = "\u{200C}", zwj = "\u{200D}", OElig = "\u{152}",
  oelig = "\u{153}", Scaron = "\u{160}", scaron = "\u{161}", Yuml = "\u{178}" }
local code = 0xA0
for name in ([[nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute
  micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil
  Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute
  Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute
  icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml]])
  :gmatch "%a+%d*" do
  references[name], code = utf8.char(code), code + 1
end
assert(code == 0x100)

local function reference(name)
  local number = name:match "^#[xX](%x+)$" and tonumber(name:sub(3), 16) or tonumber(name:match "^#(%d+)$")
  if number and number >= 0x80 and number < 0xA0 then number = upper[number - 0x80] end
  return number and utf8.char(number) or references[name]
end

local letters = { "ff", "fi", "fl", "ffi", "ffl", "st", "st" } -- U+FB00 to U+FB06

-- What does not count where words have been made whole: blanks, hyphens, line ends, marks of lists.
local function bare(text)
  text = text:gsub("\u{AD}", ""):gsub("\u{85}", ""):gsub("\u{A0}", ""):gsub("\u{2022}", ""):gsub("\u{FEFF}", "")
  text = text:gsub("\u{2060}", ""):gsub("\xE2\x80[\x80-\x8B\xA8\xA9\xAF]", "")
  return (text:gsub("[%s-]+", ""):gsub("\xEF\xAC([\x80-\x86])", function(c) return letters[c:byte() - 0x7F] end))
end

-- Notes in small figures are left out of pages; letters, as of "12th", stay.
local function raised(inside) return inside:gsub("<[^>]*>", ""):find "%a" and inside or "" end

-- What bytes of the source say, worked out without the core: a second opinion.
local function read_bytes(report, bytes)
  if report.encoding == "Windows-1252" then
    bytes = bytes:gsub("[\x80-\xFF]", function(c) return utf8.char(upper[c:byte() - 0x80] or c:byte()) end)
  end
  if report.format == "html" then
    bytes = bytes:gsub("<!%-%-.-%-%->", ""):gsub("<sup[^>]*>(.-)</sup>", raised):gsub("<[%a/!?][^>]*>", "")
    bytes = bytes:gsub("&(#%d+);?", reference):gsub("&(#[xX]%x+);?", reference):gsub("&(%w+);?", reference)
  end
  return bytes
end

-- All of `text` stands in `found`, in its order, with more between, and both begin and end alike.
local function holds_in_order(found, text)
  local at = 1
  for i = 1, #text do
    at = found:find(text:sub(i, i), at, true)
    if not at then return false end
    at = at + 1
  end
  return found:sub(1, 1) == text:sub(1, 1) and found:sub(-1) == text:sub(-1)
end

-- A section of a web page may go over menus, whose words are left out: the ends are compared. So may any row of a PDF over the
-- head of a page.
local function same(report, name, found, text)
  if found == text then return true end
  local page_end = report.format == "pdf" and found:find "\f"
  found, text = bare(found), bare(text)
  if found == text then return true end
  if page_end then return holds_in_order(found, text) end
  if report.format == "text" or (report.format == "html" and not name:find "^section") then return false end
  local n = math.min(24, #text)
  return found:sub(1, n) == text:sub(1, n) and found:sub(-n) == text:sub(-n)
end

local spans, faults = 0, 0
local function fault(path, line, column, what, ...)
  faults = faults + 1
  print(layout.safe(("%s:%d:%d: " .. what):format(path, line, column, ...)))
end

-- One report's checks: its text, and where to complain.
local function checker(report, path)
  local check = { text = report.source }
  function check.fault(position, what, ...)
    local line, column = report:locate(math.max(1, math.min(position, #check.text)))
    fault(path, line, column, what, ...)
  end

  -- A span from first to last that is to read `text`, inside another row if there is one.
  function check.span(name, first, last, text, within)
    spans = spans + 1
    local found = first >= 1 and last >= first and last <= #check.text and read_bytes(report, check.text:sub(first, last))
    if not found then
      check.fault(first, "%s: bytes %d to %d are not in the text", name, first, last)
    elseif not same(report, name, found, text) then
      check.fault(first, "%s: the text says '%s', not '%s'", name, found, text)
    elseif not utf8.len(found) then
      check.fault(first, "%s: begins or ends within a character", name)
    elseif within and (first < within.first or last > within.last) then
      check.fault(first, "%s: '%s' is outside of bytes %d to %d", name, found, within.first, within.last)
    end
  end
  return check
end

-- The rows of a list, each inside what `parent` says of it, none beginning before the one before ends.
local function verify_rows(check, name, list, parent)
  local last = 0
  for row in list do
    local number = name .. " " .. row.number
    if row.length > 0 then check.span(number, row.first, row.last, row.text, parent and parent(row)) end -- a heading may have no text
    if row.offset ~= row.first - 1 or row.length ~= row.last - row.offset then
      check.fault(row.first, "%s: offset and length are not those of its text", number)
    end
    if row.first <= last and name ~= "measure" then check.fault(row.first, "%s: overlaps the one before", number) end
    last = math.max(last, row.last)
  end
end

local function verify_fact(check, fact)
  local name, seen, of = "fact " .. fact.id, {}, fact.of
  for _, part in ipairs { "evidence", "noun", "actor", "recipient", "purpose", "verb" } do
    local first, last = fact:span(part)
    if first then check.span(name .. ", " .. part, first, last, fact[part], part == "evidence" and fact.sentence) end
    if part == "evidence" and not first then check.fault(1, "%s: has no evidence", name) end
  end
  if (fact.relation == "primary") ~= not of then
    check.fault(fact.first, "%s: `of` is '%s' and the relation %s", name, of and of.id or "-", fact.relation)
  end
  if of and of.report ~= fact.report then check.fault(fact.first, "%s: `of` is a fact of another report", name) end
  while of and not seen[of.number] and of ~= fact do seen[of.number], of = true, of.of end
  if of == fact then check.fault(fact.first, "%s: `of` leads back to itself", name) end
end

local function verify_report(check, report)
  verify_rows(check, "section", report:sections())
  for section in report:sections() do
    verify_rows(check, "paragraph", section:paragraphs(), function() return section end)
  end
  verify_rows(check, "sentence", report:sentences(), function(row) return row.paragraph end)
  verify_rows(check, "recommendation", report:recommendations())
  verify_rows(check, "token", report:tokens())
  verify_rows(check, "measure", report:measures(), function(row) return row.sentence end)
  for measure in report:measures() do
    local pair = measure.pair
    if pair and (pair == measure or pair.pair ~= measure) then
      check.fault(measure.first, "measure %d: its pair is not paired with it", measure.number)
    end
  end
  for fact in report:facts() do verify_fact(check, fact) end
end

local enumerations = { "metric", "bound", "state", "basis", "form", "source", "status", "relation", "certainty" }
local words = {}
for _, name in ipairs(enumerations) do
  words[name] = {}
  for _, word in ipairs(tipl.vocabulary(name)) do words[name][word] = true end
end

local function verify_coding(path, report)
  local text = report.source
  local rows, by_id = coding.need(path), {}
  for _, row in ipairs(rows) do
    local function wrong(column, what, ...)
      fault(path, row.line, coding.column_of(row, column), "fact %s: " .. what, row.id, ...)
    end
    spans = spans + 1
    if by_id[row.id] then wrong("id", "there are two of this id") end
    by_id[row.id] = row
    local said = read_bytes(report, text:sub(row.start + 1)):sub(1, #row.evidence):gsub("[\t\r\n]", " ")
    if row.evidence == "" or said ~= row.evidence then
      wrong("offset", "'%s' does not stand at byte %d", row.evidence, row.start)
    end
    for _, name in ipairs(enumerations) do
      if not words[name][row[name]] and (row[name] ~= "-" or name == "metric" or name == "state") then
        wrong(name, "unknown %s '%s'", name, row[name])
      end
    end
  end
  for _, row in ipairs(rows) do
    if (row.of == "-") ~= (row.relation == "primary") or row.of == row.id or row.of ~= "-" and not by_id[row.of] then
      fault(path, row.line, coding.column_of(row, "of"), "fact %s: `of` is '%s' and the relation %s", row.id, row.of,
        row.relation)
    end
  end
end

local count = 0
local worst = command.each(files, function(report, path, number)
  count = number
  verify_report(checker(report, path), report)
  if not options.facts then return end
  local folder = coding.is_folder(options.facts)
  verify_coding(folder and options.facts .. "/" .. path:match("[^/]*$"):gsub("%.txt$", "") .. ".tsv" or options.facts,
    report)
end, { again = true })
print(("%d reports, %d spans, %d faults"):format(count, spans, faults))
os.exit(worst > 0 and worst or faults > 0 and 1 or 0, true)
