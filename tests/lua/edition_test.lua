-- edition_test: whole editions in one file, and files with a neighbour's text.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"

local PATH = "tests/pages/edition.txt"

local function read(path)
  local reports, leftovers = {}, {}
  for report in tipl.each(path, { leftover = function(_, left) leftovers[#leftovers + 1] = left end }) do
    reports[#reports + 1] = report
  end
  return reports, leftovers
end

local function names(reports)
  local out = {}
  for i, report in ipairs(reports) do out[i] = ("%s %s %s"):format(report.country, report.year, report.tier) end
  return table.concat(out, ", ")
end

local whole = assert(io.open(PATH, "rb")):read "a"

tap.test("each narrative is a report, lists of tiers are none", function()
  local reports, leftovers = read(PATH)
  tap.is(names(reports), "Ghana 2021 2, Norway 2021 2, RURITANIA 2021 3, Yemen 2021 SC")
  tap.is(#leftovers, 2)
  tap.is(leftovers[1].why, "before the first narrative")
  tap.is(leftovers[1].last, whole:find("GHANA: Tier 2\n\nThe Gov", 1, true) - 1)
  tap.is(whole:sub(leftovers[2].first, leftovers[2].last), "GHANA: Tier 2\nNORWAY: Tier 2")
end)

tap.test("every fact is in its own narrative, every span a place in the whole file", function()
  local reports = read(PATH)
  local counts = { investigations = {}, trainings = {}, victims_identified = {} }
  for _, report in ipairs(reports) do
    tap.is(report.source, whole)
    for fact in report:facts() do
      tap.is(whole:sub(fact.first, fact.last), fact.evidence)
      if counts[fact.metric] then table.insert(counts[fact.metric], report.country .. " " .. fact.value) end
    end
    for token in report:tokens() do tap.is(whole:sub(token.first, token.last), token.text) end
  end
  tap.is(table.concat(counts.investigations, ", "), "Ghana 31, Norway 2")
  tap.is(table.concat(counts.victims_identified, ", "), "Norway 12")
  tap.is(table.concat(counts.trainings, ", "), "RURITANIA 4")
  for fact in reports[2]:facts { metric = "tier" } do tap.is(fact.value, "2") end -- not of Sweden in the list
end)

tap.test("tipl.open gives the narrative of a country, or the first", function()
  tap.is(assert(tipl.open(PATH)).country, "Ghana")
  local report <close> = assert(tipl.open(PATH, { country = "Norway" }))
  tap.is(#report:facts { metric = "victims_identified" }, 1)
  tap.is(#report:facts { metric = "trainings" }, 0)
end)

local function file_of(bytes)
  local name = os.tmpname()
  local file <close> = assert(io.open(name, "wb"))
  file:write(bytes)
  return name
end

tap.test("the end of an endless sentence gives no facts, and says so", function()
  local text = "VALDORIA: Tier 2 (2021 Trafficking in Persons Report)\n\nPROTECTION\n\nIn 2020, police identified 12 victims " ..
    ("and "):rep(5000) .. "NGOs assisted 40 victims.\n"
  local path = file_of(text)
  local reports, leftovers = read(path)
  os.remove(path)
  tap.is(#reports[1]:facts { metric = "victims_identified" }, 1)
  tap.is(#reports[1]:facts { metric = "victims_assisted" }, 0)
  tap.is(#leftovers, 1)
  tap.is(leftovers[1].why, "a sentence too long: its end gives no facts")
  tap.is(text:sub(leftovers[1].first, leftovers[1].last):sub(-20), "assisted 40 victims.")
end)

tap.test("in Windows-1252 the spans are those of the file too", function()
  local bytes = whole:gsub("\u{2019}", "\x92")
  local name = file_of(bytes)
  local reports = read(name)
  os.remove(name)
  tap.is(names(reports), "Ghana 2021 2, Norway 2021 2, RURITANIA 2021 3, Yemen 2021 SC")
  local fact = reports[2]:facts { metric = "victims_identified" }[1]
  tap.is(bytes:sub(fact.first, fact.last), "12 victims")
  tap.is(fact.sentence.text, "The government\u{2019}s offices identified 12 victims in 2020.")
end)

tap.test("editions of one country, one after the other", function()
  local text = "%d Trafficking in Persons Report: Norway\n\nNORWAY: Tier 2\n\nThe Government of Norway does not fully "
    .. "meet the minimum standards. It investigated %d trafficking cases.\n\nNORWAY\n\nIt trained 9 officials.\n\n"
  local name = file_of(text:format(2019, 7) .. text:format(2020, 8))
  local reports = read(name)
  os.remove(name)
  tap.is(names(reports), "Norway 2019 2, Norway 2020 2")
  tap.is(reports[2]:facts { metric = "investigations" }[1].value, 8)
end)

tap.test("a sentence that names a tier begins no narrative", function()
  local report <close> = assert(tipl.parse("NORWAY: Tier 2\n\nThe Government of Norway works with others. Ghana (Tier 2) is "
    .. "one of them. It investigated 12 trafficking cases.\n"))
  tap.is(report.country, "Norway")
  tap.is(#report:facts { metric = "investigations" }, 1)
end)
-- ------------------------------------------------------------------ what publishers put around a narrative

local RATES = "The Government of %s does not fully meet the minimum standards. In 2020, police identified 12 victims.\n"

local function norway(before) return before .. RATES:format "Norway" .. "\nPROSECUTION\n\nIn 2020, courts convicted 12 traffickers.\n" end

local function read_text(text)
  local reports, leftovers = tipl.parse_all(text)
  return assert(reports, leftovers), leftovers
end

tap.test("words between title and tier line belong to neither", function()
  local text = norway "2021 Trafficking in Persons Report: Norway\n\nDownload Report\n\n7 min read\n\nNORWAY: Tier 2\n\n"
  local reports, leftovers = read_text(text)
  tap.is(names(reports), "Norway 2021 2")
  tap.is(#reports[1]:facts { metric = "convictions", year = 2020 }, 1)
  tap.is(text:sub(leftovers[1].first, leftovers[1].last), "Download Report")
  tap.is(leftovers[1].why, "between the title and the tier line")
end)

tap.test("a title that comes again heads a page", function()
  local text = norway "2021 Trafficking in Persons Report: Norway\n\nNORWAY: Tier 2\n\n" ..
    "\n2021 Trafficking in Persons Report: Norway\n\nIn 2020, courts acquitted three traffickers.\n"
  local reports = read_text(text)
  tap.is(names(reports), "Norway 2021 2")
  tap.is(#reports[1]:facts { metric = "acquittals" }, 1)
end)

tap.test("the next edition's title does not", function()
  local reports = read_text(norway "2020 Trafficking in Persons Report: Norway\n\nNORWAY: Tier 1\n\n" .. "\n" ..
    norway "2021 Trafficking in Persons Report: Norway\n\nNORWAY: Tier 2\n\n")
  tap.is(names(reports), "Norway 2020 1, Norway 2021 2")
end)

tap.test("titles in two lines, below menus and on covers", function()
  for _, head in ipairs { "2021 Trafficking in Persons\nReport: Norway", "Home\nContact us\n2021 Trafficking in Persons Report: Norway",
    "U.S. Department of State\nTrafficking in Persons Report\nJune 2021" } do
    tap.is(names(read_text(norway(head .. "\n\nNORWAY: Tier 2\n\n"))), "Norway 2021 2", head)
  end
  local text = ("2021 Trafficking in Persons Report: Bosnia and\nHerzegovina\n\n" .. RATES):format "Bosnia and Herzegovina"
  tap.is(read_text(text)[1].iso3, "BIH")
end)

tap.test("a title without a country is the whole file's", function()
  local text = "2021 Trafficking in Persons Report\n"
  for _, name in ipairs { "Ghana", "Kenya", "Norway" } do
    text = text .. ("\n%s: Tier 2\n\n"):format(name:upper()) .. RATES:format(name)
  end
  tap.is(names(read_text(text)), "Ghana 2021 2, Kenya 2021 2, Norway 2021 2")
end)

tap.test("a story headed by a country is no narrative of it", function()
  local text = norway "2021 Trafficking in Persons Report\n\nBRAZIL\n\nMaria, 19, left Brazil. Police in Brazil identified 14 women.\n\nNORWAY: Tier 2\n\n"
  tap.is(names(read_text(text)), "Norway 2021 2")
end)

tap.test("what stands behind the last narrative is left over", function()
  local text = norway "NORWAY: Tier 2\n\n" .. "\nRELEVANT INTERNATIONAL CONVENTIONS\n\nThe chart shows 34 victims identified in Sweden.\n"
  local reports, leftovers = read_text(text)
  tap.is(#reports[1]:facts { metric = "victims_identified" }, 1)
  tap.is(leftovers[1].why, "after the narrative")
  tap.is(text:sub(leftovers[1].first, leftovers[1].last), "The chart shows 34 victims identified in Sweden.")
end)

tap.test("an unknown country's narrative ends where the next begins", function()
  local text = "RURITANIA: Tier 3\n\n" .. RATES:format "Ruritania" .. "\nNORWAY: Tier 2\n\n" .. RATES:format "Norway"
  local report = assert(tipl.parse(text))
  tap.is(report.country, "RURITANIA")
  tap.is(#report:facts { metric = "victims_identified" }, 1)
end)

tap.test("no-break spaces before a tier and behind a heading", function()
  local report = assert(tipl.parse("The Government of Laos does not fully meet the minimum standards; therefore Laos was downgraded to" ..
    "\u{A0}Tier\u{A0}3.\n\nPROSECUTION\u{A0}The government convicted 12 traffickers.\n"))
  tap.is(report.tier, "3")
  tap.is(report.movement, "downgraded")
  tap.is(report:sections()[2].kind, "prosecution")
end)

tap.test("wrapped words are whole, and every span is its place", function()
  local text = norway "NORWAY: Tier 2\n\n" .. "\nPROTECTION\n\nIn 2020, authorities granted six-\nmonth permits and identi-\nfied 31 victims; the plan of 2016-\n2020 gave " ..
    "vic\u{AD}tims 1\u{200B}5 million kroner.\u{2028}\u{2028}PREVENTION\u{2029}In 2020, police held four seminars.\n"
  local report = assert(tipl.parse(text))
  tap.is(report:facts { metric = "permit_length" }[1].value, 6)
  local fact = report:facts { metric = "victims_identified", unit = "persons" }:where(function(f) return f.value == 31 end)[1]
  tap.is(text:sub(fact.first, fact.last), "31 victims")
  tap.is(fact.sentence.text:find("identified\n31", 1, true) ~= nil, true)
  local money = report:facts { metric = "funding" }[1]
  tap.is(money.value_text, "15000000")
  tap.is(text:sub(money.first, money.last), "1\u{200B}5 million kroner")
  tap.is(report:sections()[#report:sections()].kind, "prevention")
end)

tap.done()
