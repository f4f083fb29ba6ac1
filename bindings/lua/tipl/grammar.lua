--- tipl.grammar: LPeg patterns whose elements ask the report's index. Reference: API.md.
-- A pattern of this module is a table { the LPeg pattern }, which LPeg itself takes for a grammar of one rule, so
-- that both mix in either order. What it is made of is kept beside it (`nodes`): from that come the places where a
-- match may begin, what a sentence must hold, and the traced pattern that explains why nothing matched.
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"
local found, lpeg = pcall(require, "lpeg")
if not found then error("tipl.grammar needs LPeg 1.0.2 or later (Debian: lua-lpeg)", 0) end

local P, S, V = lpeg.P, lpeg.S, lpeg.V
local grammar, Pattern = {}, { __name = "tipl.Pattern" }
local nodes = setmetatable({}, { __mode = "k" }) -- pattern → node

local blank_char = S " \t\r\n\v\f" + P "\xc2\xa0"
local blanks = blank_char ^ 0
local word_run = (1 - blank_char) ^ 1

-- ------------------------------------------------------------------ nodes to LPeg
-- A node: op, and by op: pattern (leaf: plain LPeg), element and check (leaf of the index), list, child, n, name …
-- `name` is what messages call it. `trace`, when given, says that the unit is a paragraph and, with `leaf`, `passed` and
-- `failed`, wants to know of every leaf where it held and where not.

local compile

-- What stands behind a gap is tried at once and after each word. As a grammar of n + 1 rules it is compiled once;
-- where it refers to rules of an outer grammar that cannot be, and it is looked for ahead of each word instead.
local function compile_gap(node, rest, open, trace)
  local step = word_run * blanks
  if node.stop then step = -compile(node.stop) * step end
  if trace and trace.paragraph then step = -node.border * step end
  if open then return (-rest * step) ^ -node.n * rest end
  local rules = { "1", rest = rest }
  for i = 1, node.n do rules[tostring(i)] = V "rest" + step * V(tostring(i + 1)) end
  rules[tostring(node.n + 1)] = V "rest"
  return P(rules)
end

local function is_open(node)
  if node.op == "reference" then return true end
  if node.op == "grammar" then return false end
  if node.child and is_open(node.child) then return true end
  for _, inner in ipairs(node.list or {}) do
    if is_open(inner) then return true end
  end
  return false
end

