--- Facts as lines of text (CSV, JSON Lines) in a file that appears whole, or on standard output ("-"), with the methods
-- of a database (tipl.database).
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"
local layout = require "tipl.layout"
local writer = require "tipl.writer"

local Lines = {}
Lines.__index = Lines

--- Begins a file; format: "csv" or "jsonl". nil and a message when that fails.
function Lines.open(path, format)
  local self = setmetatable({ file = io.stdout, csv = format == "csv" }, Lines)
  if path ~= "-" then
    local copy, why = core.replacement(path)
    if not copy then return nil, why end
    self.copy, self.file = copy, assert(io.open(copy:name(), "wb"))
  end
  if self.csv then assert(self.file:write(writer.csv_header)) end
  return self
end

--- Adds a report's facts. Returns "added"; raises what the system says.
function Lines:add(report, path)
  local about = self.csv and writer.csv_about(report, path) or writer.about(report, '"file":' .. layout.json(path))
  for fact in report:facts() do
    assert(self.file:write(self.csv and writer.csv(fact, about) or writer.jsonl(fact, about)))
  end
  return "added"
end

--- Puts the file in its place. true; or nil and a message.
function Lines:finish()
  if not self.copy then return true end
  local ok, why = self.file:close()
  if not ok then return nil, why end
  return self.copy:commit()
end

--- Forgets what was added, unless it is finished. <close> does so, too.
function Lines:drop()
  if not self.copy then return end
  if io.type(self.file) == "file" then self.file:close() end
  self.copy:discard()
end
Lines.__close = Lines.drop

return Lines
