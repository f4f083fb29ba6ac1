--- Spans of a text as properly nested pieces, however they overlap: of two that cross, the one opened first is closed
-- where the other would cut it, and opened again.
-- SPDX-License-Identifier: MIT
local spans = {}

-- The spans that reach into first … last, the outer ones first.
local function sorted(list, first, last)
  local order, place = {}, {}
  for i, span in ipairs(list) do
    place[span] = i
    if span.first <= last and span.last >= first and span.first <= span.last then order[#order + 1] = span end
  end
  table.sort(order, function(a, b)
    if a.first ~= b.first then return a.first < b.first end
    if a.last ~= b.last then return a.last > b.last end
    return place[a] < place[b]
  end)
  return order
end

--- Goes through positions first … last (both included) of a text. list: spans, tables with `first` and `last`; what
-- reaches beyond is cut. writer: open(span, again) and close(span) are called in nested order, `again` being true for a
-- span that had to be closed before its end; run(first, last, stack) for each stretch between two ends, with the spans
-- that are open, the outermost first.
function spans.walk(first, last, list, writer)
  local order, stack, at, next_span = sorted(list, first, last), {}, first, 1
  local function close_ended()
    local lowest
    for k = 1, #stack do
      if stack[k].last < at then
        lowest = k
        break
      end
    end
    if not lowest then return end
    local keep = {}
    for k = #stack, lowest, -1 do
      local span = table.remove(stack)
      writer.close(span)
      if span.last >= at then table.insert(keep, 1, span) end
    end
    for _, span in ipairs(keep) do
      stack[#stack + 1] = span
      writer.open(span, true)
    end
  end
  while at <= last do
    close_ended()
    while order[next_span] and order[next_span].first <= at do
      local span = order[next_span]
      stack[#stack + 1] = span
      writer.open(span, false)
      next_span = next_span + 1
    end
    local stop = order[next_span] and math.min(last, order[next_span].first - 1) or last
    for _, span in ipairs(stack) do stop = math.min(stop, span.last) end
    writer.run(at, stop, stack)
    at = stop + 1
  end
  for k = #stack, 1, -1 do writer.close(stack[k]) end
end

return spans
