-- tipl gaps: where counts of victims do not meet: what the government and NGOs count for the same year,
-- children in cases against children identified and assisted, and official numbers that are missing. Two
-- sources may count the same victims, so that their counts are compared and never added.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local layout = require "tipl.layout"

local options, files = command.parse(arg, {
  usage = "gaps FILE... [options]",
  about = "Where a report's counts of victims do not meet.",
  example = "gaps examples/reports/valdoria-2021.txt --evidence",
  options = { { name = "evidence", about = "the sentence under each figure" } },
})

local function name_of(metric) return (metric:gsub("_", " ")) end

local function print_evidence(...)
  for _, fact in ipairs(options.evidence and { ... } or {}) do command.evidence(fact) end
end

-- Counts as they are given first: no parts, no restatements, nothing planned.
local counts = { relation = { "primary", "comparison_of" }, certainty = "asserted" }

local function figure(fact)
  return layout.value(fact) .. (fact.status and " (" .. fact.status .. ")" or "")
end

local function print_pair(metric, period, government, ngo)
  local gap = ngo.value - government.value
  local share = government.value ~= 0 and (", %+.1f%%"):format(100 * gap / government.value) or ""
  print(("  %s, %s: government %s, NGO %s: gap %d%s"):format(name_of(metric), period, figure(government),
    figure(ngo), math.abs(gap), gap < 0 and " (the NGO's is lower)" or share))
  print_evidence(government, ngo)
end

-- Government against NGO, the whole of the victims: neither a kind of person nor a form of exploitation.
local function print_sources(report)
  local any = false
  for _, metric in ipairs { "victims_identified", "victims_referred", "victims_assisted" } do
    local facts = report:facts { metric = metric, has_value = true, form = "-" }:where(counts)
      :where(function(fact) return not fact.who and fact.from and fact.unit == "persons" end)
    for period, same in facts:group(layout.period) do
      for government in same:where { source = "government" } do
        for ngo in same:where { source = "ngo" } do
          print_pair(metric, period, government, ngo)
          any = true
        end
      end
    end
  end
  print(any and "  (Two sources may count the same victims, or one be contained in the other: never add them.)"
    or "  No period for which both the government's and an NGO's count is given.")
end

-- The count of a metric: the first with a value, else one that says why there is none.
local function count_of(facts, metric)
  local same = facts:where { metric = metric }
  return same:where { has_value = true }[1] or same[1]
end

local stages = { "in cases", "identified", "assisted" }

-- "gap 13 from in cases to identified", where both are numbers and differ.
local function child_gaps(found)
  local parts = {}
  for i = 1, #stages - 1 do
    local before, after = found[i] and found[i].value, found[i + 1] and found[i + 1].value
    if before and after and before ~= after then
      parts[#parts + 1] = ("gap %d from %s to %s"):format(before - after, stages[i], stages[i + 1])
    end
  end
  return #parts > 0 and ": " .. table.concat(parts, ", ") or ""
end

local function print_children(report)
  local metrics = { "victims_in_cases", "victims_identified", "victims_assisted" }
  local facts = report:facts { metric = metrics, who = "child", form = "-" }:where(counts)
    :where(function(fact) return fact.who == "child" end)
  for period, same in facts:group(layout.period) do
    local parts, found = {}, {}
    for i, metric in ipairs(metrics) do
      found[i] = count_of(same, metric) or false
      parts[i] = stages[i] .. " " .. (found[i] and layout.value(found[i]) or "not mentioned")
    end
    print(("  children, %s: %s%s"):format(period, table.concat(parts, ", "), child_gaps(found)))
    for _, fact in ipairs(found) do
      if fact then print_evidence(fact) end
    end
  end
end

-- The latest official count that the text gives.
local function last_official(report, metric)
  local last
  for fact in report:facts { metric = metric, status = "official", has_value = true } do
    if fact.year and (not last or fact.year > last.year) then last = fact end
  end
  return last
end

-- "(4 years in a row)", where the sentence says so.
local function streak(report, fact)
  local sentence = fact.sentence
  local found = sentence and report:facts { metric = "streak", sentence = sentence }[1]
  return found and (" (%s)"):format(found.evidence) or ""
end

local function print_missing(report, fact, metric)
  local what = (fact.status == "official" and "official number of " or "") .. name_of(metric)
  local last = not fact.form and last_official(report, metric)
  print(layout.safe(("  %s%s, %s: %s%s%s"):format(what, fact.form and " (" .. fact.form .. ")" or "",
    layout.period(fact), layout.value(fact), streak(report, fact),
    last and ("; last official number %s in %d"):format(layout.value(last), last.year) or "")))
  print_evidence(fact)
  if last then print_evidence(last) end
end

local function print_official(report)
  for _, metric in ipairs { "victims_identified", "victims_referred", "victims_assisted" } do
    local missing = report:facts { metric = metric, state = { "not_reported", "withheld" } }:where(counts)
    for fact in missing do
      if not fact.who then print_missing(report, fact, metric) end
    end
  end
end

os.exit(command.each(files, function(report, path, number)
  if number > 1 then print() end
  print(command.title(report, path) .. ": counts of victims")
  print_sources(report)
  print_children(report)
  print_official(report)
end), true)
