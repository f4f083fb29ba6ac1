-- complicity: officials who took part in trafficking, named by their office, and what was done about them.
local tipl = require "tipl"
local g = tipl.grammar

local office = g.word {
  "police officer", "police officers", "immigration officer", "immigration officers", "immigration official",
  "immigration officials", "border guard", "border guards", "diplomat", "diplomats", "judge", "judges", "prosecutor",
  "prosecutors", "soldier", "soldiers", "peacekeeper", "peacekeepers", "prison guard", "prison guards", "mayor", "mayors",
  "legislator", "legislators", "law enforcement officer", "law enforcement officers", "law enforcement officials",
  "military officials", "local officials", "government employee", "government employees", "customs officials",
}
local charge = g.word { "complicit", "complicity", "colluded", "collusion", "accepted bribes", "took bribes", "bribes",
  "corruption", "trafficking", "for trafficking" }

return tipl.rules {
  name = "complicity", overlap = "longest",
  {
    name = "act", -- "arrested two police officers for trafficking"
    pattern = g.word { "investigated", "arrested", "prosecuted", "charged", "convicted", "sentenced", "suspended", "dismissed",
        "indicted" }:as "verb"
      // g.gap(2, g.word { "not" }) // g.number:as "value" // g.gap(3) // office:as "noun" // g.gap(8, g.metric "victims_identified")
      // charge,
    fields = { metric = "sanctions", unit = "persons", who = "official" },
    accepts = {
      { "Courts convicted two former police officers of taking part in trafficking.", value = 2, noun = "police officers" },
      { "The government dismissed three border guards over bribes.", verb = "dismissed", who = "official" },
    },
    rejects = { "Courts convicted two traffickers.", "The academy trained 30 police officers on trafficking." },
  },
  {
    name = "alleged", -- "border guards colluded with smugglers", "corrupt immigration officials were complicit"
    pattern = office:as "noun" // g.gap(6, g.word { "not", "trained", "training" })
      // g.word { "complicit", "colluded", "colluding", "facilitated trafficking", "accepted bribes", "accept bribes", "accepting bribes",
        "took bribes", "solicited bribes" },
    fields = { metric = "other", unit = "persons", who = "official", status = "potential" },
    accepts = { { "Observers said that some immigration officials accepted bribes from recruiters.", noun = "immigration officials" } },
    rejects = { "Immigration officials were trained to detect those complicit.", "Judges did not find her complicit." },
  },
  {
    name = "concern", -- official complicity as a concern, whoever the officials are
    pattern = g.word { "official complicity", "complicity of officials", "corruption and official complicity" }:as "noun"
      // g.gap(8) // g.word { "concern", "concerns", "widespread", "significant", "impeded", "impede", "hindered", "inhibiting", "inhibited" },
    fields = { metric = "other", value = "concern", who = "official" },
    accepts = { { "Corruption and official complicity remained serious concerns.", value = "concern" } },
    rejects = { "There were no reports of official complicity." },
  },
}
