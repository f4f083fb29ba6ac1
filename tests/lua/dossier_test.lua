-- dossier_test: pages of reports: escaping, nesting, counts and places that are the model's, hostile text that stays
-- text, contrast, size. What a browser makes of them: dossier_browser_test.lua.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local core = require "tipl.core"
local charts = require "tipl.dossier.charts"
local html = require "tipl.html"
local index = require "tipl.dossier.index"
local markup = require "markup"
local page = require "tipl.dossier.page"
local spans = require "tipl.spans"
local svg = require "tipl.svg"
local tipl = require "tipl"
local unread = require "tipl.unread"
local words = require "tipl.dossier.words"

local SAMPLE = "examples/reports/valdoria-2021.txt"
local NORWAY = (os.getenv "TIPL_SHARED" or "../shared") .. "/reports/norway-2021.txt"

tap.test("text is escaped", function()
  tap.is(html.escape [[<a href="x" o='y'>&]], "&lt;a href=&quot;x&quot; o=&#39;y&#39;&gt;&amp;")
  tap.is(html.escape "a\27b\u{9b}c\u{202e}d", "a\\x1bb\\u009bc\\u202ed")
  tap.is(html.escape "name\xff.txt", "name\\xff.txt")
  tap.is(html.escape "Côte d’Ivoire\n  2020", "Côte d’Ivoire 2020")
  tap.is(html.escape(12), "12")
  tap.is(html.fill("{a}|{!a}|{none}|{ not }", { a = "<%1>" }), "&lt;%1&gt;|<%1>||{ not }")
end)

