#!/bin/sh
# symbols.sh: what the built files show to a linker.
set -u
lib=$TIPL_BUILD_DIR/lib
module=$lib/lua/5.4/tipl/core.so
passed=0 failed=0
empty() { # empty WHAT LIST: the list has no entry
  if [ -z "$2" ]; then
    passed=$((passed + 1))
  else
    printf 'FAILED: %s:\n%s\n' "$1" "$2"
    failed=$((failed + 1))
  fi
}
exported=$(nm -D --defined-only "$lib/libtipl.so" | awk '{ print $3 }')
empty "libtipl.so exports names without tipl_" "$(echo "$exported" | grep -v '^tipl_')"
empty "libtipl.so exports private names" "$(echo "$exported" | grep '^tipl__')"
declared=$(grep -oE 'tipl_[a-z0-9_]+\(' core/include/tipl.h | tr -d '(' | sort -u)
empty "declared in tipl.h, missing in libtipl.so" "$(for name in $declared; do
  echo "$exported" | grep -qx "$name" || echo "$name"; done)"
empty "libtipl.a defines names without tipl_" \
  "$(nm -g --defined-only "$lib/libtipl.a" | awk 'NF == 3 && $3 !~ /^tipl_/ { print $3 }')"
empty "libtipl.a holds writable data" \
  "$(nm -f sysv "$lib/libtipl.a" | awk -F'|' '$7 ~ /^\.(data|bss)/ && $7 !~ /^\.data\.rel\.ro/')"
if [ -e "$module" ]; then
  empty "the Lua module exports other names than luaopen_tipl_core" \
    "$(nm -D --defined-only "$module" | awk '{ print $3 }' | grep -vx luaopen_tipl_core)"
  empty "the Lua module lacks luaopen_tipl_core" \
    "$(nm -D --defined-only "$module" | grep -q ' luaopen_tipl_core$' || echo luaopen_tipl_core)"
  empty "the Lua module is linked to liblua" "$(readelf -d "$module" | grep 'NEEDED.*liblua')"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
