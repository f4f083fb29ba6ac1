--- How alike two texts are in content: words without their endings, and themes (tipl.topics), each weighing the more
-- the fewer texts have it.
-- SPDX-License-Identifier: MIT
local topics = require "tipl.topics"

local wording = {}

local stop = {}
for word in ([[a an and any are as at be by for from has have in including into is it its of on or that the their them they
  this those to under was were when which who whom with within without while not did do does all also other such more most
  both each than then there these through during between government trafficking victims victim traffickers trafficker
  efforts crimes cases]]):gmatch "%S+" do
  stop[word] = true
end

local endings = { "ational", "ations", "ation", "ments", "ment", "ities", "ity", "ings", "ing", "ions", "ion", "ers", "er",
  "ors", "or", "ives", "ive", "ies", "ed", "es", "ly", "e", "s", "y" }

-- "identifying", "identification", "identified" are one.
local function stem(word)
  for _, ending in ipairs(endings) do
    if #word - #ending >= 4 and word:sub(-#ending) == ending then return word:sub(1, #word - #ending):sub(1, 6) end
  end
  return word:sub(1, 6)
end

--- The features of a text, as a set.
function wording.features(text)
  local set = {}
  for word in text:lower():gsub("’", "'"):gmatch "[%a][%a']+" do
    word = word:gsub("'.*", "")
    if #word > 2 and not stop[word] then set[stem(word)] = true end
  end
  for _, theme in ipairs(topics.themes_of(text)) do set["theme " .. theme] = true end
  return set
end

--- The weight of each feature over a list of sets: the logarithm of how rare it is.
function wording.weights(sets)
  local counts, weights = {}, {}
  for _, set in ipairs(sets) do
    for feature in pairs(set) do counts[feature] = (counts[feature] or 0) + 1 end
  end
  for feature, n in pairs(counts) do weights[feature] = math.log(1 + #sets / n) end
  return weights
end

local function length(set, weights)
  local sum = 0
  for feature in pairs(set) do sum = sum + (weights[feature] or 0) ^ 2 end
  return math.sqrt(sum)
end

--- How alike two sets are, from 0 (nothing in common) to 1: the cosine of their weighted features.
function wording.likeness(a, b, weights)
  local sum = 0
  for feature in pairs(a) do
    if b[feature] then sum = sum + (weights[feature] or 0) ^ 2 end
  end
  return sum == 0 and 0 or sum / (length(a, weights) * length(b, weights))
end

--- The text without case, punctuation and spaces at its ends, for telling whether it was reworded at all.
function wording.plain(text)
  return (text:lower():gsub("’", "'"):gsub("[^%w']+", " "):gsub("^ ", ""):gsub(" $", ""))
end

--- Pairs the items of two lists one to one, the most alike first, down to `least`. like(i, j) gives their likeness.
-- Returns the partner of each item of the first list, by number: { [i] = { j, likeness } }.
function wording.pairs(n, m, like, least)
  local all, of, taken = {}, {}, {}
  for i = 1, n do
    for j = 1, m do
      local value = like(i, j)
      if value >= least then all[#all + 1] = { i, j, value } end
    end
  end
  table.sort(all, function(a, b)
    if a[3] ~= b[3] then return a[3] > b[3] end
    if a[1] ~= b[1] then return a[1] < b[1] end
    return a[2] < b[2]
  end)
  for _, pair in ipairs(all) do
    if not of[pair[1]] and not taken[pair[2]] then
      of[pair[1]], taken[pair[2]] = { pair[2], pair[3] }, true
    end
  end
  return of
end

return wording
