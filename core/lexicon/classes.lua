-- classes.lua: the classes of terms, and what the values in a table's second column are.
--
-- A kind is "number", "metric", "who", or a pattern that makes a C constant of the word. `trigger` is what
-- a sentence with such a term may hold (bits as in terms.h): 1 a quantity, 2 an absence, 4 a judgement,
-- 16 a plain denial, 64 a word of effort.
return {
  -- text.tsv
  abbreviation = { "TIPL__ABBREVIATION_%s" },
  opener = {},
  glue = {}, -- words the tokeniser needs
  -- numbers.tsv
  num = { "number", trigger = 1 },      -- value: zero to ninety
  scale = { "number", "number", trigger = 1 }, -- power of ten; 1: plural
  suffix = { "number", "number" },      -- power of ten; 1: in capitals only
  multiple = { "number", "number", trigger = 1 }, -- dozen, pair …: times value; 1: plural
  ordinal = { "number", "number", trigger = 1 },  -- third: 3, times a power of ten
  fraction = { "number", "number", "number", trigger = 1 }, -- thirds: 3, times a power of ten; 1: plural
  numberword = { "TIPL__NUMBERWORD_%s" }, -- point, and, minus, over …
  label = { "number", "number" },       -- section, article …; 1: of a list; 1: in capitals only
  -- bounds.tsv
  bound = { "TIPL_BOUND_%s", "number" }, -- 1: not before a bare count; 2: not before a length of time
  boundafter = { "TIPL_BOUND_%s" },
  range = { "TIPL__RANGE_%s" },
  -- time.tsv
  timeunit = { "number", "TIPL__TIME_%s", "number", trigger = 1 }, -- how many of the base unit; 1: plural
  timeword = { "TIPL__TIMEWORD_%s" },
  month = { "number", "number", trigger = 1 }, -- 1: abbreviation; 2: an everyday word, too
  period = { "TIPL_DATE_%s", trigger = 1 },
  yearword = { "TIPL__YEARWORD_%s" },
  yearnext = {},
  -- currencies.tsv, by compile_currencies.lua
  currency = { "number", "number" },    -- noun: first row of tipl__currency_lists, rows
  demonym = { "number", "number" },     -- adjective that fixes the currency: the same
  -- people.tsv
  head = { "TIPL__HEAD_%s", "metric", "who" }, -- what is counted, the metric it has by itself, tags
  who = { "who" },
  form = { "TIPL_FORM_%s" },
  nation = { "number" }, -- of countries.tsv
  actor = { "TIPL_VOICE_%s" },
  status = { "TIPL_COUNT_%s" },
  -- acts.tsv
  verb = { "metric", "TIPL__ACT_%s" }, -- an act by its verb, and what its object must be
  noun = { "metric", "TIPL__HEAD_%s" }, -- the same act by its noun, and what a bare count of it counts
  money = { "TIPL__MONEY_%s" },
  give = {}, -- what is done with help: provided, offered
  help = {}, -- what a victim is helped with
  -- cues.tsv
  compare = { "TIPL__COMPARE_%s" },
  part = { "TIPL__PART_%s" },
  negation = { "TIPL__NEGATION_%s", trigger = 16 },
  report = { "TIPL_STATE_%s" },
  withhold = { trigger = 2 },
  unknown = { "TIPL__UNKNOWN_%s", trigger = 2 },
  data = {},
  light = {},
  degree = {},
  event = {},
  gap = { "metric" },
  tier = { trigger = 4 },
  movement = { "TIPL_MOVEMENT_%s" },
  modal = {},
  phase = { "TIPL_PHASE_%s" },
  say = { "TIPL__SAY_%s" },
  effort = { "TIPL__EFFORT_%s", trigger = 64 },
  pillar = { "TIPL__PILLAR_%s" },
  streak = { "TIPL__STREAK_%s", trigger = 4 },
  prison = { "TIPL__PRISON_%s" },
  use = { "TIPL_USE_%s" },
  law = { "TIPL__LAW_%s" },
  clause = { "TIPL__CLAUSE_%s" },
}
