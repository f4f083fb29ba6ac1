#!/bin/sh
# headers.sh: every header can be read alone; the public one also as strict C11 and C++17.
set -u
cc=${CC:-cc}
passed=0 failed=0
check() { # check WHAT HEADER COMPILER-ARGUMENTS…
  what=$1 header=$2
  shift 2
  if printf '#include "%s"\n' "$header" | "$@" -fsyntax-only -; then
    passed=$((passed + 1))
  else
    echo "FAILED: $header as $what"
    failed=$((failed + 1))
  fi
}
strict='-Wall -Wextra -Wpedantic -Werror'
check "C11" tipl.h "$cc" -x c -std=c11 $strict -Icore/include
skipped=0
if echo 'int x;' | "$cc" -x c++ -std=c++17 -fsyntax-only - 2>/dev/null; then
  check "C++17" tipl.h "$cc" -x c++ -std=c++17 $strict -Icore/include
else
  echo "skipped: $cc compiles no C++ here (Debian: g++)"
  skipped=1
fi
for header in core/*/*.h; do
  case $header in core/include/*) continue ;; esac
  check "C11" "${header#core/}" "$cc" -x c -std=c11 $strict -D_POSIX_C_SOURCE=200809L \
    -Icore/include -Icore "-I$TIPL_BUILD_DIR/core/generated"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
