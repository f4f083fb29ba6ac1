-- export_model.lua FILE…: the facts of reports as the Lua module gives them, one JSON text each in a form that
-- only export_check.py reads: the bytes of every field in hexadecimal, "-" where there is none.
local tipl = require "tipl"
local fields = { "id", "metric", "value_text", "high_text", "unit", "bound", "state", "from", "to", "basis", "form", "who",
  "source", "status", "relation", "of", "certainty", "evidence", "offset", "flags", "uses", "phase", "year", "length", "noun",
  "actor", "recipient", "purpose", "section", "sentence", "rule" }
local function hex(value) return (tostring(value):gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
for _, path in ipairs(arg) do
  local report <close> = assert(tipl.open(path))
  for fact in report:facts() do
    local cells = { hex(path) }
    for _, name in ipairs { "country", "iso3", "year" } do cells[#cells + 1] = report[name] and hex(report[name]) or "-" end
    for _, name in ipairs(fields) do
      local value = fact[name]
      if name == "of" and value then value = value.id end
      if name == "sentence" and value then value = value.number end
      if type(value) == "table" then value = value[1] and table.concat(value, "+") end
      cells[#cells + 1] = value == nil and "-" or hex(value)
    end
    print(table.concat(cells, " "))
  end
end
