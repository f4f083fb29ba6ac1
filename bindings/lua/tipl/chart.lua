--- Small charts of characters for a terminal.
-- SPDX-License-Identifier: MIT
local chart = {}

local steps = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" }

--- A column for each of n values, from zero to the largest; a value that is absent (nil) is a dot.
function chart.columns(values, n)
  local most, parts = 0, {}
  for i = 1, n do most = math.max(most, values[i] or 0) end
  for i = 1, n do
    local value = values[i]
    local step = value and (most > 0 and math.ceil(value / most * #steps) or 0)
    parts[i] = step and steps[math.max(1, step)] or "·"
  end
  return table.concat(parts)
end

--- The change from one value to another: "-26.9%", or nil where the first is 0 or one is absent.
function chart.change(before, after)
  if not before or not after or before == 0 then return nil end
  local tenths = 1000 * (after - before) / before
  tenths = tenths < 0 and math.ceil(tenths - 0.5) or math.floor(tenths + 0.5) -- a half goes away from 0
  return ("%+.1f%%"):format(tenths / 10)
end

return chart
