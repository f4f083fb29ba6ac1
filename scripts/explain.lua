-- tipl explain: why the rules of a file match a sentence or not, what came closest, and what each rule costs.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local explain = require "tipl.explain"
local layout = require "tipl.layout"
local ruletest = require "tipl.ruletest"
local tipl = require "tipl"

local options, files = command.parse(arg, {
  usage = "explain RULES.lua FILE... [options]",
  about = [[
Without options: the sentences that the rules came closest to without matching, the closest first. With --line: why each
rule matches the sentences that begin on that line, or not: how far it read, which element failed there, what stands at
that place, which other rule took its text, and which facts of the core or of other rules stand there.]],
  example = "explain examples/rules/inspections.lua examples/reports/valdoria-2021.txt --line 13",
  own = "apply",
  options = {
    { name = "line", takes = "N", about = "only the sentences on line N of the file" },
    { name = "rule", takes = "NAME", about = "only this rule" },
    { name = "most", takes = "N", default = "5", about = "near misses of each rule (5)" },
    { name = "profile", about = "instead: tries, matches and time of each rule over the files" },
  },
})

local function whole(name)
  local value = options[name]
  local number = math.tointeger(tonumber(value))
  if value and (not number or number < 1) then tipl.fail(("--%s: a whole number from 1 expected, got '%s'"):format(name, value), 2) end
  return number
end
local line, most = whole "line", whole "most"
if #files < 2 then tipl.fail("a file of rules and a report are needed; usage: tipl explain RULES.lua FILE...", 2) end
local sets = ruletest.load(table.remove(files, 1))

local function wanted(rule) return not options.rule or rule.name == options.rule end

local function known()
  for _, set in ipairs(sets) do
    for _, rule in ipairs(set) do
      if wanted(rule) then return true end
    end
  end
end
if not known() then tipl.fail(("--rule: there is no rule '%s' in the file"):format(options.rule), 2) end

local function explain_line(report, path)
  local any
  for _, set in ipairs(sets) do report:apply(set) end -- for phases that read facts of others, and what stands where
  for sentence in report:sentences() do
    if sentence.line == line then
      any = true
      print(layout.bold(layout.safe(("%s:%d: %s"):format(path, line, sentence.text))))
      for _, set in ipairs(sets) do
        for _, one in ipairs(set:explain(report, sentence)) do
          if wanted(one.rule) then print(layout.safe("  " .. set.name .. "/" .. one.message)) end
        end
      end
    end
  end
  if not any then print(layout.safe(("%s: no sentence begins on line %d"):format(path, line))) end
end

local function show_near(set)
  for _, one in ipairs(explain.near(set, tipl.each(files, { failed = function() end }), most)) do
    if wanted(one.rule) then
      print(layout.safe(("%3.0f%%  %s:%d  %s/%s"):format(100 * one.closeness, one.name or "(text)", one.line, set.name,
        one.message)))
      print(layout.safe("      " .. one.text))
    end
  end
end

local function show_profile()
  local rows = {}
  for _, set in ipairs(sets) do
    for _, row in ipairs(set:profile()) do
      rows[#rows + 1] = { set.name .. "/" .. row.rule.name, tostring(row.tries), tostring(row.hits),
        ("%.3f"):format(row.seconds * 1000) }
    end
  end
  print(layout.grid({ "rule", ">tries", ">matches", ">ms" }, rows))
end

for _, set in ipairs(sets) do set:profile(options.profile) end
local worst = command.each(files, function(report, path)
  if line then
    explain_line(report, path)
  elseif options.profile then
    for _, set in ipairs(sets) do
      local _, troubles = set:matches(report)
      for _, trouble in ipairs(troubles or {}) do print(layout.safe("stopped: " .. trouble.message)) end
    end
  end
end)
if options.profile then show_profile() end
if not line and not options.profile then
  for _, set in ipairs(sets) do show_near(set) end
end
os.exit(worst, true)
