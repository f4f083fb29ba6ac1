--- A bar on standard error for what takes long: only in the program tipl, on a terminal, without --quiet, and
-- only once half a second has gone by.
-- SPDX-License-Identifier: MIT
local found, terminal = pcall(require, "tipl.terminal") -- only the program has it

local WIDTH = 40 -- columns of the bar

--- An object with update(done, total); closing it (<close>) wipes the bar away.
return function(what)
  local shown, begin = false, os.clock()
  local visible = found and terminal.isatty(2) and not terminal.quiet()
  local bar = {}
  function bar.update(done, total)
    if not visible or total == 0 or not shown and os.clock() - begin < 0.5 then return end
    local full = WIDTH * done // total
    io.stderr:write(("\r%s [%s%s] %d of %d\27[K"):format(what, ("#"):rep(full), ("."):rep(WIDTH - full), done, total))
    shown = true
  end
  return setmetatable(bar, { __close = function()
    if shown then io.stderr:write "\r\27[K" end
    shown = false
  end })
end
