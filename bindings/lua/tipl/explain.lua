--- tipl.explain: why a rule matches a sentence or not: how far it got, which element failed there, what stands at that
-- place, which other rule took the text. Patterns are compiled anew with every element watched (grammar.lua).
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"
local grammar = require "tipl.grammar"
local rules = require "tipl.rules"

local explain = {}

-- What a trace learns: of all elements asked, the one that failed furthest in the pattern and then in the text.
-- Leaves are numbered as they stand in the pattern, from the left.
local function number_leaves(node, leaves, numbers)
  if node.op == "absent" or numbers[node] then return end
  if node.op == "leaf" and node.silent then return end
  if node.op == "leaf" or node.op == "within" then
    leaves[#leaves + 1] = node
    numbers[node] = #leaves
  end
  if node.op == "minus" then return number_leaves(node.list[1], leaves, numbers) end
  if node.child then number_leaves(node.child, leaves, numbers) end
  for _, inner in ipairs(node.list or {}) do number_leaves(inner, leaves, numbers) end
  for _, inner in pairs(node.rules or {}) do
    if type(inner) == "table" then number_leaves(inner, leaves, numbers) end
  end
end

local function new_trace(rule)
  local trace, numbers = { paragraph = rule.paragraph, leaves = {} }, {}
  number_leaves(rule.node, trace.leaves, numbers)
  function trace.leaf(node) return numbers[node] or 1 end
  local function reset()
    trace.best, trace.at, trace.reached = nil, 0, 0
  end
  function trace.passed(number) trace.reached = math.max(trace.reached, number) end
  function trace.failed(number, at)
    if not trace.best or at > trace.at or (at == trace.at and number > trace.best) then trace.best, trace.at = number, at end
  end
  trace.reset = reset
  reset()
  return trace
end

local function traced_pattern(rule)
  if not rule.traced then
    local trace = new_trace(rule)
    local lpeg = grammar.lpeg
    rule.traced = { trace = trace, pattern = lpeg.Ct(grammar.compile(rule.node, trace) * lpeg.Cg(lpeg.Cp(), "_stop")) }
  end
  return rule.traced.pattern, rule.traced.trace
end

-- The unit of the rule that a sentence (a row, or its number) stands in.
local function unit_of(rule, report, sentence)
  if math.type(sentence) == "integer" then sentence = report:sentences()[sentence] end
  if core.kind(sentence) ~= "tipl.Sentence" then error("explain: a sentence, or its number, is needed", 3) end
  return rule.paragraph and sentence.paragraph or sentence, sentence
end

-- The words from a place in the unit on, for a message.
local function text_at(text, at)
  local rest = text:sub(at):gsub("^%s+", "")
  local words = rest:match "^%S+%s*%S*%s*%S*%s*%S*" or ""
  return words ~= "" and (words:gsub("%s+", " "):gsub("%s$", "")) or "(the end)"
end

-- Tries the rule at every place where it may begin; the attempt that got furthest.
local function furthest(rule, report, unit)
  local set = rules.alone(rule)
  local phase, index = rules.place(set, rule)
  local pattern, trace = traced_pattern(rule)
  local starts = core.starts(phase.scanner, index, report, unit.number)
  local best
  for _, start in ipairs(starts) do
    trace.reset()
    local captures = core.try(grammar.lpeg.match, pattern, start, report, unit.number, rule.paragraph)
    local attempt = { start = start, matched = captures and captures._stop > start, stop = captures and captures._stop,
      element = trace.best, at = trace.at, reached = trace.reached }
    if attempt.matched then return attempt, trace, starts end
    if not best or attempt.reached > best.reached or (attempt.reached == best.reached and attempt.at > best.at) then
      best = attempt
    end
  end
  return best, trace, starts
end

local function first_leaf(rule)
  local _, trace = traced_pattern(rule)
  return trace.leaves[1]
end

--- Why one rule matches a sentence or not. A table: rule, sentence, matched; where it matched first, last, text; else
-- element (what failed), at (position in the source's sentence text, from 1), found (what stands there), read (what it
-- had read), closeness (0 to 1). `message` says it in one line.
function explain.rule(rule, report, sentence)
  local unit
  unit, sentence = unit_of(rule, report, sentence)
  local text = unit.text
  local attempt, trace = furthest(rule, report, unit)
  local out = { rule = rule, sentence = sentence, line = sentence.line, matched = false, closeness = 0 }
  local leaves = math.max(#trace.leaves, 1)
  if not attempt then
    local leaf = first_leaf(rule)
    out.element = leaf and leaf.name or grammar.describe(rule.node)
    out.at, out.found, out.read = 1, text_at(text, 1), ""
    out.message = ("%s: nothing in the sentence can begin it; it begins with %s"):format(rule.name, out.element)
  elseif attempt.matched then
    out.matched, out.closeness = true, 1
    out.text = text:sub(attempt.start, attempt.stop - 1):gsub("%s+", " ")
    out.message = ("%s: matches %q"):format(rule.name, out.text)
  else
    local leaf = trace.leaves[attempt.element]
    out.element = leaf and leaf.name or "the pattern"
    out.at, out.found = attempt.at, text_at(text, attempt.at)
    out.read = text:sub(attempt.start, attempt.at - 1):gsub("%s+", " "):gsub("%s$", "")
    out.closeness = math.min(attempt.reached, leaves - 1) / leaves
    out.message = ("%s: read %q, then wanted %s and found %q"):format(rule.name, out.read, out.element, out.found)
    if out.read == "" then
      out.message = ("%s: wanted %s and found %q"):format(rule.name, out.element, out.found)
    end
  end
  return out
end

-- The facts of others (the core, other sets and phases) whose evidence overlaps a match, and what to say of them.
local function stands_there(report, set, match)
  local facts, says = {}, {}
  for fact in report:facts() do
    if fact.first <= match.last and match.first <= fact.last and fact.rule ~= set.name .. "/" .. match.rule.name then
      facts[#facts + 1] = fact
      says[#facts] = ("%s (%s %s, %s %s)"):format(fact.id, fact.metric, tostring(fact.value_text or fact.label or fact.state),
        tostring(fact.rule):find "/" and "rule" or "the core's rule", tostring(fact.rule))
    end
  end
  return facts, table.concat(says, ", ")
end

--- The same for each rule of a set, with `taken_by` where another rule got the text of its match, and `beside`: the facts of
-- the core, or of other rules that were applied, which stand there too.
function explain.set(set, report, sentence)
  local out, losers, winners = {}, {}, {}
  for _, match in ipairs(set:matches(report, true)) do
    if not match.taken_by then winners[match.rule] = winners[match.rule] or {} table.insert(winners[match.rule], match) end
    if match.taken_by then losers[match.rule] = losers[match.rule] or {} table.insert(losers[match.rule], match) end
  end
  for i, rule in ipairs(set) do
    local one = explain.rule(rule, report, sentence)
    local unit = unit_of(rule, report, sentence)
    for _, match in ipairs(one.matched and losers[rule] or {}) do
      if match.row == unit.number then
        one.taken_by = match.taken_by
        one.message = one.message .. (", but %s took the text (overlap %s)"):format(match.taken_by.name, set.overlap)
        break
      end
    end
    for _, match in ipairs(one.matched and not one.taken_by and winners[rule] or {}) do
      if match.row == unit.number then
        local says
        one.beside, says = stands_there(report, set, match)
        if #one.beside > 0 then one.message = one.message .. ", where there is " .. says end
        break
      end
    end
    out[i] = one
  end
  return out
end

local function closer(a, b)
  if a.closeness ~= b.closeness then return a.closeness > b.closeness end
  if #a.read ~= #b.read then return #a.read > #b.read end
  if a.name ~= b.name then return (a.name or "") < (b.name or "") end
  return a.line < b.line
end

-- Keeps the first n of a list, by `closer`, once it has grown to several times that.
local function trim(list, n)
  table.sort(list, closer)
  for i = #list, n + 1, -1 do list[i] = nil end
end

--- What came closest to matching, over reports: for each rule at most `most` sentences (5) that it does not match, the
-- closest first, with name and text. reports: an iterator, such as tipl.each gives.
function explain.near(set, reports, most)
  local found = {}
  most = most or 5
  for report in reports do
    for sentence in report:sentences() do
      for _, rule in ipairs(set) do
        local one = explain.rule(rule, report, sentence)
        if not one.matched and one.closeness > 0 then
          one.text, one.name, one.sentence = sentence.text, report.name, nil
          found[rule] = found[rule] or {}
          table.insert(found[rule], one)
          if #found[rule] > 10 * most then trim(found[rule], most) end
        end
      end
    end
  end
  local list = {}
  for _, rule in ipairs(set) do
    trim(found[rule] or {}, most)
    table.move(found[rule] or {}, 1, #(found[rule] or {}), #list + 1, list)
  end
  return list
end

return explain
