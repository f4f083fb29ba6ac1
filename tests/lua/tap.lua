--- A small runner: named checks in TAP, and one closing line that counts them. A test file ends with
-- `tap.done()`. Run from the top of the repository, under lua5.4 or tipl.
-- SPDX-License-Identifier: MIT
local tap = { passed = 0, failed = 0, skipped = 0 }

--- Runs a function; it passes when nothing raises.
function tap.test(name, f)
  local good, why = xpcall(f, debug.traceback)
  local outcome = good and "passed" or "failed"
  tap[outcome] = tap[outcome] + 1
  print(("%s %d - %s"):format(good and "ok" or "not ok", tap.passed + tap.failed, name))
  if not good then print("# " .. tostring(why):gsub("\n", "\n# ")) end
end

local function show(value)
  return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

--- got must be the same value as want, of the same type (1 is not 1.0).
function tap.is(got, want, what)
  if got ~= want or math.type(got) ~= math.type(want) then
    error(("%s: got %s, not %s"):format(what or "value", show(got), show(want)), 2)
  end
end

--- The call must raise, with a message that holds `part` as plain text.
function tap.raises(part, f, ...)
  local ok, why = pcall(f, ...)
  if ok then error("nothing was raised", 2) end
  if not tostring(why):find(part, 1, true) then
    error(("raised %s, which has no %s"):format(show(tostring(why)), show(part)), 2)
  end
end

--- Says why a check cannot run here.
function tap.skip(name, why)
  tap.skipped = tap.skipped + 1
  print(("ok - %s # skipped: %s"):format(name, why))
end

function tap.done()
  print(("%d passed, %d failed, %d skipped"):format(tap.passed, tap.failed, tap.skipped))
  os.exit(tap.failed == 0, true)
end

return tap
