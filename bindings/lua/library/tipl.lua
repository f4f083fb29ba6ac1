---@meta tipl
error('Cannot require a meta file')

--- Definitions for editors that know LuaCATS. tests/lua/library_test.lua holds them against the module.

---@class tipl
---@field _VERSION string "tipl 0.1.0"
---@field version string "0.1.0"
---@field features string optional libraries: "+gumbo 0.10.1"
---@field grammar table<string, any> patterns that ask the index; loaded when first used
local tipl = {}

---@alias tipl.Code "EIO"|"EENCODING"|"ENOREPORT"|"ELIMIT"|"ENOMEM"
---@alias tipl.Vocabulary "metric"|"section"|"tier"|"movement"|"bound"|"state"|"basis"|"form"|"who"|"source"|"status"|"relation"|"certainty"|"phase"|"flag"|"measure"|"origin"|"use"
---@alias tipl.Date integer|string a year (2020), or "2021-01", "2021-01-15", "RP", "PRP"

---@class tipl.Options
---@field year? integer edition, where the caller knows better than the text
---@field country? string name or ISO 3166 alpha-3 code
---@field plain? boolean accept text that is no narrative
---@field name? string what to call the text (tipl.parse only)
---@field max_bytes? integer
---@field max_facts? integer
---@field helper_seconds? integer that pdftotext may take for a PDF file
---@field max_sentence? integer tokens of a sentence that are read for facts

--- Reads a report from a file, or from standard input ("-").
---@param path string
---@param options? tipl.Options
---@return tipl.Report? report
---@return string? message
---@return tipl.Code? code
---@nodiscard
function tipl.open(path, options) end

--- Reads a report from a string.
---@param text string
---@param options? tipl.Options
---@return tipl.Report? report
---@return string? message
---@return tipl.Code? code
---@nodiscard
function tipl.parse(text, options) end

--- Reads all narratives in a string.
---@param text string
---@param options? tipl.Options
---@return tipl.Report[]? reports
---@return { first: integer, last: integer, why: string }[]|string leftover what belongs to no narrative; or the message
---@return tipl.Code? code
---@nodiscard
function tipl.parse_all(text, options) end

---@class tipl.EachOptions: tipl.Options
---@field failed? fun(message: string, code: tipl.Code, path: string) what to do with what cannot be read
---@field leftover? fun(path: string, left: { first: integer, last: integer, why: string }) text that belongs to no narrative, or gives no facts as the end of a sentence too long
---@field skipped? fun(count: integer) at the end: files of folders that are not called like reports

--- Goes through the reports in files, folders and patterns, one at a time.
---@param paths string|string[]
---@param options? tipl.EachOptions
---@return fun(): tipl.Report?, string?
function tipl.each(paths, options) end

---@class tipl.CorpusOptions: tipl.Options
---@field threads? integer at most; one for each processor without it
---@field progress? false|fun(done: integer, total: integer): boolean? files; true cancels

--- Loads the reports in files, folders and patterns, each narrative once.
---@param paths string|string[]
---@param options? tipl.CorpusOptions
---@return tipl.Corpus? corpus
---@return string? message
---@return tipl.Code|"ECANCEL"|nil code
---@nodiscard
function tipl.corpus(paths, options) end

--- The words of a vocabulary.
---@param name tipl.Vocabulary
---@return string[]
function tipl.vocabulary(name) end

---@class tipl.LexiconWords
---@field metric string a new one, or one of the core
---@field nouns? string|string[] forms, as "deportation{,s}|expulsion order{,s}"
---@field verbs? string|string[]
---@field unit? "events"|"cases"|"persons"|"places"|"documents" what a bare noun of a new metric counts ("events")
---@field replace? boolean take words of the core away from its metrics

---@class tipl.Lexicon
local Lexicon = {}

--- Adds words, all or none, for reports that are parsed later in this state.
---@param words tipl.LexiconWords
function Lexicon.add(words) end

