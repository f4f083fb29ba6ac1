--- A headless Chromium for tests, spoken to in its own protocol over two named pipes. Nothing but Chromium and a POSIX
-- shell is needed; browser.open says why there is none.
-- SPDX-License-Identifier: MIT
local layout = require "tipl.layout"

local Browser = {}
Browser.__index = Browser

local browser = {}

local function output(command)
  local pipe <close> = io.popen(command)
  return (pipe:read "a":gsub("%s+$", ""))
end

local function find_program()
  for _, name in ipairs { "chromium", "chromium-browser", "google-chrome" } do
    local path = output("command -v " .. name)
    if path ~= "" then return path end
  end
end

--- Starts it, with one empty page. nil and a reason where there is no such program.
function browser.open()
  local program = find_program()
  if not program then return nil, "Chromium is not installed (Debian: chromium)" end
  local folder = output "mktemp -d"
  os.execute(("mkfifo %s/in %s/out"):format(folder, folder))
  os.execute(([[
    %s --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --hide-scrollbars \
      --user-data-dir=%s/data --remote-debugging-pipe 3<%s/in 4>%s/out >%s/log 2>&1 &]]):format(program, folder, folder,
    folder, folder))
  local self = setmetatable({ folder = folder, number = 0, events = {} }, Browser)
  self.input = assert(io.open(folder .. "/in", "wb"))
  self.output = assert(io.open(folder .. "/out", "rb"))
  local target = self:call("Target.createTarget", '{"url":"about:blank"}'):match '"targetId":"(%w+)"'
  self.session = self:call("Target.attachToTarget", ('{"targetId":"%s","flatten":true}'):format(target))
    :match '"sessionId":"(%w+)"'
  for _, domain in ipairs { "Page", "Runtime", "Log", "Network" } do self:call(domain .. ".enable") end
  return self
end

