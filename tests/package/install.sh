#!/bin/sh
# install.sh: install into an empty prefix, then use it as strangers do: find_package, pkg-config,
# require from stock lua5.4, the program.
set -u
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
prefix=$tmp/there
sample=examples/reports/valdoria-2021.txt
passed=0 failed=0
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
says() { # says WORDS COMMAND…: succeeds when the output holds the words
  words=$1
  shift
  out=$("$@" 2>&1) || { echo "$out"; return 1; }
  case $out in *"$words"*) ;; *) echo "expected: $words"; echo "$out"; return 1 ;; esac
}
# Installed once into another folder and moved, so that nothing may lean on where it was installed.
step "cmake --install" cmake --install "$TIPL_BUILD_DIR" --prefix "$tmp/first"
mv "$tmp/first" "$prefix"
libdir=$(dirname "$(find "$prefix" -name 'libtipl.so' | head -n 1)")

step "find_package: configure" cmake -S examples/embed -B "$tmp/embed" \
  "-DCMAKE_PREFIX_PATH=$prefix" "-DCMAKE_C_COMPILER=${CC:-cc}"
step "find_package: build" cmake --build "$tmp/embed"
step "find_package: run" says "Valdoria 2021: " "$tmp/embed/embed" "$sample"
step "embed on a missing file fails" sh -c "! '$tmp/embed/embed' no/such/file"

export PKG_CONFIG_PATH="$libdir/pkgconfig"
step "pkg-config: compile" sh -c \
  "${CC:-cc} -std=c11 examples/embed/embed.c \$(pkg-config --cflags --libs tipl) -o '$tmp/embed-pc'"
step "pkg-config: run" says "Valdoria 2021: " env "LD_LIBRARY_PATH=$libdir" "$tmp/embed-pc" "$sample"
step "static library" sh -c \
  "${CC:-cc} -std=c11 examples/embed/embed.c -I'$prefix/include' '$libdir/libtipl.a' -o '$tmp/embed-a' \
    \$(pkg-config --static --libs tipl | sed 's/-ltipl//')"
step "static library: run" says "Valdoria 2021: " "$tmp/embed-a" "$sample"

unset LUA_PATH LUA_CPATH TIPL_PATH
if [ -d "$prefix/lib/lua/5.4/tipl" ] && command -v lua5.4 >/dev/null; then
  step "require from lua5.4" says "Valdoria 2021: " env \
    "LUA_PATH=$prefix/share/lua/5.4/?.lua;$prefix/share/lua/5.4/?/init.lua;;" \
    "LUA_CPATH=$prefix/lib/lua/5.4/?.so;;" lua5.4 -e \
    "local r = assert(require('tipl').open('$sample')) print(r.country .. ' ' .. r.year .. ': ' .. #r:facts())"
fi
if [ -x "$prefix/bin/tipl" ]; then
  step "program" says "Valdoria 2021: " "$prefix/bin/tipl" -e \
    "local r = assert(require('tipl').open('$sample')) print(r.country .. ' ' .. r.year .. ': ' .. #r:facts())"
  step "shipped script" "$prefix/bin/tipl" facts "$sample"
  step "shipped page, with its style" "$prefix/bin/tipl" dossier "$sample" -o "$tmp/page.html"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
