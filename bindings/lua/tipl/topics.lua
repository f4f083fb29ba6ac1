--- Topics of a narrative and the words by which it speaks to them: the criteria of 22 U.S.C. 7106(b), the variables
-- that data sets take from narratives, and the themes of recommendations.
--
-- A topic is { name, metrics = facts of these speak to it, who = facts with this tag do, words = so do sentences
-- with one of these }. Words are in lower case and begin where a word begins; "a&b" needs both in the sentence.
-- SPDX-License-Identifier: MIT
local topics = {}

--- The criteria for serious and sustained efforts, by number.
topics.criteria = {
  { "(1) investigate, prosecute, convict, sentence", metrics = { "investigations", "prosecutions", "convictions",
    "sentence_length", "sentences" } },
  { "(2) protect victims, no penalization", metrics = { "victims_identified", "victims_assisted", "victims_referred",
    "victims_penalized", "shelters" }, words = { "victim assistance", "victim services", "penaliz", "assisted victims",
    "protection to victims" } },
  { "(3) prevention, labor recruiters", metrics = { "campaigns", "hotline_calls" }, words = { "awareness",
    "recruitment agenc", "recruitment fee", "labor recruit", "prevent trafficking", "prevention efforts" } },
  { "(4) cooperation with other governments", words = { "cooperat&government", "collaborat&government", "liaison officer",
    "foreign counterparts", "bilateral", "mutual legal assistance", "joint investigation" } },
  { "(5) extradition", metrics = { "extraditions" }, words = { "extradit" } },
  { "(6) monitoring of migration", words = { "border", "immigration&traffick", "migration patterns", "emigration" } },
  { "(7) officials who take part", who = "official", words = { "complicit", "corruption" } },
  { "(8) share of victims who are not citizens", who = "foreign", words = { "foreign victim", "foreign national",
    "domestic and foreign" } },
  { "(9) partnerships", words = { "partnership", "partnered", "global fund", "memorandum of understanding",
    "regional project", "in partnership", "liaison officer", "international organizations&cooperat" } },
  { "(10) self-monitoring", words = { "statistic", "national rapporteur", "annual report", "assessment of its",
    "data remained", "data collection", "publicly&report", "official number" } },
  { "(11) progress against the year before", metrics = { "effort" }, words = { "previous reporting period",
    "increasing efforts" } },
  { "(12) demand", words = { "demand for commercial sex", "demand for sex", "sex tourism", "demand for forced labor" } },
}

--- What data sets and papers code, the most used first within each part.
topics.variables = {
  { "tier", metrics = { "tier" } },
  { "tier change", metrics = { "tier_change" } },
  { "efforts by pillar", metrics = { "effort" } },
  { "forms of trafficking", words = { "sex trafficking", "labor trafficking", "forced labor", "sexual exploitation" } },
  { "law", words = { "criminaliz", "penal code", "criminal code", "anti-trafficking act", "anti-trafficking law" } },
  { "penalties of the law", metrics = { "penalty" } },
  { "investigations", metrics = { "investigations" } },
  { "prosecutions", metrics = { "prosecutions" } },
  { "convictions", metrics = { "convictions" } },
  { "sentences", metrics = { "sentence_length", "sentences" } },
  { "complicity of officials", who = "official", words = { "complicit" } },
  { "victims identified", metrics = { "victims_identified" } },
  { "victims referred", metrics = { "victims_referred" } },
  { "victims assisted", metrics = { "victims_assisted" } },
  { "child victims", who = "child", words = { "child victim" } },
  { "sex of victims", who = { "female", "male" } },
  { "citizenship of victims", who = { "foreign", "national" }, words = { "foreign victim" } },
  { "screening and procedures", metrics = { "screened" }, words = { "screen", "identification procedures",
    "standard operating procedures" } },
  { "referral mechanism", words = { "referral mechanism", "nrm" } },
  { "victims penalized", metrics = { "victims_penalized" }, words = { "penaliz" } },
  { "residence permits", metrics = { "residence_permits" }, words = { "residence permit", "reflection period" } },
  { "compensation", metrics = { "compensation" }, words = { "restitution", "compensation" } },
  { "shelters", metrics = { "shelters" }, words = { "shelter" } },
  { "repatriation", metrics = { "victims_repatriated" }, words = { "repatriat" } },
  { "government funding", metrics = { "funding" } },
  { "training", metrics = { "trained", "trainings" }, words = { "training", "trained" } },
  { "campaigns", metrics = { "campaigns" }, words = { "awareness", "campaign" } },
  { "hotline", metrics = { "hotline_calls" }, words = { "hotline" } },
  { "inspections", metrics = { "inspections" }, words = { "labor inspect" } },
  { "recruiters, supply chains", metrics = { "sanctions" }, words = { "recruitment agenc", "recruitment fee",
    "supply chain" } },
  { "national action plan", words = { "action plan" } },
  { "statistics, rapporteur", words = { "statistic", "rapporteur", "annual report" } },
  { "cooperation, extradition", metrics = { "extraditions" }, words = { "extradit", "cooperat&government",
    "collaborat&government", "foreign counterparts" } },
  { "demand", words = { "demand for commercial sex", "demand for sex", "sex tourism" } },
  { "origin, transit, destination", words = { "exploit domestic and foreign", "victims from", "source country",
    "transit country", "destination country", "country of origin", "source, transit", "source and", "destination for" } },
  { "consecutive years", metrics = { "streak" } },
  { "quality of data", words = { "unreliable", "double count", "duplicat", "inaccurate", "incomplete data" } },
  { "pandemic", words = { "covid-19", "pandemic" } },
}

