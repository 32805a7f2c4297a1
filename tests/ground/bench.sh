#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# dev/bench http and start: the benchmarks work up to their tables, with few rounds.
. "$(dirname "$0")/tap.sh"

# A row of the table with four times and a number in it.
row() { grep -qE "^\| $1 \| $2 \|( [0-9.,]+ (µs|ms) \|){3}" "$tmp/table"; }

check "dev/bench http quick ends well" bash -c "dev/bench http quick >'$tmp/table'"
check "a row for a kept connection" row 'HTTP, same handle' 'native, pool'
check "rows for https: from the pool" row 'HTTPS, new handle, system CA' 'native, pool'
check "... resumed" row 'HTTPS, new handle, system CA' 'native, resumed'
check "... the first of a process" row 'HTTPS, new handle, system CA' 'native, first call'
check "rows for php-fpm" grep -q '^| native resumed |' "$tmp/table"
if grep -q '^# ext/curl does not load' "$tmp/table"; then
    skip "rows of ext/curl" "$(grep '^# ext/curl does not load' "$tmp/table")"
else
    check "rows of ext/curl" row 'HTTPS, new handle, system CA' 'ext/curl'
fi
check "dev/bench start quick ends well" bash -c "dev/bench start quick >'$tmp/start'"
check "a row for the module" grep -qE '^\| native \| [0-9,]+ µs \|' "$tmp/start"
finish
