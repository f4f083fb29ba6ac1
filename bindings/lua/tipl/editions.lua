--- Reports of a country side by side: what a script takes from each report, by country and edition.
-- SPDX-License-Identifier: MIT
local command = require "tipl.command"

local editions = {}

--- Reads the files one after the other and keeps only what take(report, path) gives, a table (nothing: the
-- report is left out). Returns the countries in the order in which they come, each { name =, iso3 =, [1] = … } with
-- its tables in the order of the editions, and the exit code. A table gets the fields `edition`, `file`,
-- `country` and `iso3`.
function editions.collect(files, take)
  local countries, by_key = {}, {}
  local code = command.each(files, function(report, path)
    local taken = take(report, path)
    if not taken then return end
    local name = report.country or report.title or path
    local key = report.iso3 or name
    if not by_key[key] then
      by_key[key] = { name = name, iso3 = report.iso3 }
      countries[#countries + 1] = by_key[key]
    end
    taken.edition, taken.file, taken.country, taken.iso3 = report.year, path, report.country, report.iso3
    taken.order = #by_key[key]
    table.insert(by_key[key], taken)
  end)
  for _, country in ipairs(countries) do
    table.sort(country, function(a, b)
      local one, other = a.edition or 0, b.edition or 0
      if one ~= other then return one < other end
      return a.order < b.order
    end)
  end
  return countries, code
end

--- "Valdoria, editions 2019-2021", "Valdoria, 2021 edition".
function editions.title(country)
  local first, last = country[1].edition, country[#country].edition
  if first == last then return ("%s, %s edition"):format(country.name, first or "unknown") end
  return ("%s, editions %s-%s"):format(country.name, first or "?", last or "?")
end

return editions
