--- Counts of victims in a report: those that may be set beside each other.
-- SPDX-License-Identifier: MIT
local layout = require "tipl.layout"

local counts = {}

--- Counts as they are given first: no parts, no restatements, nothing planned.
counts.given = { relation = { "primary", "comparison_of" }, certainty = "asserted" }

--- The whole of the victims: neither a kind of person nor a form of exploitation.
function counts.whole(report, filter)
  return report:facts(filter):where(counts.given):where(function(fact)
    return not fact.who and not fact.form and fact.from and fact.unit == "persons"
  end)
end

--- Whether a report's referrals are pieces by several bodies ("police referred 19, embassies ten, NGOs 69"), none of which
-- is the whole that another count could be set against: one source has several values for a period.
function counts.referred_in_pieces(report)
  for _, same in counts.whole(report, { metric = "victims_referred", has_value = true }):group(layout.period) do
    for _, facts in same:group "source" do
      for fact in facts do
        if fact.value ~= facts[1].value then return true end
      end
    end
  end
  return false
end

--- The count of a metric: the first with a value, else one that says why there is none.
function counts.first(facts, metric)
  local same = facts:where { metric = metric }
  return same:where { has_value = true }[1] or same[1]
end

--- The latest number that the text calls official.
function counts.last_official(report, metric)
  local last
  for fact in report:facts { metric = metric, status = "official", has_value = true } do
    if fact.year and (not last or fact.year > last.year) then last = fact end
  end
  return last
end

--- "fourth consecutive year", where the sentence says so.
function counts.streak(report, fact)
  local said = fact.sentence and report:facts { metric = "streak", sentence = fact.sentence }[1]
  return said and said.evidence
end

local function short(metric) return (metric:gsub("^victims_", ""):gsub("_", " ")) end

--- "identified ~40 (government, estimated)".
function counts.figure(fact)
  if not fact then return "not mentioned" end
  local kind = { fact.source }
  kind[#kind + 1] = fact.status
  return ("%s %s (%s)"):format(short(fact.metric), layout.value(fact), table.concat(kind, ", "))
end

return counts
