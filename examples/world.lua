-- Many reports side by side: who ranks where by the labor share of investigations, who reports no prosecution and who
-- reports nothing, and how many narratives say a thing. Run with: tipl examples/world.lua FILE-OR-FOLDER...
--
-- Zero, "did not report" and silence are three lists, never one; cases and persons are never compared.
local tipl = require "tipl"
local corpus <close> = assert(tipl.corpus(arg))
for _, failure in ipairs(corpus:failures()) do io.stderr:write(tostring(failure.message), "\n") end

-- The government's primary count of the newest period, with its unit.
local function newest(report, metric)
  local best
  for fact in report:facts { metric = metric, source = "government", relation = "primary", certainty = "asserted" } do
    local all = not fact.form and not fact.who -- of all forms and persons
    if all and (not best or (fact.year or 0) > (best.year or 0)) then best = fact end
  end
  return best
end

-- The labor part of a count, as far as its sentence breaks it down.
local function labor_part(report, whole)
  for fact in report:facts { metric = whole.metric, form = "labor", relation = "breakdown_of", has_value = true } do
    if fact.of == whole then return fact.value / whole.value, fact end
  end
end

local shares, lists = {}, { zero = {}, not_reported = {}, silent = {} }
for _, report in ipairs(corpus:reports()) do
  local name = ("%s %s"):format(report.country or report.name, report.year or "")
  local whole = newest(report, "investigations")
  if whole and whole.value and whole.value > 0 then
    local share, part = labor_part(report, whole)
    if share then shares[#shares + 1] = { name = name, share = share, text = ("%s of %s %s"):format(part.value, whole.value, whole.unit) } end
  end
  local fact = newest(report, "prosecutions")
  local kind = not fact and "silent" or not fact.value and "not_reported" or fact.value == 0 and "zero"
  if kind then table.insert(lists[kind], name) end
end

table.sort(shares, function(a, b) return a.share > b.share or a.share == b.share and a.name < b.name end)
print "Labor share of investigations"
for _, row in ipairs(shares) do print(("  %3.0f%%  %s (%s)"):format(100 * row.share, row.name, row.text)) end
for _, list in ipairs { { "Zero prosecutions", "zero" }, { "Prosecutions not reported", "not_reported" }, { "No word of prosecutions", "silent" } } do
  print(list[1] .. ": " .. (#lists[list[2]] > 0 and table.concat(lists[list[2]], "; ") or "none"))
end

-- How many narratives say so: by facts, not by phrases, which vary.
local says = {
  { "nothing on convictions of officials", { metric = "convictions", who = "official", state = { "not_reported", "none_reported" } } },
  { "prosecutions below those of the year before", function(report)
    local now = newest(report, "prosecutions")
    for fact in report:facts { metric = "prosecutions", relation = "comparison_of", has_value = true } do
      if now and now.value and fact.of == now and fact.unit == now.unit and fact.value > now.value then return true end
    end
  end },
}
for _, claim in ipairs(says) do
  local count, all = 0, 0
  for _, report in ipairs(corpus:reports()) do
    all = all + 1
    local test = claim[2]
    local said = type(test) == "function" and test(report) or type(test) == "table" and report:facts(test)() ~= nil
    count = count + (said and 1 or 0)
  end
  print(("%d of %d narratives: %s"):format(count, all, claim[1]))
end
