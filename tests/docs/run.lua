-- run.lua: executes the code of the documents. Each fenced block marked sh, lua or c is run from the top
-- of the repository with the build's `tipl` on the path:
--   ```sh     by sh -e          ```lua    by the program tipl          ```c   compiled, linked, run
-- A block `text` that follows (with nothing but blank lines between) is the output that must come.
-- Marked `notest` behind the language, a block is left alone.
--   lua5.4 tests/docs/run.lua [PAGE…]

local pages = { "README.md", "core/MODEL.md", "core/lexicon/README.md", "bindings/lua/API.md",
  "examples/reports/README.md", "examples/TUTORIAL.md" }
if #arg > 0 then pages = arg end

local build = os.getenv("TIPL_BUILD_DIR") or "build/dev"
local sanitized = os.getenv("TIPL_SANITIZE") or ""

local function read(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

-- The blocks of a page: { language, notest, line, code, output }.
local function blocks(text)
  local out, block, last = {}, nil, nil
  local line_number = 0
  for line in (text .. "\n"):gmatch("(.-)\r?\n") do
    line_number = line_number + 1
    local fence = line:match("^```(.*)$")
    if block and fence == "" then
      block.code = table.concat(block, "\n", 1, #block) .. "\n"
      if block.language == "text" then
        if last then last.output = block.code end
        last = nil
      else
        out[#out + 1] = block
        last = block
      end
      block = nil
    elseif block then
      block[#block + 1] = line
    elseif fence then
      local language, rest = fence:match("^(%S*)%s*(.*)$")
      block = { language = language, notest = rest:find("notest", 1, true), line = line_number }
    elseif line:find("%S") then
      last = nil -- a `text` block belongs to the block right before it
    end
  end
  return out
end

local tmp = os.tmpname()
local function path(extension) return tmp .. extension end

local commands = {
  sh = function(code)
    write(path ".sh", code)
    return ("sh -e '%s'"):format(path ".sh")
  end,
  lua = function(code)
    write(path ".lua", code)
    return ("tipl '%s'"):format(path ".lua")
  end,
  c = function(code)
    write(path ".c", code)
    local flags = sanitized ~= "" and "-fsanitize=" .. sanitized or ""
    return ("%s -std=c11 -Wall -Werror %s -Icore/include '%s' '%s/lib/libtipl.a' -o '%s' && '%s'"):format(
      os.getenv("CC") or "cc", flags, path ".c", build, path ".bin", path ".bin")
  end,
}

local function tidy(text) -- blanks at line ends and blank lines at the end do not count
  return (text:gsub("[ \t]+\n", "\n"):gsub("%s+$", ""))
end

local passed, failed, skipped = 0, 0, 0
for _, page in ipairs(pages) do
  local text = read(page)
  for _, block in ipairs(text and blocks(text) or {}) do
    local command = commands[block.language]
    if command and not block.notest then
      local where = ("%s:%d"):format(page, block.line)
      local ok = os.execute(("(%s) >'%s' 2>'%s' </dev/null"):format(command(block.code), path ".out",
        path ".err"))
      local out, err = read(path ".out") or "", read(path ".err") or ""
      if not ok then
        print("FAILED: " .. where .. ":\n" .. out .. err)
        failed = failed + 1
      elseif block.output and tidy(block.output) ~= tidy(out) then
        print("FAILED: " .. where .. ": the page says\n" .. block.output .. "but it prints\n" .. out .. err)
        failed = failed + 1
      else
        passed = passed + 1
      end
    elseif command then
      skipped = skipped + 1
    end
  end
end
for _, extension in ipairs { "", ".sh", ".lua", ".c", ".bin", ".out", ".err" } do
  os.remove(path(extension))
end
if skipped > 0 then print(skipped .. " blocks marked notest were left alone") end
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0)
