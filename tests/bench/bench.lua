-- bench.lua: bytes of report to queryable facts per CPU second, beside `LC_ALL=C wc -w` on the same files
-- in the same run; peak memory; instructions per byte; start of the program beside lua5.4.
--
--   lua5.4 tests/bench/bench.lua [--size 100M] [--rounds 5] [--starts 100] [--build build/release]
--                                [--callgrind] [--corpus DIR] [--density usual|dense]
--
-- The corpus is made in a temporary folder (or kept in DIR, and used again when it is there): the sample
-- reports and, where there are any, those of ../shared/reports, again and again with other figures, other
-- countries and other names. Same size, same corpus. The ratio is the median of the rounds' own ratios,
-- since a machine's speed drifts.
--
-- Real narratives give 4.5 to 5.2 facts a KB, the sample reports nearly three times as many. So the samples are
-- stretched with prose that holds no fact until they are as dense as real ones ("usual"); "dense" leaves them as
-- they are, for a worst case.

local options = { size = "100M", rounds = "5", starts = "100", build = "build/release", density = "usual" }
do
  local i = 1
  while i <= #arg do
    local key = arg[i]:match("^%-%-(%a+)$")
    if key == "callgrind" then options.callgrind = true
    elseif key and arg[i + 1] and (options[key] or key == "corpus") then
      i = i + 1
      options[key] = arg[i]
    else
      io.stderr:write("bench.lua: unknown option " .. arg[i] .. "\n")
      os.exit(2)
    end
    i = i + 1
  end
end

local function quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function run(command) -- output, or an error
  local pipe = assert(io.popen(command))
  local out = pipe:read("a")
  if not pipe:close() then error("failed: " .. command, 0) end
  return out
end

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local function bytes_of(text)
  local number, scale = text:match("^(%d+)([kM]?)$")
  if not number then error("no size: " .. text, 0) end
  return math.tointeger(number) * (({ k = 1000, M = 1000000 })[scale] or 1)
end

if options.density ~= "usual" and options.density ~= "dense" then
  io.stderr:write("bench.lua: --density is usual or dense, not " .. options.density .. "\n")
  os.exit(2)
end

local spend_program = options.build .. "/tests/bench/bench_spend"
local load_program = options.build .. "/tests/bench/bench_load"

for _, program in ipairs { spend_program, load_program } do
  local file = io.open(program)
  if not file then
    io.stderr:write("bench.lua: no ", program, "; it is made by: cmake --preset release ",
      "-DTIPL_BUILD_TESTS=ON && cmake --build --preset release\n")
    os.exit(1)
  end
  file:close()
end

-- ---------------------------------------------------------------- corpus

local narrative_bytes = 20000 -- five thousand narratives are 100 MB

local usual_density = 0.0048 -- facts a byte, of real narratives

-- Prose of the genre in which nothing is counted, paid, denied or judged.
local quiet = {
  "Traffickers approach their victims in the market towns of the interior, often through relatives or neighbors whom the family trusts.",
  "Recruiters promise work in restaurants, on farms, or on fishing vessels, and withhold the papers of those who follow them.",
  "The interior ministry and the office of the prosecutor met in the capital to compare how their staff question suspects and speak with witnesses.",
  "Under the standing procedures, police were to hand the case to the social service, whose workers then decided with the victim what help was needed.",
  "Observers described the cooperation between the labor inspectorate and the border police as close, though slow in the northern districts.",
  "The coordinating body brought together the ministries of justice, health, and education, as well as representatives of civil society.",
  "Families in debt bondage work in brick kilns, quarries, and palm groves, where the owner deducts the price of food and tools from their wages.",
  "Officials displayed posters at ports and bus stations, and the national broadcaster carried a play about a young woman who leaves her village.",
  "Victims could remain in the country while the court heard their case, and the law protected them from their former employers.",
  "Migrants from neighboring states cross the lake by night and continue by truck to the mines, where brokers sell their contracts.",
  "Prosecutors in the provinces asked for more practical guidance on evidence from telephones and on the use of interpreters.",
  "The embassy staff of several countries visited workers on construction sites and informed them of their rights under the labor code.",
  "Members of a religious order kept a house open for girls who had fled domestic service, and the health service sent a nurse to it.",
  "Criminal groups use social media to offer modeling jobs abroad, and they threaten those who wish to return.",
}

