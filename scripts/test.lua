-- tipl test: runs the examples of rule sets: what each rule accepts and rejects, with one line for each that fails.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local layout = require "tipl.layout"
local ruletest = require "tipl.ruletest"

local _, files = command.parse(arg, {
  usage = "test RULES.lua...",
  about = [[
Runs the examples in files of rules. A file is Lua that returns a rule set (tipl.rules), or a list of them; the examples
are the texts under `accepts` and `rejects` of each rule. For each that fails, one line says what happened instead.
Exit code 1 if any fails, or if there is none.]],
  example = "test examples/rules/inspections.lua",
  own = "apply",
  options = {},
})

local passed, failed, warnings = 0, 0, 0
for _, path in ipairs(files) do
  for _, set in ipairs(ruletest.load(path)) do
    for _, warning in ipairs(set.warnings) do
      warnings = warnings + 1
      print(layout.safe(("%s: warning: %s"):format(path, warning)))
    end
    local good, bad = ruletest.run(set, function(rule, text, message)
      print(layout.safe(("%s: rule %s/%s: %s  in: %s"):format(path, set.name, rule.name, message, text)))
    end)
    passed, failed = passed + good, failed + bad
  end
end
print(("%d passed, %d failed%s"):format(passed, failed, warnings > 0 and (", %d warnings"):format(warnings) or ""))
os.exit(failed == 0 and passed > 0 and 0 or 1, true)
