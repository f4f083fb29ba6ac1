# repl_test.sh: the prompt as a person at a terminal meets it: results, lines that go on, completion,
# Ctrl-C, history. Needs expect and a program with line editing.
command -v expect >/dev/null || { echo "skipped: expect is not installed"; exit 77; }
tipl --version | grep -q '+editline' || { echo "skipped: tipl was built without line editing"; exit 77; }
TMP=$(mktemp -d) || exit 1
trap 'rm -rf "$TMP"' EXIT
export TMP TERM=xterm NO_COLOR=1 TIPL_HISTORY="$TMP/state/tipl/history" LC_ALL=C.UTF-8
unset LUA_INIT LUA_INIT_5_4
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0" # libedit keeps the names of its functions
cat >"$TMP/talk" <<'END'
set timeout 60
set stty_init "rows 40 columns 100"
set passed 0
# Ends tipl for good: whoever waits for a program that waits for a key never returns.
proc fail {what} {
  global passed
  puts "\nFAILED: $what"
  puts "$passed passed, 1 failed"
  catch { exec kill -KILL [exp_pid] }
  exit 1
}
proc must {what pattern} {
  global passed
  expect {
    -re $pattern { incr passed }
    timeout { fail "$what: nothing like $pattern" }
    eof { fail "$what: tipl ended" }
  }
}
# A key that comes while the terminal changes its mode is lost, as on a busy machine: press it again.
proc press {key what pattern} {
  global passed
  for {set i 0} {$i < 12} {incr i} {
    sleep 0.3
    catch { send $key }
    expect {
      -timeout 5
      -re $pattern { incr passed; return }
      timeout { }
      eof { fail "$what: tipl ended" }
    }
  }
  fail "$what: nothing like $pattern"
}
proc prompt {} { must "a prompt" "> \[^\n\]*$" }
spawn tipl
must "banner" "tipl \[0-9.\]+  Lua 5.4"
prompt
send "1 + 1\r";                               must "a value" "\n2\r\n"
prompt
send "r = tipl.open 'examples/reports/valdoria-2021.txt'\r"; prompt
send "r\r";                                   must "a report" "2021\r\n.*title +2021 Trafficking.*facts +\[0-9\]+"
prompt
send "r:fac\t{ metr\t'tier' }\r";             must "completion of a method and a key" "ts\{.*ic = 'tier' \}"
must "a list" "evidence.*F1 +tier"
prompt
send "r:facts { metric = \"tie\t_change\" }\r"; must "words of a vocabulary" "tier_change +downgraded"
prompt
send "r.ti\t\t";                              must "candidates" "tier +tier_line +title"
send "er\r";                                  must "a field" "\n2\r\n"
prompt
send "for i = 1, 2 do\r";                     must "a second line" ">> $"
send "print('line', i) end\r";                must "a loop" "line\t*\[ \]*2\r\n"
prompt
send "nothing.x\r";                           must "an error" "tipl: stdin:1: attempt to index a nil value"
prompt
send "x = = 1\r";                             must "a syntax error" "tipl: stdin:1: unexpected symbol"
prompt
send "'a\\27\[31mb'\r";                       must "no escape sequence" {a\\x1b\[31mb}
prompt
send "while true do end\r"; press "\003" "Ctrl-C in a loop" "interrupted"
prompt
send "coroutine.wrap(function() while true do end end)()\r"; press "\003" "Ctrl-C in a coroutine" "interrupted"
prompt
sleep 0.3; send "half a line";                press "\003" "Ctrl-C at the prompt" "\\^C\r\n"
prompt
send "r2 = open 'examples/reports/valdoria-20\t21.txt'\r"; must "a file name" "valdoria-2021.txt'"
prompt
send "show(r2:facts { metric = 'inspections' }\[1])\r"; must "a fact in its sentence" "F\[0-9\]+  inspections  610 events.*\\\[610 inspections\\\]"
prompt
send "grep('54 beds', r2)\r";                 must "a sentence" "valdoria-2021.txt:\[0-9\]+: .*\\\[54 beds\\\]"
prompt
send "#facts(r2, { metric = 'tier' })\r";     must "facts" "\n2\r\n"
prompt
send "help 'report:locate'\r";                must "help by name" "report:at .position., report:locate"
prompt
send "help(tipl.add)\r";                      must "help of a function" "The exact sum of decimals"
prompt
send "help (tipl.lexicon.load)\r";              must "help of a function in a module" "tipl.lexicon.load .path."
prompt
send "help 'tipl.grammar.gap'\r";               must "help of an element" "up to n words"
prompt
send "help 'facst'\r";                        must "help of what is not there" "nothing is called 'facst' .nearest: 'facts'"
prompt
send "help()\r";                              must "names" "tipl.open"
prompt
send "while true do r2:facts { metric = 'funding', unit = 'EUR' } end\r"; press "\003" "Ctrl-C among filters" "interrupted"
prompt
send "print 'end'\r";                         must "still alive" "\nend\r\n"
prompt
set timeout 3
set ended 0
for {set i 0} {$i < 10 && !$ended} {incr i} {
  catch { send "\025\004" } ;# a key that came between two modes may stand in the line, which Ctrl-D does not end then
  expect {
    eof { set ended 1 }
    timeout { }
  }
}
if {!$ended} { fail "Ctrl-D: tipl goes on" }
set code [lindex [wait] 3]
if {$code != 0} { puts "FAILED: exit code $code"; puts "$passed passed, 1 failed"; exit 1 }
puts "\n$passed passed, 0 failed"
END
expect "$TMP/talk" >"$TMP/log" 2>&1 || { cat "$TMP/log"; exit 1; }
# With colours the evidence is bold: in a fact's sentence, and the figure in a table; NO_COLOR and files have none.
cat >"$TMP/shows.lua" <<'END'
local report = assert(tipl.open "examples/reports/valdoria-2021.txt")
local list = report:facts { metric = "inspections" }
print(tipl.show(list[1]))
print(tipl.show(list))
END
expect -c 'set timeout 60; set stty_init "rows 40 columns 90"; spawn env -u NO_COLOR tipl -l tipl $env(TMP)/shows.lua; expect eof' >"$TMP/colours"
expect -c 'set timeout 60; set stty_init "rows 40 columns 90"; spawn tipl -l tipl $env(TMP)/shows.lua; expect eof' >"$TMP/plain"
bold=$(printf '\033[1m') off=$(printf '\033[0m')
grep -qF "${bold}610 inspections${off} in 2020" "$TMP/colours" || { echo "the evidence is not bold"; cat "$TMP/colours"; exit 1; }
grep -qF "  ${bold}610${off} inspections" "$TMP/colours" || { echo "the figure is not bold"; cat "$TMP/colours"; exit 1; }
! grep -qF "$bold" "$TMP/plain" || { echo "bold with NO_COLOR"; exit 1; }
tipl -l tipl "$TMP/shows.lua" | grep -qF "$bold" && { echo "bold in a file"; exit 1; }
grep -q 'print' "$TIPL_HISTORY" || { echo "no history was kept"; exit 1; }
[ "$(stat -c %a "$TIPL_HISTORY")" = 600 ] || { echo "others can read the history"; exit 1; }
tail -n 1 "$TMP/log"
