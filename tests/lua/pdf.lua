--- Writes a PDF file of plain lines: pages are lists of { x, y, text }, in points, set in Helvetica.
-- SPDX-License-Identifier: MIT
local function escape(text) return (text:gsub("[()\\]", "\\%0")) end

local function content(page)
  local out = {}
  for _, line in ipairs(page) do
    out[#out + 1] = ("BT /F1 %d Tf %d %d Td (%s) Tj ET"):format(line.size or 10, line[1], line[2], escape(line[3]))
  end
  return table.concat(out, "\n")
end

--- The file's bytes.
local function pdf(pages)
  local objects, kids = {}, {}
  for i in ipairs(pages) do kids[i] = 2 + 2 * i .. " 0 R" end
  objects[1] = "<< /Type /Catalog /Pages 2 0 R >>"
  objects[2] = ("<< /Type /Pages /Kids [%s] /Count %d >>"):format(table.concat(kids, " "), #pages)
  objects[3] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
  for i, page in ipairs(pages) do
    local text = content(page)
    objects[2 + 2 * i] = ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
      .. "/Resources << /Font << /F1 3 0 R >> >> >>"):format(3 + 2 * i)
    objects[3 + 2 * i] = ("<< /Length %d >>\nstream\n%s\nendstream"):format(#text, text)
  end
  local out, size, places = { "%PDF-1.4\n" }, 9, {}
  for i, object in ipairs(objects) do
    places[i] = size
    out[#out + 1] = ("%d 0 obj\n%s\nendobj\n"):format(i, object)
    size = size + #out[#out]
  end
  out[#out + 1] = ("xref\n0 %d\n0000000000 65535 f \n"):format(#objects + 1)
  for _, place in ipairs(places) do out[#out + 1] = ("%010d 00000 n \n"):format(place) end
  out[#out + 1] = ("trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"):format(#objects + 1, size)
  return table.concat(out)
end

return pdf
