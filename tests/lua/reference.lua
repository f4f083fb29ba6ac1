--- The reference reports, which are not part of the repository: where they are, and tests that need them.
-- SPDX-License-Identifier: MIT
local tap = require "tap"

local reference = { folder = os.getenv "TIPL_SHARED" or "../shared" }

--- Runs f(folder) as a test where the reports are at hand; else says that it is skipped.
function reference.test(name, f)
  local probe <close> = io.open(reference.folder .. "/reports/norway-2021.txt")
  if not probe then return tap.skip(name, "no reference reports in " .. reference.folder) end
  tap.test(name, function() f(reference.folder) end)
end

--- The paths of all reports, without those that repeat another byte for byte.
function reference.reports(folder)
  local list = {}
  local sources <close> = assert(io.open(folder .. "/reports/SOURCES.tsv"))
  for line in sources:lines() do
    local name = line:match "^([%w%-]+%.txt)\t"
    if name and not name:find "-full%.txt$" and name ~= "brunei-2004-specialcase.txt" then
      list[#list + 1] = folder .. "/reports/" .. name
    end
  end
  assert(#list > 90, #list .. " reports named in SOURCES.tsv")
  return list
end

return reference
