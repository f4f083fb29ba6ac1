-- verify_test: `tipl verify` finds faults when there are some, in a report whose rows were falsified on their
-- way.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"

local PATH = "examples/reports/valdoria-2021.txt"
local open = tipl.open

-- A row with other values in some fields.
local function falsified(row, fields)
  return setmetatable({ span = function(_, name) return row:span(name) end }, {
    __index = function(self, key)
      local value = fields[key]
      if value == "itself" then return self end
      if value == nil then return row[key] end
      return value
    end,
  })
end

-- A report of which one list (say "facts") has its row `number` falsified.
local function spoiled(list, number, fields)
  local report = assert(open(PATH))
  local proxy = { source = report.source, encoding = report.encoding, format = report.format,
    locate = function(_, position) return report:locate(position) end }
  for _, name in ipairs { "sections", "paragraphs", "sentences", "recommendations", "tokens", "measures", "facts" } do
    proxy[name] = function()
      local rows = report[name](report)
      local i = 0
      return function()
        i = i + 1
        return name == list and i == number and falsified(rows[i], fields) or rows[i]
      end
    end
  end
  return setmetatable(proxy, { __close = function() end })
end

-- What verify prints for a report, but its last line; and its exit code.
local function verify(report)
  local lines, code = {}, nil
  local env = setmetatable({
    arg = { PATH },
    print = function(line) lines[#lines + 1] = line end,
    os = setmetatable({ exit = function(n) code = n end }, { __index = os }),
  }, { __index = _G })
  local each = tipl.each
  tipl.each = function(paths)
    local done = false
    return function()
      if done then return nil end
      done = true
      return report, paths[1]
    end
  end
  assert(loadfile("scripts/verify.lua", "t", env))()
  tipl.each = each
  table.remove(lines)
  return table.concat(lines, "\n"), code
end

local function finds(what, list, number, fields)
  tap.test(what, function()
    local printed, code = verify(spoiled(list, number, fields))
    assert(printed:find("^" .. PATH:gsub("%W", "%%%0") .. ":%d+:%d+: "), printed)
    assert(printed:find(what, 1, true), printed)
    tap.is(code, 1)
  end)
end

tap.test("nothing is found in a report as it is", function()
  local printed, code = verify(spoiled("none"))
  tap.is(printed, "")
  tap.is(code, 0)
end)

finds("are not in the text", "sentences", 2, { last = 100000000 })
finds("are not in the text", "tokens", 4, { first = 0 })
finds("the text says '", "tokens", 4, { text = "something" })
finds("offset and length are not those", "recommendations", 1, { offset = 0 })
finds("overlaps the one before", "sentences", 3, { first = 70 })
finds("is outside of bytes", "sentences", 3, { paragraph = { first = 1, last = 10 } })
finds("the text says '", "facts", 5, { evidence = "38 cases" })
finds("is outside of bytes", "facts", 5, { sentence = { first = 1, last = 10 } })
finds("`of` is '-' and the relation subset_of", "facts", 1, { relation = "subset_of", of = false })
finds("`of` is a fact of another report", "facts", 5, { relation = "subset_of", of = open(PATH):facts()[3] })
finds("`of` leads back to itself", "facts", 5, { relation = "subset_of", of = "itself" })
finds("its pair is not paired with it", "measures", 1, { pair = { pair = false } })
tap.done()