--- The same from a file of lines `class TAB metric[,unit][,replace] TAB forms`.
---@param path string
---@return integer? lines
---@return string? message
---@return tipl.Code|"EARG"|nil code
function Lexicon.load(path) end

---@type tipl.Lexicon
tipl.lexicon = nil

--- Whether reading a field that does not exist raises. Returns what was set before.
---@param on? boolean
---@return boolean before
function tipl.strict(on) end

--- The exact sum of decimals.
---@param ... string|integer
---@return string sum
function tipl.add(...) end

--- A value as readable text.
---@param value any
---@param width? integer
---@return string
function tipl.show(value, width) end

--- Ends the script with one sentence and an exit code.
---@param message string
---@param code? integer|tipl.Code
function tipl.fail(message, code) end

---@class tipl.Pattern
---@operator mul(any): tipl.Pattern
---@operator idiv(any): tipl.Pattern
---@operator add(any): tipl.Pattern
---@operator sub(any): tipl.Pattern
---@operator pow(integer): tipl.Pattern
---@operator div(any): tipl.Pattern
---@operator unm: tipl.Pattern
---@operator len: tipl.Pattern
local Pattern = {}

--- The same pattern, its capture kept under a name.
---@param name string
---@return tipl.Pattern
function Pattern:as(name) end

---@class tipl.Match
---@field rule tipl.Rule
---@field first integer
---@field last integer
---@field captures table
---@field row integer number of the sentence, or paragraph
---@field taken_by tipl.Rule? the rule that got the text

---@class tipl.RuleSpec
---@field name string
---@field pattern tipl.Pattern
---@field fields? table|fun(captures: table, match: tipl.Match): table?
---@field priority? integer
---@field phase? integer
---@field accepts? any[]
---@field rejects? any[]

---@class tipl.Rule
---@field name string
---@field warnings string[]
local Rule = {}

---@param report tipl.Report
---@return tipl.Match[]
function Rule:matches(report) end

---@class tipl.Explanation
---@field rule tipl.Rule
---@field matched boolean
---@field message string all of it in one line
---@field element string? what failed
---@field at integer? where in the sentence's text, from 1
---@field found string? what stands there
---@field read string? what it had read
---@field closeness number 0 to 1
---@field taken_by tipl.Rule? the rule that got the text of the match
---@field line integer

--- Why the rule matches a sentence or not.
---@param report tipl.Report
---@param sentence tipl.Sentence|integer
---@return tipl.Explanation
function Rule:explain(report, sentence) end

---@class tipl.RuleSet
---@field name string
---@field overlap "all"|"longest"|"first"
---@field warnings string[]
local RuleSet = {}

---@param report tipl.Report
---@return integer added
---@return { rule: tipl.Rule, unit: tipl.Row, message: string }[]? stopped
function RuleSet:apply(report) end

---@param report tipl.Report
---@return boolean
function RuleSet:retract(report) end

---@param report tipl.Report
---@param all? boolean
---@return tipl.Match[]
function RuleSet:matches(report, all) end

--- Why each rule matches a sentence or not.
---@param report tipl.Report
---@param sentence tipl.Sentence|integer
---@return tipl.Explanation[]
function RuleSet:explain(report, sentence) end

---@param on? boolean
---@return { rule: tipl.Rule, tries: integer, hits: integer, seconds: number }[]
function RuleSet:profile(on) end

--- A rule.
---@param spec tipl.RuleSpec
---@return tipl.Rule
function tipl.rule(spec) end

--- A set of rules.
---@param spec table
---@return tipl.RuleSet
function tipl.rules(spec) end

---@class tipl.Report
---@field name string?
---@field country string?
---@field iso3 string?
---@field year integer? edition
---@field year_origin "text"|"name"|"option"|nil
---@field country_origin "text"|"name"|"option"|nil
---@field tier "1"|"2"|"2WL"|"3"|"SC"|nil
---@field movement "upgraded"|"downgraded"|"remained"|nil
---@field title string?
---@field tier_line string?
---@field source string the bytes as given; every position is a place in them
---@field text string what was read in them, as UTF-8
---@field format "text"|"html"|"pdf"
---@field encoding "UTF-8"|"Windows-1252"
---@field memory integer bytes that the report holds
---@field digest string by what equal narratives are known: 64 hexadecimal digits
local Report = {}

