# program_test.sh: the Lua tests again, this time inside the program.
status=0
for test in tests/lua/*_test.lua; do
  tipl "$test" >"${TMPDIR:-/tmp}/tipl-lua-$$" || status=1
  grep -v '^ok' "${TMPDIR:-/tmp}/tipl-lua-$$"
done
rm -f "${TMPDIR:-/tmp}/tipl-lua-$$"
exit $status
