--- Checks of a report against itself: sums, directions, superlatives, exchange rates, years, totals that change.
-- A finding is { check =, verdict =, says =, facts = }: verdict "slip" (the text contradicts itself), "differs" (two
-- editions do not agree), "holds" (a claim that the figures bear out) or "open" (the figures do not suffice); says is a sentence; facts are the
-- facts behind it. Reports are checked as printed, never mended.
-- SPDX-License-Identifier: MIT
local layout = require "tipl.layout"
local series = require "tipl.series"

local audit = {}

-- A text that stops in the middle of a sentence proves nothing by what it lacks.
local function whole_sentence(fact)
  local sentence = fact.sentence
  if not sentence then return false end
  local text = sentence.text
  return text:find "[.!?;]%W*$" ~= nil or fact.report:read(sentence.last + 1, #fact.report.source):find "%S" ~= nil
end

local function exact(fact) return fact.value and not fact.high and fact.bound == "=" end

local function amount(fact) return layout.value(fact) .. " " .. (fact.unit or "") end

-- ---- parts

-- The parts that no cut explains, and their sum: parts in text order are gathered until they make the whole, then anew. nil
-- where they cannot be judged: a bound, another unit, or parts in several sentences, of which one may say less than all.
local function left_over(whole, parts)
  local cut, sum = {}, 0
  for part in parts do
    if not exact(part) or part.unit ~= whole.unit then return nil end
    cut[#cut + 1], sum = part, sum + part.value
    if sum == whole.value then cut, sum = {}, 0 end
  end
  for _, part in ipairs(cut) do
    if part.sentence ~= cut[1].sentence then return nil end
  end
  return cut, sum
end

local function check_parts(report, add)
  for whole in report:facts { relation = { "primary", "comparison_of" }, has_value = true } do
    local parts = report:facts { of = whole, relation = "breakdown_of" }
    if #parts > 1 and exact(whole) then
      local cut, sum = left_over(whole, parts)
      local words = {}
      for i, part in ipairs(cut or {}) do words[i] = layout.value(part) end
      local overlap = whole.paragraph.text:find "multiple forms" or whole.paragraph.text:find "more than one form"
      if cut and #cut > 1 and whole.flags.parts_disagree and whole_sentence(whole) and not overlap then
        add("parts", "slip", ("%s, but the parts %s make %s"):format(amount(whole), table.concat(words, " + "),
          layout.digits(sum)), { whole, table.unpack(cut) })
      elseif cut and #cut == 0 then
        add("parts", "holds", ("the parts make %s"):format(amount(whole)), { whole })
      end
    end
  end
end

-- ---- years

local function check_own_year(report, add)
  for sentence in report:sentences() do
    local facts = report:facts { sentence = sentence, flags = "own_year", relation = "comparison_of" }
      :where(function(fact) return fact.unit ~= "percent" and fact.of.metric == fact.metric end)
    if #facts > 0 then
      local list = { facts[1].of }
      for fact in facts do list[#list + 1] = fact end
      add("own year", "slip", ("%s of %s compared with %s of the same period"):format(
        amount(list[1]), layout.period(facts[1]), amount(facts[1])), list)
    end
  end
end

local function check_labels(report, add)
  for fact in report:facts { flags = "label_range", relation = { "primary", "comparison_of" } } do
    local first, last = tonumber(fact.from), tonumber(fact.to)
    if first and last then
      add("label", "slip", ("%s names %d calendar years, its label another number"):format(
        layout.period(fact), last - first + 1), { fact })
    end
  end
end

-- ---- exchange rates

-- Half of the last printed digit of a sum: 50,000 for "4.1 million", 5 for "468,930", 0.5 for "95".
local scales = { thousand = 1e3, million = 1e6, billion = 1e9, trillion = 1e12 }
local function half_unit(evidence, value)
  local lower = evidence:lower()
  for word, scale in pairs(scales) do
    local digits = lower:match("([%d.,]+)%s+" .. word)
    if digits then
      local places = digits:match "%.(%d+)"
      return scale / 10 ^ (places and #places or 0) / 2
    end
  end
  if value % 1 ~= 0 then return 0.005 end
  return value % 10 == 0 and 5 or 0.5
end

--- The rates of the pairs of money, local per foreign: a list of { fact, twin, rate, low, high, odd }. The foreign
-- sum is taken as rounded to its last printed digit, a full figure that ends in 0 to ten; low and high are what that
-- allows. odd: the core's flag, which weighs all pairs of the report.
function audit.rates(report)
  local list = {}
  for twin in report:facts { relation = "conversion_of", has_value = true } do
    local fact = twin.of
    if fact and exact(fact) and exact(twin) and twin.value > 0 then
      local half = half_unit(twin.evidence, twin.value)
      local odd = (twin.flags.rate or fact.flags.rate) and whole_sentence(twin)
      list[#list + 1] = { fact = fact, twin = twin, rate = fact.value / twin.value, odd = odd and true or false,
        low = fact.value / (twin.value + half), high = fact.value / (twin.value - half) }
    end
  end
  return list
end

local function check_rates(report, add)
  local list = audit.rates(report)
  local low, high = 0, math.huge
  for _, pair in ipairs(list) do
    if not pair.odd then low, high = math.max(low, pair.low), math.min(high, pair.high) end
  end
  for _, pair in ipairs(list) do
    local rate = ("%.4f %s per %s"):format(pair.rate, pair.fact.unit, pair.twin.unit)
    if pair.odd then
      add("rate", "slip", ("%s does not fit the other pairs (%s to %s)"):format(rate, ("%.4f"):format(math.min(low, high)),
        ("%.4f"):format(math.max(low, high))), { pair.fact, pair.twin })
    elseif #list > 1 then
      add("rate", "holds", rate .. " fits the other pairs", { pair.fact, pair.twin })
    end
  end
end

-- ---- claims

local up = { "increase", "rise ", "rose ", "up from", "more than the" }
local down = { "decrease", "decline", "drop", "fewer than", "down from", "reduction" }

local function says_any(text, words)
  for _, word in ipairs(words) do
    if text:find(word, 1, true) then return true end
  end
  return false
end

-- "an increase from 16 in 2019": the words between a figure and the one it is compared with.
local function check_directions(report, add)
  for fact in report:facts { relation = "comparison_of", has_value = true } do
    local of = fact.of
    local between = of and of.last < fact.first and of.sentence == fact.sentence
      and report:read(of.last + 1, fact.first - 1):lower() or ""
    local rose, fell = says_any(between, up), says_any(between, down)
    local usable = exact(fact) and of and exact(of) and of.unit == fact.unit and of.from ~= fact.from
    if usable and rose ~= fell and #between < 80 and not between:find "of%s" then
      local good = rose and of.value > fact.value or fell and of.value < fact.value
      add("direction", good and "holds" or "slip", ("%s from %s to %s"):format(
        rose and "said to increase" or "said to decrease", amount(fact), amount(of)), { of, fact })
    end
  end
end

local stems = {
  investigations = "investigat", prosecutions = "prosecut", convictions = "convict", victims_identified = "identif",
  victims_assisted = "assist", trained = "train",
}

local counted = { "trafficking cases", "traffickers", "victims", "suspects" }

-- The metrics of which a sentence says "more" or "fewer", with that word: { { "prosecutions", "fewer" } … }.
local function comparatives(text)
  local list = {}
  for at, direction in text:gmatch "()%f[%a](%l+)%f[%A]" do
    local noun = (direction == "more" or direction == "fewer") and text:sub(at + #direction + 1)
    local before = text:sub(math.max(1, at - 40), at - 1):match "[^,;]*$"
    for _, word in ipairs(noun and counted or {}) do
      for metric, stem in pairs(noun:sub(1, #word) == word and stems or {}) do
        if before:find(stem, 1, true) then list[#list + 1] = { metric, direction } end
      end
    end
  end
  return list
end

-- "investigated and prosecuted fewer trafficking cases" of the summary against the figures of the pillars.
local function check_summary(report, add)
  for sentence in report:sentences() do
    for _, claim in ipairs(sentence.section == "summary" and comparatives(sentence.text) or {}) do
      local now, past = series.latest(report, claim[1])
      if now then
        local rose = claim[2] == "more"
        local good = rose and now.value > past.value or not rose and now.value < past.value
        add("summary", good and "holds" or "slip", ("the summary says %s %s; they were %s, before %s"):format(claim[2],
          (claim[1]:gsub("_", " ")), layout.value(now), layout.value(past)), { now, past })
      end
    end
  end
end

local lows = { fewest = true, lowest = true, smallest = true }
local highs = { most = true, highest = true, largest = true }

--- Decides a finding about a superlative by what is known of the years it speaks of: each known year between must bear it
-- out. Call it again when points of other editions are at hand.
function audit.decide(finding, points)
  local claim, against = finding.claim, nil
  local years, known = claim.year - claim.since - 1, {}
  for _, point in ipairs(points) do
    if series.same(point, claim) and point.year > claim.since and point.year < claim.year then
      known[point.year] = true
      if lows[claim.word] and point.value < claim.value or highs[claim.word] and point.value > claim.value then
        against = point
      end
    end
  end
  local count = 0
  for _ in pairs(known) do count = count + 1 end
  finding.verdict = against and "slip" or count == years and "holds" or "open"
  finding.says = against and ("said to be the %s since %d, but %d has %s"):format(claim.word, claim.since, against.year,
    layout.digits(against.value))
    or ("the %s since %d: borne out by %d of the %d years between"):format(claim.word, claim.since, count, years)
end

-- "the fewest since 2005".
local function check_superlatives(report, add, points)
  for fact in report:facts { relation = { "primary", "restates" }, has_value = true } do
    local tail = fact.sentence and fact.year and report:read(fact.last + 1, math.min(fact.sentence.last, fact.last + 90))
    local word, since = (tail or ""):match "^[^.;]-the (%l+)[%l ]- since (%d%d%d%d)"
    if word and (lows[word] or highs[word]) and exact(fact) then
      local finding = add("superlative", "open", "", { fact })
      finding.claim = { word = word, since = math.tointeger(tonumber(since)), year = fact.year, value = fact.value }
      for _, name in ipairs { "metric", "unit", "form", "who", "source", "status" } do finding.claim[name] = fact[name] end
      audit.decide(finding, points)
    end
  end
end

-- "19 cases" of the summary against "21 cases" of a pillar, each the only figure of its series and year there.
local function check_body(report, add)
  local function only(filter)
    local found = {}
    for fact in report:facts { relation = "primary", certainty = "asserted", has_value = true }:where(filter) do
      local key = table.concat({ fact.metric, fact.unit or "-", fact.form or "-", fact.who or "-", fact.source or "-",
        fact.status or "-", fact.from or "-" }, "\0")
      if not fact.label then
        if found[key] == nil then found[key] = fact else found[key] = false end
      end
    end
    return found
  end
  local body = only(function(fact) return fact.section ~= "summary" end)
  for key, fact in pairs(only(function(one) return one.section == "summary" end)) do
    local other = fact and body[key]
    local told = fact and #report:facts { of = fact, relation = "restates" } > 0
    if other and not told and fact.metric ~= "other" and exact(fact) and exact(other) and fact.value ~= other.value then
      add("summary", "slip", ("the summary has %s of %s, the body %s"):format(amount(fact), layout.period(fact), amount(other)),
        { fact, other })
    end
  end
end

-- ---- totals

local function same_series(a, b)
  return a.metric == b.metric and a.unit == b.unit and a.form == b.form and a.who == b.who and a.from == b.from
    and a.source == b.source and a.status == b.status
end

-- "37 of the 48 victims" after "53 victims were identified".
local function check_totals(report, add)
  for fact in report:facts { relation = "primary", has_value = true, unit = "persons" } do
    local lead = report:read(math.max(1, fact.first - 8), fact.first - 1)
    if exact(fact) and lead:find "of the $" then
      for other in report:facts { metric = fact.metric, relation = "primary", has_value = true } do
        if other.first < fact.first and other.paragraph == fact.paragraph and same_series(fact, other)
          and exact(other) and other.value ~= fact.value then
          add("total", "slip", ("spoken of as %s, though %s were given before"):format(amount(fact), layout.value(other)),
            { other, fact })
          break
        end
      end
    end
  end
end

-- "All but 15 of the identified victims were from X" against "All 82 X victims identified".
local function check_complements(report, add)
  for nationals in report:facts { metric = "victims_identified", who = "national", has_value = true } do
    local lead = report:read(math.max(1, nationals.first - 4), nationals.first - 1)
    for rest in report:facts { metric = "victims_identified", has_value = true } do
      local said = rest.sentence and rest.sentence.text or ""
      local whole = report:facts { metric = "victims_identified", relation = "primary", has_value = true }[1]
      local complement = report:read(math.max(1, rest.first - 8), rest.first - 1) == "All but "
      if lead == "All " and complement and said:find "were from" and whole.paragraph == rest.paragraph
        and whole.value - rest.value ~= nationals.value then
        add("total", "slip", ("all but %s of %s leaves %d, but then %s are spoken of"):format(layout.value(rest),
          layout.value(whole), whole.value - rest.value, layout.value(nationals)), { whole, rest, nationals })
      end
    end
  end
end

-- Referrals of one sentence, agency by agency, against the victims said to be assisted just before.
local function check_referrals(report, add)
  for sentence in report:sentences() do
    local parts = report:facts { metric = "victims_referred", sentence = sentence, relation = "primary", has_value = true }
    local total, sum
    for fact in report:facts { metric = "victims_assisted", relation = "primary", has_value = true } do
      if fact.last < sentence.first and fact.paragraph == sentence.paragraph and not fact.who then total = fact end
    end
    if #parts > 2 and total then sum = parts:sum() end
    if sum and sum > total.value then
      local list = { total }
      for part in parts do list[#list + 1] = part end
      add("total", "slip", ("%d were referred, more than the %s assisted"):format(sum, layout.value(total)), list)
    end
  end
end

--- Checks one report. points: what is known of other editions (tipl.series), for superlatives; nil for none.
function audit.report(report, points)
  local found = {}
  local function add(check, verdict, says, facts)
    local finding = { check = check, verdict = verdict, says = says, facts = facts, first = facts[1].first }
    found[#found + 1] = finding
    return finding
  end
  points = points or series.points(report)
  check_parts(report, add)
  check_own_year(report, add)
  check_labels(report, add)
  check_rates(report, add)
  check_directions(report, add)
  check_summary(report, add)
  check_superlatives(report, add, points)
  check_body(report, add)
  check_totals(report, add)
  check_complements(report, add)
  check_referrals(report, add)
  table.sort(found, function(a, b)
    if a.first ~= b.first then return a.first < b.first end
    if a.check ~= b.check then return a.check < b.check end
    return a.says < b.says
  end)
  return found
end

-- Who counted, as far as it tells populations apart: "" for the government as a whole and its usual arms.
local arms = { government = true, authorities = true, officials = true, police = true, courts = true, prosecutors = true,
  ["law enforcement"] = true, ["border police"] = true, ["labor inspectors"] = true, ["national police"] = true }
local function counter(point)
  local name = (point.actor or ""):lower():gsub("^the ", "")
  return arms[name] and "" or name
end

-- What both points must share to be one figure. "official" and no status are the same claim.
local function key_of(point, year)
  local status = point.status ~= "official" and point.status or nil
  local parts = { point.metric, point.unit or "-", point.form or "-", point.who or "-", point.source or "-",
    status or "-", point.phase or "-", point.kind or "-", counter(point), year or point.year }
  return table.concat(parts, "\0")
end

-- The figures that an edition has once only: by key, the point, or false where it has several values.
local function single(points, by_edition)
  for _, point in ipairs(points) do
    local known = by_edition[point.edition or 0] or {}
    if point.edition then by_edition[point.edition] = known end
    local key = key_of(point)
    if not point.part and known[key] == nil then
      known[key] = point
    elseif not point.part and known[key] and (known[key].value ~= point.value) then
      known[key] = false
    end
  end
  return by_edition
end

-- The values that an edition gives of a metric in a year, whoever counted them: where the old one is among them, another
-- figure is of other victims, no revision.
local function values_of(points)
  local values = {}
  for _, point in ipairs(points) do
    values[table.concat({ point.edition or 0, point.metric, point.unit or "-", point.year, point.value }, "\0")] = true
  end
  return values
end

local function label(point) return series.name(point) .. " of " .. point.year end

local function compare_point(found, one, other, next_year, given)
  local kept = other and given[table.concat({ other.edition, one.metric, one.unit or "-", one.year, one.value }, "\0")]
  if other and not kept and one.exact and other.exact and one.value ~= other.value then
    found[#found + 1] = { check = "revised", verdict = "differs", facts = { one.witness, other.witness },
      says = ("%s: %s in the %s edition, %s in that of %s"):format(label(one), one.shown, one.edition, other.shown,
        other.edition) }
  end
  if next_year and next_year.current and one.current and one.exact and next_year.exact and one.value == next_year.value
    and one.value >= 100 and one.value % 10 ~= 0 then
    found[#found + 1] = { check = "carried over", verdict = "slip", facts = { one.witness, next_year.witness },
      says = ("%s: %s, and the same for %d"):format(label(one), one.shown, next_year.year) }
  end
end

--- Checks the editions of a country against each other; points: those of all editions, in the order of editions.
-- Findings as above, with witnesses for facts: "revised" (verdict "differs") where two editions give one figure
-- different values, each having it once and the later one not repeating the earlier value; "carried over" where a figure
-- of one edition, 100 or more and not round, comes again for the next year.
function audit.editions(points)
  local found, by_edition, order, given = {}, single(points, {}), {}, values_of(points)
  for edition in pairs(by_edition) do order[#order + 1] = edition end
  table.sort(order)
  for i, edition in ipairs(order) do
    for _, one in ipairs(points) do
      if one.edition == edition and by_edition[edition][key_of(one)] == one then
        for j = i + 1, #order do
          local later = by_edition[order[j]]
          compare_point(found, one, later[key_of(one)], later[key_of(one, one.year + 1)], given)
        end
      end
    end
  end
  return found
end

return audit