tap.test("hashes of the policy", function() -- RFC 4648, FIPS 180-4
  for text, want in pairs { [""] = "", f = "Zg==", fo = "Zm8=", foo = "Zm9v", foobar = "Zm9vYmFy" } do
    tap.is(html.base64(text), want)
  end
  tap.is(html.base64(core.sha256 "abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
end)

tap.test("a style or script cannot end its element", function()
  tap.raises("holds '</'", html.page, { title = "t", body = "", script = "'</script>'" })
  local text = html.page { title = "<t>", body = "<p>b</p>" }
  assert(text:find("<title>&lt;t&gt;</title>", 1, true))
  assert(text:find("script-src 'none'", 1, true))
end)

-- ---- spans

-- The text "abcdefghij" with brackets where spans open and close; "+" behind one that opens again.
local function bracketed(list, first, last)
  local text, out = "abcdefghij", {}
  spans.walk(first or 1, last or #text, list, {
    open = function(span, again) out[#out + 1] = "[" .. span.name .. (again and "+" or "") .. ":" end,
    close = function() out[#out + 1] = "]" end,
    run = function(from, to) out[#out + 1] = text:sub(from, to) end,
  })
  return table.concat(out)
end

tap.test("spans nest however they overlap", function()
  local function span(name, first, last) return { name = name, first = first, last = last } end
  tap.is(bracketed {}, "abcdefghij")
  tap.is(bracketed { span("x", 3, 5) }, "ab[x:cde]fghij")
  tap.is(bracketed { span("y", 4, 4), span("x", 3, 5) }, "ab[x:c[y:d]e]fghij")
  tap.is(bracketed { span("x", 3, 5), span("y", 3, 5) }, "ab[x:[y:cde]]fghij")
  tap.is(bracketed { span("x", 1, 4), span("y", 3, 6) }, "[x:ab[y:cd]][y+:ef]ghij")
  tap.is(bracketed { span("x", 1, 10), span("y", 2, 6), span("z", 4, 8) }, "[x:a[y:bc[z:def]][z+:gh]ij]")
  tap.is(bracketed { span("x", 1, 2), span("y", 3, 4) }, "[x:ab][y:cd]efghij")
  tap.is(bracketed({ span("x", 1, 4), span("y", 9, 10), span("z", 5, 4) }, 3, 9), "[x:cd]efgh[y:i]")
end)

tap.test("every span covers its text, whatever the spans", function()
  math.randomseed(5)
  for _ = 1, 300 do
    local list, depth = {}, 0
    for i = 1, math.random(8) do
      local first = math.random(30)
      list[i] = { first = first, last = math.min(30, first + math.random(0, 12)), seen = {} }
    end
    local open, all = {}, {}
    spans.walk(1, 30, list, {
      open = function(span)
        depth = depth + 1
        open[depth] = span
      end,
      close = function(span)
        tap.is(open[depth] == span, true, "the innermost closes first")
        depth = depth - 1
      end,
      run = function(first, last, stack)
        tap.is(#stack, depth)
        for at = first, last do
          all[#all + 1] = at
          for _, span in ipairs(stack) do span.seen[#span.seen + 1] = at end
        end
      end,
    })
    tap.is(depth, 0)
    tap.is(#all, 30)
    for _, span in ipairs(list) do
      tap.is(#span.seen, span.last - span.first + 1)
      tap.is(span.seen[1], span.first)
      tap.is(span.seen[#span.seen], span.last)
    end
  end
end)

-- ---- charts

tap.test("charts print their numbers and escape their names", function()
  local marks = { { name = "<2020>", value = 10, text = "10", class = "k-law", href = "#t-F1", title = 'a "b"' },
    { name = "2019", text = "n/r" } }
  local columns = svg.columns { label = "x & y", panels = { { title = "Cases", note = "cases", marks = marks } } }
  local bars = svg.bars { label = "x", groups = { { title = "G", marks = marks } } }
  for _, text in ipairs { columns, bars } do
    local elements = markup.elements(text)
    tap.is(markup.count(elements, "rect"), 1)
    tap.is(markup.count(elements, "a"), 1)
    assert(text:find("&lt;2020&gt;", 1, true) and text:find(', a &quot;b&quot;"', 1, true))
  end
  assert(columns:find('height="150"', 1, true), "the largest column takes all the height")
  assert(markup.text(columns):find("n/r", 1, true))
end)

-- ---- words

tap.test("every metric, flag and relation has its words", function()
  for _, metric in ipairs(tipl.vocabulary "metric") do assert(words.kind_of[metric], metric) end
  for _, flag in ipairs(tipl.vocabulary "flag") do assert(words.flags[flag], flag) end
  for _, relation in ipairs(tipl.vocabulary "relation") do
    assert(relation == "primary" or words.relations[relation], relation)
  end
  for _, tier in ipairs(tipl.vocabulary "tier") do
    assert(tier == "-" or words.tier(tier):find "Tier" or words.tier(tier) == "Special Case", tier)
  end
end)

-- ---- the page of a report

-- What any page must be: well-formed, of known elements and attributes, its ids unique, its links leading somewhere.
local function check_page(text, report)
  local elements, ids = markup.elements(text), {}
  for _, element in ipairs(elements) do
    local id = element.attributes.id
    assert(not (id and ids[id]), "twice: " .. tostring(id))
    if id then ids[id] = element end
    assert(not element.attributes.style and not element.attributes.src, element.name)
  end
  for _, element in ipairs(elements) do
    local target = (element.attributes.href or ""):match "^#(.*)"
    assert(not target or ids[target], "leads nowhere: #" .. tostring(target))
    local note = element.attributes["aria-describedby"]
    assert(not note or ids[note], "described by nothing")
  end
  local marks, rows = 0, 0
  for id in pairs(ids) do
    marks = marks + (id:find "^t%-F%d+$" and 1 or 0)
    rows = rows + (id:find "^F%d+$" and 1 or 0)
  end
  tap.is(marks, #report:facts(), "marks")
  tap.is(rows, #report:facts(), "rows")
  return elements, ids
end

-- A text without blanks, as pages show blanks in their own way.
local function dense(text) return (text:gsub("%s+", "")) end

local function check_places(report, model, ids)
  local cut = 0
  for fact in report:facts() do
    local shown, wanted = dense(markup.text(ids["t-" .. fact.id].inner)), dense(fact.evidence)
    tap.is(wanted:sub(1, #shown), shown, fact.id)
    cut = cut + (shown ~= wanted and 1 or 0)
    local row = ids[fact.id].inner
    assert(row:find(html.escape(fact.evidence), 1, true), "the row of " .. fact.id .. " has its evidence")
    assert(row:find(html.escape(words.value(fact)), 1, true), "and its value")
  end
  for _, span in ipairs(model.unread) do
    tap.is(dense(markup.text(ids["t-" .. span.id].inner)), dense(report:read(span.first, span.last)))
  end
  return cut
end

local function check_report(path)
  local report = assert(tipl.open(path))
  local text, model = page.of(report, path)
  local elements, ids = check_page(text, report)
  local cut = check_places(report, model, ids)
  assert(cut <= #report // 20, cut .. " marks are cut in two")
  local missed, flags = 0, 0
  for sentence in report:sentences() do
    missed = missed + (unread.reason(sentence) and #sentence:facts() == 0 and 1 or 0)
  end
  for fact in report:facts() do flags = flags + #fact.flags end
  tap.is(markup.count(elements, "span", "unread") - 1, missed, "sentences unread, without the legend")
  tap.is(markup.count(elements, "li", "on-unread"), missed, "notes of them")
  tap.is(markup.count(elements, "li", "on-audit"), #model.findings, "notes of contradictions")
  local flagged = 0
  for _, element in ipairs(elements) do
    if element.attributes.class == "on-flag" then flagged = flagged + select(2, element.inner:gsub("<a ", "")) end
  end
  tap.is(flagged, flags, "facts named by notes of flags")
  local shown = dense(markup.text(ids.text.inner))
  for paragraph in report:paragraphs() do
    if paragraph.section ~= "recommendations" then
      assert(shown:find(dense(paragraph.text), 1, true), "the whole text is there")
    end
  end
  for item in report:recommendations() do assert(shown:find(dense(item.text), 1, true), item.text) end
  return text
end

for _, year in ipairs { 2019, 2020, 2021 } do
  tap.test(("the page of Valdoria %d says what the model says"):format(year), function()
    check_report(SAMPLE:gsub("2021", year))
  end)
end

if tipl.open "tests/pages/state.html" then
  tap.test("a page of the web: its text, marked by places in its bytes", function()
    local text = check_report "tests/pages/state.html"
    assert(not text:find("•</p>", 1, true), "no line of mere marks")
  end)
else
  tap.skip("a page of the web", "this build reads no HTML")
end

local norway = io.open(NORWAY)
if norway then
  norway:close()
  tap.test("Norway 2021: the same, under 300 KB and 50 ms", function()
    local text = check_report(NORWAY)
    assert(#text < 300000, #text .. " bytes")
    local report, best = assert(tipl.open(NORWAY)), math.huge
    for _ = 1, 5 do
      local start = os.clock()
      page.of(report, NORWAY)
      best = math.min(best, os.clock() - start)
    end
    print(("# %d bytes, %.1f ms"):format(#text, best * 1000))
    assert(best < 0.05 or (os.getenv "TIPL_SANITIZE" or "") ~= "", ("%.1f ms"):format(best * 1000))
  end)
else
  tap.skip("Norway 2021", NORWAY .. " is not there")
end

tap.test("charts say what they had no room for", function()
  local lines = {}
  for i = 1, 12 do lines[i] = ("In 2020, the government allocated %d million euros to shelter number %d."):format(i, i) end
  local report <close> = assert(tipl.parse("VALDORIA: Tier 2\n\nPROTECTION\n\n" .. table.concat(lines, " ") .. "\n", { year = 2021 }))
  assert(charts.figures(report):find("2020, EUR, 9 of 12", 1, true))
end)

tap.test("charts draw the figures of the text", function()
  local report = assert(tipl.open(SAMPLE))
  local text = page.of(report, SAMPLE)
  -- 19, 26 and 21 cases; 58 potential victims an NGO counted; 1.2 million euros.
  for _, words_of_chart in ipairs { "19 2020, Investigations: 19 cases", "26 2019, Investigations: 26 cases",
    "21 2018, Investigations: 21 cases", "11 2020, Prosecutions: 11 persons", "7 2018, Convictions: 7 persons",
    "2020 · NGO · potential 58, Victims identified: 58 persons", "1,200,000 EUR" } do
    assert(text:find('aria%-label="[^"]*' .. words_of_chart), words_of_chart)
  end
end)

-- ---- hostile text

local hostile = [[
<script>alert(1)</script>"onload='x': Tier 2

The government investigated 19 <img src=x onerror=alert(1)> trafficking cases (nine "sex" trafficking & eight </mark></p><script>alert(2)</script> labor trafficking), compared with 26 in 2019. Police identified 12 victims ]]
  .. "\27[31m\u{202e}" .. [[ {!policy} {title} <!-- in 2020. The government allocated 5 million <b>kroner</b> ($500,000) ]]
  .. [[to "><svg onload=alert(3)> for victims' care. An NGO managed a 24-hour hotline for '];</style> trafficking victims.
]]

tap.test("a hostile report stays text", function()
  local path = "\"><script>alert('n')</script>\xff-2021.txt"
  local report = assert(tipl.parse(hostile, { name = "x-2021.txt", plain = true, country = nil }))
  assert(#report >= 5, "it gives facts")
  local text, model = page.of(report, path, "javascript.html")
  local elements, ids = check_page(text, report)
  check_places(report, model, ids)
  tap.is(markup.count(elements, "script"), 1, "our script alone")
  tap.is(markup.count(elements, "img"), 0)
  assert(not text:find "[\1-\8\11\12\14-\31\127]", "no control character")
  assert(not text:find("\u{202e}", 1, true), "nothing turns the direction of writing")
  local row = index.row(report, model, path, "x.html")
  row.country = '<script>"'
  elements = markup.elements(index.of { row })
  tap.is(markup.count(elements, "script"), 1)
end)

-- ---- the table of reports

tap.test("the table has a row for each report, in order", function()
  local rows = {}
  for _, year in ipairs { 2021, 2019, 2020 } do
    local path = SAMPLE:gsub("2021", year)
    local report = assert(tipl.open(path))
    local _, model = page.of(report, path)
    rows[#rows + 1] = index.row(report, model, path, year .. ".html")
  end
  local text = index.of(rows)
  local order = {}
  for _, element in ipairs(markup.elements(text)) do
    if element.name == "a" then order[#order + 1] = element.attributes.href end
  end
  tap.is(table.concat(order, " "), "#reports 2019.html 2020.html 2021.html")
  assert(text:find("3 reports on 1 country", 1, true))
  assert(text:find('<td class="number" data-key="19">19 <small>2020</small></td>', 1, true), "investigations of 2021")
  assert(text:find(">not reported <small>", 1, true) or text:find("~40", 1, true))
end)

-- ---- colors

local function luminance(color)
  local function linear(hex)
    local c = tonumber(hex, 16) / 255
    return c <= 0.04045 and c / 12.92 or ((c + 0.055) / 1.055) ^ 2.4
  end
  local r, g, b = color:match "^#(%x%x)(%x%x)(%x%x)$"
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
end

local function contrast(a, b)
  local one, other = luminance(a), luminance(b)
  return (math.max(one, other) + 0.05) / (math.min(one, other) + 0.05)
end

tap.test("contrast is AA in light and dark", function() -- WCAG 2: 4.5 for text, 3 for what is no text
  tap.is(contrast("#000000", "#ffffff"), 21.0)
  local style = html.asset "dossier/dossier.css"
  local light, dark = style:match ":root (%b{})", style:match "prefers%-color%-scheme: dark%) (%b{})"
  for _, theme in ipairs { light, dark } do
    local color = {}
    for name, value in theme:gmatch "%-%-([%w-]+): (#%x+)" do color[name] = #value == 4 and value:gsub("%x", "%0%0") or value end
    local function least(wanted, front, back)
      local got = contrast(color[front], color[back])
      assert(got >= wanted, ("%s on %s: %.2f"):format(front, back, got))
    end
    for _, back in ipairs { "paper", "card" } do
      for _, front in ipairs { "ink", "quiet", "link", "warn" } do least(4.5, front, back) end
    end
    for _, kind in ipairs(words.kinds) do
      least(4.5, "ink", kind.key)
      least(4.5, "paper", kind.key .. "-line") -- words pointed at
      least(3, kind.key .. "-line", kind.key)
    end
  end
end)

tap.done()
