-- rules.lua LIST: what rules cost, in CPU seconds of one core, over the files of a LIST (names that end in NUL, as
-- bench.lua leaves them with --corpus DIR: DIR/list). Run by the program, release build:
--
--   build/release/tipl-env tipl tests/bench/rules.lua DIR/list
local tipl = require "tipl"
local g = tipl.grammar

local file = assert(io.open(assert(arg[1], "usage: tipl rules.lua LIST"), "rb"))
local names = file:read "a"
file:close()

local function timed(work)
  collectgarbage()
  collectgarbage "stop"
  local begin = os.clock()
  local result = work()
  local spent = os.clock() - begin
  collectgarbage "restart"
  return spent, result
end

local reports, bytes = {}, 0
local parse = timed(function()
  for name in names:gmatch "[^\0]+" do
    local report = assert(tipl.open(name, { plain = true }))
    reports[#reports + 1] = report
  end
end)
for _, report in ipairs(reports) do bytes = bytes + #report.text end

local function row(what, seconds, more)
  print(("%-46s %8.3f s %9.1f MB/s %7.1f %% of parsing  %s"):format(what, seconds, bytes / seconds / 1e6,
    100 * seconds / parse, more or ""))
end

local function measure(what, set)
  local best, facts
  for _ = 1, 3 do
    local seconds, made = timed(function()
      local made = 0
      for _, report in ipairs(reports) do made = made + set:apply(report) end
      return made
    end)
    best, facts = math.min(best or seconds, seconds), made
    for _, report in ipairs(reports) do set:retract(report) end
  end
  local tries = 0
  for _, rule in ipairs(set:profile()) do tries = tries + rule.tries end
  row(what, best, ("%d facts, %d tries"):format(facts, tries // 3))
end

print(("%d reports, %.1f MB"):format(#reports, bytes / 1e6))
row("parsing", parse)
measure("one rule on a rare word", tipl.rules { name = "rare",
  { name = "liaison", pattern = g.number:as "value" // g.gap(4) // g.word { "attachés", "embassies" } } })
measure("one rule on a rare fact", tipl.rules { name = "fact",
  { name = "handed", pattern = g.fact { metric = "extraditions", has_value = true } // g.gap(8) // g.country:as "noun" } })
measure("one rule on money", tipl.rules { name = "money",
  { name = "paid", pattern = g.money:as "value" // g.gap(2) // g.word "for" } })

-- Fifty rules of the kinds that people write: a number or an actor, some words, a word of a short list.
local words = {}
for word in ("raids inspections officers recruiters agencies passports visas permits lawyers interpreters embassies "
    .. "consulates fishermen vessels factories farms plantations brothels nightclubs spas orphanages schools teachers "
    .. "nurses doctors soldiers diplomats judges prosecutors inspectors counselors shelters hotlines brochures posters "
    .. "billboards films seminars workshops modules handbooks guidelines questionnaires referrals interviews raided "
    .. "deported licenses bonds wages contracts"):gmatch "%a+" do words[#words + 1] = word end
local list = { name = "fifty", overlap = "longest" }
for i = 1, 50 do
  local begin = i % 3 == 0 and g.actor:as "actor" or i % 3 == 1 and g.number:as "value" or g.word { "the", "some", "all" }
  list[i] = { name = "r" .. i, pattern = begin // g.gap(5) // g.word { words[i], words[i] .. "x" } }
end
measure("50 rules", tipl.rules(list))

local many = {}
for i = 1, 10000 do many[i] = ("%s%s%d"):format(string.char(97 + i % 26), ("abcdefgh"):rep(1 + i % 2), i):gsub("%d", function(d)
  return string.char(97 + tonumber(d)) end) end
local build = timed(function() return g.word(many) end)
print(("word { 10,000 words }: built in %.2f ms"):format(build * 1000))