local function compile_sequence(list, from, trace)
  local parts, open = {}, false
  for i = #list, from, -1 do -- from the end, since a gap must know what follows it
    local node = list[i]
    if node.op == "gap" then
      local rest = P(true)
      for k = #parts, 1, -1 do rest = rest * parts[k] end
      parts = { compile_gap(node, rest, open, trace) }
    else
      parts[#parts + 1] = compile(node, trace)
    end
    open = open or is_open(node)
  end
  local all = P(true)
  for k = #parts, 1, -1 do all = all * parts[k] end
  return all
end

-- A leaf, watched: where it was asked, whether it held.
local function traced(leaf, node, trace)
  local number = trace.leaf(node)
  return lpeg.Cmt(leaf, function(_, stop, ...)
    trace.passed(number, stop)
    return true, ...
  end) + lpeg.Cmt(P(true), function(_, at)
    trace.failed(number, at)
    return false
  end) * 1 -- never reached; without it LPeg would take the leaf for one that may read nothing
end

local makers = {}

function makers.leaf(node, trace) return trace and trace.leaf and not node.silent and traced(node.pattern, node, trace) or node.pattern end
function makers.sequence(node, trace) return compile_sequence(node.list, 1, trace) end
function makers.gap(node, trace) return compile_gap(node, P(true), false, trace) end
function makers.choice(node, trace)
  local all
  for _, inner in ipairs(node.list) do
    local one = compile(inner, trace)
    all = all and all + one or one
  end
  return all
end
function makers.minus(node, trace) return -compile(node.list[2]) * compile(node.list[1], trace) end
-- Not LPeg's own #p: LPeg 1.0.2 aborts when match-time captures inside it have values. This one captures nothing.
function makers.ahead(node, trace) return -(-compile(node.child, trace)) end
function makers.absent(node) return -compile(node.child) end
function makers.power(node, trace)
  local body = compile(node.child, trace)
  if node.child.op ~= "leaf" or node.child.element then body = node.step * body end
  return body ^ node.n
end
function makers.capture(node, trace) return node.make(compile(node.child, trace)) end
function makers.within(node, trace)
  local check = node.check
  if trace and trace.leaf then check = traced(check, node, trace) end
  return check * compile(node.child, trace)
end
function makers.reference(node) return V(node.rule) end
function makers.grammar(node, trace)
  local rules = {}
  for key, inner in pairs(node.rules) do
    rules[key] = type(inner) == "string" and inner or node.step * compile(inner, trace)
  end
  return P(rules)
end

function compile(node, trace) return makers[node.op](node, trace) end

local function make(node)
  local pattern = setmetatable({ compile(node) }, Pattern)
  nodes[pattern] = node
  return pattern
end

-- ------------------------------------------------------------------ what may stand for a pattern

local function complain(what, value, level)
  error(("%s: a pattern, a text or a number of bytes expected, got %s"):format(what,
    type(value) == "table" and "a table" or tostring(value)), level)
end

local function literal(text)
  return { op = "leaf", pattern = P(text), text = text, name = ("%q"):format(text) }
end

-- The node of what is given where a pattern is expected; `what` is the element that wants it.
local function node_of(value, what, level)
  if nodes[value] then return nodes[value] end
  if type(value) == "string" then return literal(value) end
  if lpeg.type(value) == "pattern" then return { op = "leaf", pattern = value, name = "an LPeg pattern" } end
  if math.type(value) == "integer" or type(value) == "boolean" then
    return { op = "leaf", pattern = P(value), name = tostring(value), bytes = value }
  end
  complain(what, value, (level or 3) + 1)
end

-- ------------------------------------------------------------------ operators

local function flat(op, ...)
  local list = {}
  for _, node in ipairs { ... } do
    if node.op == op then table.move(node.list, 1, #node.list, #list + 1, list) else list[#list + 1] = node end
  end
  return { op = op, list = list }
end

local blank_node = { op = "leaf", pattern = blanks, name = "blanks", silent = true, nullable = true }

function Pattern.__mul(a, b) return make(flat("sequence", node_of(a, "*"), node_of(b, "*"))) end
function Pattern.__idiv(a, b) return make(flat("sequence", node_of(a, "//"), blank_node, node_of(b, "//"))) end
-- `..` would read better than `//`, but a metamethod of `..` that needs more stack corrupts memory in Lua 5.4.4.
function Pattern.__concat() error("..: patterns are joined by // (blanks between) or * (one right behind the other)", 2) end
function Pattern.__add(a, b) return make(flat("choice", node_of(a, "+"), node_of(b, "+"))) end
function Pattern.__sub(a, b) return make { op = "minus", list = { node_of(a, "-"), node_of(b, "-") } } end
function Pattern.__unm(a) return make { op = "absent", child = node_of(a, "-") } end
function Pattern.__len(a) return make { op = "ahead", child = node_of(a, "#") } end

local function capture(child, make_capture, what)
  return make { op = "capture", child = node_of(child, what, 4), make = make_capture }
end

function Pattern.__div(a, b)
  if type(b) ~= "function" and type(b) ~= "string" and type(b) ~= "number" and type(b) ~= "table" then
    error("/: a function, a text, a number or a table expected, got " .. tostring(b), 2)
  end
  return capture(a, function(p) return p / b end, "/")
end

local function element(kind, name, argument)
  local ask, handle = core.element(kind, argument)
  local reads = kind ~= "section" and kind ~= "after"
  return { op = "leaf", element = handle, pattern = lpeg.Cmt(P(reads and 1 or true), ask), name = name, kind = kind,
    argument = argument }
end

local step = lpeg.Cmt(P(true), (core.element "step"))
local border = lpeg.Cmt(P(1), (core.element "sentence"))

function Pattern.__pow(a, n)
  if math.type(n) ~= "integer" then error("^: a whole number expected, got " .. tostring(n), 2) end
  return make { op = "power", child = node_of(a, "^"), n = n, step = step }
end

function Pattern.__tostring(p)
  return "pattern " .. grammar.describe(p)
end

Pattern.__index = {}

--- The same pattern, its capture (or, without one, its text) kept under a name: in a rule, that field of the fact.
function Pattern.__index.as(p, name)
  if type(name) ~= "string" or not name:match "^[%a][%w_]*$" then
    error("as: a name expected, got " .. tostring(name), 2)
  end
  local node = nodes[p]
  return make { op = "capture", child = node, tag = name, make = function(inner) return lpeg.Cg(inner, name) end }
end

-- ------------------------------------------------------------------ elements

local function index_element(kind, name, argument)
  return make(element(kind, name, argument))
end

-- Calls make_element and puts the element's name before what it raises.
local function named(name, make_element, ...)
  local ok, value = pcall(make_element, ...)
  if ok then return value end
  error(name .. ": " .. tostring(value):gsub("^[^%s:]*:%d+: ", ""):gsub("^bad argument #%d to '[^']*' ", ""), 3)
end

local function quoted_list(list)
  local out = {}
  for i = 1, math.min(#list, 3) do out[i] = ("%q"):format(tostring(list[i])) end
  if #list > 3 then out[4] = "…" end
  return "{ " .. table.concat(out, ", ") .. " }"
end

local measures = {
  number = "number", money = "money", year = "year", duration = "duration", percent = "percent",
  ordinal = "ordinal", date = "date", period = { "year", "year_range", "date", "period" },
}
for name, kinds in pairs(measures) do grammar[name] = index_element("measure", name, kinds) end

grammar.sentence = index_element("sentence", "sentence")
grammar.paragraph = index_element("paragraph", "paragraph")
grammar.blank = make(blank_node)

--- A word or phrase of the list, whole and in any case; looked up, so that long lists cost nothing.
function grammar.word(list)
  if type(list) == "string" then list = { list } end
  if type(list) ~= "table" or nodes[list] then error("word: a word or a list of words expected, got " .. tostring(list), 2) end
  return named("word", index_element, "word", #list == 1 and ("word %q"):format(tostring(list[1])) or "word " .. quoted_list(list), list)
end

--- A word of the lexicon that speaks of a metric: metric "convictions" reads "convicted".
function grammar.metric(name)
  if type(name) ~= "string" then error("metric: a metric expected, got " .. tostring(name), 2) end
  return named("metric", index_element, "metric", ("metric %q"):format(name), name)
end

--- A term of a class of the lexicon (core/lexicon/README.md): term "head" reads "victims".
function grammar.term(name)
  if type(name) ~= "string" then error("term: a class of terms expected, got " .. tostring(name), 2) end
  return named("term", index_element, "term", ("term %q"):format(name), name)
end

local function optional_word(kind, what)
  local any = index_element(kind, kind)
  nodes[any].call = function(word)
    if type(word) ~= "string" then error(("%s: %s expected, got %s"):format(kind, what, tostring(word)), 3) end
    if kind == "country" and not word:match "^%u%u%u$" then
      error(("country: an ISO 3166 alpha-3 code like NOR expected, got '%s'"):format(word), 3)
    end
    return named(kind, index_element, kind, ("%s %q"):format(kind, word), word)
  end
  return any
end

--- A country or nationality; country "NOR": this one.
grammar.country = optional_word("country", "an ISO 3166 alpha-3 code")
--- Who acts or speaks; actor "ngo": of this kind.
grammar.actor = optional_word("actor", "a word of the vocabulary source")

function Pattern.__call(p, ...)
  local call = nodes[p].call
  if not call then error(grammar.describe(p) .. " takes no argument", 2) end
  return call(...)
end

--- A fact that the filter takes, at the beginning of its evidence.
function grammar.fact(filter)
  if filter ~= nil and type(filter) ~= "table" then error("fact: a filter expected, got " .. tostring(filter), 2) end
  local parts = {}
  for key, value in pairs(filter or {}) do
    parts[#parts + 1] = key .. " = " .. (type(value) == "table" and quoted_list(value) or ("%q"):format(tostring(value)))
  end
  table.sort(parts)
  return named("fact", index_element, "fact", "fact { " .. table.concat(parts, ", ") .. " }", filter)
end

--- One of several patterns, the first that matches.
function grammar.any_of(...)
  local list = select("#", ...) == 1 and type((...)) == "table" and not nodes[(...)] and (...) or { ... }
  if #list == 0 then error("any_of: no pattern given", 2) end
  local out = {}
  for i, inner in ipairs(list) do out[i] = node_of(inner, "any_of") end
  return make(flat("choice", table.unpack(out)))
end

--- Up to n words, as few as let the rest of the sequence match, none of which begins with `stop`.
function grammar.gap(n, stop)
  if math.type(n) ~= "integer" or n < 1 or n > 200 then error("gap: 1 to 200 words expected, got " .. tostring(n), 2) end
  return make { op = "gap", n = n, stop = stop ~= nil and node_of(stop, "gap") or nil, border = border,
    name = ("gap(%d)"):format(n) }
end

--- The pattern, in sections of these kinds only.
function grammar.within(kinds, p)
  local inner = node_of(p, "within")
  local section = named("within", element, "section", "within", kinds)
  return make { op = "within", child = inner, element = section.element, check = section.pattern,
    kinds = type(kinds) == "table" and kinds or { kinds },
    name = "within " .. (type(kinds) == "table" and quoted_list(kinds) or ("%q"):format(kinds)) }
end

local quote_open, quote_close = P '"' + "“" + "‘‘", P '"' + "”" + "’’"
--- A text in quotation marks, which is captured.
grammar.quoted = make { op = "leaf", name = "quoted",
  pattern = quote_open * lpeg.C((1 - quote_close - "\n\n") ^ 1) * quote_close }

--- What follows, blanks aside, must match; it is not read.
function grammar.before(p)
  return make { op = "ahead", child = flat("sequence", blank_node, node_of(p, "before")) }
end

--- What ends right before, blanks aside, must be this: an element of the index, or a pattern of fixed length.
function grammar.after(p)
  local node = node_of(p, "after")
  if node.element and node.op == "leaf" then
    local leaf = element("after", "after(" .. node.name .. ")", node.element)
    leaf.inner, leaf.nullable = node, true
    return make(leaf)
  end
  local ok, behind = pcall(lpeg.B, compile(node))
  if not ok then error("after: an element of the index or a pattern of fixed length without captures expected", 2) end
  return make { op = "leaf", pattern = behind, name = "after(" .. (node.name or "pattern") .. ")", nullable = true }
end

-- ------------------------------------------------------------------ LPeg's own, as patterns of this module

local function reserve_rules(rules)
  local out = {}
  for key, value in pairs(rules) do
    out[key] = key == 1 and type(value) == "string" and value or node_of(value, ("rule %q"):format(tostring(key)), 4)
  end
  return { op = "grammar", rules = out, step = step, name = "a grammar" }
end

function grammar.P(value)
  if nodes[value] then return value end
  if type(value) == "table" then return make(reserve_rules(value)) end
  return make(node_of(value, "P"))
end
function grammar.R(...) return make { op = "leaf", pattern = lpeg.R(...), name = "R(" .. table.concat({ ... }, ", ") .. ")" } end
function grammar.S(set) return make { op = "leaf", pattern = S(set), name = ("S(%q)"):format(set) } end
function grammar.V(rule) return make { op = "reference", rule = rule, name = ("rule %q"):format(tostring(rule)) } end
function grammar.C(p) return capture(p, lpeg.C, "C") end
function grammar.Ct(p) return capture(p, lpeg.Ct, "Ct") end
function grammar.Cg(p, name) return capture(p, function(inner) return lpeg.Cg(inner, name) end, "Cg") end
function grammar.Cmt(p, f) return capture(p, function(inner) return lpeg.Cmt(inner, f) end, "Cmt") end
function grammar.Cc(...) return make { op = "leaf", pattern = lpeg.Cc(...), name = "Cc", silent = true, nullable = true } end
function grammar.Cp() return make { op = "leaf", pattern = lpeg.Cp(), name = "Cp", silent = true, nullable = true } end

-- ------------------------------------------------------------------ looking into a pattern

local function is_pattern(value) return nodes[value] ~= nil end
grammar.is_pattern = is_pattern

--- A pattern in words, for messages.
function grammar.describe(p)
  local function say(node)
    if node.name then return node.name end
    if node.op == "sequence" or node.op == "choice" then
      local parts = {}
      for _, inner in ipairs(node.list) do
        if inner ~= blank_node then parts[#parts + 1] = say(inner) end
      end
      return table.concat(parts, node.op == "choice" and " + " or " // ")
    end
    if node.op == "minus" then return say(node.list[1]) .. " - " .. say(node.list[2]) end
    if node.op == "power" then return "(" .. say(node.child) .. ")^" .. node.n end
    if node.op == "ahead" then return "#(" .. say(node.child) .. ")" end
    if node.op == "absent" then return "-(" .. say(node.child) .. ")" end
    return say(node.child)
  end
  return say(nodes[p] or p)
end

--- For tipl.rules: the node of a pattern, and the LPeg pattern of a node.
function grammar.node(p) return nodes[p] or node_of(p, "pattern") end
function grammar.compile(node, trace) return compile(node, trace) end
grammar.lpeg = lpeg

return grammar
