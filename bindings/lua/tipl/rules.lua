--- tipl.rules: rules, sets of them, and the facts that they add to a report. Reference: API.md.
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"
local grammar = require "tipl.grammar"
local anchors = require "tipl.anchors"

local rules = {}

local BUDGET = 100000 -- elements asked in one sentence by one rule
local FEW_WORDS = 8   -- so many are searched one by one, more are looked up together

-- ------------------------------------------------------------------ rules

local Rule = { __name = "tipl.Rule" }
Rule.__index = Rule

local rule_keys = { "name", "pattern", "fields", "priority", "phase", "accepts", "rejects" }
local field_words = {
  metric = "metric", bound = "bound", state = "state", basis = "basis", form = "form", who = "who", source = "source",
  status = "status", relation = "relation", certainty = "certainty", phase = "phase",
}
local field_names = {
  "metric", "value", "unit", "bound", "state", "from", "to", "year", "basis", "form", "who", "source", "status",
  "relation", "of", "certainty", "phase", "label", "evidence", "noun", "actor", "recipient", "purpose", "verb",
}
local is_field = {}
for _, name in ipairs(field_names) do is_field[name] = true end

local function unknown(what, word, list)
  return ("unknown %s '%s' (nearest: '%s')"):format(what, tostring(word), core.nearest(tostring(word), list))
end

local function check_keys(spec, known, what, level)
  for key in pairs(spec) do
    if type(key) == "string" then
      local ok = false
      for _, name in ipairs(known) do ok = ok or name == key end
      if not ok then error(unknown(what, key, known), level + 1) end
    end
  end
end

local function check_fields(name, fields, level)
  if fields == nil or type(fields) == "function" then return end
  if type(fields) ~= "table" then error(("rule %s: fields is a table or a function"):format(name), level + 1) end
  for key, value in pairs(fields) do
    if not is_field[key] then error(("rule %s: %s"):format(name, unknown("field", key, field_names)), level + 1) end
    local words = field_words[key] and type(value) == "string" and core.vocabulary(field_words[key])
    for word in (words and (key == "form" and value or value:gsub("%+", " ")) or ""):gmatch "%S+" do
      local ok = false
      for _, known in ipairs(words) do ok = ok or known == word end
      if not ok then error(("rule %s: %s"):format(name, unknown(key, word, words)), level + 1) end
    end
  end
end

-- Does a match of the node reach beyond a sentence?
local function wants_paragraph(node)
  if node.kind == "sentence" or node.kind == "paragraph" then return true end
  if node.child and wants_paragraph(node.child) then return true end
  for _, inner in ipairs(node.list or {}) do
    if wants_paragraph(inner) then return true end
  end
  for _, inner in pairs(node.rules or {}) do
    if type(inner) == "table" and wants_paragraph(inner) then return true end
  end
  return false
end

