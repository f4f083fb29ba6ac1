#!/bin/sh
# demo.sh: installs what is missing (Debian, Ubuntu), builds, and asks two questions of a sample report.
set -eu
cd "$(dirname "$0")/.."
./.ci/setup cmake ninja-build gcc pkg-config lua5.4 liblua5.4-dev lua-lpeg libedit-dev libgumbo-dev zlib1g-dev

log=build/demo.log
mkdir -p build
echo "Building tipl in build/release …"
if ! { cmake --preset release -DTIPL_BUILD_TESTS=OFF && cmake --build --preset release; } >"$log" 2>&1
then
  tail -n 30 "$log" >&2
  echo "tipl: the build failed; all that it said is in $log" >&2
  exit 1
fi

report=examples/reports/valdoria-2021.txt
for script in funding gaps; do
  printf '\n$ build/release/bin/tipl %s %s\n' "$script" "$report"
  build/release/bin/tipl "$script" "$report"
done