---@class tipl.Filter
---@field metric? string|string[]
---@field section? string|string[]
---@field state? string|string[]
---@field bound? string|string[]
---@field basis? string|string[]
---@field form? string|string[]
---@field source? string|string[]
---@field status? string|string[]
---@field relation? string|string[]
---@field certainty? string|string[]
---@field phase? string|string[]
---@field who? string|string[] all of these tags
---@field not_who? string|string[] none of these tags
---@field flags? string|string[] all of these flags
---@field unit? string
---@field from? tipl.Date
---@field to? tipl.Date
---@field year? integer the whole period lies in this year
---@field of? tipl.Fact|string|integer
---@field sentence? tipl.Sentence|integer
---@field has_value? boolean

---@param filter? tipl.Filter
---@return tipl.List<tipl.Fact>
function Report:facts(filter) end

---@return tipl.List<tipl.Section>
function Report:sections() end

---@return tipl.List<tipl.Paragraph>
function Report:paragraphs() end

---@return tipl.List<tipl.Sentence>
function Report:sentences() end

---@return tipl.List<tipl.Recommendation>
function Report:recommendations() end

---@return tipl.List<tipl.Token>
function Report:tokens() end

---@return tipl.List<tipl.Measure>
function Report:measures() end

--- What covers a byte.
---@param position integer from 1
---@return { section?: tipl.Section, paragraph?: tipl.Paragraph, sentence?: tipl.Sentence, recommendation?: tipl.Recommendation, token?: tipl.Token, measure?: tipl.Measure, fact?: tipl.Fact }
function Report:at(position) end

---@param position integer from 1
---@return integer line
---@return integer column in bytes, from 1
function Report:locate(position) end

--- What was read at these bytes of the source.
---@param first integer from 1
---@param last? integer
---@return string
function Report:read(first, last) end

--- Adds the facts of a rule set, once; how many, and what was stopped.
---@param set tipl.RuleSet
---@return integer added
---@return table? stopped
function Report:apply(set) end

--- Takes the facts of a rule set away.
---@param set tipl.RuleSet
---@return boolean
function Report:retract(set) end

--- Frees the report. Its rows raise from then on; a second call does nothing.
function Report:close() end

---@class tipl.ReportFilter
---@field country? string any name, or ISO 3166 alpha-3
---@field year? integer edition
---@field from? integer first edition
---@field to? integer last edition
---@field tier? string|string[]
---@field movement? string|string[]

---@class tipl.Corpus
---@operator len: integer
local Corpus = {}

--- Adds the facts of a rule set to all reports, once; lists made before are refused.
---@param set tipl.RuleSet
---@return integer added
---@return table? stopped
function Corpus:apply(set) end

---@param set tipl.RuleSet
---@return boolean
function Corpus:retract(set) end

--- The reports that a filter takes, by country and edition.
---@param filter? tipl.ReportFilter
---@return tipl.Report[]
function Corpus:reports(filter) end

--- The facts that the first filter takes, of reports that the second takes.
---@param filter? tipl.Filter
---@param reports? tipl.ReportFilter
---@return tipl.List<tipl.Fact>
function Corpus:facts(filter, reports) end

--- What could not be read.
---@return { path: string, message: string, code: tipl.Code }[]
function Corpus:failures() end

--- Files whose narrative another report of the corpus is.
---@return { path: string, of: tipl.Report }[]
function Corpus:duplicates() end

--- Files of folders that were left out because of their names.
---@return integer
function Corpus:skipped() end

--- Bytes that the corpus holds.
---@return integer
function Corpus:memory() end

--- Frees the corpus. Reports taken out of it stay.
function Corpus:close() end

