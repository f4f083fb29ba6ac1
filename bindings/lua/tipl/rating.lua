--- The tier of a report, where it says so, and the reasons that its summary gives.
-- SPDX-License-Identifier: MIT
local rows = require "tipl.rows"

local rating = {}

-- What opens the part of a summary that tells of shortcomings.
local turns = { "^However", "^Although", "^Despite", "did not meet the minimum standards in", "were not serious and sustained" }

--- { tier, movement, edition, facts = witnesses of both, reasons = quotes of the summary's sentences from "However" to the
-- rating }; reasons are what the text sets beside the tier, in its order, and may hold more than reasons.
function rating.read(report)
  local read = { tier = report.tier, movement = report.movement, edition = report.year, facts = {}, reasons = {} }
  for fact in report:facts { metric = { "tier", "tier_change" }, relation = "primary" } do
    read.facts[#read.facts + 1] = rows.witness(fact)
  end
  local turned = false
  for sentence in report:sentences() do
    local text = sentence.section == "summary" and sentence.text
    for _, turn in ipairs(text and turns or {}) do turned = turned or text:find(turn) ~= nil end
    if text and text:find "^Therefore" then break end
    if text and turned then read.reasons[#read.reasons + 1] = rows.quote(sentence) end
  end
  return read
end

--- "2, downgraded (2021)".
function rating.words(read)
  return ("%s%s (%s)"):format(read.tier or "not stated", read.movement and ", " .. read.movement or "", read.edition or "?")
end

return rating
