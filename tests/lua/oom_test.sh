# oom_test.sh: allocation failures in the Lua module, and two states in one process; see oom.c, states.c.
build=${TIPL_BUILD_DIR:?}
pkg-config --exists lua5.4 || { echo "skipped: pkg-config knows no lua5.4"; exit 77; }
sanitize=$(sed -n 's/^TIPL_SANITIZE:[^=]*=//p' "$build/CMakeCache.txt")
coverage=$(sed -n 's/^TIPL_COVERAGE:[^=]*=ON$/--coverage/p' "$build/CMakeCache.txt")
for name in oom states; do
  # shellcheck disable=SC2046 # words are meant to split
  ${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -g -O1 ${sanitize:+-fsanitize=$sanitize} $coverage -Icore/include $(pkg-config --cflags lua5.4) \
    -o "$build/tests/lua-$name" tests/lua/$name.c bindings/lua/*.c "$build/lib/libtipl.a" $(pkg-config --libs lua5.4) \
    $(PKG_CONFIG_PATH=$build pkg-config --static --libs tipl | sed 's/-ltipl//') -lm -pthread || exit 1
done
"$build/tests/lua-states" && "$build/tests/lua-oom" examples/reports/valdoria-2021.txt
