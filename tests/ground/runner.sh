#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# The test runner counts right: what fails is counted, and a suite that dies or runs nothing fails.
. "$(dirname "$0")/tap.sh"

# counts WANTED LINE...: what count_suite makes of the lines; the last one is the suite's exit status.
counts()
{
    local wanted=$1 found
    shift
    printf '%s\n' "$@" | count_suite "$tmp/sum" >"$tmp/shown"
    found=$(cat "$tmp/sum")
    [ "$found" = "$wanted" ] || { say "wanted $wanted, found $found"; return 1; }
}
check "passed, failed and skipped tests" counts "2 1 1" "ok - a" "not ok - b" "ok - c # SKIP no broker" "ok - d" 1
check "a failed test is a failure whatever the status says" counts "0 1 0" "not ok - b" 0
check "a suite that dies after passed tests fails" counts "1 1 0" "ok - a" 139
check "a suite without a test fails" counts "0 1 0" "all is well" 0
check "the sum of a run elsewhere counts as its tests" counts "40 2 3" "ok - a" "40 passed, 2 failed, 3 skipped" 1
check "the status line is not shown" eval '! grep -qx 1 "$tmp/shown"'
unknown() { ! dev/test no-such-suite; }
check "an unknown suite is refused" unknown

# A suite that leaves a process behind, or never ends, holds nobody up: not even a reader of the same pipe.
gone() { timeout 5 tail --pid="$1" -f /dev/null; }
orphan()
{
    local begin=$SECONDS
    bounded 60 "$tmp/log" bash -c 'setsid sleep 300 & echo "started $!"' | cat >"$tmp/shown"
    [ $((SECONDS - begin)) -lt 20 ] && grep -qx 'started [0-9]*' "$tmp/shown" && gone "$(sed 's/started //' "$tmp/shown")"
}
check "what a suite leaves behind is ended and holds no pipe" orphan
endless()
{
    local begin=$SECONDS
    { bounded 1 "$tmp/log" bash -c 'setsid sleep 300 & echo "started $!"; wait' || echo "status $?"; } | cat >"$tmp/shown"
    [ $((SECONDS - begin)) -lt 20 ] && grep -qx 'status 124' "$tmp/shown" && grep -q '^not ok' "$tmp/shown" \
        && gone "$(sed -n 's/^started //p' "$tmp/shown")"
}
check "a suite that does not end is ended, and has failed" endless
seven() { bounded 60 "$tmp/log" sh -c 'echo said; exit 7' >"$tmp/shown"; [ $? = 7 ] && grep -qx said "$tmp/shown"; }
check "a suite's status and its last words arrive" seven

# The same for the programs that print the tests.
program()
{
    mkdir -p "$tmp/tree/tests/c" "$tmp/tree/mqtt" "$tmp/tree/net"
    cp -r dev "$tmp/tree/"
    printf 'mqtt/one.c\n' >"$tmp/tree/sources.list"
    printf 'int native_one(void);\nint native_one(void)\n{\n    return 1;\n}\n' >"$tmp/tree/mqtt/one.c"
    rm -f "$tmp/tree/tests/c"/*.c
    printf '#include <stdio.h>\n#include <stdlib.h>\nint main(void)\n{\n    %s\n    return 0;\n}\n' "$1" >"$tmp/tree/tests/c/sample.c"
    (cd "$tmp/tree" && NATIVE_BUILD_DIR=$tmp/tree/build dev/ctest) >"$tmp/out" 2>&1
}
good() { program 'puts("ok 1 - fine"); puts("1..1");' && grep -qx 'ok - sample: fine' "$tmp/out"; }
check "a C test that passes" good
bad() { ! program 'puts("not ok 1 - broken"); puts("1..1");' && grep -qx 'not ok - sample: broken' "$tmp/out"; }
check "a C test that fails" bad
dies() { ! program 'puts("ok 1 - fine"); fflush(stdout); abort();' && grep -q '^not ok' "$tmp/out"; }
check "a C test that dies" dies
short_of_plan() { ! program 'puts("ok 1 - fine"); puts("1..2");' && grep -q '^not ok' "$tmp/out"; }
check "a C test that ends too early" short_of_plan
overflows() { ! program 'char *p = malloc(3); volatile int i = 3; puts("ok 1 - fine"); p[i] = 1; free(p);' && grep -q heap-buffer-overflow "$tmp/out"; }
check "a C test that writes out of bounds" overflows
leaks() { ! program 'char *volatile p = malloc(3); p = NULL; puts("ok 1 - fine");' && grep -q 'LeakSanitizer' "$tmp/out"; }
check "a C test that leaks" leaks
finish
