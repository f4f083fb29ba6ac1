# export_test.sh: what `tipl export` writes, read back by others (Python's csv and json, the sqlite3 shell), is the
# model; a file appears whole or not at all; a database grows by what it lacks.
top=$PWD
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0 skipped=0
step() { # step WHAT COMMAND…
  what=$1
  shift
  if "$@" >"$tmp/log" 2>&1; then
    passed=$((passed + 1))
  else
    echo "FAILED: $what"
    cat "$tmp/log"
    failed=$((failed + 1))
  fi
}
same() { [ "$1" = "$2" ] || { echo "got '$1', not '$2'"; return 1; }; }
mkdir "$tmp/in" && cd "$tmp/in" || exit 1
cp "$top"/examples/reports/valdoria-20*.txt .
# Names and texts that formats trip over: a formula, quotes and commas, evidence over two lines.
fold -s -w 40 valdoria-2021.txt | sed 's/trafficking cases/"trafficking", cases/' >'=1+2, "valdoria"-2018.txt'
rm valdoria-2020.txt
set -- '=1+2, "valdoria"-2018.txt' valdoria-2019.txt valdoria-2021.txt

if command -v python3 >/dev/null; then
  tipl "$top/tests/lua/export_model.lua" "$@" >"$tmp/model"
  tipl export "$@" --to "$tmp/out.csv" >/dev/null
  tipl export "$@" --to "$tmp/out.jsonl" >/dev/null
  step "csv" python3 "$top/tests/lua/export_check.py" "$tmp/model" csv "$tmp/out.csv"
  step "jsonl" python3 "$top/tests/lua/export_check.py" "$tmp/model" jsonl "$tmp/out.jsonl"
  tipl facts "$@" --format csv | cmp -s - "$tmp/out.csv" && tipl facts "$@" --format jsonl | cmp -s - "$tmp/out.jsonl"
  step "tipl facts prints the same" same $? 0
else
  echo "skipped: csv and jsonl: python3 is not here"
  skipped=$((skipped + 1))
fi

if ! tipl -e 'require "tipl.sqlite"' 2>/dev/null; then
  step "without SQLite, it is said" sh -c 'tipl export "$1" --to x.db 2>&1 | grep -q "built without SQLite"' - "$2"
  echo "skipped: databases: this build has no SQLite"
  skipped=$((skipped + 1))
elif ! command -v sqlite3 >/dev/null || ! command -v python3 >/dev/null; then
  echo "skipped: databases: the sqlite3 shell or python3 is not here"
  skipped=$((skipped + 1))
else
  db=$tmp/out.db
  ask() { sqlite3 -readonly "$db" "$1"; }
  step "a database" tipl export "$1" "$2" "$3" --to "$db"
  sqlite3 -readonly -json "$db" "SELECT r.file, 'F' || f.number AS id, f.metric, coalesce(f.label, f.value_text) AS value,
    f.high_text AS high, f.unit, f.bound, f.state, f.\"from\", f.\"to\", f.basis, f.form, f.who, f.source, f.status,
    f.relation, 'F' || l.\"of\" AS \"of\", f.certainty, f.evidence, f.\"offset\"
    FROM facts f JOIN reports r ON r.id = f.report LEFT JOIN links l ON l.report = f.report AND l.fact = f.number
    ORDER BY f.report, f.number" >"$tmp/rows.json"
  step "its facts" python3 "$top/tests/lua/export_check.py" "$tmp/model" sqlite "$tmp/rows.json"
  step "its sentences are at their places" same "$(ask "SELECT count(*) FROM sentences s JOIN reports r ON r.id = s.report
    WHERE substr(CAST(readfile(r.file) AS BLOB), s.\"offset\" + 1, s.length) <> CAST(s.text AS BLOB)")" 0
  step "its sections" same "$(ask "SELECT group_concat(kind) FROM (SELECT kind FROM sections s JOIN reports r
    ON r.id = s.report WHERE r.file = 'valdoria-2021.txt' ORDER BY number)")" \
    "summary,recommendations,prosecution,protection,prevention,profile"
  step "values are numbers" same "$(ask "SELECT count(*) FROM facts WHERE value IS NOT NULL
    AND (typeof(value) NOT IN ('integer', 'real') OR value <> CAST(value_text AS REAL))")" 0
  step "its views" same "$(for view in coded figures series silences funding tiers; do
    [ "$(ask "SELECT count(*) > 0 FROM $view")" = 1 ] || echo "$view is empty"; done)" ""
  step "a total of funding" same "$(ask "SELECT total, amounts FROM funding WHERE edition = 2019 AND unit = 'EUR'")" \
    "60000|1"
  facts=$(ask "SELECT count(*) FROM facts")
  cp "$top/examples/reports/valdoria-2020.txt" .
  step "an edition more" sh -c 'tipl export . --to "$1" | grep -q "1 reports with .* written, 3 there already"' - "$db"
  step "it is there once" same "$(ask "SELECT group_concat(edition) FROM (SELECT edition FROM tiers ORDER BY edition)")" \
    "2019,2020,2021,2021" # the first file calls itself 2018, and its text 2021
  step "and the rest as it was" same "$(ask "SELECT count(*) FROM facts f JOIN reports r ON r.id = f.report
    WHERE r.edition <> 2020")" "$facts"
  step "the file is sound" same "$(ask 'PRAGMA integrity_check; PRAGMA foreign_key_check')" ok
  sum=$(cksum <"$db")
  step "what cannot be read leaves it alone" sh -c '! tipl export no-such.txt --to "$1"' - "$db"
  step "byte for byte" same "$(cksum <"$db")" "$sum"
  sqlite3 "$tmp/other.db" 'CREATE TABLE mine (x)'
  step "a stranger's database is refused" sh -c \
    'tipl export "$1" --to "$2" 2>&1 | grep -q "a database that tipl did not make"' - "$2" "$tmp/other.db"
  step "a folder is told in a sentence" sh -c \
    'tipl export "$1" --to "$2" --format sqlite 2>&1 | grep -q "^tipl: $2: Is a directory"' - "$2" "$tmp/in"
  echo "no database" >"$tmp/text.db"
  step "so is what is none" sh -c 'tipl export "$1" --to "$2" 2>&1 | grep -q "not a database"' - "$2" "$tmp/text.db"
fi
step "a folder that is not there" sh -c '! tipl export "$1" --to no/such/out.csv 2>/dev/null' - "$2"
step "nothing is left behind" same "$(ls "$tmp" "$tmp/in" | grep -c 'new-')" 0
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
