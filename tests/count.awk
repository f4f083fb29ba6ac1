# count.awk: counts cases in the output of `ctest -V` and prints "PASSED FAILED SKIPPED".
# A test that says how many cases it ran (cmocka, or a line "N passed, N failed[, N skipped]") counts
# those; any other counts as one. A test that failed counts at least one failed case.

function number(text) { # of the ctest entry whose output this line is
  return text + 0
}
function strip(line) {
  sub(/^ *[0-9]+: /, "", line)
  return line
}
/^ *[0-9]+: / {
  test = number($1)
  line = strip($0)
  if (match(line, /^[0-9]+ passed, [0-9]+ failed/)) {
    split(line, part, /[^0-9]+/)
    passed[test] += part[1]; failed[test] += part[2]; skipped[test] += part[3]
  } else if (match(line, /^\[  PASSED  \] [0-9]+ test/)) {
    split(line, part, /[^0-9]+/); passed[test] += part[2]
  } else if (match(line, /^\[  FAILED  \] [0-9]+ test/)) {
    split(line, part, /[^0-9]+/); failed[test] += part[2]
  } else if (match(line, /^\[  SKIPPED \] [0-9]+ test/)) {
    split(line, part, /[^0-9]+/); skipped[test] += part[2]
  }
}
/^ *[0-9]+\/[0-9]+ Test +#[0-9]+: / {
  match($0, /#[0-9]+:/)
  test = substr($0, RSTART + 1, RLENGTH - 2) + 0
  counted = passed[test] + failed[test] + skipped[test]
  if ($0 ~ /\*\*\*Skipped/) {
    all_skipped += counted ? counted : 1
  } else if ($0 ~ / Passed /) {
    all_passed += counted ? passed[test] : 1
    all_failed += failed[test]
    all_skipped += skipped[test]
  } else {
    all_passed += passed[test]
    all_failed += failed[test] ? failed[test] : 1
    all_skipped += skipped[test]
  }
}
END { print all_passed + 0, all_failed + 0, all_skipped + 0 }
