-- tipl dossier: a page to read a report by: its text with every fact marked, charts, flags and contradictions in the
-- margin, and a list of facts that leads into the text and back. One file that fetches nothing and needs no script. Of
-- several reports a folder of pages, and index.html with a table of them.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"
local index = require "tipl.dossier.index"
local layout = require "tipl.layout"
local page = require "tipl.dossier.page"
local tipl = require "tipl"
local words = require "tipl.dossier.words"

local options, files = command.parse(arg, {
  usage = "dossier FILE... [options]",
  about = [[
Makes a page (HTML) of a report: the text with every fact marked and its fields on hover and focus, charts, notes in
the margin (flags, contradictions that `tipl audit` finds, sentences with a number but no fact), and a list of facts.
The page needs nothing but itself. With several files, or a folder, --output is a folder, which gets a page for each
report and index.html, a table of them. Files of these names are replaced.]],
  example = "dossier examples/reports/valdoria-2021.txt -o /tmp/valdoria.html",
  options = {
    { name = "output", short = "o", takes = "FILE", about = "the page, or the folder of several; standard output without it" },
  },
})

local function fail_to_write(path, why)
  tipl.fail(("%s: cannot be written: %s"):format(layout.safe(path), tostring(why):gsub("^.*: ", "")), 2)
end

local function write(path, text)
  local file, why = io.open(path, "wb")
  if not file then fail_to_write(path, why) end
  local good, fault = file:write(text)
  local closed, late = file:close()
  if not good or not closed then fail_to_write(path, fault or late) end
end

local function make_folder(path)
  local quoted = "'" .. path:gsub("'", "'\\''") .. "'"
  if not os.execute("mkdir -p -- " .. quoted .. " 2>/dev/null") then fail_to_write(path, "no such folder can be made") end
end

-- A name for a page that no other one has: that of the report's file, of plain letters.
local taken = { ["index.html"] = true }
local function page_name(path)
  local base = path:match("[^/]*$"):gsub("%.gz$", ""):gsub("%.[%a]+$", ""):gsub("[^%w._-]", "_"):gsub("^%.", "_")
  if base == "" or base == "-" then base = "report" end
  local name, number = base .. ".html", 1
  while taken[name:lower()] do
    number = number + 1
    name = ("%s-%d.html"):format(base, number)
  end
  taken[name:lower()] = true
  return name
end

local function make_one()
  return command.each(files, function(report, path, number)
    if number > 1 then
      tipl.fail(layout.safe(path) .. ": holds several reports; end --output with / to get a folder of pages", 2)
    end
    local text, model = page.of(report, path)
    if not options.output then return io.write(text) end
    write(options.output, text)
    print(layout.safe(("%s: %s, %d facts, %d notes"):format(options.output, words.title(report, path), #model.facts,
      #model.notes)))
  end)
end

local function make_folder_of_pages()
  local rows, folder = {}, options.output
  if not folder then tipl.fail("several reports need a folder for their pages: --output FOLDER", 2) end
  folder = folder:gsub("(.)/+$", "%1")
  make_folder(folder)
  local code = command.each(files, function(report, path)
    local name = page_name(path)
    local text, model = page.of(report, path, "index.html")
    write(folder .. "/" .. name, text)
    rows[#rows + 1] = index.row(report, model, path, name)
  end)
  if #rows == 0 then return code end
  write(folder .. "/index.html", index.of(rows))
  print(layout.safe(("%s/index.html: a table of %d page%s"):format(folder, #rows, #rows == 1 and "" or "s")))
  return code
end

local several = command.several(files) or options.output and options.output:sub(-1) == "/"
os.exit(several and make_folder_of_pages() or not several and make_one(), true)