local function quiet_paragraph()
  local out = {}
  for i = 1, 5 do out[i] = quiet[math.random(#quiet)] end
  return table.concat(out, " ")
end

-- How many facts a text file gives.
local function facts_of(path)
  local list = os.tmpname()
  local file = assert(io.open(list, "wb"))
  file:write(path, "\0")
  file:close()
  local info = run(quote(load_program) .. " " .. quote(list))
  os.remove(list)
  return tonumber(info:match("facts=(%d+)"))
end

-- What a file begins with, by how it is filled up to `bytes`: a whole narrative, in a dense corpus filled with
-- paragraphs of any text; in a usual one a sample filled with quiet prose, a real narrative, or the head of one
-- filled with paragraphs of real texts.
local function seeds()
  local shared = os.getenv("TIPL_SHARED") or "../shared"
  local list = run("ls examples/reports/*.txt; ls " .. quote(shared) .. "/reports/*.txt 2>/dev/null || :")
  local whole, paragraphs = {}, {}
  for path in list:gmatch("[^\n]+") do
    local text = read(path)
    if not utf8.len(text) then text = "" end -- other encodings have tests of their own
    local sample = path:find("^examples/")
    if #text >= 5000 then
      local country = text:match("\n(%u[%u ]+):? ?%(?Tier") or text:match("Report: ([%a ]+)\n")
      local seed = { text = text, country = country, bytes = narrative_bytes }
      if sample and options.density == "usual" then
        seed.filler, seed.bytes = quiet_paragraph, facts_of(path) // usual_density
      end
      whole[#whole + 1] = seed
      if not sample and options.density == "usual" then
        local head = text:match("^.-:? ?%(?Tier[^\n]*\n") or ""
        for _ = 1, 3 do whole[#whole + 1] = { text = head, country = country, bytes = narrative_bytes } end
      end
    else
      for paragraph in text:gmatch("[^\r\n]+") do
        if #paragraph > 200 then paragraphs[#paragraphs + 1] = paragraph end
      end
    end
  end
  return whole, paragraphs
end

local countries = { "Albania", "Botswana", "Chile", "Denmark", "Ecuador", "Finland", "Ghana", "Hungary",
  "Iceland", "Jordan", "Kenya", "Latvia", "Malawi", "Norway", "Oman", "Peru", "Qatar", "Rwanda", "Spain",
  "Togo", "Uganda", "Vietnam", "Yemen", "Zambia" }
local syllables = { "ka", "lo", "mi", "ren", "sta", "vo", "dri", "bel", "tur", "an", "os", "hel" }

local function name()
  local out = {}
  for i = 1, math.random(2, 4) do out[i] = syllables[math.random(#syllables)] end
  return (table.concat(out):gsub("^%l", string.upper))
end

-- Capitalised words that the core knows, and that would take facts away with them.
local meaning = {}
for word in ("Government Ministry Trafficking Persons Report Tier Police Court Parliament Office " ..
    "January February March April June July August September October November December"):gmatch "%a+" do
  meaning[word] = true
end

local function vary(seed)
  local text, country = seed.text, countries[math.random(#countries)]
  -- Figures keep their length; years and tiers stay what they are.
  text = text:gsub("(%a*)( ?)(%d+)", function(word, blank, digits)
    if word == "Tier" then return nil end
    if #digits == 4 and (digits:find("^20[0-2]") or digits:find("^19")) then return nil end
    return word .. blank .. digits:gsub("[1-9]", function() return tostring(math.random(1, 9)) end)
  end)
  -- One in three capitalised words after a small one becomes another name.
  text = text:gsub("(%l )(%u%l%l%l+)", function(before, word)
    if not meaning[word] and math.random(3) == 1 then return before .. name() end
  end)
  if seed.country then
    local usual = seed.country:lower():gsub("%f[%a]%l", string.upper)
    text = text:gsub(seed.country:upper(), country:upper()):gsub(usual, country)
  end
  return text
end

local function make_corpus(folder, size)
  local whole, paragraphs = seeds()
  math.randomseed(7, 7)
  local done, number, list = 0, 0, {}
  while done < size do
    number = number + 1
    local seed = whole[(number - 1) % #whole + 1]
    local parts = { seed.text }
    local bytes = #seed.text
    while bytes < seed.bytes and (seed.filler or #paragraphs > 0) do
      parts[#parts + 1] = seed.filler and seed.filler() or paragraphs[math.random(#paragraphs)]
      bytes = bytes + #parts[#parts]
    end
    local text = vary { text = table.concat(parts, "\n\n"), country = seed.country }
    list[number] = ("%s/%06d.txt"):format(folder, number)
    local file = assert(io.open(list[number], "wb"))
    assert(file:write(text))
    file:close()
    done = done + #text
  end
  local file = assert(io.open(folder .. "/list", "wb"))
  file:write(table.concat(list, "\0"), "\0")
  file:close()
end

-- ---------------------------------------------------------------- measuring

local function spend(times, command)
  local cpu, peak = run(("%s %d %s"):format(quote(spend_program), times, command)):match("(%S+) (%S+)")
  return tonumber(cpu), tonumber(peak)
end

local function median(list)
  table.sort(list)
  local middle = #list // 2
  return #list % 2 == 1 and list[middle + 1] or (list[middle] + list[middle + 1]) / 2
end

local function row(what, ...) print(("%-34s " .. ("%14s "):rep(select("#", ...))):format(what, ...)) end

local function throughput(list)
  local commands = {
    { "LC_ALL=C wc -w", "env LC_ALL=C wc -w --files0-from=" .. quote(list) },
    { "tipl, reports kept", quote(load_program) .. " " .. quote(list) },
    { "tipl, reports dropped", quote(load_program) .. " --drop " .. quote(list) },
  }
  local info = run(commands[3][2])
  local bytes = tonumber(info:match("bytes=(%d+)"))
  local memory = tonumber(info:match("memory=(%d+)"))
  print(("corpus: %s"):format(info:gsub("memory=%d+%s*$", "")))
  local facts = tonumber(info:match("facts=(%d+)"))
  print(("%.1f facts a KB; memory of the reports: %.2f x their bytes"):format(facts / bytes * 1000,
    memory / bytes))
  local speeds, ratios, peaks = { {}, {}, {} }, { {}, {}, {} }, {}
  for round = 1, tonumber(options.rounds) do
    local base
    for i, command in ipairs(commands) do
      local cpu, peak = spend(1, command[2])
      base = base or cpu
      speeds[i][round], ratios[i][round] = bytes / math.max(cpu, 1e-6) / 1e6, base / math.max(cpu, 1e-6)
      peaks[i] = peak
    end
  end
  row(("median of %d rounds"):format(options.rounds), "MB/CPU s", "x wc -w", "peak MiB")
  for i, command in ipairs(commands) do
    local fmt = "%.2f"
    row(command[1], ("%.1f"):format(median(speeds[i])), fmt:format(median(ratios[i])),
      ("%.1f"):format(peaks[i] / 1024))
  end
end

local function instructions(list, folder)
  local out = folder .. "/callgrind.log"
  local function count(command)
    run(("LC_ALL=C valgrind --tool=callgrind --callgrind-out-file=/dev/null %s >/dev/null 2>%s"):format(
      command, quote(out)))
    return tonumber((read(out):match("Collected%s*:%s*(%d+)")))
  end
  local bytes = tonumber(run(quote(load_program) .. " " .. quote(list)):match("bytes=(%d+)"))
  row("callgrind", "instr/byte")
  row("wc -w (C)", ("%.1f"):format(count("wc -w --files0-from=" .. quote(list)) / bytes))
  row("tipl, reports kept", ("%.1f"):format(count(quote(load_program) .. " " .. quote(list)) / bytes))
end

local function start_up()
  local tipl = options.build .. "/bin/tipl"
  local file = io.open(tipl)
  if not file then return print("start-up: skipped, no " .. tipl) end
  file:close()
  local ratios, ours, theirs = {}, {}, {}
  for round = 1, math.max(3, tonumber(options.rounds)) do
    theirs[round] = spend(tonumber(options.starts), "lua5.4 -e ''")
    ours[round] = spend(tonumber(options.starts), quote(tipl) .. " -e ''")
    ratios[round] = ours[round] / theirs[round]
  end
  row("start-up", "ms CPU", "x lua5.4")
  row("lua5.4 -e ''", ("%.2f"):format(median(theirs) * 1000), "1.00")
  row("tipl -e ''", ("%.2f"):format(median(ours) * 1000), ("%.2f"):format(median(ratios)))
end

-- ---------------------------------------------------------------- all of it

local temporary = not options.corpus
local folder = options.corpus or run("mktemp -d"):gsub("%s+$", "")
local ok, message = pcall(function()
  local known = io.open(folder .. "/list", "rb")
  if known then
    known:close()
  else
    run("mkdir -p " .. quote(folder))
    make_corpus(folder, bytes_of(options.size))
  end
  throughput(folder .. "/list")
  start_up()
  if options.callgrind then
    run("mkdir -p " .. quote(folder .. "/small"))
    make_corpus(folder .. "/small", 4000000)
    instructions(folder .. "/small/list", folder)
  end
end)
if temporary then os.execute("rm -rf " .. quote(folder)) end
if not ok then
  io.stderr:write("bench.lua: ", tostring(message), "\n")
  os.exit(1)
end
