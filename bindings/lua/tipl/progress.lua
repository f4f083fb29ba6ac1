--- A bar on standard error for what takes long: only in the program tipl, on a terminal, without --quiet, and
-- only once half a second has gone by.
-- SPDX-License-Identifier: MIT
local found, terminal = pcall(require, "tipl.terminal") -- only the program has it

local WIDEST = 40 -- columns of the bar
local PAUSE = 0.05 -- seconds of the processor between two drawings

--- An object with update(done, total), where total may be nil: then it counts without a bar; closing it (<close>), or wipe(),
-- which whoever prints a line calls before, wipes all away.
return function(what)
  local shown, begin, drawn = false, os.clock(), 0
  local visible = found and terminal.isatty(2) and not terminal.quiet()
  local bar = {}
  function bar.update(done, total)
    local now = os.clock()
    if not visible or total == 0 or not shown and now - begin < 0.5 or now - drawn < PAUSE and done ~= total then return end
    local count = total and ("%d of %d"):format(done, total) or tostring(done)
    local room = (terminal.width(2) or 80) - #what - #count - 6 -- blanks, brackets, and a column that stays free
    local width = total and math.min(WIDEST, room) or 0
    local full = total and width * done // total
    local drawing = width >= 5 and (" [%s%s]"):format(("#"):rep(full), ("."):rep(width - full)) or ""
    io.stderr:write(("\r%s%s %s\27[K"):format(what, drawing, count))
    shown, drawn = true, now
  end
  function bar.wipe()
    if shown then io.stderr:write "\r\27[K" end
    shown = false
  end
  return setmetatable(bar, { __close = bar.wipe })
end
