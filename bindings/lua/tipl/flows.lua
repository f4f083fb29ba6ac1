--- Who is trafficked where, for what: the roles of a country (source, transit, destination, internal) and the forms of
-- trafficking in each, read off the profile clause by clause, in the manner of the Human Trafficking Indicators
-- (R. W. Frank, 2013): one affirmed instance is Yes; "at risk of" is nothing; persons, purposes and roles of one clause
-- multiply.
-- SPDX-License-Identifier: MIT
local rows = require "tipl.rows"

local flows = {}

flows.roles = { "source", "transit", "dest", "internal" }
flows.forms = { "p", "l", "d", "ds", "cp", "cl", "cs" }

local function any(text, words)
  for _, word in ipairs(words) do
    local at = text:find(word)
    if at then return at end
  end
end

-- Lua patterns over text in lower case.
local signs = {
  p = { "prostitut", "commercial sex", "sexual exploit", "sexually exploit", "sex traffick", "sex slave", "sexual servitude",
    "sexual slavery", "sex tourism", "sex trade", "sex industry" },
  l = { "forced labor", "forced labour", "labor traffick", "labor exploit", "involuntary servitude", "bonded labor", "debt bondage",
    "forced to work", "forced into labor", "domestic servitude", "forced begging", "to beg%f[%A]", "for begging", "street begging",
    "conditions of forced", "forced child labor", "forced domestic", "camel jockey", "sweatshop", "forced to fish",
    "in labor%f[%A]", "forced work", "servitude", "forced .-agricultur", "forced .-mining" },
  d = { "debt bondage", "bonded labor", "debt%-bond", "work off debts", "work off their .-debt" },
  ds = { "domestic servitude", "forced domestic", "domestic service", "domestic workers", "domestic servants",
    "domestic labor", "private housekeeping", "as domestic" },
  cs = { "child soldier", "soldiers", "military service", "combatants", "armed groups? .-child", "children .-armed conflict" },
}
local child = { "child", "%f[%a]girl", "%f[%a]boy", "minor", "juvenile" }
local risk = { "at risk", "vulnerable", "susceptible to", "could be" }

-- What turns a role of the topic sentence into No: "is not a significant destination", "no longer a transit".
local denial = { "is not a", "no longer a", "not a significant", "is neither", "not a major" }

local function escape(text) return (text:gsub("%W", "%%%0")) end

-- Own people: the country's adjective begins as its name does ("Valdorian women"), so far as a rule can say it.
local function own_people(clause, country)
  local stem = country:lower():gsub("^the ", ""):sub(1, 5)
  return clause:find("%f[%a]" .. escape(stem) .. "%l*n%f[%A] ") or clause:find("%f[%a]" .. escape(stem) .. "%l*ese%f[%A] ")
    or clause:find("from " .. escape(country:lower()))
end

-- People from a named place that is not the country itself, in the text as printed.
local function foreign_origin(original, country)
  for place in original:gmatch "%f[%a]from (%u[%a%-]+)" do
    if not country:find(place, 1, true) then return true end
  end
  return original:find "from countries" or original:find "from other" or original:find "from neighboring"
    or original:find "from %a+ern %u" or original:find "originated? [if][nr]o?m? %u" or original:find "originate primarily" or original:find "[Ff]oreign%a* %l" or original:find "[Mm]igrant"
end

-- The roles that the topic sentence names: { role = place in the clause }, and those it denies.
local function topic_roles(lower)
  local found, denied = {}, {}
  local frame = lower:find "countr" and not lower:find "source countries" or lower:find "transit point" or lower:find "destination for" or lower:find "area for"
    or lower:find "is a source" or lower:find "is a destination" or lower:find "transit zone" or lower:find "of destination"
  if not frame then return found, denied end
  local list = denied
  if not any(lower, denial) then list = found end
  list.source = lower:find "%f[%a]source%f[%A]" or lower:find "of origin" or lower:find "%f[%a]origin,"
    or lower:find "%f[%a]origin country"
  list.transit = lower:find "%f[%a]transit"
  list.dest = lower:find "%f[%a]destination"
  return found, denied
end