--- A rule: { name =, pattern =, fields =, priority =, phase =, accepts =, rejects = }.
function rules.rule(spec)
  if type(spec) ~= "table" then error("rule: a table { name =, pattern =, … } expected, got " .. type(spec), 2) end
  check_keys(spec, rule_keys, "key of a rule", 2)
  local name = spec.name
  if type(name) ~= "string" or name == "" then error("rule: a name is needed", 2) end
  if spec.pattern == nil then error(("rule %s: a pattern is needed"):format(name), 2) end
  local ok, node = pcall(grammar.node, spec.pattern)
  if not ok then error(("rule %s: %s"):format(name, tostring(node):gsub("^[^%s:]*:%d+: ", "")), 2) end
  check_fields(name, spec.fields, 2)
  for _, key in ipairs { "priority", "phase" } do
    if spec[key] ~= nil and math.type(spec[key]) ~= "integer" then
      error(("rule %s: %s is a whole number"):format(name, key), 2)
    end
  end
  for _, key in ipairs { "accepts", "rejects" } do
    if spec[key] ~= nil and type(spec[key]) ~= "table" then
      error(("rule %s: %s is a list of examples"):format(name, key), 2)
    end
  end
  local self = setmetatable({
    name = name, pattern = spec.pattern, fields = spec.fields or {}, priority = spec.priority or 0,
    phase = spec.phase or 1, accepts = spec.accepts or {}, rejects = spec.rejects or {}, node = node,
    paragraph = wants_paragraph(node), warnings = {},
  }, Rule)
  anchors.check(node, function(message) self.warnings[#self.warnings + 1] = ("rule %s: %s"):format(name, message) end)
  return self
end

function Rule:__tostring() return ("rule %s: %s"):format(self.name, grammar.describe(self.node)) end

-- The rule's pattern for the scanner: captures in a table, with the position behind the match.
local function scanned(rule)
  local lpeg = grammar.lpeg
  local inner = grammar.compile(rule.node, { paragraph = rule.paragraph })
  local need, words = anchors.need(rule.node)
  return {
    name = rule.name, pattern = lpeg.Ct(inner * lpeg.Cg(lpeg.Cp(), "_stop")), need = need,
    first = anchors.first(rule.node), reach = anchors.reach(rule.node), paragraph = rule.paragraph, words = words,
    starts = anchors.words(rule.node),
  }
end

-- ------------------------------------------------------------------ sets

local Set = { __name = "tipl.RuleSet" }
Set.__index = Set

local overlaps = { "all", "longest", "first" }

local function new_scanner(list, budget)
  local scans, words = {}, {}
  for i, rule in ipairs(list) do
    scans[i] = scanned(rule)
    table.move(scans[i].words, 1, #scans[i].words, #words + 1, words)
  end
  local few = #words <= FEW_WORDS
  for _, scan in ipairs(scans) do table.move(scan.starts, 1, #scan.starts, #words + 1, words) end
  local all = not few and select(2, core.element("word", words)) or nil
  return core.scanner(scans, grammar.lpeg.match, budget, all)
end

-- Rules by phase, each with the scanner of its own.
local function make_phases(self)
  local by, order = {}, {}
  for i, rule in ipairs(self) do
    if not by[rule.phase] then
      by[rule.phase] = { number = rule.phase }
      order[#order + 1] = by[rule.phase]
    end
    table.insert(by[rule.phase], rule)
    self.rank[rule] = i
  end
  table.sort(order, function(a, b) return a.number < b.number end)
  for _, phase in ipairs(order) do phase.scanner = new_scanner(phase, self.budget) end
  return order
end

--- A set of rules: { name =, overlap = "all" | "longest" | "first", budget =, rule, rule, … }.
function rules.set(spec)
  if type(spec) ~= "table" then error("rules: a table { name =, rule, … } expected, got " .. type(spec), 2) end
  check_keys(spec, { "name", "overlap", "budget" }, "key of a rule set", 2)
  local self = setmetatable({ name = spec.name, overlap = spec.overlap or "all", budget = spec.budget or BUDGET,
    rank = {}, warnings = {} }, Set)
  if type(self.name) ~= "string" or self.name == "" then error("rules: the set needs a name", 2) end
  local ok = false
  for _, word in ipairs(overlaps) do ok = ok or word == self.overlap end
  if not ok then error(("rules %s: %s"):format(self.name, unknown("overlap", self.overlap, overlaps)), 2) end
  if math.type(self.budget) ~= "integer" or self.budget < 1 then
    error(("rules %s: budget is a whole number of steps"):format(self.name), 2)
  end
  local seen = {}
  for i, rule in ipairs(spec) do
    if getmetatable(rule) ~= Rule then
      if type(rule) ~= "table" then error(("rules %s: entry %d is no rule"):format(self.name, i), 2) end
      local made, value = pcall(rules.rule, rule)
      if not made then error(("rules %s: %s"):format(self.name, tostring(value):gsub("^[^%s:]*:%d+: ", "")), 2) end
      rule = value
    end
    if seen[rule.name] then error(("rules %s: two rules are called %s"):format(self.name, rule.name), 2) end
    seen[rule.name] = true
    self[i] = rule
    for _, warning in ipairs(rule.warnings) do self.warnings[#self.warnings + 1] = warning end
  end
  if #self == 0 then error(("rules %s: there is no rule in it"):format(self.name), 2) end
  self.phases = make_phases(self)
  for _, warning in ipairs(self.warnings) do warn("tipl: rules ", self.name, ": ", warning) end
  return self
end

function Set:__tostring() return ("rules %s: %d, overlap %s"):format(self.name, #self, self.overlap) end

-- ------------------------------------------------------------------ overlaps

-- The matches that stay, of those that overlap one another; the others say in `taken_by` which rule took their text.
local function settle_group(self, group, kept)
  local rank, longest = self.rank, self.overlap == "longest"
  table.sort(group, function(a, b)
    if longest and a.last - a.first ~= b.last - b.first then return a.last - a.first > b.last - b.first end
    if a.rule.priority ~= b.rule.priority then return a.rule.priority > b.rule.priority end
    if a.rule ~= b.rule then return rank[a.rule] < rank[b.rule] end
    return a.first < b.first
  end)
  local stay = {}
  for _, match in ipairs(group) do
    for _, other in ipairs(stay) do
      if match.first <= other.last and other.first <= match.last then match.taken_by = other.rule end
    end
    if not match.taken_by then
      stay[#stay + 1] = match
      kept[#kept + 1] = match
    end
  end
end

local function settle(self, matches)
  local rank, kept, group, reach = self.rank, {}, {}, 0
  local function in_text(a, b)
    if a.first ~= b.first then return a.first < b.first end
    return rank[a.rule] < rank[b.rule]
  end
  table.sort(matches, in_text)
  if self.overlap == "all" then return matches end
  for _, match in ipairs(matches) do
    if match.first > reach and #group > 0 then
      settle_group(self, group, kept)
      group = {}
    end
    group[#group + 1] = match
    reach = math.max(reach, match.last)
  end
  settle_group(self, group, kept)
  table.sort(kept, in_text)
  return kept
end

-- ------------------------------------------------------------------ matches and facts

-- The matches of a phase: all, those that stay, and what was cut short.
local function match_phase(self, phase, report)
  local raw, troubles = core.scan(phase.scanner, report)
  local matches = {}
  for i, m in ipairs(raw) do
    matches[i] = { rule = phase[m[1]], row = m[2], first = m[3], last = m[4], captures = m[5], report = report }
  end
  for _, trouble in ipairs(troubles) do
    local rule = phase[trouble.rule]
    local unit = trouble.paragraph and report:paragraphs()[trouble.row] or report:sentences()[trouble.row]
    trouble.rule, trouble.unit = rule, unit
    trouble.message = ("%s: rule %s/%s used up %d steps in the %s at line %d; what it reads there is not known")
      :format(report.name or "(text)", self.name, rule.name, self.budget, trouble.paragraph and "paragraph" or "sentence",
        unit.line)
  end
  return matches, #matches > 0 and settle(self, matches) or matches, troubles
end

-- The fields of the fact that a match makes, or nil when the rule's function wants none.
local function fields_of(self, match)
  local rule, captures = match.rule, match.captures
  local out = {}
  for key, value in pairs(captures) do
    if is_field[key] then out[key] = value end
  end
  if type(rule.fields) == "function" then
    local made = rule.fields(captures, match)
    if not made then return nil end
    if type(made) ~= "table" then error(("rule %s: its function gave no table but %s"):format(rule.name, type(made)), 0) end
    for key, value in pairs(made) do
      if not is_field[key] then error(("rule %s: %s"):format(rule.name, unknown("field", key, field_names)), 0) end
      out[key] = value
    end
  else
    for key, value in pairs(rule.fields) do
      if type(value) == "function" then out[key] = value(captures, match) else out[key] = value end
    end
  end
  out.metric = out.metric or "other"
  out.evidence = out.evidence or { match.first, match.last }
  out.rule = self.name .. "/" .. rule.name
  return out
end

local function add_phase(self, phase, report, troubles)
  local _, kept, new_troubles = match_phase(self, phase, report)
  table.move(new_troubles, 1, #new_troubles, #troubles + 1, troubles)
  if #kept == 0 then return 0 end
  local facts = {}
  for _, match in ipairs(kept) do facts[#facts + 1] = fields_of(self, match) end
  if #facts == 0 then return 0 end
  local ok, value = pcall(core.layer, report, self, facts)
  if not ok then error(("rules %s: %s"):format(self.name, value), 0) end
  return value
end

local function is_applied(self, report)
  for _, key in ipairs(core.layers(report)) do
    if key == self then return true end
  end
  return false
end

--- Adds the facts of the rules to a report, once. Returns their number and, where a rule ran out of steps, a list of
-- what was cut short ({ rule =, unit =, message = }), which is told as a warning too.
function Set:apply(report)
  if is_applied(self, report) then return 0 end
  local added, troubles = 0, {}
  for _, phase in ipairs(self.phases) do
    local ok, value = pcall(add_phase, self, phase, report, troubles)
    if not ok then
      core.unlayer(report, self)
      error(value, 0)
    end
    added = added + value
  end
  for _, trouble in ipairs(troubles) do warn("tipl: ", trouble.message) end
  return added, #troubles > 0 and troubles or nil
end

--- Takes the facts of the set away again. Returns whether there were any.
function Set:retract(report) return core.unlayer(report, self) end

--- What the rules match, without making facts: a list of { rule =, first =, last =, captures =, row =, taken_by = }.
-- With `all`, those too that lost their text to another rule. Later phases see facts of earlier ones only if applied.
function Set:matches(report, all)
  local out, troubles = {}, {}
  for _, phase in ipairs(self.phases) do
    local every, kept, new = match_phase(self, phase, report)
    local some = all and every or kept
    table.move(some, 1, #some, #out + 1, out)
    table.move(new, 1, #new, #troubles + 1, troubles)
  end
  return out, #troubles > 0 and troubles or nil
end

--- How often each rule was tried and matched, and how long that took, since it was last asked: switches counting of
-- time on or off. A list of { rule =, tries =, hits =, seconds = }.
function Set:profile(on)
  local out = {}
  for _, phase in ipairs(self.phases) do
    for i, row in ipairs(phase.scanner:profile(on)) do
      row.rule = phase[i]
      out[#out + 1] = row
    end
  end
  return out
end

-- A rule by itself is a set of one.
local function alone(rule)
  rule.single = rule.single or rules.set { name = rule.name, rule }
  return rule.single
end

function Rule:matches(report) return alone(self):matches(report) end

--- Why the rule, or each rule of the set, matches a sentence (a row, or its number) or not; see tipl.explain.
function Rule:explain(report, sentence) return require "tipl.explain".rule(self, report, sentence) end
function Set:explain(report, sentence) return require "tipl.explain".set(self, report, sentence) end

--- For tipl.explain: the phase and scanner that hold a rule.
function rules.place(self, rule)
  for _, phase in ipairs(self.phases) do
    for i, other in ipairs(phase) do
      if other == rule then return phase, i end
    end
  end
end
rules.alone = alone
rules.Set, rules.Rule = Set, Rule

return rules
