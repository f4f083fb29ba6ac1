-- compile_names.lua: countries.tsv, headings.tsv, publisher.tsv, rating.tsv, topic.tsv and hyphens.tsv as C tables.
--
-- compile.lua calls the function that this file returns; alone it runs as
--   lua5.4 core/lexicon/compile_names.lua LEXDIR OUTDIR
-- and writes OUTDIR/names_data.c and names_data.h. The outline stage of the core reads the tables.
-- Forms are stored folded; `fold` here and tipl__fold in outline/line.c must agree: both use
-- `latin`, and tests/core/outline_test.c looks every country up by its name.

-- Base letters of U+00C0 to U+017F, two characters at most; "-" is no letter.
local latin = {}
for word in ([[a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th ss
  a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th y]]):gmatch "%S+" do
  latin[#latin + 1] = word == "-" and "" or word
end
for base, times in ([[a6 c8 d4 e10 g8 h4 i10 ij2 j2 k3 l10 n9 o6 oe2 r6 s8 t6 u12 w2 y3 z6 s1]])
    :gmatch "(%a+)(%d+)" do
  for _ = 1, times do latin[#latin + 1] = base end
end
assert(#latin == 192)

-- Lower-case ASCII words with one blank between: accents and combining marks, full stops and
-- apostrophes go, "&" is "and", "saint" is "st", all else that is no letter or digit is a blank.
local function fold(text)
  local out = {}
  for _, c in utf8.codes(text) do
    if c < 0x80 then
      local char = string.char(c):lower()
      if char:find "[%a%d]" then out[#out + 1] = char
      elseif char == "&" then out[#out + 1] = " and "
      elseif char ~= "." and char ~= "'" then out[#out + 1] = " " end
    elseif c >= 0xC0 and c <= 0x17F then
      local base = latin[c - 0xC0 + 1]
      out[#out + 1] = base == "" and " " or base
    elseif not (c >= 0x300 and c <= 0x36F or c == 0x2018 or c == 0x2019) then
      out[#out + 1] = " "
    end
  end
  local words = {}
  for word in table.concat(out):gmatch "%S+" do
    words[#words + 1] = word == "saint" and "st" or word
  end
  return table.concat(words, " ")
end

local function name_fold(text)
  return (fold(text):gsub("^the (.)", "%1"))
end

-- Rows of a table file as lists of fields; blank lines and lines that begin with "#" are left out.
local function rows(path)
  local file = assert(io.open(path, "r"))
  local list, number = {}, 0
  for line in file:lines() do
    number = number + 1
    if line:find "%S" and line:sub(1, 1) ~= "#" then
      local row = { where = path .. ":" .. number }
      for field in (line:gsub("\r$", "") .. "\t"):gmatch "([^\t]*)\t" do row[#row + 1] = field end
      list[#list + 1] = row
    end
  end
  file:close()
  return list
end

local function check(row, truth, message)
  if not truth then error(row.where .. ": " .. message, 0) end
  return truth
end

-- One pool of NUL-terminated strings, so that the tables hold offsets and need no relocation.
local function new_pool()
  local pool = { size = 0, at = {}, parts = {} }
  function pool:add(text)
    if not self.at[text] then
      self.at[text], self.size = self.size, self.size + #text + 1
      self.parts[#self.parts + 1] = text .. "\0"
      assert(self.size < 65536, "the pool of names is full")
    end
    return self.at[text]
  end
  return pool
end

local sections = { summary = true, recommendations = true, prosecution = true, protection = true,
  prevention = true, profile = true, efforts = true, scope = true, unknown = true }
local place_order = { "line", "colon", "start", "opens", "clause" } -- as in tipl__place
local movements = { none = true, upgraded = true, downgraded = true, remained = true }

-- A set of first letters: bit 1 for A.
local function initial(folded) return 1 << (folded:byte() & 31) end

local function countries(lexdir, pool)
  local list, forms, owner, initials = {}, {}, {}, {}
  for _, row in ipairs(rows(lexdir .. "/countries.tsv")) do
    local iso3, name = row[1], row[2]
    if iso3 ~= "iso3" then
      check(row, iso3:find "^%u%u%u$", "the first field is to be an ISO 3166 alpha-3 code")
      check(row, name and name ~= "", "the second field is to be a name")
      list[#list + 1], initials[#list + 1] = { name = pool:add(name), iso3 = iso3 }, 0
      local variants = row[3] == "-" and "" or row[3] or ""
      for form in (name .. "|" .. variants):gmatch "[^|]+" do
        local folded = name_fold(form)
        check(row, #folded > 0 and #folded < 100, "a form is empty or too long: " .. form)
        local other = owner[folded]
        check(row, not other or other == #list, "the form has a row already: " .. form)
        if not other then
          owner[folded] = #list
          initials[#list] = initials[#list] | initial(folded)
          forms[#forms + 1] = { text = folded, row = #list - 1 }
        end
      end
    end
  end
  table.sort(forms, function(a, b) return a.text < b.text end)
  for i, form in ipairs(forms) do
    forms[i] = ("  {%d, %d, %d},"):format(pool:add(form.text), #form.text, form.row)
  end
  for i, row in ipairs(list) do list[i] = ('  {%d, "%s", 0x%X},'):format(row.name, row.iso3, initials[i]) end
  return list, forms
end

-- Heading forms by place; "*" stands for one to eight words and is kept, everything else is folded. With the
-- row at which each place begins, and the initials of its forms.
local function headings(lexdir, pool)
  local of_place, initials, list, begins = {}, {}, {}, {}
  for _, place in ipairs(place_order) do of_place[place] = {} end
  for _, row in ipairs(rows(lexdir .. "/headings.tsv")) do
    local form, kind, place = row[1], row[2], row[3]
    check(row, sections[kind], "no such section: " .. tostring(kind))
    local forms = check(row, of_place[place], "no such place: " .. tostring(place))
    local before, after = form:match "^(.-)%*(.*)$"
    local folded = before and (fold(before) .. " * " .. fold(after)):gsub("^ ", ""):gsub(" $", "")
      or fold(form)
    forms[#forms + 1] = ("  {%d, %d, TIPL__PLACE_%s, TIPL_SECTION_%s},")
      :format(pool:add(folded), #folded, place:upper(), kind:upper())
    initials[place] = (initials[place] or 0) | initial(folded)
  end
  for i, place in ipairs(place_order) do
    begins[i] = #list
    table.move(of_place[place], 1, #of_place[place], #list + 1, list)
  end
  begins[#begins + 1] = #list
  return list, begins, initials
end

local function publisher(lexdir, pool)
  local list = {}
  for _, row in ipairs(rows(lexdir .. "/publisher.tsv")) do
    local folded, place, mark = fold(row[1]), row[2], row[3] or ""
    check(row, place == "line" or place == "start", "no such place: " .. tostring(place))
    local kind = check(row, ({ [""] = 0, special = 1, ["end"] = 2 })[mark], "no such mark: " .. mark)
    list[#list + 1] = ("  {%d, %d, TIPL__PLACE_%s, %d},")
      :format(pool:add(folded), #folded, place:upper(), kind)
  end
  return list
end

local function rating(lexdir, pool)
  local list = {}
  for _, row in ipairs(rows(lexdir .. "/rating.tsv")) do
    local folded = fold(row[1])
    local place = row[1]:sub(-1) == "*" and "CLAUSE" or "LINE"
    check(row, movements[row[2]], "no such movement: " .. tostring(row[2]))
    list[#list + 1] = ("  {%d, %d, TIPL__PLACE_%s, TIPL_MOVEMENT_%s},")
      :format(pool:add(folded), #folded, place, row[2]:upper())
  end
  return list
end

-- The words of hyphens.tsv as texts, a blank before and behind each: those before hyphens, and those behind.
local function hyphened(lexdir)
  local words = { [""] = {}, behind = {} }
  for _, row in ipairs(rows(lexdir .. "/hyphens.tsv")) do
    local list = check(row, words[row[2] or ""], "no such mark")
    list[#list + 1] = check(row, row[1]:find "^%l+$" and row[1], "a word in lower case expected")
  end
  local function text(list) return " " .. table.concat(list, " ") .. " " end
  return text(words[""]), text(words.behind)
end

-- The phrases of topic.tsv as forms like the others.
local function topic(lexdir, pool)
  local list = {}
  for i, row in ipairs(rows(lexdir .. "/topic.tsv")) do
    local text = check(row, row[1] == fold(row[1]) and row[1], "folded words expected")
    local kind = check(row, ({ [""] = 0, before = 1 })[row[2] or ""], "no such mark")
    list[i] = ("  {%d, %d, 0, %d},"):format(pool:add(text), #text, kind)
  end
  return list
end

local header = [[
/* names_data.h: the tables of names and headings that the outline stage reads. Generated from
 * core/lexicon by compile_names.lua; do not edit. */
#ifndef TIPL_NAMES_DATA_H
#define TIPL_NAMES_DATA_H

#include <stdint.h>

#include "tipl.h"

typedef enum tipl__place {
  TIPL__PLACE_LINE,  /* alone on a line */
  TIPL__PLACE_COLON, /* alone on a line that ends in a colon */
  TIPL__PLACE_START, /* alone on a line or at the start of one */
  TIPL__PLACE_OPENS, /* first words of a paragraph whose heading is lost */
  TIPL__PLACE_CLAUSE, /* in the first sentence of such a paragraph, which tells of the government */
  TIPL__PLACES
} tipl__place;

/* Text is an offset into tipl__name_pool; all of it is folded, but for the names of countries. */
typedef struct tipl__country_row {
  uint16_t name;
  char iso3[4];
  uint32_t initials; /* of its forms: bit 1 for A */
} tipl__country_row;
typedef struct tipl__country_form {
  uint16_t text, length, row;
} tipl__country_form;
typedef struct tipl__form {
  uint16_t text;
  uint8_t length;
  uint8_t place; /* tipl__place; for a rating's verb CLAUSE when an object may follow, else LINE */
  uint8_t kind;  /* headings: tipl_section_kind; rating: tipl_movement; publisher: 1 for a page of
                    special cases, 2 for what ends all narratives, else 0 */
} tipl__form;

extern const char tipl__name_pool[];
extern const char tipl__latin[192][3]; /* base letters of U+00C0 to U+017F */
extern const tipl__country_row tipl__country_rows[];
extern const tipl__country_form tipl__country_forms[]; /* sorted by text */
extern const tipl__form tipl__heading_forms[]; /* sorted by place: those of place p are the rows … */
extern const uint8_t tipl__heading_place[];    /* … from tipl__heading_place[p] to below tipl__heading_place[p + 1] */
extern const tipl__form tipl__publisher_forms[];
extern const tipl__form tipl__rating_forms[];
extern const tipl__form tipl__topic_forms[]; /* what a narrative speaks of; kind 1: what makes it speak of another trade */
extern const char tipl__hyphened[]; /* words before hyphens, a blank before and behind each */
extern const char tipl__suspends[]; /* words behind a hyphen that waits for another, likewise */

enum {
  TIPL__COUNTRY_ROWS = %d,
  TIPL__COUNTRY_FORMS = %d,
  TIPL__PUBLISHER_FORMS = %d,
  TIPL__RATING_FORMS = %d,
  TIPL__TOPIC_FORMS = %d
};

enum { /* initials of heading forms, bit 1 for A */
  TIPL__START_INITIALS = %d,
  TIPL__OPENS_INITIALS = %d,
  TIPL__CLAUSE_INITIALS = %d
};

#endif
]]

local function write(path, text)
  local file = assert(io.open(path, "w"))
  assert(file:write(text))
  assert(file:close())
end

local function array(type, name, items)
  return ("const %s %s[] = {\n%s\n};\n\n"):format(type, name, table.concat(items, "\n"))
end

local function pool_text(pool)
  local lines, line = {}, {}
  for byte in table.concat(pool.parts):gmatch "." do
    line[#line + 1] = tostring(byte:byte() > 127 and byte:byte() - 256 or byte:byte())
    if #line == 24 then
      lines[#lines + 1], line = "  " .. table.concat(line, ",") .. ",", {}
    end
  end
  lines[#lines + 1] = "  " .. table.concat(line, ",") .. (#line > 0 and "," or "") .. "0"
  return lines
end

local function latin_text()
  local lines = {}
  for i = 1, #latin, 16 do
    local line = {}
    for k = i, i + 15 do line[#line + 1] = '"' .. latin[k] .. '"' end
    lines[#lines + 1] = "  " .. table.concat(line, ", ") .. ","
  end
  return lines
end

local function compile(lexdir, outdir)
  local pool = new_pool()
  local country_rows, country_forms = countries(lexdir, pool)
  local heading_forms, heading_place, initials = headings(lexdir, pool)
  local publisher_forms = publisher(lexdir, pool)
  local rating_forms = rating(lexdir, pool)
  local topic_forms = topic(lexdir, pool)
  write(outdir .. "/names_data.h", header:format(#country_rows, #country_forms,
    #publisher_forms, #rating_forms, #topic_forms, initials.start or 0, initials.opens or 0, initials.clause or 0))
  write(outdir .. "/names_data.c", table.concat {
    "/* names_data.c: generated by compile_names.lua; do not edit. */\n",
    '#include "names_data.h"\n\n',
    array("char", "tipl__name_pool", pool_text(pool)),
    (array("char", "tipl__latin", latin_text()):gsub("latin%[%]", "latin[192][3]")),
    array("tipl__country_row", "tipl__country_rows", country_rows),
    array("tipl__country_form", "tipl__country_forms", country_forms),
    array("tipl__form", "tipl__heading_forms", heading_forms),
    array("uint8_t", "tipl__heading_place", { "  " .. table.concat(heading_place, ", ") }),
    array("tipl__form", "tipl__publisher_forms", publisher_forms),
    array("tipl__form", "tipl__rating_forms", rating_forms),
    array("tipl__form", "tipl__topic_forms", topic_forms),
    ('const char tipl__hyphened[] = "%s";\nconst char tipl__suspends[] = "%s";\n'):format(hyphened(lexdir)),
  })
end

if ... then
  local lexdir, outdir = ...
  assert(outdir, "usage: lua5.4 compile_names.lua LEXDIR OUTDIR")
  compile(lexdir, outdir)
end
return compile
