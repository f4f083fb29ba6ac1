# pdf_test.sh: pdftotext is missing, hangs, prints without end, fails: each gives one clear sentence in time.
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
tipl=$(command -v tipl)
printf '%%PDF-1.4\nwhatever\n' >"$tmp/x.pdf"
cat >"$tmp/open.lua" <<'LUA'
local tipl = require "tipl"
local _, message, code = tipl.open(arg[1], { helper_seconds = 1, max_bytes = 1000000 })
tipl.fail(message, code)
LUA
passed=0 failed=0
check() { # check WHAT CODE WORDS SCRIPT-OF-PDFTOTEXT: the program says the words and ends with the code
  rm -f "$tmp/bin/pdftotext"
  mkdir -p "$tmp/bin"
  if [ -n "$4" ]; then
    printf '#!/bin/sh\n%s\n' "$4" >"$tmp/bin/pdftotext"
    chmod +x "$tmp/bin/pdftotext"
  fi
  said=$(PATH=$tmp/bin "$tipl" "$tmp/open.lua" "$tmp/x.pdf" 2>&1)
  code=$?
  case $said in
    *"$3"*) if [ "$code" -eq "$2" ]; then passed=$((passed + 1)); return; fi ;;
  esac
  failed=$((failed + 1))
  echo "FAILED: $1: exit code $code: $said"
}
check "missing" 2 "pdftotext that reads it is not installed" ""
check "hanging" 4 "not done with this PDF file after 1 seconds" "exec /bin/sleep 30"
check "closing its output and going on" 4 "not done with this PDF file after 1 seconds" "exec <&- >&-; exec /bin/sleep 30"
check "endless" 4 "longer than the limit of 1000000 bytes" "while :; do echo traffickingtraffickingtrafficking; done"
check "failing" 2 "cannot read this PDF file (exit code 3)" "exit 3"
check "killed" 2 "cannot read this PDF file (exit code -1)" 'kill -9 $$'
check "no narrative" 3 "no country narrative" "/bin/cat >/dev/null; echo A letter."
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
