#!/bin/sh
# layers.sh: core knows nobody, only bindings know Lua, scripts use the public Lua API alone.
set -u
passed=0 failed=0
absent() { # absent WHAT PATTERN PATHS…: no line of the paths matches
  what=$1 pattern=$2
  shift 2
  if grep -rnE --include='*.[ch]' --include='*.lua' "$pattern" "$@"; then
    echo "FAILED: $what"
    failed=$((failed + 1))
  else
    passed=$((passed + 1))
  fi
}
absent "core includes Lua" '#[[:space:]]*include[[:space:]]*[<"](lua|lauxlib|lualib)' core
absent "core includes bindings" '#[[:space:]]*include[[:space:]]*"(bindings|cli|lua)/' core
absent "bindings include private headers of core" \
  '#[[:space:]]*include[[:space:]]*"(base|source|outline|text|lexicon|measure|facts|model)/' bindings
absent "core prints, exits or reads the locale" \
  '(^|[^_[:alnum:]])(printf|fprintf|puts|putchar|perror|exit|abort|setlocale|getenv|strtod)[[:space:]]*\(' \
  $(ls core/*/*.c)
absent "scripts reach past the public API" 'require[^[:alnum:]]*"tipl\.core"' scripts
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
