-- files_test: tipl.each over files, folders and patterns.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"

local samples = "examples/reports/valdoria-20"

local function years(paths, options)
  local out = {}
  for report, path in tipl.each(paths, options) do
    assert(path:find(tostring(report.year), 1, true), path)
    out[#out + 1] = report.year
  end
  return table.concat(out, " ")
end

tap.test("files, folders, patterns", function()
  tap.is(years(samples .. "21.txt"), "2021")
  tap.is(years { samples .. "21.txt", samples .. "19.txt" }, "2021 2019")
  local left
  tap.is(years("examples/reports", { skipped = function(count) left = count end }), "2019 2020 2021")
  tap.is(left, 1) -- README.md
  tap.is(years { samples .. "2?.txt", samples .. "19.txt" }, "2020 2021 2019")
  tap.is(years {}, "")
end)

tap.test("what cannot be read is told and passed over", function()
  local bad = {}
  local function failed(message, code, path) bad[#bad + 1] = code .. " " .. path .. " " .. message end
  local paths = { "no/file.txt", samples .. "21.txt", "README.md", samples .. "19.txt", "no/*.txt" }
  tap.is(years(paths, { failed = failed, max_bytes = 100000 }), "2021 2019")
  tap.is(#bad, 3)
  assert(bad[1]:find("EIO no/file.txt no/file.txt: ", 1, true), bad[1])
  assert(bad[2]:find("ENOREPORT README.md README.md", 1, true), bad[2])
  assert(bad[3]:find("EIO no/*.txt no/*.txt: no file matches", 1, true), bad[3])
end)

tap.test("options go to each report; wrong ones raise", function()
  for report in tipl.each(samples .. "21.txt", { year = 2015, country = "Norway" }) do
    tap.is(report.year, 2015)
    tap.is(report.iso3, "NOR")
  end
  tap.raises("unknown option 'yaer'", years, samples .. "21.txt", { yaer = 2020 })
  tap.raises("option 'failed': a function expected", tipl.each, "x", { failed = 5 })
  tap.raises("paths: ", tipl.each, { 5, {} })
  tap.raises("a path holds no NUL", tipl.each, "a\0b")
end)

tap.test("a loop that ends early ends the walk", function()
  for report in tipl.each "examples/reports" do
    tap.is(report.year, 2019)
    break
  end
  local kept = {}
  for report in tipl.each("examples/reports", { skipped = function() end }) do kept[#kept + 1] = report end
  tap.is(kept[1].year + kept[2].year + kept[3].year, 6060) -- reports outlive the loop
end)

tap.done()
