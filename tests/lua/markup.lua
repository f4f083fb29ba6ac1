--- A strict reader of the markup that tipl writes, for tests: elements must nest and close, attributes be quoted and
-- known; anything else raises. It is no reader for pages of the world.
-- SPDX-License-Identifier: MIT
local markup = {}

local void = { meta = true, input = true, rect = true, path = true, ["!DOCTYPE"] = true }
local raw = { style = true, script = true }

local names, known = {}, {}
for name in ([[!DOCTYPE html head meta title style script body a header p h1 h2 h3 dl div dt dd nav ul li main section
  figure figcaption svg g text rect path span mark b i small table thead tbody tr th td footer code]]):gmatch "%S+" do
  names[name] = true
end
for name in ([[lang charset http-equiv content name class id href aria-label aria-labelledby aria-describedby role
  viewBox x y width height d text-anchor data-kind data-n data-key scope colspan tabindex]]):gmatch "%S+" do
  known[name] = true
end

local function attributes_of(tag, text)
  local list, at = {}, 1
  while text:find("%S", at) do
    local from, to, name, value = text:find('^%s+([%w-]+)="([^"<>]*)"', at)
    assert(from, "attribute in " .. tag .. ": " .. text:sub(at, at + 40))
    assert(known[name] and not list[name], "attribute " .. name .. " of " .. tag)
    list[name], at = value, to + 1
  end
  return list
end

--- All elements in order: { name, attributes, inner = the markup inside }.
function markup.elements(text)
  local list, stack, at = {}, {}, 1
  while true do
    local from = text:find("<", at, true)
    assert(not text:sub(at, (from or 0) - 1):find ">" or (stack[1] and raw[stack[#stack].name]), "a bare >")
    if not from then break end
    local to = assert(text:find(">", from, true), "a tag that does not end")
    local closing, name, rest = text:sub(from, to):match "^<(/?)([%w!]+)(.-)/?>$"
    assert(name and names[name], "element " .. text:sub(from, to))
    if closing == "/" then
      local element = table.remove(stack)
      assert(element and element.name == name, "</" .. name .. "> closes " .. (element and element.name or "nothing"))
      element.inner = text:sub(element.from, from - 1)
    else
      local element = { name = name, attributes = name == "!DOCTYPE" and {} or attributes_of(name, rest), from = to + 1 }
      list[#list + 1] = element
      if not void[name] then stack[#stack + 1] = element end
      if raw[name] then to = assert(text:find("</" .. name, to, true)) - 1 end
    end
    at = to + 1
  end
  assert(#stack == 0, "not closed: " .. (stack[1] and stack[1].name or ""))
  return list
end

--- How many elements have a name, a class among theirs (where given).
function markup.count(elements, name, class)
  local n = 0
  for _, element in ipairs(elements) do
    local has = not class or (" " .. (element.attributes.class or "") .. " "):find(" " .. class .. " ", 1, true)
    if element.name == name and has then n = n + 1 end
  end
  return n
end

local entities = { amp = "&", lt = "<", gt = ">", quot = '"', ["#39"] = "'" }

-- The markup without the cards of facts, which are not part of the text.
local function without_cards(text)
  local out, at = {}, 1
  while true do
    local from, to = text:find('<span class="cards"', at, true)
    if not from then break end
    out[#out + 1] = text:sub(at, from - 1)
    local depth
    depth, at = 1, to
    while depth > 0 do
      local tag, stop = text:match("<(/?)span[^>]*>()", at)
      depth, at = depth + (tag == "/" and -1 or 1), stop
    end
  end
  return table.concat(out) .. text:sub(at)
end

--- The text of markup, cards and notes in the margin left out.
function markup.text(text)
  text = without_cards(text):gsub('<ul class="margin".-</ul>', ""):gsub("<[^>]*>", "")
  return (text:gsub("&([%w#]+);", entities))
end

return markup
