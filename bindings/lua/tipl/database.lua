--- Databases of reports and their facts (SQLite): the schema, and adding reports to a file.
-- A new database is made in one transaction under another name and takes its own at the end; one that is there is added to
-- in one transaction, with SQLite's locks. So whoever reads it finds the old state or the new one, whatever happens
-- meanwhile, and other programs may have it open.
-- SPDX-License-Identifier: MIT
local core = require "tipl.core"
local layout = require "tipl.layout"

local database = {}

local APPLICATION = 0x7469706C -- "tipl", in the file's header
local VERSION = 2 -- of the schema

local schema = [[
CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE, -- by what equal narratives are known
  coding TEXT NOT NULL,        -- by what equal facts of one are known: another version or rules may read it anew
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
  PRIMARY KEY (report, number), FOREIGN KEY (report, sentence) REFERENCES sentences
) WITHOUT ROWID;
CREATE TABLE links ( -- what a fact is of another of its report
  report INTEGER NOT NULL, fact INTEGER NOT NULL, relation TEXT NOT NULL, "of" INTEGER NOT NULL,
  PRIMARY KEY (report, fact), FOREIGN KEY (report, fact) REFERENCES facts, FOREIGN KEY (report, "of") REFERENCES facts
) WITHOUT ROWID;
CREATE INDEX reports_by_country ON reports (country, edition);
CREATE INDEX facts_by_metric ON facts (metric, year);
CREATE INDEX links_by_target ON links (report, "of");

-- Every fact with its report.
CREATE VIEW coded AS
  SELECT r.country, r.iso3, r.edition, r.tier, r.file, f.* FROM facts f JOIN reports r ON r.id = f.report;
-- What each edition counts in its own right for a year: no comparisons, parts, conversions, plans. `report` and `number`
-- lead to the fact.
CREATE VIEW figures AS
  SELECT country, iso3, edition, metric, year, value, high, bound, unit, who, form, source, state, evidence, file,
    report, number
  FROM coded WHERE relation = 'primary' AND certainty = 'asserted' AND value IS NOT NULL;
-- A figure over the years, as each edition tells it, with the figures that it compares with.
CREATE VIEW series AS
  SELECT country, iso3, metric, unit, who, form, year, edition, value, bound, relation, evidence, report, number
  FROM coded WHERE relation IN ('primary', 'comparison_of') AND certainty = 'asserted' AND value IS NOT NULL
    AND year IS NOT NULL;
-- What is said not to be there: nothing reported, withheld, not done; and the zeros.
CREATE VIEW silences AS
  SELECT country, iso3, edition, metric, state, value, year, who, form, source, evidence, file, report, number
  FROM coded WHERE state <> 'stated' OR value = 0;
-- Totals of funding of a report by year and currency, which leave out what may be the same money and what spans years.
CREATE VIEW funding AS
  SELECT country, iso3, edition, year, unit, CAST(sum(value) AS NUMERIC) AS total, CAST(count(value) AS INTEGER) AS amounts,
    CAST(count(*) - count(value) AS INTEGER) AS unknown, file, report
  FROM coded WHERE metric = 'funding' AND relation = 'primary' AND certainty = 'asserted'
    AND ('+' || coalesce(flags, '') || '+') NOT LIKE '%+may_contain+%'
    AND ('+' || coalesce(flags, '') || '+') NOT LIKE '%+multi_year+%'
  GROUP BY report, year, unit;
-- Victims counted at two stages for the same year, by anyone, of the same kind: where the numbers do not meet.
CREATE VIEW gaps AS
  SELECT a.country, a.iso3, a.edition, a.year, a.who, a.form, a.metric AS stage, a.value, a.source, b.metric AS next_stage,
    b.value AS next_value, b.source AS next_source, CAST(a.value - b.value AS NUMERIC) AS gap, a.file, a.report,
    a.number, b.number AS next_number
  FROM figures a JOIN figures b ON a.report = b.report AND a.year = b.year AND a.unit = b.unit
    AND a.who IS b.who AND a.form IS b.form
  WHERE a.unit = 'persons' AND (a.metric = 'victims_identified' AND b.metric IN ('victims_referred', 'victims_assisted')
    OR a.metric = 'victims_referred' AND b.metric = 'victims_assisted');
-- Tier and movement by edition.
CREATE VIEW tiers AS SELECT country, iso3, edition, tier, movement, file, id AS report FROM reports;
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

local function prepare(self)
  local db = self.db
  self.known = db:prepare "SELECT id, coding FROM reports WHERE digest = ?"
  self.same = db:prepare "SELECT file FROM reports WHERE country = ? AND edition = ? AND title IS ? ORDER BY id DESC"
  self.report = insert(db, "reports",
    { "digest", "coding", "file", "country", "iso3", "edition", "tier", "movement", "title" })
  self.section = insert(db, "sections", { "report", "number", "kind", "heading", "offset", "length" })
  self.sentence = insert(db, "sentences", { "report", "number", "section", "offset", "length", "text" })
  self.fact = insert(db, "facts", { "report", "number", table.unpack(fact_columns) })
  self.link = insert(db, "links", { "report", "fact", "relation", "of" })
  self.clear = {}
  for i, name in ipairs { "links", "facts", "sentences", "sections" } do
    self.clear[i] = db:prepare(("DELETE FROM %s WHERE report = ?"):format(name))
  end
  self.forget = db:prepare "DELETE FROM reports WHERE id = ?"
end

-- Raises unless the database is one of ours, of this version, or empty.
local function check(db)
  if db:prepare("SELECT count(*) FROM sqlite_schema"):run() == 0 then return false end
  local application = db:prepare("PRAGMA application_id"):run()
  local version = db:prepare("PRAGMA user_version"):run()
  if application ~= APPLICATION then error("it is a database that tipl did not make; choose another name", 0) end
  if version ~= VERSION then
    error(("its tables are those of another version of tipl (%d, not %d); choose another name"):format(version, VERSION), 0)
  end
  return true
end

-- What went wrong, for a person: without the place in this file.
local function said(path, why)
  why = layout.reason(why)
  if why == "database is locked" then why = "another program is using it; try again when it is done" end
  return ("%s: %s"):format(path, why)
end

--- Begins a file of reports, or goes on with the one that is there. nil and a message when that fails, as where
-- tipl was built without SQLite.
function database.open(path)
  local found, sqlite = pcall(require, "tipl.sqlite")
  if not found then return nil, "this tipl was built without SQLite (Debian: libsqlite3-dev), so it writes no databases" end
  local copy, why = core.replacement(path)
  if not copy then return nil, why end
  local self = setmetatable({ path = path, copy = copy }, Database)
  if copy:there() then
    copy:discard()
    self.copy = nil
  end
  local ok
  ok, why = pcall(function()
    local db = sqlite.open(self.copy and self.copy:name() or path)
    self.db = db
    if self.copy then db:exec "PRAGMA journal_mode = MEMORY" end
    db:exec "BEGIN IMMEDIATE"
    if not check(db) then
      db:exec(schema)
      db:exec(("PRAGMA application_id = %d; PRAGMA user_version = %d"):format(APPLICATION, VERSION))
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

-- The rows of a report's facts, and a digest of them all but their places, which are others in another file.
local function rows_of(report)
  local rows, texts = {}, {}
  for fact in report:facts() do
    local row = { number = fact.number, relation = fact.relation, of = fact.of and fact.of.number }
    local cells = {}
    for i, name in ipairs(fact_columns) do
      row[i] = column(fact, name)
      cells[i] = name ~= "offset" and name ~= "length" and tostring(row[i]) or ""
    end
    rows[#rows + 1] = row
    texts[#texts + 1] = table.concat(cells, "\0") .. "\0" .. tostring(row.of)
  end
  return rows, layout.hex(core.sha256(table.concat(texts, "\n")))
end

local function add_facts(self, id, rows)
  for _, row in ipairs(rows) do
    self.fact:run(id, row.number, table.unpack(row, 1, #fact_columns))
    if row.of then self.link:run(id, row.number, row.relation, row.of) end
  end
end

--- Adds a report with all that is in it. Returns "added" and, where another text of its country and edition with the same
-- title is there, that one's file; "known" when the narrative is there already, or "renewed" when it is with other
-- facts (of another version, rules or words), which these replace. Raises what SQLite says.
function Database:add(report, path)
  local digest, rows, coding = report.digest, rows_of(report)
  local id, before = self.known:run(digest)
  if id then
    if before == coding then return "known" end
    for _, statement in ipairs(self.clear) do statement:run(id) end
    self.forget:run(id)
  end
  local twin = not id and report.country and report.year and self.same:run(report.country, report.year, report.title)
  self.report:run(digest, coding, layout.utf8(path), report.country, report.iso3, report.year, report.tier, report.movement,
    report.title)
  local renewed = id ~= nil
  id = self.db:last_row()
  for section in report:sections() do
    self.section:run(id, section.number, section.kind, section.heading, section.offset, section.length)
  end
  for sentence in report:sentences() do
    self.sentence:run(id, sentence.number, sentence.section, sentence.offset, sentence.length, sentence.text)
  end
  add_facts(self, id, rows)
  return renewed and "renewed" or "added", twin or nil
end

--- Makes what was added last. true; or nil and a message.
function Database:finish()
  local ok, why = pcall(function()
    self.db:exec "COMMIT"
    self.db:close()
    self.db = nil
  end)
  if not ok then
    self:drop()
    return nil, said(self.path, why)
  end
  if self.copy then return self.copy:commit(true) end
  return true
end

--- Forgets what was added, unless it is finished. <close> does so, too.
function Database:drop()
  if self.db then
    pcall(self.db.exec, self.db, "ROLLBACK") -- where nothing has begun there is nothing to roll back
    self.db:close()
    self.db = nil
  end
  if self.copy then self.copy:discard() end
end
Database.__close = Database.drop

return database
