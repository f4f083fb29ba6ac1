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
  if not options.evidence then return end
  for _, fact in ipairs { ... } do
    local sentence = fact.sentence
    print(layout.safe(("      %s  %s"):format(fact.id, sentence and sentence.text or fact.evidence)))
  end
end

-- Counts as they are given first: no parts, no restatements, nothing planned.
local counts = { relation = { "primary", "comparison_of" }, certainty = "asserted" }

local function figure(fact)
  return layout.value(fact) .. (fact.status and " (" .. fact.status .. ")" or "")
end

local function print_pair(metric, year, government, ngo)
  local gap = ngo.value - government.value
  local share = government.value ~= 0 and (", %+.1f%%"):format(100 * gap / government.value) or ""
  print(("  %s, %s: government %s, NGO %s: gap %d%s"):format(name_of(metric), year, figure(government),
    figure(ngo), math.abs(gap), gap < 0 and " (the NGO's is lower and may be contained)" or share))
  print_evidence(government, ngo)
end

-- Government against NGO, the whole of the victims: neither a kind of person nor a form of exploitation.
local function print_sources(report)
  local any = false
  for _, metric in ipairs { "victims_identified", "victims_referred", "victims_assisted" } do
    local facts = report:facts { metric = metric, has_value = true, form = "-" }:where(counts)
      :where(function(fact) return not fact.who and fact.year and fact.unit == "persons" end)
    for year, same in facts:group "year" do
      for government in same:where { source = "government" } do
        for ngo in same:where { source = "ngo" } do
          print_pair(metric, year, government, ngo)
          any = true
        end
      end
    end
  end
  print(any and "  (Two sources may count the same victims: the figures are not to be added.)"
    or "  No year for which both the government's and an NGO's count is given.")
end

-- The count of a metric for children in a year: the first with a value, else one that says why there is none.
local function of_children(facts, metric, year)
  local same = facts:where { metric = metric }:where(function(fact) return fact.year == year end)
  return same:where { has_value = true }[1] or same[1]
end

local function print_children(report)
  local metrics = { "victims_in_cases", "victims_identified", "victims_assisted" }
  local facts = report:facts { metric = metrics, who = "child" }:where(counts)
    :where(function(fact) return fact.form == nil end)
  for year in facts:group "year" do
    local parts, found = {}, {}
    for i, metric in ipairs(metrics) do
      local fact = of_children(facts, metric, year)
      parts[i] = ("%s %s"):format(({ "in cases", "identified", "assisted" })[i],
        fact and layout.value(fact) or "not mentioned")
      found[#found + 1] = fact
    end
    local cases = of_children(facts, metrics[1], year)
    local identified = of_children(facts, metrics[2], year)
    local gap = cases and identified and cases.value and identified.value
      and (": gap %d"):format(cases.value - identified.value) or ""
    print(("  children, %s: %s%s"):format(year, table.concat(parts, ", "), gap))
    print_evidence(table.unpack(found))
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

local function print_official(report)
  for _, metric in ipairs { "victims_identified", "victims_referred", "victims_assisted" } do
    local last = last_official(report, metric)
    local missing = report:facts { metric = metric, state = { "not_reported", "withheld" } }:where(counts)
      :where(function(fact) return not fact.who end)
    for fact in missing do
      local what = (fact.status == "official" and "the official number of " or "") .. name_of(metric)
      print(layout.safe(("  %s, %s: %s%s%s"):format(what, layout.period(fact), layout.value(fact),
        streak(report, fact), last and ("; last official number %s in %d"):format(layout.value(last), last.year)
        or "; no official number in this text")))
      print_evidence(fact, last)
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