-- The next message, up to its NUL.
function Browser:read()
  local parts = {}
  while true do
    local c = self.output:read(1)
    if not c then error("Chromium ended; what it said is in " .. self.folder .. "/log") end
    if c == "\0" then break end
    parts[#parts + 1] = c
  end
  local message = table.concat(parts)
  if message:find '^{"method"' then self.events[#self.events + 1] = message end
  return message
end

--- Calls a method; parameters are JSON. The answer as text; raises what the browser complains of.
function Browser:call(method, parameters)
  self.number = self.number + 1
  local session = self.session and (',"sessionId":"%s"'):format(self.session) or ""
  self.input:write(('{"id":%d,"method":"%s","params":%s%s}\0'):format(self.number, method, parameters or "{}", session))
  self.input:flush()
  while true do
    local message = self:read()
    if message:find('^{"id":' .. self.number .. "[,}]") then
      assert(not message:find '^{"id":%d+,"error"', message)
      return message
    end
  end
end

-- Waits for an event that came after `from` events.
function Browser:wait(name, from)
  local at = from
  while true do
    at = at + 1
    while not self.events[at] do self:read() end
    if self.events[at]:find('"method":"' .. name .. '"', 1, true) then return end
  end
end

--- Loads a file.
function Browser:load(path)
  local from = #self.events
  self:call("Page.navigate", '{"url":' .. layout.json("file://" .. path) .. "}")
  self:wait("Page.loadEventFired", from)
end

--- The value of an expression of JavaScript, as a string.
function Browser:eval(expression)
  local answer = self:call("Runtime.evaluate", ('{"expression":%s,"returnByValue":true,"awaitPromise":true}'):format(
    layout.json("Promise.resolve(" .. expression .. ").then(String)")))
  assert(not answer:find('"exceptionDetails"', 1, true), answer)
  local value = answer:match '"value":"(.*)"}}' or answer:match '"value":"(.-[^\\])"' or ""
  value = value:gsub("\\u(%x%x%x%x)", function(hex) return utf8.char(tonumber(hex, 16)) end)
  return (value:gsub("\\(.)", { n = "\n", ['"'] = '"', ["\\"] = "\\", ["/"] = "/" }))
end

-- The middle of the first line of what a selector finds first, scrolled to be in sight.
local function middle(self, selector)
  return self:eval(([[(function () {
    var box, element = document.querySelector(%s);
    element.scrollIntoView({ block: "center", behavior: "instant" });
    box = element.getClientRects()[0];
    return (box.left + box.width / 2) + " " + (box.top + box.height / 2);
  })()]]):format(layout.json(selector))):match "^(%S+) (%S+)$"
end

--- A click of the mouse there.
function Browser:click(selector)
  local x, y = middle(self, selector)
  for _, kind in ipairs { "mouseMoved", "mousePressed", "mouseReleased" } do
    self:call("Input.dispatchMouseEvent", ('{"type":"%s","x":%s,"y":%s,"button":"%s","clickCount":1}'):format(kind, x, y,
      kind == "mouseMoved" and "none" or "left"))
  end
end

--- Moves the mouse there.
function Browser:hover(selector)
  local x, y = middle(self, selector)
  self:call("Input.dispatchMouseEvent", ('{"type":"mouseMoved","x":%s,"y":%s}'):format(x, y))
end

--- The value must come to be this within some seconds; `act` is done, again and again, until it is.
function Browser:expect(expression, want, act)
  local got
  for _ = 1, 50 do
    local ok, value = pcall(function()
      if act then act() end
      return self:eval(expression)
    end)
    if not ok and not tostring(value):find("navigated", 1, true) then error(value, 0) end -- another page is coming
    got = ok and value or ""
    if got == want then return end
    self:pause(0.1)
  end
  error(("%s: %q, not %q"):format(expression, got, want), 2)
end

--- Lets the page go on for some time, in seconds.
function Browser:pause(seconds) os.execute("sleep " .. seconds) end

local codes = { Tab = 9, Enter = 13, Escape = 27 }

--- Presses a key: Tab, Enter, Escape.
function Browser:press(key)
  local text = key == "Enter" and ',"text":"\\r"' or ""
  for _, kind in ipairs { "keyDown", "keyUp" } do
    self:call("Input.dispatchKeyEvent", ('{"type":"%s","key":"%s","code":"%s","windowsVirtualKeyCode":%d%s}'):format(kind,
      key, key, codes[key], kind == "keyDown" and text or ""))
  end
end

--- What pages complained of since the start: errors, warnings, what the policy stopped, what they asked the network for.
function Browser:complaints()
  local list = {}
  for _, event in ipairs(self.events) do
    local method = event:match '^{"method":"([%w.]+)"'
    local asked = method == "Network.requestWillBeSent" and event:match '"url":"(.-)"'
    if method == "Runtime.consoleAPICalled" or method == "Runtime.exceptionThrown" or method == "Log.entryAdded"
      or asked and not asked:find "^file:" and not asked:find "^about:" then
      list[#list + 1] = event
    end
  end
  return list
end

local digits = {}
for i = 0, 63 do
  digits[("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"):sub(i + 1, i + 1)] = i
end

-- Writes the base64 of an answer's "data" to a file.
local function save(answer, path)
  local out, bits, n = {}, 0, 0
  for c in answer:match '"data":"(.-)"':gmatch "[%w+/]" do
    bits, n = bits << 6 | digits[c], n + 6
    if n >= 8 then
      n = n - 8
      out[#out + 1] = string.char(bits >> n & 255)
      bits = bits & ((1 << n) - 1)
    end
  end
  local file <close> = assert(io.open(path, "wb"))
  file:write(table.concat(out))
end

--- A picture of what is in sight.
function Browser:screenshot(path) save(self:call "Page.captureScreenshot", path) end

--- The page as it would be printed, A4.
function Browser:print(path) save(self:call("Page.printToPDF", '{"paperWidth":8.27,"paperHeight":11.7}'), path) end

--- Size of the window, color scheme ("light", "dark"), whether scripts run.
function Browser:set(width, height, scheme, scripts)
  self:call("Emulation.setDeviceMetricsOverride", ('{"width":%d,"height":%d,"deviceScaleFactor":1,"mobile":false}'):format(
    width, height))
  self:call("Emulation.setEmulatedMedia", ('{"features":[{"name":"prefers-color-scheme","value":"%s"},'
    .. '{"name":"prefers-reduced-motion","value":"reduce"}]}'):format(scheme or "light"))
  self:call("Emulation.setScriptExecutionDisabled", ('{"value":%s}'):format(tostring(scripts == false)))
end

function Browser:close()
  self.session = nil
  pcall(self.call, self, "Browser.close")
  while self.output:read(4096) do end -- until it has ended
  self.input:close()
  self.output:close()
  os.execute(("rm -rf %s 2>/dev/null || { sleep 1; rm -rf %s; }"):format(self.folder, self.folder))
end

return browser
