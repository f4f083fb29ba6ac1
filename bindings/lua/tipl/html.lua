--- Pages of HTML from text that nobody vouches for: escaping, filling in templates, and a page that holds all it
-- needs and asks nobody for more. Knows nothing of reports.
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"
local layout = require "tipl.layout"

local html = {}

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

local function byte_name(c) return ("\\x%02x"):format(c:byte()) end

--- A text as HTML or SVG shows it, inside of elements and of quoted attributes. Control characters, marks that turn
-- the direction of writing, and bytes that are no UTF-8 (names of files) become visible; a line end is a blank.
function html.escape(text)
  text = tostring(text)
  if not utf8.len(text) then text = text:gsub("[\x80-\xff]", byte_name) end
  if text:find "[%c&<>\"'\x80-\xff]" then text = layout.safe(text):gsub("[&<>\"']", entities) end
  return text
end

--- Fills in a template: {name} is the value, escaped; {!name} the value as it is, which must be markup. Without one (nil, false) nothing stands there.
function html.fill(template, values)
  return (template:gsub("{(!?)([%a_]+)}", function(raw, name)
    local value = values[name]
    if not value then return "" end
    return raw == "" and html.escape(value) or value
  end))
end

local digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

--- Base64 (RFC 4648) of bytes.
function html.base64(bytes)
  local out = {}
  for i = 1, #bytes, 3 do
    local a, b, c = bytes:byte(i, i + 2)
    local n = a << 16 | (b or 0) << 8 | (c or 0)
    for k = 0, 3 do
      local at = (n >> (18 - 6 * k) & 63) + 1
      out[#out + 1] = k <= (c and 3 or b and 2 or 1) and digits:sub(at, at) or "="
    end
  end
  return table.concat(out)
end

local function hash(text)
  return text and "'sha256-" .. html.base64(core.sha256(text)) .. "'" or "'none'"
end

local page = [[
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{!policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="tipl {version}">
<title>{title}</title>
<style>{!style}</style>
</head>
<body>
{!body}
{!script}</body>
</html>
]]

--- A page: title (text), body (markup), style and script (their text). Its policy lets nothing run but this style and
-- this script, known by their hashes, and nothing be fetched, so that markup that slipped through would stay inert.
-- Neither style nor script may hold "</".
function html.page(parts)
  for _, name in ipairs { "style", "script" } do
    if parts[name] and parts[name]:find("</", 1, true) then error("the " .. name .. " holds '</'", 2) end
  end
  return html.fill(page, {
    policy = ("default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'"):format(
      hash(parts.style), hash(parts.script)),
    version = core.version, title = parts.title, style = parts.style or "", body = parts.body,
    script = parts.script and "<script>" .. parts.script .. "</script>\n" or "",
  })
end

--- The text of a file that stands beside the module's Lua files, as style and scripts of pages do.
function html.asset(name)
  local here = assert(package.searchpath("tipl.html", package.path))
  local path = here:gsub("[^/]*$", "") .. name
  local file <close>, why = io.open(path, "rb")
  local text = file and file:read "a"
  if not text then error(("a file of tipl's own is missing: %s; install tipl again"):format(why or path), 0) end
  return text
end

return html
