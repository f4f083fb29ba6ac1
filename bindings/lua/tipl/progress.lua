--- A bar on standard error for what takes long: only in the program tipl, on a terminal, without --quiet, and
-- only once half a second has gone by.
-- SPDX-License-Identifier: MIT
local found, terminal = pcall(require, "tipl.terminal") -- only the program has it

local WIDEST = 40 -- columns of the bar
local PAUSE = 0.05 -- seconds of the processor between two drawings

--- An object with update(done, total); closing it (<close>) wipes the bar away.
return function(what)
  local shown, begin, drawn = false, os.clock(), 0
  local visible = found and terminal.isatty(2) and not terminal.quiet()
  local bar = {}
  function bar.update(done, total)
    local now = os.clock()
    if not visible or total == 0 or not shown and now - begin < 0.5 or now - drawn < PAUSE and done < total then return end
    local count = ("%d of %d"):format(done, total)
    local room = (terminal.width(2) or 80) - #what - #count - 6 -- blanks, brackets, and a column that stays free
    local width = math.min(WIDEST, room)
    local full = width * done // total
    local drawing = width >= 5 and (" [%s%s]"):format(("#"):rep(full), ("."):rep(width - full)) or ""
    io.stderr:write(("\r%s%s %s\27[K"):format(what, drawing, count))
    shown, drawn = true, now
  end
  return setmetatable(bar, { __close = function()
    if shown then io.stderr:write "\r\27[K" end
    shown = false
  end })
end
