-- tipl penalties: the terms of the law and the terms that courts imposed, held against each other. A term is compared
-- with every penalty of the law, since the text seldom says under which a sentence was passed. No averages: a handful of
-- terms, some of them ranges, has none worth printing.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local layout = require "tipl.layout"
local rows = require "tipl.rows"

local options, files = command.parse(arg, {
  usage = "penalties FILE... [options]",
  about = [[
Terms of imprisonment in months: what the law provides, what courts imposed, what is proposed, and fines.

against   an imposed term as a share of each maximum of the law, and whether it lies below a minimum
doubt     "suspended", "probation", "or fine" in the sentence: the term may not have been served]],
  example = "penalties examples/reports/valdoria-2021.txt",
  options = command.with_rows {},
})

local DAYS = 365.25 / 12 -- a month's, for terms in days

local function months(value, fact)
  return value and (fact.unit == "days" and value / DAYS or value)
end

-- The least and the greatest of a term or penalty, where it has them.
local function ends(fact)
  local value, high = months(fact.value, fact), months(fact.high, fact)
  if high then return value, high end
  if fact.bound == "<=" or fact.bound == "<" then return nil, value end
  if fact.bound == ">=" or fact.bound == ">" then return value, nil end
  return value, value
end

local function for_whom(fact)
  local kind = {}
  for _, name in ipairs { "who", "form" } do kind[#kind + 1] = fact[name] end
  return #kind > 0 and table.concat(kind, ", ") or "all"
end

-- "47% of the 72 for adult".
local function against(term, laws)
  local low, high = ends(term)
  local parts = {}
  for law in laws do
    local least, most = ends(law)
    local longest = high or low
    if longest and most then
      parts[#parts + 1] = ("%.0f%% of the %s for %s%s"):format(100 * longest / most, layout.digits(("%.0f"):format(most)),
        for_whom(law), longest > most and " (above the maximum)" or "")
    end
    if low and least and low < least then
      parts[#parts + 1] = ("below the minimum of %.0f for %s"):format(least, for_whom(law))
    end
  end
  return #parts > 0 and table.concat(parts, "; ") or nil
end

local function doubt(fact)
  local text, found = fact.sentence and fact.sentence.text:lower() or "", {}
  for _, word in ipairs { "suspended", "probation", "or fine", "or a fine", "instead of" } do
    if text:find(word, 1, true) then found[#found + 1] = word end
  end
  return #found > 0 and table.concat(found, ", ") or nil
end

local out = rows.new(options, {
  { "file", data = true }, { "country", data = true }, { "edition", data = true }, { "kind" }, { "whom", title = "for" },
  { "low", right = true, data = true }, { "high", right = true, data = true },
  { "term", right = true, data = false }, { "unit" }, { "period", drop = true }, { "of", data = true }, { "doubt", drop = true },
  { "against", long = true },
}, command.several(files))

local code = command.each(files, function(report, path)
  out:title(command.name(report, path) .. ": penalties")
  local laws = report:facts { metric = "penalty", certainty = "asserted", has_value = true }
  local terms = report:facts { metric = "sentence_length", certainty = "asserted", has_value = true }
  local function add(kind, list, compared)
    for fact in list do
      local low, high = ends(fact)
      if fact.metric == "fine" then low, high = fact.value, fact.high end
      out:row { file = path, country = report.country, edition = report.year, kind = kind, whom = for_whom(fact), low = low,
        high = high, term = layout.value(fact), unit = fact.unit, period = layout.period(fact), of = fact.of and fact.of.evidence,
        doubt = kind ~= "law" and doubt(fact) or nil, against = compared and against(fact, laws), facts = { fact } }
    end
  end
  add("law", laws:where(function(fact) return fact.relation ~= "restates" end))
  add("imposed", terms, true)
  local fines = report:facts { metric = "fine", has_value = true }:where(function(fact)
    return fact.relation ~= "conversion_of" and fact.certainty == "asserted"
  end)
  add("fine of the law", fines:where(function(fact) return fact.from == nil end))
  add("fine imposed", fines:where(function(fact) return fact.from ~= nil end))
  add("proposed", report:facts { metric = "penalty", certainty = "hypothetical", has_value = true })
  if #laws + #terms + #fines == 0 then return out:nothing "Neither a penalty of the law nor a term is given." end
  if #laws == 0 then out:note "No penalty of the law is given." end
  out:note(#terms == 0 and "No term is said to have been imposed."
    or ("%d imposed %s: too few for an average."):format(#terms, #terms == 1 and "term or range" or "terms or ranges"))
end)
out:close()
os.exit(code, true)