--- What recommendations ask for. A recommendation has every theme that its words name.
topics.themes = {
  { "law", words = { "amend", "enact", "legislation", "criminaliz", "sufficiently stringent" } },
  { "prosecution", words = { "prosecut", "convict", "investigat" } },
  { "sentences", words = { "sentence", "sentences", "penalties", "imprisonment" } },
  { "complicity", words = { "complicit", "corrupt", "officials&accountable" } },
  { "identification", words = { "identify", "identification", "proactiv" } },
  { "screening, deportation", words = { "screen", "deport", "removal" } },
  { "penalization", words = { "penaliz", "unlawful acts", "detain" } },
  { "referral mechanism", words = { "referral mechanism", "nrm", "national referral", "referral of" } },
  { "shelter, services", words = { "shelter", "services", "assistance to victims", "victim assistance", "care",
    "assist victims" } },
  { "children", words = { "child", "minor" } },
  { "restitution", words = { "restitution", "compensation" } },
  { "witnesses", words = { "witness", "testif" } },
  { "residence", words = { "residence permit", "reflection period", "legal alternatives" } },
  { "forced labor", words = { "labor trafficking", "forced labor", "labor exploitation" } },
  { "labor inspection", words = { "inspect" } },
  { "recruiters", words = { "recruit", "passport retention" } },
  { "training", words = { "train", "training" } },
  { "data", words = { "data", "statistic", "report the victims", "record" } },
  { "action plan", words = { "action plan" } },
  { "coordination", words = { "coordinat", "rapporteur", "interministerial", "interagency", "committee" } },
  { "funding", words = { "fund", "resources", "budget" } },
  { "awareness", words = { "awareness", "campaign", "inform" } },
  { "hotline", words = { "hotline" } },
  { "demand", words = { "demand" } },
  { "cooperation", words = { "foreign counterparts", "other governments", "international cooperation", "bilateral" } },
}

-- Whether the text, in lower case, has a word that begins so. Plain search is many times faster than a pattern.
local function begins(text, word)
  local at = text:find(word, 1, true)
  while at do
    if at == 1 or not text:find("^%w", at - 1) then return true end
    at = text:find(word, at + 1, true)
  end
  return false
end

local both = {} -- the parts of the words with "&"
local function has(text, word)
  if not word:find("&", 1, true) then return begins(text, word) end
  if not both[word] then both[word] = { word:match "^(.-)&(.*)$" } end
  return begins(text, both[word][1]) and begins(text, both[word][2])
end

-- By report: its sentences outside of recommendations, with their text in lower case.
local read = setmetatable({}, { __mode = "k" })
local function sentences_of(report)
  if not read[report] then
    local list = {}
    for sentence in report:sentences() do
      if sentence.section ~= "recommendations" then list[#list + 1] = { sentence = sentence, lower = sentence.text:lower() } end
    end
    read[report] = list
  end
  return read[report]
end

local function named(topic, lower)
  for _, word in ipairs(topic.words or {}) do
    if has(lower, word) then return true end
  end
  return false
end

--- Whether a text has one of the topic's words.
function topics.names(topic, text) return named(topic, text:lower()) end

--- The names of the themes of a text, in the order of the table.
function topics.themes_of(text)
  local list, lower = {}, text:lower()
  for _, theme in ipairs(topics.themes) do
    if named(theme, lower) then list[#list + 1] = theme[1] end
  end
  return list
end

local function list_of(value) return type(value) == "table" and value or { value } end

--- How a report speaks to a topic: two lists, the asserted facts that do so, in the order of the text, and the
-- sentences outside of recommendations.
function topics.find(report, topic)
  local facts, sentences, seen = {}, {}, {}
  local function add(list)
    for fact in list do
      if not seen[fact.id] then facts[#facts + 1] = fact end
      seen[fact.id] = true
    end
  end
  if topic.metrics then add(report:facts { metric = topic.metrics, certainty = "asserted" }) end
  for _, tag in ipairs(list_of(topic.who)) do add(report:facts { who = tag, certainty = "asserted" }) end
  for _, item in ipairs(topic.words and sentences_of(report) or {}) do
    if named(topic, item.lower) then sentences[#sentences + 1] = item.sentence end
  end
  table.sort(facts, function(a, b) return a.number < b.number end)
  return facts, sentences
end

return topics
