-- dossier_browser_test: pages of reports in a headless Chromium: no complaint, clicks and keys that lead to the right
-- place and back, cards on hover and focus, a table that sorts, and all to be read without scripts.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local browser = require "browser"
local index = require "tipl.dossier.index"
local page = require "tipl.dossier.page"
local tap = require "tap"
local tipl = require "tipl"
local words = require "tipl.dossier.words"

local SAMPLE = "examples/reports/valdoria-2021.txt"

local chrome, why = browser.open()
if not chrome then
  print("skipped: pages in a browser: " .. why)
  os.exit(77)
end

local function write(name, text)
  local path = chrome.folder .. "/" .. name
  local file <close> = assert(io.open(path, "wb"))
  file:write(text)
  return path
end

local report = assert(tipl.open(SAMPLE))
local text, model = page.of(report, SAMPLE)
local sample = write("sample.html", text)

local function load(path, scheme, scripts)
  chrome:set(1200, 900, scheme, scripts)
  chrome:load(path)
end

local function number(expression) return math.tointeger(tonumber(chrome:eval(expression))) end

local function visibility_of(selector) return ("getComputedStyle(document.querySelector('%s')).visibility"):format(selector) end

local function expect_visibility(selector, want) chrome:expect(visibility_of(selector), want) end

-- The mouse on a fact's words until its card is there: a loaded machine may scroll late, and the words leave the mouse.
local function hover_until_visible(fact)
  chrome:expect(visibility_of("#t-" .. fact.id .. " .cards"), "visible", function()
    chrome:hover "h1"
    chrome:hover("#t-" .. fact.id .. " a.f")
    chrome:pause(0.2) -- more than the card's delay
  end)
end

-- A key until it has had its effect: it is idempotent, and the page may be busy with the one before.
local function press_until(key, selector, want)
  chrome:expect(visibility_of(selector), want, function() chrome:press(key) end)
end

-- Waits until what the address names is in sight.
local function expect_target_in_sight()
  chrome:expect([[(function () {
    var box = document.querySelector(":target").getBoundingClientRect();
    return box.top > 0 && box.bottom < innerHeight;
  })()]], "true")
end

-- The first fact whose words no other fact shares.
local function lone_fact()
  for fact in report:facts { metric = "investigations", has_value = true } do
    if fact.relation == "primary" then return fact end
  end
end

