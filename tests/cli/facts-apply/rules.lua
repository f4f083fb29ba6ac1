-- Counts of beds, as facts of a metric of one's own.
local tipl = require "tipl"
local g = tipl.grammar
tipl.lexicon.add { metric = "capacity", nouns = "cot{,s}" }
return tipl.rules { name = "beds",
  tipl.rule { name = "beds", pattern = g.number:as "value" // g.word { "beds" }, fields = { metric = "capacity", unit = "places" } } }
