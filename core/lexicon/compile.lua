-- compile.lua LEXDIR OUTDIR: makes lexicon_data.c and lexicon_data.h out of the tables of LEXDIR.
--
-- A table of terms has lines `class TAB values TAB forms`: values are separated by commas and given as
-- numbers or as words of the class's vocabulary; forms are separated by `|` and may hold alternatives in
-- braces (`prosecut{e,es,ed,ing}`). What each class means is said in README.md. Run by the build; its
-- output is the same for the same tables, byte for byte.

local lexdir, outdir = arg[1], arg[2]
if not outdir then
  io.stderr:write("usage: lua5.4 compile.lua LEXDIR OUTDIR\n")
  os.exit(2)
end

local TABLES = { "metrics", "numbers", "time", "bounds", "people", "things", "acts", "cues", "text" }

local function fail(file, line, message)
  io.stderr:write(("%s/%s.tsv:%d: %s\n"):format(lexdir, file, line, message))
  os.exit(1)
end

-- How the values of a class become C. A string is a pattern for an enum constant; "number" is a number;
-- "who" is a set of tags; "metric" is a row of metrics.tsv.
local CLASSES = dofile(lexdir .. "/classes.lua")

local metrics, metric_row = {}, {}

local function constant(kind, word, where)
  if word == "-" then return "0" end
  if kind == "number" then
    if not tonumber(word) then fail(where[1], where[2], "not a number: " .. word) end
    return word
  elseif kind == "metric" then
    if not metric_row[word] then fail(where[1], where[2], "no metric of metrics.tsv: " .. word) end
    return "TIPL__METRIC_" .. word:upper()
  elseif kind == "who" then
    return (word:gsub("[^+]+", function(tag) return "TIPL_WHO_" .. tag:upper() end):gsub("%+", " | "))
  end
  return (kind:format((word:upper():gsub("[^%w]", "_"))))
end

