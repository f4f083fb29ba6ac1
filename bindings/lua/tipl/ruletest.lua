--- tipl.ruletest: runs the examples of rules, and loads the modules that hold rule sets.
-- SPDX-License-Identifier: MIT
local tipl = require "tipl"
local core = require "tipl.core"

local ruletest = {}

--- The rule sets that a Lua file returns: one set, or a list of them. Ends the script where there are none.
function ruletest.load(path)
  local chunk, message = loadfile(path, "t")
  if not chunk then tipl.fail(message, message:find "cannot open" and 2 or 1) end
  local rules = require "tipl.rules"
  local ok, value = pcall(chunk)
  if not ok then tipl.fail(path .. ": " .. tostring(value)) end
  local list = getmetatable(value) == rules.Set and { value } or value
  for i, set in ipairs(type(list) == "table" and list or {}) do
    if getmetatable(set) ~= rules.Set then tipl.fail(("%s: entry %d of what it returns is no rule set"):format(path, i)) end
  end
  if type(list) ~= "table" or #list == 0 then tipl.fail(path .. ": it returns no rule set (return tipl.rules { … })") end
  return list
end

local headings = {
  prosecution = "PROSECUTION", protection = "PROTECTION", prevention = "PREVENTION", profile = "TRAFFICKING PROFILE",
  recommendations = "PRIORITIZED RECOMMENDATIONS:",
}

-- An example is a text, or { text, section =, year =, and fields that a fact of it must have }.
local function open_example(example)
  if type(example) == "string" then example = { example } end
  local text = example[1]
  if type(text) ~= "string" then return nil, "an example is a text, or a table that begins with one" end
  if example.section then
    if not headings[example.section] then
      local known = {}
      for name in pairs(headings) do known[#known + 1] = name end
      table.sort(known)
      return nil, ("unknown section '%s' (nearest: '%s')"):format(tostring(example.section),
        core.nearest(tostring(example.section), known))
    end
    text = ("2021 Trafficking in Persons Report: Valdoria\n\nVALDORIA: Tier 2\n\n%s\n\n%s"):format(
      headings[example.section], text)
  end
  local report, message = tipl.parse(text, { plain = true, name = "example", year = example.year })
  return report, message, example
end

local function shown(value) return type(value) == "string" and ("%q"):format(value) or tostring(value) end

-- What is wrong with a fact that should have the example's fields; nil for nothing.
local function difference(fact, example)
  local keys = {}
  for key in pairs(example) do
    if type(key) == "string" and key ~= "section" and key ~= "year" then keys[#keys + 1] = key end
  end
  table.sort(keys)
  for _, key in ipairs(keys) do
    local got = fact[key]
    if core.kind(got) then got = got.text end
    if got ~= example[key] then return ("%s is %s, not %s"):format(key, shown(got), shown(example[key])) end
  end
end

-- The facts of a rule in a report to which its set was applied.
local function facts_of(report, set, rule)
  local name, out = set.name .. "/" .. rule.name, {}
  for fact in report:facts() do
    if fact.rule == name then out[#out + 1] = fact end
  end
  return out
end

local function why_not(set, rule, report)
  local best
  for sentence in report:sentences() do
    for _, one in ipairs(set:explain(report, sentence)) do
      if one.rule == rule and (not best or one.closeness > best.closeness) then best = one end
    end
  end
  return best and best.message:gsub("^[^:]*: ", "") or "there is no sentence in it"
end

local function accept(set, rule, report, example)
  local facts = facts_of(report, set, rule)
  if #facts == 0 then return "does not accept it: " .. why_not(set, rule, report) end
  local first
  for _, fact in ipairs(facts) do
    local wrong = difference(fact, example)
    if not wrong then return nil end
    first = first or ("reads %q, but %s"):format(fact.evidence, wrong)
  end
  return first
end

local function reject(set, rule, report)
  local facts = facts_of(report, set, rule)
  if #facts > 0 then return ("does not reject it: reads %q"):format(facts[1].evidence) end
end

--- Runs all examples of a set. Calls tell(rule, text, message) for each that fails; returns how many passed and failed.
function ruletest.run(set, tell)
  local passed, failed = 0, 0
  for _, rule in ipairs(set) do
    for _, kind in ipairs { { rule.accepts, accept }, { rule.rejects, reject } } do
      for _, given in ipairs(kind[1]) do
        local report <close>, message, example = open_example(given)
        local text = type(given) == "table" and given[1] or given
        if report then
          set:apply(report)
          message = kind[2](set, rule, report, example)
        end
        if message then
          failed = failed + 1
          tell(rule, tostring(text), message)
        else
          passed = passed + 1
        end
      end
    end
  end
  return passed, failed
end

return ruletest
