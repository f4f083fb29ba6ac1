# signals_test.sh: Ctrl-C and its kin end what runs at once, in order: what is open is closed, nothing half made stays, the
# program ends by the signal. (timeout passes the program's own end on.)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0
mkfifo "$tmp/silent" && exec 9<>"$tmp/silent" # standard input on which nothing comes
check() { # check WHAT CODE WORDS SIGNAL COMMAND…: stopped after a while, the command says the words and ends with the code
  what=$1 code=$2 words=$3 signal=$4
  shift 4
  said=$(timeout -s "$signal" --preserve-status 1 "$@" <&9 2>&1)
  got=$?
  case $said in
    *"$words"*) if [ "$got" -eq "$code" ]; then passed=$((passed + 1)); return; fi ;;
  esac
  failed=$((failed + 1))
  echo "FAILED: $what: exit code $got: $said"
}
closing="local x <close> = setmetatable({}, { __close = function() print 'closed' end })"
check "a loop" 130 "closed" INT tipl -e "$closing while true do end"
check "says why" 130 "tipl: interrupted" INT tipl -e "while true do end"
check "SIGTERM" 143 "closed" TERM tipl -e "$closing while true do end"
check "SIGHUP" 129 "closed" HUP tipl -e "$closing while true do end"
check "reading standard input" 130 "closed" INT tipl -e "$closing io.read()"
check "a report from standard input" 130 "closed" INT tipl -e "$closing require('tipl').open '-'"
check "one that goes on is ended" 130 "again" INT tipl -e "while true do pcall(function() while true do end end) io.stderr:write 'again' end"
mkfifo "$tmp/report.txt"
for name in out.csv out.jsonl out.db; do
  [ "$name" != out.db ] || tipl -e 'require "tipl.sqlite"' 2>/dev/null || continue
  check "an export" 130 "$name: interrupted" INT tipl export examples/reports "$tmp/report.txt" --to "$tmp/$name"
done
if [ -n "$(ls "$tmp" | grep out)" ]; then
  failed=$((failed + 1))
  echo "FAILED: left behind: $(ls "$tmp")"
fi
printf '%%PDF-1.4\n' >"$tmp/x.pdf"
mkdir "$tmp/bin"
printf '#!/bin/sh\nexec /bin/sleep 30\n' >"$tmp/bin/pdftotext"
chmod +x "$tmp/bin/pdftotext"
check "while pdftotext works" 130 "interrupted" INT env PATH="$tmp/bin:$PATH" tipl facts "$tmp/x.pdf"
( # what is ignored, as under nohup, stays so
  trap '' HUP
  tipl -e "local t = os.time() while os.time() < t + 2 do end print 'done'" &
  sleep 1
  kill -HUP $!
  wait $!
) >"$tmp/log" 2>&1
if grep -q done "$tmp/log"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: ignored: $(cat "$tmp/log")"; fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
