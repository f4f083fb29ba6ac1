--- Small charts as SVG that stands in a page of HTML. Colors and fonts are the page's: every mark has a class.
-- Numbers are printed beside their marks, so that nothing is told by length alone; a mark may lead somewhere.
-- SPDX-License-Identifier: MIT
local html = require "tipl.html"
local layout = require "tipl.layout"

local svg = {}

local CHARACTER = 6.6 -- pixels that a character of the charts' 12 pixel type takes, on average
local BOLD = 8 -- the same of bold digits

local function number(value) return (("%.1f"):format(value):gsub("%.0$", "")) end

local function fit(text, pixels) return layout.fit(text, math.max(4, math.floor(pixels / CHARACTER))) end

-- A mark with all that belongs to it, as a link where it has a target. mark: href, title. Its name is what is seen and
-- the title, so that who speaks what they see is understood.
local function linked(mark, seen, markup)
  local values = { href = mark.href, label = seen .. (mark.title and ", " .. mark.title or ""), markup = markup }
  if not mark.href then return html.fill('<g role="img" aria-label="{label}">{!markup}</g>', values) end
  return html.fill('<a href="{href}" aria-label="{label}">{!markup}</a>', values)
end

local function text(x, y, class, words, anchor)
  return ('<text x="%s" y="%s" class="%s"%s>%s</text>'):format(number(x), number(y), class,
    anchor and ' text-anchor="' .. anchor .. '"' or "", html.escape(words))
end

local function rect(x, y, width, height, class)
  return ('<rect x="%s" y="%s" width="%s" height="%s" class="%s"/>'):format(number(x), number(y), number(width),
    number(height), class)
end

local function frame(width, height, label, parts)
  return html.fill('<svg viewBox="0 0 {width} {height}" role="group" aria-label="{label}">', {
    width = width, height = number(height), label = label,
  }) .. table.concat(parts) .. "</svg>"
end

local function largest(lists, field)
  local most = 0
  for _, list in ipairs(lists) do
    for _, mark in ipairs(list[field] or { list }) do most = math.max(most, mark.value or 0) end
  end
  return most > 0 and most or 1
end

--- Panels of columns side by side on one scale. chart: label (for who does not see it), width, panels = { { title =, note
-- =, marks = { { name =, value =, text =, title =, class =, href = } … } } … }. A mark without value is its text alone.
function svg.columns(chart)
  local width, top, tall, gap = chart.width or 360, 54, 150, 18
  local most, parts = largest(chart.panels, "marks"), {}
  local room = (width - gap * (#chart.panels - 1)) / #chart.panels
  for i, panel in ipairs(chart.panels) do
    local left = (i - 1) * (room + gap)
    local step = room / math.max(#panel.marks, 1)
    parts[#parts + 1] = text(left, 13, "head", fit(panel.title, room)) .. text(left, 29, "quiet", fit(panel.note, room))
    for k, mark in ipairs(panel.marks) do
      local middle, bar = left + (k - 0.5) * step, math.min(30, step * 0.72)
      local height = mark.value and math.max(mark.value > 0 and 1 or 0, mark.value / most * tall) or 0
      local marks = mark.value and rect(middle - bar / 2, top + tall - height, bar, height, "bar " .. (mark.class or ""))
        or ""
      local value, name = fit(mark.text, step + 6), #panel.marks > 4 and mark.name:sub(-2) or mark.name
      parts[#parts + 1] = linked(mark, value .. " " .. name, marks
        .. text(middle, top + tall - height - 5, mark.value and "value" or "quiet", value, "middle") .. " "
        .. text(middle, top + tall + 16, "quiet", name, "middle"))
    end
    parts[#parts + 1] = ('<path d="M%s %sh%s" class="axis"/>'):format(number(left), number(top + tall), number(room))
  end
  return frame(width, top + tall + 24, chart.label, parts)
end

--- Bars under their names, in groups. chart: label, width, groups = { { title =, marks = as of svg.columns } … }; each
-- group has its own scale when chart.scales is true.
function svg.bars(chart)
  local width, y, parts = chart.width or 360, 0, {}
  local most = largest(chart.groups, "marks")
  for _, group in ipairs(chart.groups) do
    if chart.scales then most = largest({ group }, "marks") end
    y = y + (y > 0 and 28 or 14)
    parts[#parts + 1] = text(0, y, "head", fit(group.title, width))
    for _, mark in ipairs(group.marks) do
      local value_room = math.max(30, (utf8.len(mark.text) or #mark.text) * BOLD + 10)
      local long = mark.value and mark.value / most * (width - value_room) or 0
      local bar = mark.value and rect(0, y + 23, math.max(long, mark.value > 0 and 1 or 0), 11, "bar " .. (mark.class or ""))
        or ""
      local name = fit(mark.name, width)
      parts[#parts + 1] = linked(mark, name .. " " .. mark.text, text(0, y + 18, "quiet", name) .. bar .. " "
        .. text(mark.value and long + 6 or 0, y + 33, mark.value and "value" or "value missing", mark.text))
      y = y + 36
    end
  end
  return frame(width, y + 4, chart.label, parts)
end

return svg
