-- score_agrees_test: `tipl score` prints the figures of gold.py beside the shared gold codings, to the last
-- digit, for what tipl reads and for codings that were spoiled on purpose.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local coding = require "tipl.coding"
local tipl = require "tipl"

local SHARED = os.getenv "TIPL_SHARED" or "../shared"
local GOLD, SCORER = SHARED .. "/gold", SHARED .. "/tools/gold.py"

local function exists(path)
  local file <close> = io.open(path)
  return file ~= nil
end

if not exists(SCORER) or not coding.is_folder(GOLD) then
  tap.skip("agreement with gold.py", "there is no " .. SCORER)
  tap.done()
elseif not os.execute "python3 -c '' >/dev/null 2>&1" then
  tap.skip("agreement with gold.py", "there is no python3")
  tap.done()
end

local tmp = os.tmpname()
os.remove(tmp)

-- A folder with a coding of each name of gold: the rows that make(name) gives.
local function folder(label, make)
  local path = tmp .. label
  assert(os.execute("mkdir " .. path))
  for _, name in ipairs(coding.names(GOLD)) do
    local rows = make(name)
    local file <close> = rows and assert(io.open(path .. "/" .. name, "wb"))
    if rows then file:write(table.concat(coding.columns, "\t"), "\n") end
    for _, row in ipairs(rows or {}) do
      local cells = {}
      for i, column in ipairs(coding.columns) do cells[i] = row[column] end
      file:write(table.concat(cells, "\t"), "\n")
    end
  end
  return path
end

local function output(command)
  local pipe <close> = assert(io.popen(command))
  return pipe:read "a"
end

-- "all core 0.946 0.903 0.924 457 506 483" for each line of either, and by file its name and three counts.
local function figures_of_scorer(given)
  local lines = {}
  for line in output(("python3 '%s' score '%s' '%s'"):format(SCORER, GOLD, given)):gmatch "[^\n]+" do
    local plain = line:gsub("precision", ""):gsub("recall", ""):gsub("F1", ""):gsub("[(/)]", " ")
      :gsub("core +(%d+) of +(%d+) gold, +(%d+) given", "%1 %2 %3")
    lines[#lines + 1] = plain:gsub("%s+", " "):match "^ ?(.-) ?$"
  end
  return lines
end

local function figures_of_tipl(given)
  local whole, files = {}, {}
  for line in output(("tipl score '%s' '%s' --by file"):format(GOLD, given)):gmatch "[^\n]+" do
    local name, gold, rows, core = line:match "^(%S+%.tsv) +(%d+) +(%d+) +(%d+)"
    if name then files[#files + 1] = ("%s %s %s %s"):format(name, core, gold, rows) end
    if line:find "^all " or line:find "^named metrics " then whole[#whole + 1] = line:gsub("%s+", " ") end
  end
  return table.move(whole, 1, #whole, #files + 1, files)
end

local function compare(label, make)
  tap.test(label, function()
    local given = folder(label, make)
    local want, got = figures_of_scorer(given), figures_of_tipl(given)
    os.execute("rm -r '" .. given .. "'")
    assert(#want > 8, "gold.py printed nothing")
    for i, line in ipairs(want) do tap.is(got[i], line) end
    tap.is(#got, #want)
  end)
end

compare("read", function(name)
  local report = tipl.open(SHARED .. "/reports/" .. name:gsub("tsv$", "txt"))
  return report and coding.rows(report:facts())
end)

-- Every coding short of some rows, wrong in others and with some twice; one is missing.
local number = 0
compare("spoiled", function(name)
  number = number + 1
  if number == 3 then return nil end
  local rows = {}
  for i, row in ipairs(coding.need(GOLD .. "/" .. name)) do
    local k = (i + number) % 11
    if k == 1 then row.value = "7" end
    if k == 2 then row.metric = "other" end
    if k == 3 then row.from = "RP" end
    if k == 4 then row.unit = "USD" end
    if k == 5 then row.state = "withheld" end
    if k == 6 then row.value = row.value .. ".00" end
    if k == 7 then row.evidence = row.evidence:sub(1, -2) end
    if k == 8 then row.bound = "~" end
    if k ~= 9 then rows[#rows + 1] = row end
    if k == 10 then rows[#rows + 1] = row end
  end
  return rows
end)

tap.done()
