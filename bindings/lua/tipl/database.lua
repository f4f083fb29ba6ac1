--- Databases of reports and their facts (SQLite): the schema, and adding reports to a file.
-- A file is never changed in its place: a copy gets everything in one transaction and takes the file's name at
-- the end, so that whoever reads it finds the old one or the new one, whatever happens meanwhile.
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"

local database = {}

local APPLICATION = 0x7469706C -- "tipl", in the file's header
local VERSION = 1 -- of the schema

local schema = [[
CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE, -- by what equal narratives are known
  file TEXT NOT NULL, country TEXT, iso3 TEXT, edition INTEGER, tier TEXT, movement TEXT, title TEXT
);
CREATE TABLE sections (
  report INTEGER NOT NULL REFERENCES reports, number INTEGER NOT NULL, kind TEXT NOT NULL, heading TEXT,
  "offset" INTEGER NOT NULL, length INTEGER NOT NULL, PRIMARY KEY (report, number)
) WITHOUT ROWID;
CREATE TABLE sentences (
  report INTEGER NOT NULL REFERENCES reports, number INTEGER NOT NULL, section TEXT,
  "offset" INTEGER NOT NULL, length INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (report, number)
) WITHOUT ROWID;
CREATE TABLE facts (
  report INTEGER NOT NULL REFERENCES reports, number INTEGER NOT NULL, metric TEXT NOT NULL,
  value NUMERIC, value_text TEXT, high NUMERIC, high_text TEXT, label TEXT, unit TEXT, bound TEXT,
  state TEXT NOT NULL, "from" TEXT, "to" TEXT, year INTEGER, basis TEXT, form TEXT, who TEXT, source TEXT,
  status TEXT, relation TEXT NOT NULL, certainty TEXT NOT NULL, phase TEXT, flags TEXT, uses TEXT,
  evidence TEXT NOT NULL, "offset" INTEGER NOT NULL, length INTEGER NOT NULL,
  noun TEXT, actor TEXT, recipient TEXT, purpose TEXT, section TEXT, sentence INTEGER, rule TEXT,
  PRIMARY KEY (report, number)
) WITHOUT ROWID;
CREATE TABLE links ( -- what a fact is of another of its report
  report INTEGER NOT NULL, fact INTEGER NOT NULL, relation TEXT NOT NULL, "of" INTEGER NOT NULL,
  PRIMARY KEY (report, fact)
) WITHOUT ROWID;
CREATE INDEX reports_by_country ON reports (country, edition);
CREATE INDEX facts_by_metric ON facts (metric, year);
CREATE INDEX links_by_target ON links (report, "of");

-- Every fact with its report.
CREATE VIEW coded AS
  SELECT r.country, r.iso3, r.edition, r.tier, r.file, f.* FROM facts f JOIN reports r ON r.id = f.report;
-- What each edition counts in its own right for a year: no comparisons, parts, conversions, plans.
CREATE VIEW figures AS
  SELECT country, iso3, edition, metric, year, value, high, bound, unit, who, form, source, state, evidence, file
  FROM coded WHERE relation = 'primary' AND certainty = 'asserted' AND value IS NOT NULL;
-- A figure over the years, as each edition tells it, with the figures that it compares with.
CREATE VIEW series AS
  SELECT country, iso3, metric, unit, who, form, year, edition, value, bound, relation, evidence
  FROM coded WHERE relation IN ('primary', 'comparison_of') AND certainty = 'asserted' AND value IS NOT NULL
    AND year IS NOT NULL;
-- What is said not to be there: nothing reported, withheld, not done; and the zeros.
CREATE VIEW silences AS
  SELECT country, iso3, edition, metric, state, value, year, who, form, source, evidence, file
  FROM coded WHERE state <> 'stated' OR value = 0;
-- Totals of funding by year and currency, which leave out what may be the same money and what spans years.
CREATE VIEW funding AS
  SELECT country, iso3, edition, year, unit, sum(value) AS total, count(value) AS amounts,
    count(*) - count(value) AS unknown
  FROM coded WHERE metric = 'funding' AND relation = 'primary' AND certainty = 'asserted'
    AND ('+' || coalesce(flags, '') || '+') NOT LIKE '%+may_contain+%'
    AND ('+' || coalesce(flags, '') || '+') NOT LIKE '%+multi_year+%'
  GROUP BY country, iso3, edition, year, unit;
-- Tier and movement by edition.
CREATE VIEW tiers AS SELECT country, iso3, edition, tier, movement, file FROM reports;
]]

local fact_columns = {
  "metric", "value", "value_text", "high", "high_text", "label", "unit", "bound", "state", "from", "to", "year", "basis",
  "form", "who", "source", "status", "relation", "certainty", "phase", "flags", "uses", "evidence", "offset", "length",
  "noun", "actor", "recipient", "purpose", "section", "sentence", "rule",
}

