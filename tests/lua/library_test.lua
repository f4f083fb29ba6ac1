-- library_test: the definitions for editors and the reference page name exactly what the module has.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local core = require "tipl.core"
local tipl = require "tipl"

local function read(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read "a"
end

-- What the definitions say: fields and functions by class; a class has those of the one it derives from.
local defined, current, parents = {}, nil, {}
for line in read "bindings/lua/library/tipl.lua":gmatch "[^\n]+" do
  local class, parent = line:match "^%-%-%-@class ([%w.]+)<?T?>?:? ?([%w.]*)"
  if class then
    current = {}
    defined[class], parents[class] = current, parent
  end
  local field = line:match "^%-%-%-@field ([%w_]+)"
  if field then current[field] = "field" end
  local owner, method = line:match "^function (%w+)[.:]([%w_]+)"
  if owner then defined[owner == "tipl" and "tipl" or "tipl." .. owner][method] = "function" end
end

local function same(name, wanted, got)
  for key in pairs(wanted) do assert(got[key], name .. ": " .. key .. " is defined but does not exist") end
  for key in pairs(got) do assert(wanted[key], name .. ": " .. key .. " exists but is not defined") end
end

tap.test("the module", function()
  for name in pairs(defined.tipl) do local _ = tipl[name] end -- some are loaded when first used
  same("tipl", defined.tipl, tipl)
end)

tap.test("rules and sets", function()
  local rules = require "tipl.rules"
  for class, value in pairs { ["tipl.Rule"] = rules.Rule, ["tipl.RuleSet"] = rules.Set } do
    for name, kind in pairs(defined[class]) do
      assert(kind == "field" or value[name], class .. "." .. name .. " is defined but does not exist")
    end
    for name in pairs(value) do assert(name:find "^__" or defined[class][name], class .. "." .. name .. " is not defined") end
  end
end)

for _, name in ipairs { "Report", "Section", "Paragraph", "Sentence", "Recommendation", "Token", "Measure", "Fact",
  "Span", "List", "Corpus" } do
  tap.test("tipl." .. name, function()
    local wanted, parent = {}, defined[parents["tipl." .. name]]
    for key in pairs(parent or {}) do wanted[key] = true end
    for key in pairs(defined["tipl." .. name]) do wanted[key] = true end
    same("tipl." .. name, wanted, core.class("tipl." .. name))
  end)
end

tap.test("filter keys", function()
  local keys = {}
  for _, key in ipairs(core.filter_keys()) do keys[key] = true end
  same("tipl.Filter", defined["tipl.Filter"], keys)
end)

tap.test("the reference page names everything", function()
  local page = read "bindings/lua/API.md"
  for class, names in pairs(defined) do
    for name in pairs(names) do
      assert(page:find("[^%w_]" .. name .. "[^%w_]"), class .. "." .. name .. " is not in the reference")
    end
  end
end)

tap.done()
