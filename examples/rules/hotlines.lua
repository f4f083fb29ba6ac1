-- hotlines: calls to hotlines, what became of them, in which languages a line is answered, and whether day and night.
local tipl = require "tipl"
local g = tipl.grammar

local line = g.word { "hotline", "hotlines", "helpline", "helplines", "crisis line", "telephone line" }
local calls = g.word { "call", "calls", "tip", "tips", "inquiries", "complaints", "messages" }

return tipl.rules {
  name = "hotlines", overlap = "longest",
  {
    name = "received", -- "the hotline received 1,350 phone calls"
    pattern = line // g.gap(8, g.word { "not" }) // g.word { "received", "answered", "registered", "logged" } // g.gap(2)
      // g.number:as "value" // g.gap(2) // calls:as "noun",
    fields = { metric = "hotline_calls", unit = "events" },
    accepts = { { "The hotline, run by an NGO, received 1,350 phone calls in 2017.", value = 1350, noun = "calls" } },
    rejects = { "The hotline did not receive 10 calls.", "Police received 40 calls." },
  },
  {
    name = "referred", -- "six were referred to police"
    pattern = g.number:as "value" // g.gap(2) // g.word { "were referred", "was referred", "referrals" } // g.gap(3)
      // g.word { "police", "anti-trafficking police", "law enforcement", "prosecutors", "authorities" }:as "recipient",
    fields = { metric = "hotline_calls", unit = "events", relation = "primary" },
    accepts = { { "Most asked for information, while six were referred to police units.", value = 6, recipient = "police" } },
    rejects = { "Six victims found shelter." },
  },
  {
    name = "hours", -- answered day and night
    pattern = ((g.P "24-hour" + "24/7") // g.gap(4) // line) + (line // g.gap(5) // "24" // g.word { "hours" }),
    fields = { metric = "hotline_calls", value = "24-hour" },
    accepts = { { "An NGO managed a 24-hour hotline.", value = "24-hour" }, "The two hotlines were open 24 hours per day." },
    rejects = { "The hotline closed." },
  },
  {
    name = "languages", -- "a hotline in Norwegian, English, and Thai"
    pattern = line // g.gap(8) // g.word { "in", "available in", "answered in" }
      // ((g.country + g.word { "English", "Spanish", "Arabic", "Russian", "French", "Portuguese", "Mandarin", "Hindi" })
        * g.blank * (g.S ",;" ^ -1) * g.blank * (g.word { "and" } ^ -1) * g.blank) ^ 2,
    fields = { metric = "other", value = "languages" },
    accepts = { "The hotline was available in Norwegian, English, and Thai." },
    rejects = { "The hotline opened in Norway." },
  },
}
