-- input_test: what tipl.open and tipl.parse take and refuse, and how they say so.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"

local TEXT = "RURITANIA: Tier 2\n\nThe Government of Ruritania does not fully meet the minimum standards "
  .. "for the elimination of trafficking.\n\nPROSECUTION\n\nIn 2020, police investigated 12 trafficking cases.\n"

-- Must fail softly: nil, a message that holds `part`, the code.
local function refuses(code, part, ...)
  local report, message, got = ...
  tap.is(report, nil)
  tap.is(got, code)
  assert(message:find(part, 1, true), message)
end

local function file_of(bytes)
  local name = os.tmpname()
  local file = assert(io.open(name, "wb"))
  file:write(bytes)
  file:close()
  return name
end

tap.test("files that cannot be read", function()
  refuses("EIO", "no-such-file.txt: ", tipl.open "no-such-file.txt")
  refuses("EIO", "/: ", tipl.open "/")
end)

tap.test("bytes that are no report", function()
  refuses("ENOREPORT", "(text): ", tipl.parse "A letter about something else.")
  refuses("EENCODING", "(text):2:3: ", tipl.parse "line\nab\0c")
  refuses("EENCODING", "mine.txt:1:2: ", tipl.parse("a\xffb", { name = "mine.txt" }))
  for _, bytes in ipairs { "", "\xff\xfea\0b\0", "\0\0\0" } do
    local name = file_of(bytes)
    local report, message, code = tipl.open(name)
    os.remove(name)
    assert(report == nil and (code == "ENOREPORT" or code == "EENCODING"), code)
    assert(message:find(name, 1, true), message)
  end
end)

tap.test("text, options and name", function()
  local report = assert(tipl.parse(TEXT, { name = "ruritania-2021.txt" }))
  tap.is(report.year, 2021)
  tap.is(report.year_origin, "name")
  tap.is(report.name, "ruritania-2021.txt")
  report = assert(tipl.parse(TEXT, { year = 2019, country = "Norway" }))
  tap.is(report.year, 2019)
  tap.is(report.year_origin, "option")
  tap.is(report.country, "Norway")
  tap.is(report.iso3, "NOR")
  assert(tipl.parse("Nothing of the kind.", { plain = true }))
end)

tap.test("limits", function()
  refuses("ELIMIT", "", tipl.parse(TEXT, { max_bytes = 20 }))
  refuses("ELIMIT", "", tipl.parse(TEXT:rep(1) .. "\nPolice investigated 3 cases in 2019 and 4 cases in 2018.\n",
    { max_facts = 1 }))
end)

tap.test("wrong arguments raise and name what is nearest", function()
  tap.raises("unknown option 'yaer' (nearest: 'year')", tipl.open, "x", { yaer = 2020 })
  tap.raises("option 'year': a whole number from 1900", tipl.parse, TEXT, { year = "2020" })
  tap.raises("option 'year': a whole number from 1900", tipl.parse, TEXT, { year = 20 })
  tap.raises("option 'country': a string", tipl.parse, TEXT, { country = 5 })
  tap.raises("option 'name' is for tipl.parse", tipl.open, "x", { name = "y" })
  tap.raises("option names are strings", tipl.open, "x", { 5 })
  tap.raises("table expected", tipl.open, "x", "plain")
  tap.raises("string expected", tipl.open)
  tap.raises("a path holds no NUL", tipl.open, "a\0b")
end)

tap.test("a failure ends a script with its code", function()
  local ok, failure = pcall(tipl.fail, "no such thing", "ENOREPORT")
  assert(not ok)
  tap.is(tostring(failure), "no such thing")
  tap.is(failure.code, 3)
  tap.is(select(2, pcall(tipl.fail, "x")).code, 1)
  tap.is(select(2, pcall(tipl.fail, "x", 4)).code, 4)
  tap.is(select(2, pcall(tipl.fail, "x", "EIO")).code, 2)
end)

tap.done()
