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

# ---- pages and charts --------------------------------------------------------------------------------

check "dev/bench report makes pages" dev/bench report --to "$tmp/pages" http start
page() { grep -q '^| machine | ' "$tmp/pages/$1.md" && grep -q "]($1.svg)" "$tmp/pages/$1.md" && grep -q '^| native' "$tmp/pages/$1.md"; }
check "... with machine, chart and table: start" page start
check "... no docs/benchmarks/ of a quick run" bash -c "dev/bench report start 2>&1 | grep -q 'are of a run with \"quick\": no page'"
# Raw data whose ratios are known.
mkdir -p "$tmp/raw"
requests()
{
    printf 'native\tHTTP, same handle\tpool\t9\t1\t1\t%s\n' "$@" >"$tmp/raw/times.tsv"
    printf 'curl\tHTTP, same handle\t-\t9\t1\t1\t%s\n' 400 400 400 >>"$tmp/raw/times.tsv"
    printf 'native\tHTTP, same handle\tpool\t50\ncurl\tHTTP, same handle\t-\t200\n' >"$tmp/raw/instructions.tsv"
    php -n bench/report.php http "$tmp/raw" "$tmp/raw"
}
# bar WHAT RATIO CPU...: the chart has that, with ours taking so much CPU in its rounds.
bar() { requests "${@:3}" && grep -qF "$1</text>" "$tmp/raw/http.svg" && grep -qF ">$2</text>" "$tmp/raw/http.svg"; }
check "a bar is ours by the peer's" bar ", user and system CPU" 0.50 200 200 210
check "... more than the peer's, too" bar ", user and system CPU" 2.00 800 800 800
check "... of instructions, where the rounds lie apart" bar ", instructions" 0.25 100 200 900
check "... which the page says" grep -q '^Something else ran on the machine' "$tmp/raw/http.md"
well_formed() { python3 -c 'import sys, xml.dom.minidom
for file in sys.argv[1:]: xml.dom.minidom.parse(file)' "$@"; }
check "the charts are XML" well_formed "$tmp/raw/http.svg" docs/benchmarks/*.svg docs/architecture.svg
check "links of the pages lead somewhere" php -n tests/ground/manual.php links docs/benchmarks/*.md
finish