-- The roles of any other clause with a form of trafficking. One that names none goes on from the clause before it in
-- its sentence, or tells of the country's own people at home.
local function clause_roles(original, lower, country, before)
  local name = escape(country:lower())
  local both = lower:find "domestic and foreign victims"
  local abroad = lower:find "%f[%a]abroad" or lower:find "overseas" or lower:find "in other countries" or lower:find "elsewhere in"
    or lower:find "to neighboring countries" or lower:find "to other countries"
  local own, foreign = own_people(lower, country), foreign_origin(original, country)
  local found = {}
  found.transit = lower:find "%f[%a]transit" or lower:find "en route" or lower:find("through " .. name)
    or lower:find "onward to" or nil
  local leaves = original:find "%f[%a]to %u" or original:find "%f[%a]to the %u"
  local sent = own or lower:find "trafficked to" or lower:find "taken to" or lower:find "transported to"
  found.source = abroad or leaves and sent and not foreign and not lower:find("to " .. name) or nil
  found.internal = both or lower:find "within the country" or lower:find("within " .. name) or lower:find "internally"
    or own and not found.source and (lower:find "in the country" or lower:find("in " .. name)) or nil
  found.dest = both or not found.source and foreign or nil
  if next(found) then return found end
  return before or { internal = 1 }
end

-- The forms that a clause names, with the parts that they carry along (children in forced labor: cl and l).
local function forms_of(lower)
  local found, young = {}, any(lower, child)
  for form, words in pairs(signs) do found[form] = any(lower, words) and true or nil end
  if found.ds and not (found.l or lower:find "forced" or lower:find "abus") then found.ds = nil end
  if found.cs and not young then found.cs = nil end
  if found.d or found.ds or found.cs then found.l = true end
  -- "girls in sex trafficking and men in labor trafficking": each form has its own persons
  local first, second = lower:match "^(.-) in sex trafficking,? and (.+)$"
  local split = second and second:find "labor"
  if found.p and (split and any(first, child) or not split and young) then found.cp = true end
  if found.cs or found.l and (split and any(second, child) or not split and young) then found.cl = true end
  return found
end

-- Clauses: parted at semicolons and "while".
local function clauses(text)
  local list = {}
  for part in (text:gsub(",? %f[%a]while%f[%A]", ";") .. ";"):gmatch "([^;]+);" do list[#list + 1] = part end
  return list
end

local function sentences_of(report)
  local list, found = {}, false
  for sentence in report:sentences() do
    if sentence.section == "profile" or sentence.section == "scope" then
      found = true
      local text = sentence.paragraph.text -- a story of one victim, set beside the text, has an age or "He …", "She …"
      local story = text:find "%-year%-old" or text:find "%f[%a]S?[Hh]e %l+ed%f[%A]"
      if not story then list[#list + 1] = sentence end
    end
  end
  return list, found
end

local function set(cells, name, value, rule, sentence)
  local old = cells[name]
  if not old or old.value == "No" and value == "Yes" then
    cells[name] = { value = value, rule = rule, witness = rows.quote(sentence) }
  end
end

--- Reads the profile of a report. Returns cells by name, { value = "Yes" or "No", rule =, witness = } ("source", "dest",
-- "pdest" …; absent: not said), the roles source, transit and dest in the order in which the profile first speaks of them,
-- and whether there is a profile at all.
function flows.read(report)
  local cells, order, met, last = {}, {}, {}, {}
  local country = report.country or "the country"
  local list, found = sentences_of(report)
  for _, sentence in ipairs(list) do
    local before -- the roles of the clause before it in the sentence
    for _, clause in ipairs(clauses(sentence.text)) do
      local lower = clause:lower()
      local risky = any(lower, risk)
      local forms = risky and {} or forms_of(lower)
      local roles, denied = {}, {}
      if not risky then roles, denied = topic_roles(lower) end
      local topic = next(roles) or next(denied)
      local rule = topic and "topic" or "clause"
      if topic and (lower:find "within the country" or lower:find "internally") then roles.internal = #lower end
      if not topic and next(forms) then roles = clause_roles(clause, lower, country, before) end
      if not topic and lower:find "domestic and foreign victims" then
        roles = { internal = 1, dest = 1, source = lower:find("victims from .- abroad") }
        rule = "domestic and foreign"
      end
      -- "trafficked for sexual exploitation": a sentence on the victims of the topic sentence before it
      if not topic and next(forms) and lower:find "^%s*trafficking victims are" and next(last) then roles, rule = last, "topic" end
      for role in pairs(denied) do set(cells, role, "No", "denied", sentence) end
      local heard = {}
      for role, place in pairs(roles) do
        set(cells, role, "Yes", rule, sentence)
        if role ~= "internal" and not met[role] then heard[#heard + 1] = { role, tonumber(place) or 1 } end
        for form in pairs(forms) do set(cells, form .. role, "Yes", rule, sentence) end
      end
      table.sort(heard, function(a, b)
        if a[2] ~= b[2] then return a[2] < b[2] end
        return a[1] < b[1]
      end)
      for _, item in ipairs(heard) do met[item[1]], order[#order + 1] = true, item[1] end
      last, before = topic and roles or {}, next(roles) and not topic and roles or before
    end
  end
  return cells, order, found
end

return flows
