-- years_test: the forms that titles, tier lines, headings and names took from the edition of 2001 to that of 2025.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local tipl = require "tipl"

-- ISO code, tier, movement and sections of a narrative, "-" for none.
local function outline(text)
  local report <close> = assert(tipl.parse(text))
  local words = { report.iso3 or "-", report.tier or "-", report.movement or "-" }
  for section in report:sections() do words[#words + 1] = section.kind end
  return table.concat(words, " ")
end

local file <close> = assert(io.open("tests/pages/years.txt", "rb"))
for name, text, want in file:read("a"):gmatch "=== ([^\n]*)\n(.-)%-%-%- ([^\n]*)\n" do
  tap.test(name, function()
    for _, line_end in ipairs { "\n", "\r\n", "\r" } do tap.is(outline((text:gsub("\n", line_end))), want) end
  end)
end

-- By ISO code: names that vary, are turned round in tier lines, or were changed.
local names = {
  ANT = { "NETHERLANDS ANTILLES" },
  ARE = { "UNITED ARAB EMIRATES" },
  ATG = { "ANTIGUA AND BARBUDA", "ANTIGUA & BARBUDA" },
  BHS = { "BAHAMAS, THE", "THE BAHAMAS" },
  BIH = { "BOSNIA AND HERZEGOVINA", "BOSNIA & HERZEGOVINA" },
  CAF = { "CENTRAL AFRICAN REPUBLIC" },
  CHN = { "PEOPLE’S REPUBLIC OF CHINA", "CHINA (PRC)", "CHINA" },
  CIV = { "CÔTE D’IVOIRE", "COTE D'IVOIRE", "IVORY COAST" },
  COD = { "CONGO, DEMOCRATIC REPUBLIC OF THE", "CONGO, DEMOCRATIC REPUBLIC OF", "DEMOCRATIC REPUBLIC OF THE CONGO",
    "CONGO (DRC)" },
  COG = { "CONGO, REPUBLIC OF", "CONGO, REPUBLIC OF THE", "REPUBLIC OF THE CONGO", "CONGO (BRAZZAVILLE)" },
  CPV = { "CAPE VERDE", "CABO VERDE" },
  CUW = { "CURAÇAO" },
  CZE = { "CZECH REPUBLIC", "CZECHIA" },
  DOM = { "DOMINICAN REPUBLIC" },
  FSM = { "MICRONESIA, FEDERATED STATES OF" },
  GBR = { "GREAT BRITAIN" },
  GMB = { "THE GAMBIA", "GAMBIA, THE" },
  GNB = { "GUINEA-BISSAU" },
  GNQ = { "EQUATORIAL GUINEA" },
  HKG = { "HONG KONG" },
  KGZ = { "KYRGYZ REPUBLIC", "THE KYRGYZ REPUBLIC", "KYRGYZSTAN" },
  KNA = { "ST. KITTS AND NEVIS" },
  KOR = { "SOUTH KOREA", "KOREA, REPUBLIC OF", "REPUBLIC OF KOREA", "KOREA, SOUTH" },
  LAO = { "LAOS", "LAO PEOPLE’S DEMOCRATIC REPUBLIC" },
  LCA = { "ST. LUCIA", "SAINT LUCIA" },
  MAC = { "MACAU", "MACAO" },
  MHL = { "MARSHALL ISLANDS" },
  MKD = { "MACEDONIA", "NORTH MACEDONIA", "MACEDONIA, FORMER YUGOSLAV REPUBLIC OF",
    "FORMER YUGOSLAV REPUBLIC OF MACEDONIA" },
  MMR = { "BURMA", "MYANMAR" },
  PHL = { "THE PHILIPPINES" },
  PNG = { "PAPUA NEW GUINEA" },
  PRK = { "NORTH KOREA", "KOREA, DEMOCRATIC PEOPLE’S REPUBLIC OF", "KOREA, NORTH",
    "DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA" },
  RUS = { "RUSSIA", "RUSSIAN FEDERATION" },
  SCG = { "SERBIA AND MONTENEGRO", "SERBIA-MONTENEGRO" },
  SLB = { "SOLOMON ISLANDS" },
  SSD = { "SOUTH SUDAN" },
  STP = { "SÃO TOMÉ AND PRÍNCIPE" },
  SVK = { "SLOVAK REPUBLIC" },
  SWZ = { "SWAZILAND", "ESWATINI" },
  SXM = { "ST. MAARTEN", "SINT MAARTEN" },
  TLS = { "EAST TIMOR", "TIMOR-LESTE" },
  TTO = { "TRINIDAD & TOBAGO" },
  TUR = { "TURKEY", "TÜRKIYE", "TURKEY (TÜRKIYE)" },
  USA = { "UNITED STATES OF AMERICA", "UNITED STATES" },
  VCT = { "ST. VINCENT AND THE GRENADINES", "ST. VINCENT & THE GRENADINES" },
  VNM = { "VIETNAM", "VIET NAM" },
  YUG = { "FEDERAL REPUBLIC OF YUGOSLAVIA", "YUGOSLAVIA" },
}

tap.test("names", function()
  for iso3, forms in pairs(names) do
    for _, name in ipairs(forms) do
      for _, line in ipairs { "%s: Tier 2 Watch List", "%s (Tier 2 Watch List)" } do
        local text = line:format(name) .. "\n\nThe government investigated 12 trafficking cases.\n"
        tap.is(outline(text):sub(1, 7), iso3 .. " 2WL", name)
      end
    end
  end
end)
tap.done()
