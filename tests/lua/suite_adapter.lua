--- What ../shared/tools/run_suites.lua asks of a parser: returns function(input, case) -> items, each with
-- type, bs, be (0-based bytes, end exclusive) and value, of the measures that tipl finds in the input.
--
-- The suites' notion of a number differs from tipl's rows in three ways, undone here alike for every case:
-- a year is a number, so is the amount in a sum of money, and a range counts as its two ends.
-- SPDX-License-Identifier: MIT
local tipl = require "tipl"

local function flags(measure)
  local set = {}
  for _, flag in ipairs(measure.flags) do set[flag] = true end
  return set
end

--- Where the number stands in a sum of money: without the sign before it or the noun behind.
local function amount(text)
  local before = text:match "^%a*[^%w%s.]+%s*%f[%d.]" or ""
  if before ~= "" then return #before, #text end
  return 0, #(text:gsub("%s+%S+$", ""))
end

local function number(measure, start)
  local first, last = 0, measure.length
  if measure.kind == "year" then return { bs = start, be = start + last, value = tostring(measure.from) } end
  if measure.kind == "money" then first, last = amount(measure.text) end
  return { bs = start + first, be = start + last, value = measure.value_text }
end

local wanted = { number = "number", year = "number", money = "number", duration = "duration" }

return function(input)
  local report, items = tipl.parse(input, { plain = true }), {}
  if not report then return items end
  for _, measure in ipairs(report:measures()) do
    local type, start = wanted[measure.kind], measure.offset
    if type and not (measure.kind == "number" and flags(measure).has_high) then
      local item = type == "number" and number(measure, start)
        or { bs = start, be = start + measure.length, value = measure.value_text, unit = measure.unit }
      item.type = type
      items[#items + 1] = item
    end
  end
  return items
end
