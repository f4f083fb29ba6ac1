-- explain_test: why rules match or not, near misses, the examples of rules, and the rule sets that ship as examples.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"
local explain = require "tipl.explain"
local ruletest = require "tipl.ruletest"
local g = tipl.grammar

local report = assert(tipl.parse("Police carried out 14 raids on farms. Police carried out 9 visits. An NGO opened a shelter.", { plain = true,
  name = "made" }))
local raid = tipl.rule { name = "raid", pattern = g.number // g.word "raids" // g.word "on" // g.word "ships" }

tap.test("the furthest point, the element that failed there, the text at that place", function()
  local one = raid:explain(report, 1)
  tap.is(one.matched, false)
  tap.is(one.element, 'word "ships"')
  tap.is(one.found, "farms.")
  tap.is(one.read, "14 raids on")
  tap.is(one.closeness, 0.75)
  tap.is(report:sentences()[1].text:sub(one.at, one.at + 4), "farms")
  tap.is(one.message, 'raid: read "14 raids on", then wanted word "ships" and found "farms."')
  local two = raid:explain(report, report:sentences()[2])
  tap.is(two.element, 'word "raids"')
  tap.is(two.found, "visits.")
  tap.is(two.closeness, 0.25)
  local three = raid:explain(report, 3)
  tap.is(three.element, "number")
  tap.is(three.closeness, 0)
  tap.is(three.message, "raid: nothing in the sentence can begin it; it begins with number")
end)

tap.test("gaps, choices, sections, what must not be", function()
  local far = tipl.rule { name = "far", pattern = g.word "police" // g.gap(2) // g.word "raids" }
  tap.is(far:explain(report, 1).found, "14 raids on farms.") -- where the gap had to end
  local either = tipl.rule { name = "either", pattern = g.number // (g.word "sweeps" + g.word "checks") }
  tap.is(either:explain(report, 1).element, 'word "checks"')
  local there = tipl.rule { name = "there", pattern = g.within("protection", g.number) }
  tap.is(there:explain(report, 1).element, 'within "protection"')
end)

tap.test("a match, and the rule that took its text", function()
  local set = tipl.rules { name = "s", overlap = "longest",
    { name = "short", pattern = g.number // g.word "raids" },
    { name = "long", pattern = g.number // g.word "raids" // g.word "on" // g.word "farms" } }
  local all = set:explain(report, 1)
  tap.is(all[1].matched, true)
  tap.is(all[1].text, "14 raids")
  tap.is(all[1].taken_by.name, "long")
  tap.is(all[1].message, 'short: matches "14 raids", but long took the text (overlap longest)')
  tap.is(all[2].message, 'long: matches "14 raids on farms", where there is F1 (inspections 14, the core\'s rule count.noun)')
  tap.is(#all[2].beside, 1)
  set:apply(report) -- a rule's own facts are no news, those of another set are
  tap.is(#set:explain(report, 1)[2].beside, 1)
  local other = tipl.rules { name = "other", tipl.rule { name = "farms", pattern = g.word "farms", fields = { value = 3 } } }
  report:apply(other)
  tap.is(set:explain(report, 1)[2].beside[2].rule, "other/farms")
end)

tap.test("near misses, the closest first", function()
  local set = tipl.rules { name = "n", raid }
  local done = false
  local near = explain.near(set, function()
    if done then return nil end
    done = true
    return report
  end, 5)
  tap.is(#near, 2)
  tap.is(near[1].closeness, 0.75)
  tap.is(near[1].name, "made")
  tap.is(near[2].found, "visits.")
end)

tap.test("examples: what happened instead", function()
  local set = tipl.rules { name = "e", { name = "raid", pattern = g.number:as "value" // g.word "raids", fields = { metric = "inspections" },
    accepts = { "There were 14 raids.", { "There were 14 raids.", value = 15 }, "There were 14 visits.", { "Three raids.", section = "protecton" } },
    rejects = { "There were 3 raids.", "None." } } }
  local told = {}
  local passed, failed = ruletest.run(set, function(_, _, message) told[#told + 1] = message end)
  tap.is(passed, 2)
  tap.is(failed, 4)
  tap.is(told[1], 'reads "14 raids", but value is 14, not 15')
  tap.is(told[2], 'does not accept it: read "14", then wanted word "raids" and found "visits."')
  tap.is(told[3], "unknown section 'protecton' (nearest: 'protection')")
  tap.is(told[4], 'does not reject it: reads "3 raids"')
end)

-- Facts of the rule sets that ship, over the reference reports: at least so many whose words no fact of the core of the
-- same metric touches.
local shared = (os.getenv "TIPL_SHARED" or "../shared") .. "/reports"
local wanted = { inspections = 2, complicity = 3, hotlines = 2, recruiters = 3, referral = 10 }
for _, name in ipairs { "inspections", "complicity", "hotlines", "recruiters", "referral" } do
  local set = ruletest.load("examples/rules/" .. name .. ".lua")[1]
  tap.test("examples of " .. name, function()
    tap.is(#set.warnings, 0)
    local why
    local passed, failed = ruletest.run(set, function(rule, text, message) why = rule.name .. ": " .. message .. " in " .. text end)
    assert(failed == 0, why)
    assert(passed >= 8)
  end)
  local here = io.open(shared .. "/norway-2021.txt")
  if not here then
    tap.skip("facts of " .. name, "no reference reports")
  else
    here:close()
    tap.test("facts of " .. name .. " that the core does not give", function()
      local new = 0
      for read in tipl.each({ shared }, { plain = true, failed = function() end }) do
        read:apply(set)
        for fact in read:facts() do
          local own = fact.rule and fact.rule:find("^" .. name .. "/")
          for other in read:facts { metric = fact.metric } do
            own = own and (other.rule:find "/" or other.first > fact.last or fact.first > other.last)
          end
          if own then new = new + 1 end
        end
      end
      assert(new >= wanted[name], ("%d, not %d"):format(new, wanted[name]))
    end)
  end
end

tap.done()
