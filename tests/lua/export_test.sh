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
  sqlite3 -readonly -json "$db" "SELECT r.file, r.country, r.iso3, r.edition, 'F' || f.number AS id, f.metric, coalesce(f.label, f.value_text) AS value,
    f.high_text AS high, f.unit, f.bound, f.state, f.\"from\", f.\"to\", f.basis, f.form, f.who, f.source, f.status,
    f.relation, 'F' || l.\"of\" AS \"of\", f.certainty, f.evidence, f.\"offset\",
    f.flags, f.uses, f.phase, f.year, f.length, f.noun, f.actor, f.recipient, f.purpose, f.section, f.sentence, f.rule
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
  step "its views" same "$(for view in coded figures series silences funding gaps tiers; do
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
  step "views lead to facts" same "$(ask "SELECT count(*) FROM gaps g LEFT JOIN facts f ON f.report = g.report
    AND f.number = g.number WHERE f.value IS NOT g.value")" 0
  cat >"$tmp/rules.lua" <<'LUA'
local tipl = require "tipl"
local g = tipl.grammar
return tipl.rules { name = "own", tipl.rule { name = "beds", pattern = g.number:as "value" // g.word { "beds" },
  fields = { metric = "shelters", unit = "places" } } }
LUA
  step "facts of rules take their place" sh -c 'tipl export . --to "$1" --apply "$2" | grep -q "4 of them in place"' - "$db" \
    "$tmp/rules.lua"
  step "they are there" same "$(ask "SELECT count(*) > 0, count(DISTINCT report) FROM facts WHERE rule = 'own/beds'")" "1|4"
  step "and go again" sh -c 'tipl export . --to "$1" | grep -q "4 of them in place"' - "$db"
  step "as before" same "$(ask "SELECT count(*) FROM facts f JOIN reports r ON r.id = f.report
    WHERE r.edition <> 2020")" "$facts"
  step "still sound" same "$(ask 'PRAGMA integrity_check; PRAGMA foreign_key_check')" ok
  printf '\n\n' | cat - valdoria-2019.txt >"$tmp/moved.txt"
  step "the same narrative at another place is known" sh -c 'tipl export "$1" --to "$2" | grep -q "0 reports .* 1 there already"' - \
    "$tmp/moved.txt" "$db"
  cp "$db" "$tmp/twice.db"
  tipl export "$tmp/moved.txt" --apply "$tmp/rules.lua" --to "$tmp/twice.db" >/dev/null
  step "what takes its place brings its file and places" same "$(sqlite3 -readonly "$tmp/twice.db" "SELECT count(*),
    sum(substr(CAST(readfile(r.file) AS BLOB), f.\"offset\" + 1, f.length) <> CAST(f.evidence AS BLOB)) FROM facts f
    JOIN reports r ON r.id = f.report WHERE r.file LIKE '%moved.txt'" | sed 's/^[1-9][0-9]*|/some|/')" "some|0"
  cp "$db" "$tmp/twice.db"
  sed 's/19 trafficking/29 trafficking/' valdoria-2021.txt >"$tmp/other.txt"
  step "another text of an edition is told" sh -c 'tipl export "$1" --to "$2" 2>&1 | grep -q "another text of Valdoria, 2021"' - \
    "$tmp/other.txt" "$tmp/twice.db"
  cp "$db" "$tmp/open.db"
  sqlite3 "$tmp/open.db" 'PRAGMA journal_mode = WAL; CREATE TABLE notes (a)' >/dev/null
  sqlite3 "$tmp/open.db" "INSERT INTO notes VALUES (1);" ".shell tipl export $tmp/other.txt --to $tmp/open.db >/dev/null 2>&1" \
    "INSERT INTO notes VALUES (2);" >/dev/null
  step "a database that another program has open" same "$(sqlite3 "$tmp/open.db" \
    'SELECT count(*) FROM notes; SELECT count(*) FROM reports; PRAGMA integrity_check' | tr '\n' ' ')" "2 5 ok "
  for i in 1 2 3 4 5 6; do sed "s/Valdoria/Norland$i/g" "$tmp/other.txt" >"$tmp/land$i.txt"; done
  cp "$tmp/twice.db" "$tmp/many.db"
  for i in 1 2 3 4 5 6; do tipl export "$tmp/land$i.txt" --to "$tmp/many.db" >/dev/null & done
  wait
  step "several at once" same "$(sqlite3 "$tmp/many.db" 'SELECT count(*) FROM reports; PRAGMA integrity_check' | tr '\n' ' ')" "11 ok "
  sum=$(cksum <"$db")
  step "what cannot be read leaves it alone" sh -c '! tipl export no-such.txt --to "$1"' - "$db"
  step "byte for byte" same "$(cksum <"$db")" "$sum"
  sqlite3 "$tmp/other.db" 'CREATE TABLE mine (x)'
  step "a stranger's database is refused" sh -c \
    'tipl export "$1" --to "$2" 2>&1 | grep -q "a database that tipl did not make"' - "$2" "$tmp/other.db"
  step "a folder is told in a sentence" sh -c \
    'tipl export "$1" --to "$2" --format sqlite 2>&1 | grep -q "^tipl: $2: is a folder"' - "$2" "$tmp/in"
  echo "no database" >"$tmp/text.db"
  step "so is what is none" sh -c 'tipl export "$1" --to "$2" 2>&1 | grep -q "not a database"' - "$2" "$tmp/text.db"
fi
ln -s "$tmp/out.csv" "$tmp/link.csv"
echo old >"$tmp/out.csv" && chmod 600 "$tmp/out.csv"
step "through a link" tipl export "$2" --to "$tmp/link.csv"
step "its file is replaced, its mode stays" same "$(stat -c %a "$tmp/out.csv") $(test -h "$tmp/link.csv" && echo link) $(wc -l <"$tmp/out.csv")" \
  "600 link $(tipl facts "$2" --format csv | wc -l)"
ln -s nowhere.csv "$tmp/dangling.csv"
step "a link that leads nowhere is told" sh -c 'tipl export "$1" --to "$2" 2>&1 | grep -q "leads nowhere"' - "$2" "$tmp/dangling.csv"
mkfifo "$tmp/pipe"
step "a device or pipe is not replaced" sh -c 'tipl export "$1" --to "$2" --format csv 2>&1 | grep -q "no plain file"' - "$2" "$tmp/pipe"
step "a folder that is not there" sh -c '! tipl export "$1" --to no/such/out.csv 2>/dev/null' - "$2"
step "nothing is left behind" same "$(ls "$tmp" "$tmp/in" | grep -c 'new-')" 0
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
