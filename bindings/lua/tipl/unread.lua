--- Sentences that seem to say something countable but gave no fact: where to look for what tipl does not read.
-- What `tipl unread` and `tipl dossier` share.
-- SPDX-License-Identifier: MIT
local unread = {}

--- What makes a sentence one that should give a fact: kinds of measures, and "absence", a phrase that tells of
-- something not told.
unread.reasons = { "number", "percent", "money", "duration", "absence" }

local all = {}
for _, word in ipairs(unread.reasons) do all[word] = true end

-- Patterns of sentences in lower case that tell of something not told.
local absences = {
  "did not %l*%s?report", "did not %l*%s?provide", "did not %l*%s?collect", "did not %l*%s?publish",
  "did not %l*%s?release", "did not %l*%s?disclose", "did not %l*%s?specify", "did not %l*%s?compile",
  "did not %l*%s?maintain %l*%s?data", "did not %l*%s?maintain %l*%s?statistics", "did not keep",
  "did not make .-available",
  "never reported", "failed to report", "failed to provide", "unable to report", "unable to provide",
  "declined to %l+ .*number", "declined to provide", "declined to report", "refused to provide",
  "data %l+ unavailable", "data %l+ not available", "statistics %l+ unavailable", "statistics %l+ not available",
  "information %l+ unavailable", "information %l+ not available", "unknown number", "no data", "no statistics",
  "no information", "there were no reports", "no reported", "no official",
}

local function absence_in(text)
  local lower = text:lower()
  for _, pattern in ipairs(absences) do
    local found = lower:match(pattern)
    if found then return found end
  end
end

--- Why a sentence should have given a fact, whether or not it did: the kind of its first measure that is not
-- part of a name, and its words; or "absence" and its words; nothing for other sentences. reasons: a set of
-- the words that count, all of unread.reasons without it.
function unread.reason(sentence, reasons)
  reasons = reasons or all
  for measure in sentence:measures() do
    if reasons[measure.kind] and not measure.flags.identifier then return measure.kind, measure.text end
  end
  local found = reasons.absence and absence_in(sentence.text)
  if found then return "absence", found end
end

return unread