local function expand(form) -- braces into a list
  local before, choices, after = form:match("^(.-){(.-)}(.*)$")
  if not before then return { form } end
  local out = {}
  for choice in (choices .. ","):gmatch("(.-),") do
    for _, tail in ipairs(expand(after)) do out[#out + 1] = before .. choice .. tail end
  end
  return out
end

-- The same cutting into tokens as text/tokens.c, for the ASCII of the tables.
local function tokens(form)
  local out, i = {}, 1
  while i <= #form do
    local s, e = form:find("^%s+", i)
    if not s then
      s, e = form:find("^[%a\x80-\xff]+", i)
      while s do -- an apostrophe between letters belongs to the word, except before a final s
        local _, more = form:find("^'[%a\x80-\xff]+", e + 1)
        if not more or form:sub(e + 1, more):lower() == "'s" then break end
        e = more
      end
      if not s and form:find("^'s", i) then s, e = i, i + 1 end
      if not s then s, e = i, i end
      out[#out + 1] = form:sub(s, e)
    end
    i = e + 1
  end
  return out
end

local words, word_row = {}, {}
local function word_number(token)
  if #token == 1 and not token:find("%w") then return token:byte() end
  local low = token:lower()
  if not word_row[low] then
    words[#words + 1] = low
    word_row[low] = 255 + #words
  end
  return word_row[low]
end

local terms, root = {}, { edges = {}, order = {} }

local marked_flags = {} -- triggers by the marked word of a form

local function add(class, values, form, where)
  local node = root
  local marked = form:match("%*([%a']+)")
  form = form:gsub("%*", "")
  for _, token in ipairs(tokens(form)) do
    local w = word_number(token)
    if not node.edges[w] then
      node.edges[w] = { edges = {}, order = {}, word = w }
      node.order[#node.order + 1] = w
    end
    node = node.edges[w]
  end
  if node == root then fail(where[1], where[2], "empty form") end
  node.terms = node.terms or {}
  for _, t in ipairs(node.terms) do
    if t.class == class then fail(where[1], where[2], ("%q has two terms of class %s"):format(form, class)) end
  end
  node.terms[#node.terms + 1] = { class = class, values = values, marked = marked }
  if marked then
    local w = word_number(marked)
    marked_flags[w] = (marked_flags[w] or 0) | (CLASSES[class].trigger or 0)
  end
  local first = words[form and node and 1]
  return first
end

for _, name in ipairs(TABLES) do
  local number = 0
  for line in io.lines(lexdir .. "/" .. name .. ".tsv") do
    number = number + 1
    local where = { name, number }
    if line ~= "" and not line:find("^#") then
      local class, values, forms = line:match("^([%w_]+)\t([^\t]*)\t(.+)$")
      if not class then fail(name, number, "three columns expected") end
      if name == "metrics" then
        metrics[#metrics + 1] = class
        metric_row[class] = #metrics
      else
        local kinds = CLASSES[class]
        if not kinds then fail(name, number, "unknown class " .. class) end
        local list = {}
        for value in (values .. ","):gmatch("(.-),") do
          list[#list + 1] = constant(kinds[#list + 1] or "number", value, where)
        end
        for form in (forms .. "|"):gmatch("(.-)|") do
          for _, one in ipairs(expand(form)) do add(class, list, one, where) end
        end
      end
    end
  end
end

-- Nouns and adjectives of currencies.tsv are terms, too.
for _, t in ipairs(dofile(lexdir .. "/compile_currencies.lua")(lexdir, outdir)) do
  add(t.class, { tostring(t.first), tostring(t.count) }, t.form, { "currencies", 0 })
end

-- Names of countries and nationalities: value is the row in tipl__nation_iso3, a is 1 for a person's noun
-- ("Ghanaians"). A name of two countries is left out: nobody is foreign by it.
local nations, nation_forms, nation_order = {}, {}, {}
for line in io.lines(lexdir .. "/countries.tsv") do
  local iso3, name, variants, demonyms = line:match("^(%u%u%u)\t([^\t]*)\t([^\t]*)\t([^\t]*)")
  if iso3 then
    nations[#nations + 1] = iso3
    for form in (name .. "|" .. variants .. "|" .. demonyms):gmatch("[^|]+") do
      local low = table.concat(tokens(form:lower():gsub("^the ", "")), " ")
      if form ~= "-" and not low:find("%d") then
        if not nation_forms[low] then nation_order[#nation_order + 1] = low end
        local other = nation_forms[low] and nation_forms[low] ~= #nations
        nation_forms[low] = other and 0 or #nations
      end
    end
  end
end
for _, form in ipairs(nation_order) do
  if nation_forms[form] > 0 then add("nation", { tostring(nation_forms[form] - 1) }, form, { "countries", 0 }) end
end

local class_names, class_number = {}, {}
for class in pairs(CLASSES) do class_names[#class_names + 1] = class end
table.sort(class_names)
for i, class in ipairs(class_names) do class_number[class] = i end
assert(#class_names < 64, "classes are held as bits of 64")

-- Nodes in the order of a walk from the root; node 0 stands for "none". Behind it come the nodes of the marks, which
-- hold a sign and no term.
local nodes, edges, term_rows = { { 0, 0, 0, 0, 0, 0, "0" } }, {}, {}
local function sign(name) return "UINT64_C(1) << " .. name end
local starts = {}
for _, mark in ipairs { { "MARK" }, { "COMMA", 44 }, { "SEMICOLON", 59 }, { "COLON", 58 }, { "DASH", 3 }, { "OPEN", 40 }, { "CLOSE", 41 } } do
  local signs = sign "TIPL__SIGN_MARK"
  if mark[2] then signs = signs .. " | " .. sign("TIPL__SIGN_" .. mark[1]) end
  nodes[#nodes + 1] = { 0, 0, 0, 0, 0, 0, signs }
  for w = mark[2] or 3, mark[2] or 255 do starts[w] = #nodes - 1 end
end
local function lay(node)
  local row = { 0, 0, 0, 0, 0, 0, "0" }
  nodes[#nodes + 1] = row
  local id = #nodes - 1
  if node.terms then
    row[3], row[4] = #term_rows, #node.terms
    for _, t in ipairs(node.terms) do
      term_rows[#term_rows + 1] = t
      row[5] = row[5] | 1 << class_number[t.class]
      if t.class == "clause" then row[7] = sign(t.values[1]) end
    end
  end
  row[1], row[2] = #edges, #node.order
  local first = #edges
  for _, w in ipairs(node.order) do
    edges[#edges + 1] = { w, 0 }
    row[6] = row[6] | 1 << (w * 37 & 63)
  end
  for i, w in ipairs(node.order) do edges[first + i][2] = lay(node.edges[w]) end
  return id
end

local flags = {}
local function own_flag(node)
  local f = 0
  for _, t in ipairs(node and node.terms or {}) do
    if not t.marked then f = f | (CLASSES[t.class].trigger or 0) end
  end
  return f
end
-- Or of the triggers of every term that begins with a word. A term with a word that has its trigger alone
-- ("was not") needs none on its first word.
local function flag_of(node, had)
  local f = own_flag(node) & ~(had & ~1) -- what counts is looked for from its first word on
  for _, w in ipairs(node.order) do f = f | flag_of(node.edges[w], had | own_flag(root.edges[w])) end
  return f
end
for _, w in ipairs(root.order) do
  if w >= 256 then
    starts[w], flags[w] = lay(root.edges[w]), flag_of(root.edges[w], 0)
  end
end
for w, f in pairs(marked_flags) do flags[w] = (flags[w] or 0) | f end

-- A perfect hash of the words: a spelling's group has a factor that sends each of its words to a place of its
-- own, so that a look-up is one probe and no search. The arithmetic stands in lexicon.h, too.
-- The classes of the terms that begin, and that end, with a word: most look-ups are over after one load.
local begins, ends = {}, {}
local function note(node, first)
  local own = 0
  for _, t in ipairs(node.terms or {}) do own = own | 1 << class_number[t.class] end
  if node.word then ends[node.word] = (ends[node.word] or 0) | own end
  if first then begins[first] = (begins[first] or 0) | own end
  for _, w in ipairs(node.order) do note(node.edges[w], first or w) end
end
note(root)

local bits = 8
while (1 << bits) < 5 * #words // 4 do bits = bits + 1 end
local size, group_bits = 1 << bits, bits - 2

local function key(word)
  local folded = (word .. ("\0"):rep(16)):sub(1, 16):gsub("[^\0]", function(c) return string.char(c:byte() | 0x20) end)
  local low, high = string.unpack("<i8i8", folded)
  return low, #word > 16 and ~high or high
end
local function hash(low, high)
  local h = low ~ high * 0xC2B2AE3D27D4EB4F
  return (h ~ h >> 29) * 0x9E3779B97F4A7C15
end
local function place(h, factor) return ((h >> 22) * factor & 0xFFFFFFFF) >> (32 - bits) end

local keys, groups, longest = {}, {}, 0
for i = 0, (1 << group_bits) - 1 do groups[i + 1] = { number = i } end
for i, word in ipairs(words) do
  local low, high = key(word)
  local h = hash(low, high)
  local group = groups[(h >> (64 - group_bits)) + 1]
  keys[i] = { low, high }
  group[#group + 1] = { hash = h, word = 255 + i }
  longest = math.max(longest, #word)
end
table.sort(groups, function(a, b) -- the large ones first, while there is room
  if #a ~= #b then return #a > #b end
  return a.number < b.number
end)
local places, factors = {}, {}
local function settle(group, factor) -- false, and nothing done, when two words meet
  local own = {}
  for _, w in ipairs(group) do
    local at = place(w.hash, factor)
    if places[at] or own[at] then return false end
    own[at] = w.word
  end
  for at, word in pairs(own) do places[at] = word end
  return true
end
for _, group in ipairs(groups) do
  local factor = 1
  while not settle(group, factor) do
    factor = factor + 2
    assert(factor < 0x10000, "no factor parts the words of a group: two are alike in 16 bytes, or hash needs another constant")
  end
  factors[group.number] = factor
end

local function write(name, text)
  local f = assert(io.open(outdir .. "/" .. name, "wb"))
  f:write(text)
  f:close()
end

local h = { "/* Generated from the tables of the lexicon by compile.lua. */\n#ifndef TIPL_LEXICON_DATA_H\n#define TIPL_LEXICON_DATA_H\n" }
local function H(...) h[#h + 1] = string.format(...) end
H("#define TIPL__WORDS %d\n#define TIPL__WORD_BASE 256\n", #words)
H("#define TIPL__WORD_TABLE_BITS %d\n#define TIPL__WORD_TABLE %d\n#define TIPL__WORD_LONGEST %d\n", bits, size, longest)
H("#define TIPL__WORD_GROUP_BITS %d\n#define TIPL__WORD_GROUPS %d\n", group_bits, 1 << group_bits)
H("#define TIPL__TERM_ROWS %d\n", #term_rows)
H("#define TIPL__METRICS %d\n#define TIPL__NATIONS %d\n", #metrics, #nations)
H("enum {\n")
for i, m in ipairs(metrics) do H("  TIPL__METRIC_%s = %d,\n", m:upper(), i - 1) end
H("};\nenum {\n")
for i, class in ipairs(class_names) do H("  TIPL__TERM_%s = %d,\n", class:upper(), i) end
H("  TIPL__TERM_CLASSES = %d\n};\n#endif\n", #class_names + 1)
write("lexicon_data.h", table.concat(h))

local c = { "/* Generated from the tables of the lexicon by compile.lua. */\n#include \"lexicon/lexicon.h\"\n#include \"lexicon/terms.h\"\n#include \"tipl.h\"\n" }
local function C(...) c[#c + 1] = string.format(...) end
C("const uint16_t tipl__word_factor[TIPL__WORD_GROUPS] = {\n")
for i = 0, (1 << group_bits) - 1 do C("  %d,\n", factors[i]) end
C("};\nconst uint16_t tipl__word_table[TIPL__WORD_TABLE] = {\n")
for i = 0, size - 1 do C("  %d,\n", places[i] or 256) end
C("};\nconst tipl__word_key tipl__word_keys[TIPL__WORDS] = {\n")
for _, k in ipairs(keys) do C("  {UINT64_C(0x%x), UINT64_C(0x%x)},\n", k[1], k[2]) end
C("};\nconst char *const tipl__word_text[TIPL__WORDS] = {\n")
for _, word in ipairs(words) do C("  %q,\n", word) end
C("};\nconst uint16_t tipl__word_node[TIPL__WORDS + TIPL__WORD_BASE] = {\n")
for w = 0, 255 + #words do C("  %d,\n", starts[w] or 0) end
for _, column in ipairs({ { "begins", begins }, { "ends", ends } }) do
  C("};\nconst uint64_t tipl__word_%s[TIPL__WORDS + TIPL__WORD_BASE] = {\n", column[1])
  for w = 0, 255 + #words do
    if (column[2][w] or 0) ~= 0 then C("  [%d] = UINT64_C(0x%x),\n", w, column[2][w]) end
  end
end
C("};\nconst uint8_t tipl__word_flags[TIPL__WORDS + TIPL__WORD_BASE] = {\n")
C("  [1] = 1, [3] = 128, [4] = 8, [5] = 8, [6] = 1, [7] = 1, [33] = 8, [36] = 1, [40] = 160, [46] = 8, [58] = 128, [63] = 8,\n")
for i in ipairs(words) do
  if flags[255 + i] and flags[255 + i] ~= 0 then C("  [%d] = %d,\n", 255 + i, flags[255 + i]) end
end
C("};\nconst tipl__node tipl__nodes[] = {\n")
for _, n in ipairs(nodes) do C("  {%d, %d, %d, %d, UINT64_C(0x%x), UINT64_C(0x%x), %s},\n", table.unpack(n)) end
C("};\nconst tipl__edge tipl__edges[] = {\n")
for _, e in ipairs(edges) do C("  {%d, %d},\n", e[1], e[2]) end
C("  {0, 0}\n};\nconst tipl__term tipl__terms[] = {\n")
for _, t in ipairs(term_rows) do
  C("  {TIPL__TERM_%s, %s, %s, %s},\n", t.class:upper(), t.values[1] or "0", t.values[2] or "0", t.values[3] or "0")
end
C("};\nconst char tipl__nation_iso3[TIPL__NATIONS][4] = {\n")
for _, iso3 in ipairs(nations) do C("  %q,\n", iso3) end
C("};\nconst char *const tipl__metric_names[TIPL__METRICS] = {\n")
for _, m in ipairs(metrics) do C("  %q,\n", m) end
C("};\nconst char *const tipl__term_class_names[TIPL__TERM_CLASSES] = {\n  \"-\",\n")
for _, class in ipairs(class_names) do C("  %q,\n", class) end
C("};\n")
write("lexicon_data.c", table.concat(c))

local extra = io.open(lexdir .. "/compile_names.lua")
if extra then
  extra:close()
  dofile(lexdir .. "/compile_names.lua")(lexdir, outdir)
end
