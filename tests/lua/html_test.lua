-- html_test: pages as browsers save them, in the layouts of four publishers; and pages that are none.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"

if not tipl.features:find("+gumbo", 1, true) then
  tap.skip("HTML pages", "this tipl was built without gumbo")
  tap.done()
end

local function kinds(report)
  local out = {}
  for section in report:sections() do out[#out + 1] = section.kind end
  return table.concat(out, " ")
end

local function recommendations(report)
  local out = {}
  for row in report:recommendations() do out[#out + 1] = row.text end
  return table.concat(out, "|")
end

local function check(page, want)
  tap.test(page, function()
    local report <close> = assert(tipl.open("tests/pages/" .. page .. ".html"))
    for key, value in pairs(want.fields) do tap.is(report[key], value, key) end
    tap.is(report.format, "html")
    tap.is(kinds(report), want.sections, "sections")
    tap.is(recommendations(report), want.recommendations, "recommendations")
    for _, word in ipairs(want.absent) do
      assert(report.source:find(word, 1, true), word .. " is not in the page")
      assert(not report.text:find(word, 1, true), word .. " was read")
    end
    for text, bytes in pairs(want.spans) do
      local token = assert(report.text:find(text, 1, true)) and report.source:find(bytes, 1, true)
      local at = report:at(assert(token, bytes)).sentence
      assert(at.text:find(text, 1, true), at.text)
      tap.is(report:read(token, token + #bytes - 1), text)
    end
    tap.is(report.source, assert(io.open("tests/pages/" .. page .. ".html", "rb")):read "a", "source")
  end)
end

check("state", {
  fields = { country = "Norway", year = 2021, tier = "2", movement = "downgraded", encoding = "UTF-8",
    title = "2021 Trafficking in Persons Report: Norway", tier_line = "NORWAY: Tier\u{A0}2" },
  sections = "summary recommendations prosecution protection prevention profile",
  recommendations = "Increase efforts to identify victims.|Train judges & prosecutors\u{2014}also outside the capital.",
  absent = { "99 victims", "12 victims\" }", "3 cookies", "47 offices", "2 networks", "Section 1", "100 reports",
    "5 departments", "13 in the draft", "cases in 2019<sup>1" },
  spans = { ["government\u{2019}s"] = "government&#8217;s", ["caf\u{E9} & shelter"] = "caf&eacute; &#038; shelter",
    ["43 trafficking"] = "4<i>3</i> trafficking", ["25\u{A0}cases"] = "25&nbsp;cases", ["on training"] = "on\ntraining" },
})
check("ecoi", {
  fields = { country = "Ghana", year = 2018, tier = "2", movement = "upgraded" },
  sections = "summary recommendations prosecution protection",
  recommendations = "Increase efforts to convict traffickers|train officials|fund the victims\u{2019} shelter.",
  absent = { "1436912", "12 more reports", "Topics" },
  spans = { ["victims\u{2019}"] = "victims&rsquo;" },
})
check("refworld", {
  fields = { country = "Micronesia", year = 2015, tier = "2", iso3 = "FSM" },
  sections = "profile summary recommendations prosecution protection",
  recommendations = "Vigorously investigate cases|train officers.",
  absent = { "8 June 2023", "UNHCR", "Home" },
  spans = { ["investigated three cases"] = "investigated three cases" },
})
check("gvnet", {
  fields = { country = "Kenya", year = 2023, tier = "2", movement = "remained", encoding = "Windows-1252" },
  sections = "summary recommendations prosecution protection",
  recommendations = "Amend the act\u{2019}s definition.|Increase the fund \u{2013} and use it.",
  absent = { "Arial", "<title>" },
  spans = { ["\u{201C}caf\u{E9}\u{201D}"] = "\x93caf\xE9\x94", ["fund \u{2013} and"] = "fund \x96 and" },
})

local function text_of(page)
  local report <close> = assert(tipl.parse("<!DOCTYPE html><html><body>" .. page .. "</body></html>", { plain = true }))
  return report.text
end

tap.test("blocks, blanks, references", function()
  tap.is(text_of "<p>one\n two</p><p>three</p>", "one two\n\nthree")
  tap.is(text_of "one<br>two<br><br>three", "one\ntwo\n\nthree")
  tap.is(text_of "<ul><li>a<li>b</ul>c", "\u{2022} a\n\u{2022} b\n\nc")
  tap.is(text_of "<pre>a\nb</pre>", "a\nb")
  tap.is(text_of "A &amp B &ampC &copy2021 &nosuch; &lt;b> &#65;&#x42; &", "A & B &C \u{A9}2021 &nosuch; <b> AB &")
  tap.is(text_of "<p title='a > b'>x<!-- <p>no --></p>", "x")
  tap.is(text_of "<table>moved<tr><td>cell</td></tr></table>", "moved\n\ncell")
  tap.is(text_of "a<sup>st</sup> b<sup>2</sup>", "ast b")
end)

tap.test("forms around pages, columns, folded sections", function()
  tap.is(text_of "<form><input><h1>one</h1><p>two</p></form>", "one\n\ntwo")
  tap.is(text_of "<p>one</p><form><label>Search</label></form>", "one")
  tap.is(text_of "<table><tr><td>a<br>b</td><td><p>one</p></td></tr></table>", "a\nb\n\none")
  tap.is(text_of "<table><tr><td>a</td><td>b</td></tr></table>", "a b")
  tap.is(text_of "<main><h3><button>PROSECUTION</button></h3><div hidden><p>one</p></div><div hidden>menu</div></main>",
    "PROSECUTION\n\none")
  tap.is(text_of "<p>a longer text than that</p><div style='display: none'><p>one</p></div>", "a longer text than that")
  tap.is(text_of "<div class='content no-sidebar'><p>one</p></div><div class='sidebar'>menu</div><p>three, and more words</p>",
    "one\n\nthree, and more words")
  tap.is(text_of "gov&shy;ern&shy;ment 1&#8203;2 a&nbsp;b", "government 12 a\u{A0}b")
end)

local function refuses(code, part, page)
  local report, message, got = tipl.parse(page)
  tap.is(report, nil)
  tap.is(got, code)
  assert(message:find(part, 1, true), message)
end

tap.test("pages that are no narratives", function()
  local formatted = "<p>"
  for i = 1, 400 do formatted = formatted .. "<b id=" .. i .. ">" end -- each paragraph is to open them all again
  refuses("ENOREPORT", "only menus or pictures", "<html><body><nav>menu</nav></body></html>")
  refuses("ENOREPORT", "no country narrative", "<html><body><p>A page about gardens.</p></body></html>")
  refuses("ELIMIT", "nested deeper than 512", "<html>" .. ("<div>"):rep(600) .. "x")
  refuses("ELIMIT", "more memory", "<html>" .. formatted .. ("<p>x"):rep(20000))
end)
tap.done()
