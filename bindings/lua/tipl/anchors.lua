--- tipl.anchors: what the index can say of a pattern before LPeg is asked: what a match begins with, and one thing
-- that the sentence must hold, the rarest. Both are lists of elements of which any will do; nil where nothing is known.
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"

local anchors = {}

local function append(to, from) return table.move(from, 1, #from, #to + 1, to) end

-- ------------------------------------------------------------------ what it begins with

local begins

-- A literal that begins with a blank begins at no word.
local function begins_leaf(node)
  if node.element then
    if node.kind == "after" or node.kind == "section" then return {}, true end
    return { node.element }, false
  end
  if node.text and node.text ~= "" then
    node.handle = node.handle or select(2, core.element("bytes", node.text))
    return { node.handle }, false
  end
  if node.nullable then return {}, true end
  return nil, true
end

local function begins_sequence(list)
  local all = {}
  for _, node in ipairs(list) do
    local some, empty = begins(node)
    if not some then return nil, true end
    append(all, some)
    if not empty then return all, false end
  end
  return all, true
end

local function begins_choice(list)
  local all, empty = {}, false
  for _, node in ipairs(list) do
    local some, may_be_empty = begins(node)
    if not some then return nil, true end
    append(all, some)
    empty = empty or may_be_empty
  end
  return all, empty
end

--- What a match of the node begins with, and whether it may read nothing.
function begins(node)
  local op = node.op
  if op == "leaf" then return begins_leaf(node) end
  if op == "sequence" then return begins_sequence(node.list) end
  if op == "choice" then return begins_choice(node.list) end
  if op == "minus" then return begins(node.list[1]) end
  if op == "capture" or op == "within" then return begins(node.child) end
  if op == "ahead" or op == "absent" then return {}, true end
  if op == "power" then
    local some, empty = begins(node.child)
    return some, empty or node.n <= 0
  end
  return nil, true -- gaps, grammars
end

--- The elements of which a match begins with one.
function anchors.first(node)
  local some, empty = begins(node)
  return not empty and some or nil
end

--- The words that a match may begin with.
function anchors.words(node)
  local words = {}
  local function add(inner)
    if inner.kind == "word" then append(words, inner.argument) end
    if inner.child then add(inner.child) end
    for _, one in ipairs(inner.list or {}) do
      add(one)
      if inner.op == "minus" or (inner.op == "sequence" and not select(2, begins(one))) then break end
    end
  end
  add(node)
  return words
end

-- ------------------------------------------------------------------ what it needs

local costs = { fact = 2, metric = 4, country = 4, actor = 5, term = 5 }
local measure_costs = { money = 3, percent = 3, duration = 3, ordinal = 3, date = 4, number = 7, year = 7 }

-- How often its like stands in a text, by rough order: 1 rarest.
local function cost(node)
  if node.kind == "measure" then return measure_costs[node.argument] or 7 end
  if node.kind == "word" then -- short words are common ones
    local shortest = 99
    for _, word in ipairs(node.argument) do shortest = math.min(shortest, #word) end
    return (shortest < 4 and 4 or shortest < 6 and 1.5 or 1) + (#node.argument > 100 and 1 or 0)
  end
  if node.kind == "fact" and not (node.argument and next(node.argument)) then return 6 end
  return costs[node.kind]
end

local needs

local function needs_choice(list)
  local all, worst = {}, 0
  for _, node in ipairs(list) do
    local some, price = needs(node)
    if not some then return nil end
    append(all, some)
    worst = math.max(worst, price)
  end
  return all, worst
end

local function cheapest(list)
  local best, least
  for _, node in ipairs(list) do
    local some, price = needs(node)
    if some and (not best or price < least) then best, least = some, price end
  end
  return best, least
end

function needs(node)
  local op = node.op
  if op == "leaf" then
    if node.kind == "after" then return needs(node.inner) end
    if node.element and cost(node) then return { node }, cost(node) end
    if node.text and #node.text > 2 and not node.text:find "^%s" and not node.text:find "%s$" then
      node.handle = node.handle or select(2, core.element("bytes", node.text))
      return { node }, 1
    end
    return nil
  end
  if op == "sequence" then return cheapest(node.list) end
  if op == "choice" then return needs_choice(node.list) end
  if op == "minus" then return needs(node.list[1]) end
  if op == "power" then if node.n > 0 then return needs(node.child) end return nil end
  if op == "capture" or op == "within" or op == "ahead" then return needs(node.child) end
  return nil
end

-- ------------------------------------------------------------------ how far it is from the one to the other

local function bare(node)
  while node.op == "capture" do node = node.child end
  return node
end

local function is_leaf(node)
  node = bare(node)
  if node.op ~= "choice" then return node.op == "leaf" end
  for _, inner in ipairs(node.list) do
    if not is_leaf(inner) then return false end
  end
  return true
end

--- How many words at most stand between the end of what the pattern begins with and what it needs; nil where that is
-- not known.
function anchors.reach(node)
  node = bare(node)
  if node.op == "within" then return anchors.reach(node.child) end
  local list = node.op == "sequence" and node.list
  local wanted = list and needs(node)
  local _, may_be_empty = begins(list and list[1] or node)
  if not wanted or may_be_empty or not is_leaf(list[1]) or list[1].text then return nil end
  local words = 0
  for i = 2, #list do
    local item = bare(list[i])
    if needs(item) == wanted or (needs(item) and needs(item)[1] == wanted[1]) then return is_leaf(item) and words or nil end
    if item.op == "gap" then
      words = words + item.n
    elseif not item.silent then
      return nil
    end
  end
  return nil
end

--- The elements of which the unit must hold one, and the words among them.
function anchors.need(node)
  local some = needs(node)
  if not some then return nil, {} end
  local elements, words = {}, {}
  for i, leaf in ipairs(some) do
    elements[i] = leaf.element or leaf.handle
    if leaf.kind == "word" then append(words, leaf.argument) end
  end
  return elements, words
end

-- ------------------------------------------------------------------ what can never be

local function folded(list)
  local set = {}
  for _, word in ipairs(list) do set[word:lower()] = true end
  return set
end

-- Does everything that `later` reads begin with something that `earlier` reads?
local function covers(earlier, later)
  if earlier == later then return true end
  if earlier.op ~= "leaf" or later.op ~= "leaf" then return false end
  if earlier.nullable and earlier.silent then return true end
  if earlier.text and later.text then return later.text:sub(1, #earlier.text) == earlier.text end
  if earlier.kind ~= later.kind or not earlier.kind then return false end
  if earlier.kind == "word" then
    local set = folded(earlier.argument)
    for _, word in ipairs(later.argument) do
      if not set[word:lower()] then return false end
    end
    return true
  end
  return earlier.name == later.name or (earlier.kind ~= "fact" and earlier.kind ~= "measure" and not earlier.argument)
end

local function check(node, warn, allowed)
  if node.op == "choice" then
    for i, later in ipairs(node.list) do
      for k = 1, i - 1 do
        if covers(bare(node.list[k]), bare(later)) then
          warn(("the alternative %s never matches: %s stands before it"):format(bare(later).name or "that repeats one",
            bare(node.list[k]).name or "the same"))
          break
        end
      end
    end
  end
  if node.op == "within" then
    local both = {}
    for _, kind in ipairs(node.kinds) do
      if not allowed or allowed[kind] then both[kind] = true end
    end
    if not next(both) then warn(node.name .. " never holds: it stands inside a within of other sections") end
    allowed = both
  end
  if node.child then check(node.child, warn, allowed) end
  for _, inner in ipairs(node.list or {}) do check(inner, warn, allowed) end
  if node.op == "sequence" and node.list[#node.list].op == "gap" then
    warn(node.list[#node.list].name .. " at the end reads nothing: a gap ends where what follows it begins")
  end
end

--- Calls warn(message) for each part of a rule's pattern that can never do anything.
function anchors.check(node, warn)
  check(node, warn, nil)
  local some, empty = begins(node)
  if empty and some and #some == 0 then warn "the pattern may read nothing, and an empty match is none" end
  for _, leaf in ipairs(node.op == "sequence" and { node.list[1] } or { node }) do
    if leaf.text and leaf.text:find "^%s" then warn(leaf.name .. " never matches: a match begins at a word, a number or a mark") end
    if leaf.op == "gap" then warn(leaf.name .. " at the beginning makes every word a place to try") end
  end
end

return anchors
