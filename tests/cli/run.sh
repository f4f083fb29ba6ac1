#!/bin/sh
# run.sh: each folder here is a case of the program's behaviour:
#   cmd     shell lines, run from the top of the repository with `tipl` of the build on the path; $CASE is
#           the case's folder, $TMP an empty folder of its own
#   expout  what standard output must be; not compared when there is no such file
#   experr  the same for standard error
#   rc      the exit code; 0 when there is no such file
# `sh tests/cli/run.sh CASE…` runs some; UPDATE=1 writes expout and experr anew.
set -u
cd "$(dirname "$0")/../.." || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
[ $# -gt 0 ] || set -- tests/cli/*/
unset LUA_INIT LUA_INIT_5_4 NO_COLOR
passed=0 failed=0 skipped=0
compare() { # compare EXPECTED ACTUAL
  [ -f "$1" ] || return 0
  if [ -n "${UPDATE-}" ]; then
    cp "$2" "$1"
  else
    diff -u "$1" "$2"
  fi
}
for case; do
  CASE=${case%/}
  case $CASE in */*) ;; *) CASE=tests/cli/$CASE ;; esac
  [ -f "$CASE/cmd" ] || continue
  rm -rf "$tmp/files" && mkdir "$tmp/files"
  want=0
  [ ! -f "$CASE/rc" ] || want=$(cat "$CASE/rc")
  TMP=$tmp/files CASE=$CASE sh "$CASE/cmd" >"$tmp/out" 2>"$tmp/err" </dev/null
  got=$?
  if [ "$got" -eq 77 ] && [ "$want" -ne 77 ]; then
    echo "skipped: $CASE: $(cat "$tmp/out")"
    skipped=$((skipped + 1))
    continue
  fi
  ok=1
  compare "$CASE/expout" "$tmp/out" || ok=0
  compare "$CASE/experr" "$tmp/err" || ok=0
  if [ "$got" -ne "$want" ]; then
    echo "exit code $got, not $want"
    [ -f "$CASE/experr" ] || cat "$tmp/err"
    ok=0
  fi
  if [ "$ok" -eq 1 ]; then
    passed=$((passed + 1))
  else
    echo "FAILED: $CASE"
    failed=$((failed + 1))
  fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
