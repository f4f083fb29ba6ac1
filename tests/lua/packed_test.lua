-- packed_test: what has to be unpacked before it is text: PDF by pdftotext, gzip by zlib.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local pdf = require "pdf"
local tap = require "tap"
local tipl = require "tipl"

local function refuses(code, part, ...)
  local report, message, got = tipl.parse(...)
  tap.is(report, nil)
  tap.is(got, code)
  assert(message:find(part, 1, true), message)
end

local function column(x, y, text)
  local lines = {}
  for line in text:gmatch "[^\n]+" do
    lines[#lines + 1] = { x, y, line }
    y = y - 12
  end
  return lines
end

local function page(...)
  local lines = {}
  for _, part in ipairs { ... } do table.move(part, 1, #part, #lines + 1, lines) end
  return lines
end

-- Two columns on each page, a running head and a page number; a sentence that goes on over the page, words
-- parted at line ends.
local pages = {
  page(column(50, 760, "2021 TRAFFICKING IN PERSONS REPORT"),
    column(50, 730, [[
NORWAY: Tier 2
The Government of Norway does not fully meet
the minimum standards for the elimination of
trafficking but is making significant efforts to
do so. Therefore Norway was downgraded to
Tier 2. The govern-
ment worked with shelters outside of the
capital and with the countries around it.
PROSECUTION
The government maintained its efforts. In 2020,
police investigated 43 trafficking cases. The
courts convicted four traffickers in 2020.]]),
    column(320, 730, [[
The officers of the police and the courts took
part in courses on the law of trafficking, which
the ministry of justice held in the capital.
PROTECTION
The government maintained protection efforts.
The government identified 12 victims of human
trafficking in 2020, compared with nine in 2019.
The law gives foreign victims a permit, and the
police asked them whether they wanted one
before their journey home. Shelters took them
in for as long as was needed, and the officers
in the shelters and in the town also assisted]]),
    column(300, 30, "427")),
  page(column(50, 760, "2021 TRAFFICKING IN PERSONS REPORT"),
    column(50, 730, "seven victims in shelters in 2020.\nIt trained 30 police officers in 2020."),
    column(50, 680, "PREVENTION"),
    column(50, 650, "The government held nine trainings."),
    column(300, 30, "428")),
}

local has_pdftotext = io.popen("pdftotext -v 2>&1"):read "a":find "pdftotext version"
if not has_pdftotext then
  tap.skip("PDF", "pdftotext is not installed")
else
  tap.test("a PDF: columns, heads, page numbers, parted words", function()
    local report <close> = assert(tipl.parse(pdf(pages)))
    tap.is(report.format, "pdf")
    tap.is(report.country, "Norway")
    tap.is(report.tier, "2")
    tap.is(report.movement, "downgraded")
    local text = report.text
    for _, good in ipairs { "Therefore Norway was", "The government worked", "trafficking cases" } do
      assert(text:find(good, 1, true), good .. " is not in: " .. text)
    end
    for _, bad in ipairs { "427", "428" } do assert(not text:find(bad, 1, true), bad) end
    tap.is(select(2, text:gsub("PERSONS REPORT", "")), 1) -- the first is the title
    tap.is(report.year, 2021)
    local function value(metric) return report:facts { metric = metric, relation = "primary" }[1].value end
    tap.is(value "investigations", 43)
    tap.is(value "victims_identified", 12)
    tap.is(value "victims_assisted", 7)
    tap.is(value "trainings", 9)
    local kinds = {}
    for section in report:sections() do kinds[#kinds + 1] = section.kind end
    tap.is(table.concat(kinds, " "), "summary prosecution protection prevention")
  end)

  tap.test("its source is what pdftotext gives, and spans are places in it", function()
    local report <close> = assert(tipl.parse(pdf(pages)))
    assert(report.source:find("427", 1, true))
    local fact = report:facts { metric = "investigations" }[1]
    tap.is(report.source:sub(fact.first, fact.last), "43 trafficking cases")
    local assisted = report:facts { metric = "victims_assisted" }[1].sentence
    tap.is(assisted.text:gsub("%s+", " "), "Shelters took them in for as long as was needed, and the officers in the shelters and in the town also "
      .. "assisted seven victims in shelters in 2020.")
    assert(report.source:sub(assisted.first, assisted.last):find("427", 1, true))
  end)

  tap.test("hyphens at line ends that belong to the text stay", function()
    local report <close> = assert(tipl.parse(pdf { page(column(50, 760, "NORWAY: Tier 2"), column(50, 730, [[
The law prescribed penalties of 10-
15 years imprisonment. The authori-
ties gave 14 victims permits, the six-
month ones first, under the plan of 2016-
2020. Courts gave terms of 1-
2 years and convicted 12 traffickers in 2020.]])) }))
    local convicted = report:facts { metric = "convictions", has_value = true }[1]
    tap.is(convicted.value, 12) -- the same digits, but elsewhere
    tap.is(convicted.high, nil)
    local penalty = report:facts { metric = "penalty" }[1]
    tap.is(penalty.value, 120)
    tap.is(penalty.high, 180)
    assert(report.text:find("10-15 years", 1, true) and report.text:find("six-month", 1, true), report.text)
    assert(report.text:find("authorities", 1, true) and report.text:find("2016-2020", 1, true), report.text)
    for token in report:tokens() do
      tap.is(report.source:sub(token.first, token.last), token.text) -- nothing of the hyphens that are not there
    end
  end)

  tap.test("what a browser prints around a page is left out", function()
    local function printed(n, text)
      return page(column(50, 780, "11/28/26, 11:13 AM   2021 Trafficking in Persons Report: Norway"), text,
        column(50, 20, "file:///home/a/norway.html   " .. n .. "/2"))
    end
    local report <close> = assert(tipl.parse(pdf { printed(1, column(50, 730, [[
NORWAY: Tier 2

PROSECUTION

The government did not report any]])), printed(2, column(50, 730, "convictions of officials in 2020.")) }))
    tap.is(#report:facts { metric = "convictions", state = "not_reported" }, 1)
    assert(not report.text:find("file:", 1, true) or report.text:find "file:" < report.text:find "NORWAY", report.text)
  end)

  tap.test("a PDF that cannot be read", function()
    refuses("EENCODING", "cannot read this PDF file", "%PDF-1.7 and nothing else")
    refuses("ELIMIT", "longer than the limit", pdf(pages), { max_bytes = 3000 + #pdf(pages) - 3000 - 1 })
  end)
end

if not tipl.features:find("+zlib", 1, true) then
  tap.skip("gzip", "this tipl was built without zlib")
else
  local path = "examples/reports/valdoria-2021.txt"
  local plain = assert(io.open(path, "rb")):read "a"
  local function gzip(command)
    local pipe <close> = assert(io.popen(command))
    return pipe:read "a"
  end
  tap.test("gzip: spans are places in what comes out", function()
    local packed = gzip("gzip -c " .. path)
    local report <close> = assert(tipl.parse(packed, { name = "valdoria-2021.txt.gz" }))
    tap.is(report.source, plain)
    tap.is(report.format, "text")
    tap.is(report.year, 2021)
    tap.is(#report:facts(), #assert(tipl.open(path)):facts())
    tap.is(#assert(tipl.parse(packed .. gzip("printf 'It trained 9 officials.\\n' | gzip -c"))).source, #plain + 24)
  end)
  tap.test("gzip of a page", function()
    local report <close> = assert(tipl.parse(gzip "gzip -c tests/pages/gvnet.html"))
    tap.is(report.country, "Kenya")
    tap.is(report.source, assert(io.open("tests/pages/gvnet.html", "rb")):read "a")
  end)
  tap.test("gzip that is broken, too long or packed twice", function()
    local packed = gzip("gzip -c " .. path)
    refuses("EENCODING", "broken or cut off", packed:sub(1, #packed // 2))
    refuses("EENCODING", "broken or cut off", packed:sub(1, 20) .. "\0\0\0\0\0" .. packed:sub(26))
    refuses("EENCODING", "twice", gzip("gzip -c " .. path .. " | gzip -c"))
    refuses("ELIMIT", "longer than the limit of 8000", gzip "head -c 9000000 /dev/zero | gzip -c", { max_bytes = 8000 })
    refuses("ELIMIT", "longer", gzip "head -c 90000 /dev/zero | gzip -c", { max_bytes = 80000 })
  end)
end
tap.done()
