# system_test.sh [COUNT [FOLDER…]]: some hundred files of the system, of every kind, fed as reports: no crash, no
# hang, no row that does not hold (parse_fuzzer.c checks). The choice is spread over the folders and is the same
# on the same system.
count=${1:-600}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- /usr/share /usr/lib /usr/bin /usr/include /etc
list=$(mktemp) || exit 1
trap 'rm -f "$list"' EXIT
find "$@" -type f -readable -size -512k 2>/dev/null | LC_ALL=C sort |
  awk -v n="$count" '{ line[NR] = $0 } END { step = NR > n ? NR / n : 1; for (i = 1; i <= NR; i += step) print line[int(i)] }' >"$list"
files=$(wc -l <"$list")
if [ "$files" -eq 0 ]; then
  echo "skipped: there are no files to feed"
  exit 77
fi
xargs -r -d '\n' -n 100 timeout 200 "$TIPL_BUILD_DIR/tests/fuzz/parse_fuzzer_run" -n 0 <"$list" >/dev/null
code=$?
echo "$files files, exit code $code"
[ "$code" -eq 0 ]