tap.test("the page has as many marks and rows as the report facts", function()
  load(sample)
  tap.is(number "document.querySelectorAll('mark[id]').length", #report)
  tap.is(number "document.querySelectorAll('table.facts tr[id]').length", #report)
  tap.is(number "document.querySelectorAll('.block .unread').length", #model.unread)
end)

tap.test("every mark stands on the fact's words, as the browser reads the page", function()
  local all = chrome:eval [[Array.from(document.querySelectorAll("mark[id]")).map(function (mark) {
    var copy = mark.cloneNode(true);
    copy.querySelectorAll(".cards").forEach(function (card) { card.remove(); });
    return mark.id.slice(2) + "=" + copy.textContent;
  }).join("|")]]
  local shown = {}
  for id, found in (all .. "|"):gmatch "(F%d+)=([^|]*)|" do shown[id] = found end
  for fact in report:facts() do
    tap.is(fact.evidence:sub(1, #shown[fact.id]), shown[fact.id], fact.id)
    assert(#shown[fact.id] > 0, fact.id)
  end
end)

tap.test("a click on a fact leads to its row, one there back to the words", function()
  local fact = lone_fact()
  load(sample)
  chrome:click("#t-" .. fact.id .. " a.f")
  chrome:expect("location.hash", "#" .. fact.id)
  chrome:expect("document.querySelector(':target').tagName", "TR")
  assert(chrome:eval("document.querySelector(':target').textContent"):find(words.value(fact), 1, true))
  chrome:expect("document.activeElement.className", "back")
  expect_target_in_sight()
  chrome:press "Enter"
  chrome:expect("location.hash", "#t-" .. fact.id)
  chrome:expect("document.activeElement.textContent", fact.evidence)
  expect_target_in_sight()
end)

tap.test("a card shows the fields on hover and on focus, and goes with Escape", function()
  local fact = lone_fact()
  local cards = "#t-" .. fact.id .. " .cards"
  load(sample)
  expect_visibility(cards, "hidden")
  hover_until_visible(fact)
  local shown = chrome:eval(("document.querySelector('%s').textContent"):format(cards))
  for _, part in ipairs { "Investigations", words.value(fact), tostring(fact.year), "government" } do
    assert(shown:find(part, 1, true), part)
  end
  local height = chrome:eval "document.documentElement.scrollHeight"
  press_until("Escape", cards, "hidden")
  tap.is(chrome:eval "document.documentElement.scrollHeight", height, "nothing else changes")
  chrome:hover "h1"
  chrome:eval(("document.querySelector('#t-%s a.f').focus()"):format(fact.id))
  expect_visibility(cards, "visible")
  tap.is(chrome:eval(("(function (card) { var box = card.getBoundingClientRect();"
    .. " return box.left >= 0 && box.right <= innerWidth; })(document.querySelector('%s'))"):format(cards)), "true")
end)

tap.test("the keyboard goes from the top through the parts in order", function()
  load(sample)
  local order = {}
  for i = 1, 4 do
    chrome:press "Tab"
    order[i] = chrome:eval "document.activeElement.getAttribute('href')"
  end
  tap.is(table.concat(order, " ", 1, 3), "#text #facts #facts")
  chrome:eval "document.querySelector('.skip').focus()"
  chrome:press "Enter"
  chrome:expect("location.hash", "#text")
  chrome:press "Tab"
  chrome:expect("document.activeElement.type", "checkbox")
end)

tap.test("a kind can be hidden", function()
  load(sample)
  chrome:click '.legend li[data-kind="money"] input'
  tap.is(chrome:eval "getComputedStyle(document.querySelector('.facts tbody.k-money')).display", "none")
  assert(chrome:eval "getComputedStyle(document.querySelector('.facts tbody.k-law')).display" ~= "none")
end)

tap.test("it can be read without scripts", function()
  load(sample, "light", false)
  local fact = lone_fact()
  tap.is(number "document.querySelectorAll('input').length", 0, "nothing that needs a script")
  hover_until_visible(fact)
  chrome:click("#t-" .. fact.id .. " a.f")
  chrome:expect("location.hash", "#" .. fact.id)
  chrome:set(1200, 900)
end)

tap.test("nothing is wider than a telephone or a printed page", function()
  chrome:set(360, 700)
  chrome:load(sample)
  tap.is(chrome:eval "document.documentElement.scrollWidth <= innerWidth", "true")
  chrome:set(720, 1000)
  chrome:load(sample)
  tap.is(chrome:eval "document.documentElement.scrollWidth <= innerWidth", "true")
end)

tap.test("light and dark", function()
  load(sample, "light")
  local light = chrome:eval "getComputedStyle(document.body).backgroundColor"
  load(sample, "dark")
  assert(chrome:eval "getComputedStyle(document.body).backgroundColor" ~= light)
end)

tap.test("the table of reports sorts by a click, and without scripts stands in order", function()
  local rows = {}
  for _, year in ipairs { 2021, 2020, 2019 } do
    local path = SAMPLE:gsub("2021", year)
    local one = assert(tipl.open(path))
    local its_text, its = page.of(one, path)
    write("valdoria-" .. year .. ".html", its_text)
    rows[#rows + 1] = index.row(one, its, path, "valdoria-" .. year .. ".html")
  end
  local path = write("index.html", index.of(rows))
  local years = "Array.from(document.querySelectorAll('tbody tr')).map(function (row) "
    .. "{ return row.cells[1].textContent; }).join(' ')"
  load(path)
  tap.is(chrome:eval(years), "2019 2020 2021")
  chrome:click "th:nth-child(2) button"
  tap.is(chrome:eval(years), "2019 2020 2021")
  tap.is(chrome:eval "document.querySelector('th:nth-child(2)').getAttribute('aria-sort')", "ascending")
  chrome:click "th:nth-child(2) button"
  tap.is(chrome:eval(years), "2021 2020 2019")
  load(path, "light", false)
  tap.is(chrome:eval "document.querySelectorAll('th button').length", "0")
  chrome:set(1200, 900)
  load(path)
  chrome:click "tbody th a"
  chrome:expect("location.pathname.endsWith('/valdoria-2019.html')", "true")
end)

tap.test("a hostile report runs nothing", function()
  local hostile = assert(tipl.parse([[
<script>document.title = "run"</script>"onmouseover='document.title="run"': Tier 2

The government investigated 19 <img src=x onerror="document.title='run'"> trafficking cases (nine "sex</mark><script>document.title = "run"</script> trafficking), compared with 26 in 2019. Police identified 12 victims ]]
    .. "\27[31m\u{202e}" .. [[ <svg onload="document.title='run'"> in 2020.
]], { name = "hostile-2021.txt", plain = true }))
  assert(#hostile > 2)
  load(write("hostile.html", (page.of(hostile, "<b>\"><script>document.title='run'</script>"))))
  chrome:pause(0.2)
  assert(chrome:eval "document.title" ~= "run")
  tap.is(number "document.querySelectorAll('img').length", 0)
  tap.is(number "document.scripts.length", 1)
end)

tap.test("what slips through escaping is stopped by the page's policy", function()
  local before = #chrome:complaints()
  load(write("slipped.html", (text:gsub("</main>", function()
    return "<script>document.title = 'run'</script><img src='https://example.org/x.png'></main>"
  end))))
  chrome:pause(0.2)
  assert(chrome:eval "document.title" ~= "run")
  assert(#chrome:complaints() >= before + 2, "the browser says so")
  for i = #chrome.events, 1, -1 do -- these were wanted
    if chrome.events[i]:find "Content Security Policy" or chrome.events[i]:find "example%.org" then
      table.remove(chrome.events, i)
    end
  end
end)

tap.test("the browser complains of nothing and the network is left alone", function()
  local list = chrome:complaints()
  tap.is(#list, 0, table.concat(list, "\n"))
end)

chrome:close()
tap.done()
