-- corpus_test: tipl.corpus: what is in it, its filters and lists, and how loading can fail.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"

local folder = os.tmpname()
os.remove(folder)
assert(os.execute("mkdir -p '" .. folder .. "/more'"))

local function put(name, country, year, tier, cases)
  local file <close> = assert(io.open(folder .. "/" .. name, "wb"))
  file:write(("%d Trafficking in Persons Report: %s\n\n%s (Tier %s)\n\nPROSECUTION\n\nIn %d, police investigated %d "
    .. "trafficking cases. The government allocated 2,000 euros to shelters in %d.\n"):format(year, country,
    country:upper(), tier, year - 1, cases, year - 1))
end
put("a.txt", "Norway", 2021, "2", 11)
put("b.txt", "Ghana", 2021, "1", 12)
put("more/c.txt", "Norway", 2019, "1", 13)
put("more/d.txt", "Norway", 2021, "2", 11) -- a.txt once more
local letter <close> = assert(io.open(folder .. "/letter.txt", "wb"))
letter:write "A letter about the weather.\n"
letter:close()

local function load(options) return assert(tipl.corpus(folder, options)) end

local function editions(reports)
  local out = {}
  for i, report in ipairs(reports) do out[i] = report.iso3 .. report.year end
  return table.concat(out, " ")
end

tap.test("reports in the order of country and edition, each narrative once", function()
  local corpus <close> = load()
  tap.is(#corpus, 3)
  tap.is(editions(corpus:reports()), "GHA2021 NOR2019 NOR2021")
  tap.is(editions(corpus:reports { country = "Norway" }), "NOR2019 NOR2021")
  tap.is(editions(corpus:reports { country = "nor", from = 2020, to = 2021 }), "NOR2021")
  tap.is(editions(corpus:reports { year = 2021, tier = { "1", "3" } }), "GHA2021")
  tap.is(#corpus:reports { movement = "upgraded" }, 0)
  local twins = corpus:duplicates()
  tap.is(#twins, 1)
  tap.is(twins[1].path, folder .. "/more/d.txt")
  tap.is(twins[1].of, corpus:reports { country = "NOR", year = 2021 }[1])
  tap.is(twins[1].of.digest, assert(tipl.open(folder .. "/more/d.txt")).digest)
  tap.is(#twins[1].of.digest, 64)
  local failures = corpus:failures()
  tap.is(#failures, 1)
  tap.is(failures[1].code, "ENOREPORT")
  assert(failures[1].message:find(folder .. "/letter.txt: ", 1, true), failures[1].message)
end)

tap.test("lists of facts over all reports do what lists do", function()
  local corpus <close> = load()
  local found = corpus:facts { metric = "investigations" }
  tap.is(#found, 3)
  tap.is(table.concat(found:column "value", " "), "12 13 11")
  local walked = {}
  for fact in found do
    for inner in found do walked[#walked + 1] = fact.report.iso3 .. inner.value end
  end
  tap.is(table.concat(walked, " "), "GHA12 GHA13 GHA11 NOR12 NOR13 NOR11 NOR12 NOR13 NOR11")
  tap.is(found[3].report, corpus:reports { country = "NOR", year = 2021 }[1])
  tap.is(found[4], nil)
  tap.is(found:sum(), 36)
  tap.is(found:total().text, "36")
  tap.is(found:where { year = 2020 }:sum(), 23)
  tap.is(#found:where(function(fact) return fact.value > 11 end), 2)
  tap.is(#corpus:facts({ metric = "investigations" }, { country = "NOR" }), 2)
  tap.is(#corpus:facts(nil, { year = 2019 }), #corpus:reports { year = 2019 }[1]:facts())
  local years = {}
  for year, facts in corpus:facts { metric = { "funding", "investigations" } }:group "year" do
    years[#years + 1] = year .. "=" .. #facts
  end
  tap.is(table.concat(years, " "), "2020=4 2018=2")
  local all = 0
  for _, report in ipairs(corpus:reports()) do all = all + #report end
  tap.is(#corpus:facts(), all)
  tap.is(#corpus:facts():where { metric = "funding" }:totable(), 3)
end)

tap.test("rows and reports outlive the corpus; lists do not", function()
  local corpus = load()
  local found = corpus:facts { metric = "investigations" }
  local fact, report = found[1], corpus:reports()[2]
  corpus:close()
  corpus:close()
  tap.is(fact.value, 12)
  tap.is(report.year, 2019)
  tap.is(tostring(corpus), "corpus (closed)")
  tap.is(tostring(found), "list of 3 × tipl.Fact (corpus closed)")
  tap.raises("the corpus is closed", function() return found[1] end)
  tap.raises("the corpus is closed", corpus.facts, corpus)
end)

tap.test("progress, and cancelling by it", function()
  local last
  local corpus <close> = load { threads = 1, progress = function(done, total) last = done .. "/" .. total end }
  tap.is(last, "5/5")
  local none, message, code = tipl.corpus(folder, { progress = function() return true end })
  tap.is(none, nil)
  tap.is(message, "cancelled")
  tap.is(code, "ECANCEL")
  tap.raises("on purpose", tipl.corpus, folder, { progress = function() error "on purpose" end })
  tap.raises("is being loaded already", tipl.corpus, folder, { progress = function() tipl.corpus(folder) end })
  tap.raises("option 'progress'", tipl.corpus, folder, { progress = 5 })
end)

tap.test("the collector may run while threads load", function()
  for _ = 1, 20 do
    local corpus = load { threads = 4, progress = function() collectgarbage() end }
    tap.is(#corpus, 3)
  end
  collectgarbage()
end)

tap.test("wrong arguments raise and name what is nearest", function()
  local corpus <close> = load { year = 2005 }
  tap.is(editions(corpus:reports { year = 2005 }), "GHA2005 NOR2005 NOR2005")
  tap.raises("unknown key of a filter of reports 'contry' (nearest: 'country')", corpus.reports, corpus,
    { contry = "NOR" })
  tap.raises("year: an edition", corpus.reports, corpus, { year = "2021" })
  tap.raises("unknown tier", corpus.reports, corpus, { tier = "4" })
  tap.raises("of: names a row of one report", corpus.facts, corpus, { of = 1 })
  tap.raises("unknown option 'thread'", tipl.corpus, folder, { thread = 2 })
  tap.raises("option 'threads': a whole number from 1 to 64", tipl.corpus, folder, { threads = 0 })
  tap.raises("paths: ", tipl.corpus, { 5, {} })
end)

-- Ctrl-C sets a hook like this one (lua5.4 does as well); here it raises only where a loop in C calls it.
tap.test("Ctrl-C within filters and sums", function()
  local corpus <close> = load()
  local list = corpus:facts()
  for name, work in pairs { facts = { corpus.facts, corpus, { metric = "tier" } }, where = { list.where, list, { metric = "tier" } },
    sum = { list.sum, list }, total = { list.total, list } } do
    debug.sethook(function()
      local inside = debug.getinfo(3, "f")
      if inside and inside.func == work[1] then
        debug.sethook()
        error("interrupted", 0)
      end
    end, "crl", 1)
    local ok, message = pcall(table.unpack(work))
    debug.sethook()
    assert(not ok and message == "interrupted", name)
  end
  assert(#corpus:facts { metric = "tier" } == #list:where { metric = "tier" }, "and all goes on afterwards")
end)

os.execute("rm -rf '" .. folder .. "'")
tap.done()
