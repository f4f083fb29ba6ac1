-- sections_test: where the sections of the reference reports begin and end, by the reading of two persons
-- (sections_expected.tsv).
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"
local reference = require "reference"

reference.test("sections of the reference reports", function(folder)
  local files = 0
  for line in io.lines "tests/lua/sections_expected.tsv" do
    local name, rest = line:match "^([^#\t][^\t]*)\t(.*)$"
    if name then
      files = files + 1
      local report <close> = assert(tipl.open(folder .. "/reports/" .. name))
      local want, got = {}, {}
      for kind, heading, length, begin, stop in rest:gmatch "(%a+):([%d-]+):(%d+):(%d+):(%d+)" do
        local text = heading ~= "-" and report.source:sub(heading + 1, heading + length) or nil
        want[#want + 1] = ("%s [%s] %d-%d"):format(kind, text, begin, stop)
      end
      for section in report:sections() do
        got[#got + 1] = ("%s [%s] %d-%d"):format(section.kind, section.heading, section.offset, section.last)
      end
      tap.is(table.concat(got, "\n"), table.concat(want, "\n"), name)
    end
  end
  tap.is(files, 100)
end)

tap.done()
