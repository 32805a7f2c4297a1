# SPDX-License-Identifier: MIT OR Apache-2.0
# tests/ground/tap.sh - read by the shell tests beside it: check, skip, and a scratch folder ($tmp).
# shellcheck shell=bash
set -u
# shellcheck source=../../dev/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../dev/lib.sh"
cd "$root" || exit 2
mkdir -p "$build"
tmp=$(mktemp -d "$build/tmp.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
failures=0
suite=$(basename "$0" .sh)

# check NAME COMMAND...: one test, passed when the command succeeds and says nothing on a failure.
check()
{
    local name=$1
    shift
    if "$@" >"$tmp/check.log" 2>&1; then
        say "ok - $suite: $name"
    else
        say "not ok - $suite: $name"
        tail -n 40 "$tmp/check.log" | sed 's/^/# /'
        failures=$((failures + 1))
    fi
}
skip() { say "ok - $suite: $1 # SKIP $2"; }
# nothing COMMAND...: succeed when the command prints nothing; show what it printed otherwise.
nothing()
{
    local found
    found=$("$@" 2>&1)
    [ -z "$found" ] || {
        say "$found"
        return 1
    }
}
# warnings LOG: what the compiler has warned of. PHP's headers are not ours to mend: what counts is where it is shown.
warnings() { grep -E '^([^ ]*/)?(php_native|ext/|mqtt/|net/|http/|shm/)[^ ]*:[0-9]+:[0-9]+: warning:' "$1"; }
# build_module: set $module, or end the suite: without a module there is nothing to look at. In a run of all these tests
# it is the one that build.sh made.
build_module()
{
    module=${NATIVE_GROUND_MODULE:-}
    [ ! -f "$module" ] || return 0
    module=$(dev/build 2>"$tmp/build.log" | tail -n 1)
    [ -n "$module" ] && return
    say "not ok - $suite: the module builds"
    tail -n 20 "$tmp/build.log" | sed 's/^/# /'
    exit 1
}
finish() { [ $failures = 0 ]; }
