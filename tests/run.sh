#!/bin/sh
# run.sh: sets up what is missing (Debian, Ubuntu), builds with gcc, clang and the sanitizers, warnings
# being errors, and runs every test in each. Its last line counts them.
#
#   sh tests/run.sh [PRESET…]      default: dev clang asan
#   TIPL_CHROMIUM=1 sh tests/run.sh    installs Chromium too, for the tests of pages
set -u
cd "$(dirname "$0")/.." || exit 1
./.ci/setup cmake ninja-build gcc g++ clang binutils pkg-config lua5.4 liblua5.4-dev lua-lpeg \
  libcmocka-dev libedit-dev libgumbo-dev zlib1g-dev poppler-utils libsqlite3-dev sqlite3 python3 python3-distributed expect || exit 1
# Pages are tested in Chromium, a large package that is not fetched unasked: where there is none, these tests say that they
# are skipped. With TIPL_CHROMIUM=1, as continuous integration has it, it is installed too.
[ "${TIPL_CHROMIUM:-0}" != 1 ] || ./.ci/setup chromium || exit 1
[ $# -gt 0 ] || set -- dev clang asan

mkdir -p build
passed=0 failed=0 skipped=0
for preset; do
  log=build/test-$preset.log
  begin=$(date +%s)
  if ! { cmake --preset "$preset" && cmake --build --preset "$preset"; } >"$log" 2>&1; then
    grep -E -A 5 'error|warning|FAILED' "$log" | head -n 60
    echo "$preset: the build failed; all that it said is in $log"
    failed=$((failed + 1))
    continue
  fi
  ctest --test-dir "build/$preset" -V -j "$(nproc)" >"$log" 2>&1
  read -r p f s <<COUNTS
$(awk -f tests/count.awk "$log")
COUNTS
  if [ "$f" -gt 0 ]; then # what the failing tests printed
    for test in $(sed -nE 's/^ *[0-9]+\/[0-9]+ Test +#([0-9]+): .*\*\*\*.*/\1/p' "$log" |
      grep -vxF "$(sed -nE 's/^ *[0-9]+\/[0-9]+ Test +#([0-9]+): .*\*\*\*Skipped.*/\1/p' "$log")"); do
      sed -nE "s/^ *[0-9]+\/[0-9]+ Test +#$test: ([^ ]+).*\*\*\*([A-Za-z ]*).*/== \1: \2/p" "$log"
      sed -nE "s/^ *$test: //p" "$log" | sed '1,/^Test timeout computed/d' | tail -n 40
    done
  fi
  grep -E '^ *[0-9]+: skipped: ' "$log" | sed -E 's/^ *[0-9]+: //' | sort -u
  echo "$preset: $p passed, $f failed, $s skipped in $(($(date +%s) - begin)) s"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
if [ $((passed + failed)) -eq 0 ]; then
  echo "no test ran"
  failed=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
