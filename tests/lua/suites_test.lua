--- The number and duration suites of ../shared, run as their own program runs them, and the measures of
-- the Norwegian narrative of 2021. Every case that fails must stand in suites_left_out.md with its reason.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"

local SHARED = "../shared/"
local BARS = { { "ms-number", 190 }, { "ms-duration", 40 }, { "duckling-number", 85 } }

local function read(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read "a"
  file:close()
  return text
end

--- Runs the suites' program on one suite: the set of failing cases and the number of passes.
local function run(suite)
  local out = {}
  local env = setmetatable({
    arg = { "tests/lua/suite_adapter.lua", SHARED .. "suites/" .. suite .. ".jsonl" },
    print = function() end,
    os = setmetatable({ getenv = function() return "100000" end }, { __index = os }),
    io = { lines = io.lines, write = function(...) out[#out + 1] = table.concat({ ... }) end },
  }, { __index = _G })
  assert(loadfile(SHARED .. "tools/run_suites.lua", "t", env))()
  local failing, text = {}, table.concat(out)
  for id in text:gmatch "FAIL (%S+)" do failing[id] = true end
  return failing, tonumber(text:match "(%d+) passed")
end

local function left_out()
  local listed = {}
  for id, why in read("tests/lua/suites_left_out.md"):gmatch "\n| (%l+%-%l+%-%d+) | ([^\n]-) |" do
    assert(#why > 5, id .. " has no reason")
    listed[id] = why
  end
  return listed
end

local function suites()
  local listed = left_out()
  for _, row in ipairs(BARS) do
    local suite, bar = row[1], row[2]
    tap.test(suite, function()
      local failing, passed = run(suite)
      print(("# %s: %d passed, bar %d"):format(suite, passed, bar))
      assert(passed >= bar, passed)
      for id in pairs(failing) do assert(listed[id], id .. " fails and is not listed") end
      for id in pairs(listed) do
        assert(id:sub(1, #suite) ~= suite or failing[id], id .. " is listed and passes")
      end
    end)
  end
end

--- Months and days in seconds, by the suites' rule: years of 365 days, other months of 30.
local function seconds(measure)
  if measure.unit == "seconds" then return measure.value end
  if measure.unit == "days" then return measure.value * 86400 end
  return (measure.value // 12 * 365 + measure.value % 12 * 30) * 86400
end

local function lengths()
  local listed = left_out()
  for line in io.lines(SHARED .. "suites/ms-duration.jsonl") do
    local id, input, want = line:match '"id": "([^"]+)".-"input": "([^"]+)".-"duration": "([%d.]+)"'
    if not listed[id] then
      local got
      for _, measure in ipairs(tipl.parse(input, { plain = true }):measures()) do
        if measure.kind == "duration" then got = seconds(measure) end
      end
      -- half a year is 6 months of 30 days here, half of 365 days there
      assert(got and math.abs(got - want) <= 0.02 * want, ("%s: %s, not %s"):format(id, got, want))
    end
  end
end

--- The lists of the gold file by name: items with offset, length and perhaps value and currency.
local function gold(path)
  local lists = {}
  for name, body in read(path):gmatch '"([%w_]+)":%s*(%b[])' do
    local list = {}
    for object in body:gmatch "%b{}" do
      local item = {}
      for key, value in object:gmatch '"(%w+)":%s*"?([^",}\n]*)' do item[key] = value end
      list[#list + 1] = item
    end
    lists[name] = list
  end
  return lists
end

--- The items of a gold list and the measures must be the same, in order.
local function same(list, measures, check)
  tap.is(#measures, #list, "rows")
  for i, item in ipairs(list) do
    tap.is(measures[i].offset, tonumber(item.offset), "offset")
    tap.is(measures[i].length, tonumber(item.length), "length of " .. measures[i].text)
    if check then check(measures[i], item) end
  end
end

local function norway()
  local path = SHARED .. "reports/norway-2021.txt"
  local lists, rows = gold(SHARED .. "gold/norway-2021.measures.json"), {}
  for _, kind in ipairs { "money", "year", "year_range", "words", "digits" } do rows[kind] = {} end
  for _, measure in ipairs(assert(tipl.open(path)):measures()) do
    local kind, spelled = measure.kind, false
    for _, flag in ipairs(measure.flags) do spelled = spelled or flag == "in_words" end
    if kind == "number" then kind = spelled and "words" or "digits" end
    if rows[kind] then table.insert(rows[kind], measure) end
  end
  tap.test("norway 2021: amounts and pairs", function()
    local paired = 0
    same(lists.money, rows.money, function(measure, item)
      tap.is(measure.value_text, item.value)
      tap.is(measure.unit, item.currency)
      if measure.pair then
        tap.is(measure.pair.pair.offset, measure.offset)
        paired = paired + 1
      end
    end)
    tap.is(paired, 24)
  end)
  tap.test("norway 2021: years and ranges", function()
    same(lists.years, rows.year, function(measure, item) tap.is(tostring(measure.from), item.text) end)
    same(lists.year_ranges, rows.year_range)
  end)
  tap.test("norway 2021: numbers", function()
    same(lists.number_words, rows.words, function(measure, item) tap.is(measure.value_text, item.value) end)
    same(lists.digits, rows.digits, function(measure, item) tap.is(tonumber(measure.value_text), tonumber(item.text)) end)
  end)
end

if not read(SHARED .. "tools/run_suites.lua") then
  tap.skip("suites and the gold measures", "no " .. SHARED .. " beside the repository")
else
  suites()
  tap.test("lengths of time in seconds", lengths)
  norway()
end
tap.done()
