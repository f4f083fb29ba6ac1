-- json_test: tipl.json reads what RFC 8259 calls JSON, and refuses the rest with the place.
-- SPDX-License-Identifier: MIT
package.path = "tests/lua/?.lua;" .. package.path
local tap = require "tap"
local json = require "tipl.json"

tap.test("values", function()
  tap.is(json.decode '"a\\"\\\\\\/\\b\\f\\n\\r\\t"', 'a"\\/\b\f\n\r\t')
  tap.is(json.decode '"\\u00e9\\ud83d\\ude00\\u0000x"', "é😀\0x")
  tap.is(json.decode '"\127é"', "\127é")
  tap.is(json.decode " -12 ", -12)
  tap.is(json.decode "1.5e2", 150)
  tap.is(json.decode "0.25", 0.25)
  tap.is(json.decode "true", true)
  tap.is(json.decode "null", json.null)
  local value = json.decode '{"a":[1,[],{"b":false}],"":null}\n'
  tap.is(value.a[1], 1)
  tap.is(#value.a[2], 0)
  tap.is(value.a[3].b, false)
  tap.is(value[""], json.null)
end)

tap.test("what is no JSON", function()
  local bad = { "", "{", "[1,]", '{"a"}', '{"a":1,}', "{a:1}", "01", "1.", ".5", "+1", "1e", "-", "nul", '"a', '"\\x"', '"\n"',
    '"\\u12"', '"\\ud800"', '"\\ud800\\u0041"', '"\\udc00"', '"\xff"', "1 2", "[1 2]", '{"a":1 "b":2}', "NaN" }
  for _, text in ipairs(bad) do
    local value, why = json.decode(text)
    tap.is(value, nil, text)
    assert(why:find "^byte %d+: ", text .. ": " .. why)
  end
  tap.is(select(2, json.decode '{"a": x}'), "byte 7: a value expected")
end)

tap.test("depth has a limit", function()
  assert(json.decode(("["):rep(100) .. ("]"):rep(100)))
  tap.is(json.decode(("["):rep(101) .. ("]"):rep(101)), nil)
  tap.is(json.decode(("["):rep(1000000)), nil)
end)

tap.done()