---@class tipl.Row
---@field number integer place in its table, from 1
---@field text string
---@field first integer position of its first byte, from 1
---@field last integer position of its last byte
---@field offset integer bytes before it in the file
---@field length integer bytes
---@field line integer from 1
---@field column integer in bytes, from 1
---@field report tipl.Report
local Row = {}

--- The fields as a table that needs no report.
---@return table
function Row:totable() end

---@class tipl.Section: tipl.Row
---@field kind string
---@field heading string?
local Section = {}

---@return tipl.List<tipl.Paragraph>
function Section:paragraphs() end

---@return tipl.List<tipl.Sentence>
function Section:sentences() end

---@class tipl.Paragraph: tipl.Row
---@field section string?
local Paragraph = {}

---@return tipl.List<tipl.Sentence>
function Paragraph:sentences() end

---@class tipl.Sentence: tipl.Row
---@field section string?
---@field paragraph tipl.Paragraph?
local Sentence = {}

---@return tipl.List<tipl.Token>
function Sentence:tokens() end

---@return tipl.List<tipl.Measure>
function Sentence:measures() end

---@return tipl.List<tipl.Fact>
function Sentence:facts() end

---@class tipl.Recommendation: tipl.Row
---@field sentence tipl.Sentence

---@class tipl.Token: tipl.Row

---@class tipl.Span: tipl.Row
---@field kind string
---@field value string? what it stands for
---@field sentence tipl.Sentence?
local Span = {}

---@class tipl.Measure: tipl.Row
---@field kind string
---@field bound string?
---@field value integer|number|nil
---@field value_text string?
---@field high integer|number|nil
---@field high_text string?
---@field unit string?
---@field from tipl.Date?
---@field to tipl.Date?
---@field pair tipl.Measure? the same sum in the other currency
---@field sentence tipl.Sentence?
---@field flags table names, also as keys

---@class tipl.Fact: tipl.Row
---@field id string "F1"
---@field metric string
---@field value integer|number|string|nil
---@field value_text string? the value, exact
---@field high integer|number|nil
---@field high_text string?
---@field unit string?
---@field bound string?
---@field state string
---@field from tipl.Date?
---@field to tipl.Date?
---@field year integer? the year that holds the whole period
---@field basis string?
---@field form string?
---@field who string? tags joined by "+"
---@field source string?
---@field status string?
---@field relation string
---@field of tipl.Fact?
---@field certainty string
---@field phase string?
---@field flags table names, also as keys
---@field uses table what money is for or goes to: names, also as keys
---@field label string?
---@field evidence string
---@field noun string?
---@field actor string?
---@field recipient string?
---@field purpose string?
---@field verb string?
---@field section string?
---@field paragraph tipl.Paragraph?
---@field sentence tipl.Sentence?
---@field measure tipl.Measure?
---@field rule string?
local Fact = {}

--- Where a part of the text stands; nothing when the fact has no such part.
---@param name? "evidence"|"noun"|"actor"|"recipient"|"purpose"|"verb"
---@return integer? first
---@return integer? last
function Fact:span(name) end

---@class tipl.List<T>: { [integer]: T }
---@operator len: integer
---@operator call: T
local List = {}

--- The rows that a filter (facts only) or a function takes.
---@param test tipl.Filter|fun(row: T): boolean?
---@return tipl.List<T>
function List:where(test) end

--- Value and rows, for every value of a field (or of a function) in the order of the text.
---@param field string|fun(row: T): any
---@return fun(): any, tipl.List<T>
function List:group(field) end

--- One field of every row; `n` is their number.
---@param name string
---@return table
function List:column(name) end

---@return table[]
function List:totable() end

--- The sum of the values; nil and a reason when units differ or no fact has a value.
---@return integer|number|nil sum
---@return string? why
function List:sum() end

---@return { sum?: integer|number, text?: string, unit?: string, facts: integer, unknown: integer, lower_bound: boolean, mixed: boolean }
function List:total() end

--- How many facts have no value.
---@return integer
function List:unknown() end

return tipl