local function insert(db, table_name, columns)
  return db:prepare(('INSERT INTO %s ("%s") VALUES (%s)'):format(table_name, table.concat(columns, '","'),
    ("?,"):rep(#columns):sub(1, -2)))
end

-- What stands in a column for a fact.
local special = {
  value = function(fact) if not fact.label then return fact.value end end,
  value_text = function(fact) if not fact.label then return fact.value_text end end,
  from = function(fact) return fact.from and tostring(fact.from) end,
  to = function(fact) return fact.to and tostring(fact.to) end,
  flags = function(fact) return #fact.flags > 0 and table.concat(fact.flags, "+") or nil end,
  uses = function(fact) return #fact.uses > 0 and table.concat(fact.uses, "+") or nil end,
  sentence = function(fact) return fact.sentence and fact.sentence.number end,
}

local Database = {}
Database.__index = Database

local function begin(self, db)
  self.db = db
  db:exec "PRAGMA journal_mode = MEMORY; BEGIN"
end

local function prepare(self)
  local db = self.db
  self.known = db:prepare "SELECT id FROM reports WHERE digest = ?"
  self.report = insert(db, "reports", { "digest", "file", "country", "iso3", "edition", "tier", "movement", "title" })
  self.section = insert(db, "sections", { "report", "number", "kind", "heading", "offset", "length" })
  self.sentence = insert(db, "sentences", { "report", "number", "section", "offset", "length", "text" })
  self.fact = insert(db, "facts", { "report", "number", table.unpack(fact_columns) })
  self.link = insert(db, "links", { "report", "fact", "relation", "of" })
end

-- A copy of the database in `path`, which must be one of ours, in `copy`.
local function duplicate(sqlite, path, copy)
  local db <close> = sqlite.open(path)
  local application = db:prepare("PRAGMA application_id"):run()
  local version = db:prepare("PRAGMA user_version"):run()
  if application ~= APPLICATION then error("it is a database that tipl did not make; choose another name", 0) end
  if version ~= VERSION then
    error(("its tables are those of another version of tipl (%d, not %d); choose another name"):format(version, VERSION), 0)
  end
  db:prepare("VACUUM INTO ?"):run(copy)
end

-- What went wrong, for a person: without the place in this file.
local function said(path, why) return ("%s: %s"):format(path, (tostring(why):gsub("^[^\n]-%.lua:%d+: ", ""))) end

--- Begins a file of reports, or goes on with the one that is there. nil and a message when that fails, as where
-- tipl was built without SQLite.
function database.open(path)
  local found, sqlite = pcall(require, "tipl.sqlite")
  if not found then return nil, "this tipl was built without SQLite (Debian: libsqlite3-dev), so it writes no databases" end
  local copy, why = core.replacement(path)
  if not copy then return nil, why end
  local self = setmetatable({ path = path, copy = copy }, Database)
  local ok
  ok, why = pcall(function()
    local file = io.open(path, "rb")
    local old = file and file:read(1)
    if file then file:close() end
    if old then duplicate(sqlite, path, copy:name()) end
    begin(self, sqlite.open(copy:name()))
    if not old then
      self.db:exec(schema)
      self.db:exec(("PRAGMA application_id = %d; PRAGMA user_version = %d"):format(APPLICATION, VERSION))
    end
    prepare(self)
  end)
  if ok then return self end
  self:drop()
  return nil, said(path, why)
end

local function column(fact, name)
  if special[name] then return special[name](fact) end
  return fact[name]
end

local function add_facts(self, id, facts)
  local row = {}
  for fact in facts do
    for i, name in ipairs(fact_columns) do row[i] = column(fact, name) end
    self.fact:run(id, fact.number, table.unpack(row, 1, #fact_columns))
    local of = fact.of
    if of then self.link:run(id, fact.number, fact.relation, of.number) end
  end
end

--- Adds a report with all that is in it; false when the narrative is there already. Raises what SQLite says.
function Database:add(report, path)
  local digest = report.digest
  if self.known:run(digest) then return false end
  self.report:run(digest, path, report.country, report.iso3, report.year, report.tier, report.movement, report.title)
  local id = self.db:last_row()
  for section in report:sections() do
    self.section:run(id, section.number, section.kind, section.heading, section.offset, section.length)
  end
  for sentence in report:sentences() do
    self.sentence:run(id, sentence.number, sentence.section, sentence.offset, sentence.length, sentence.text)
  end
  add_facts(self, id, report:facts())
  return true
end

--- Puts the file in its place. true; or nil and a message.
function Database:finish()
  local ok, why = pcall(function()
    self.db:exec "COMMIT"
    self.db:close()
  end)
  if ok then return self.copy:commit() end
  self:drop()
  return nil, said(self.path, why)
end

--- Forgets what was added, unless it is finished. <close> does so, too.
function Database:drop()
  if self.db then self.db:close() end
  self.copy:discard()
end
Database.__close = Database.drop

return database
