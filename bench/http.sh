#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# http.sh [quick | ROUNDS] - Native\Http\Client against ext/curl, both against an nginx on loopback (dev/bench http): user CPU, user and
# system CPU, wall, instructions (valgrind), system calls (strace); from the command line and inside php-fpm.
# BENCH_OURS=dropin (dev/bench curl): not the Client but the same curl_* calls as ext/curl's side, on the module's functions.
# ext/curl is Debian's: installed, or fetched into the cache without installing it, or NATIVE_BENCH_CURL names a curl.so. A process has
# one side; the sides take turns. "quick" runs each case a few times only and counts no instructions: it shows that all of it works.
# Raw data: $BUILD/http/ or $BUILD/curl/.
set -eu
unset http_proxy https_proxy all_proxy no_proxy HTTPS_PROXY ALL_PROXY NO_PROXY # both sides look for them
rounds=${1:-5}
divisor=1 pages=100 starts=10
if [ "$rounds" = quick ]; then
    rounds=1 divisor=100 pages=5 starts=2
fi
ours=${BENCH_OURS:-native}
raw=$BUILD/$(basename "$0" .sh)
mkdir -p "$raw"
rm -f "$raw"/*.tsv
folder=$(mktemp -d "${TMPDIR:-/tmp}/native-bench-XXXXXX")
# shellcheck source=http_servers.inc
. bench/http_servers.inc
fpm_pid=
trap 'servers_stop; [ -z "$fpm_pid" ] || kill "$fpm_pid" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
servers_start

# ---- the peer --------------------------------------------------------------------------------------
# shellcheck source=curl_peer.inc
. bench/curl_peer.inc
sides=("$ours")
if php -n -d "extension=$curl" -r 'exit(extension_loaded("curl") ? 0 : 1);' 2>/dev/null; then
    sides+=(curl)
else
    echo "# ext/curl does not load: $curl"
fi

# The settings that load a side's module.
load() { case $1 in native) echo "-d extension=$NATIVE_MODULE" ;; dropin) echo "-d extension=$NATIVE_MODULE -d native.curl=auto" ;; *) echo "-d extension=$curl" ;; esac; }
# side SIDE FILE ARGUMENT...: run one of the programs.
command=(env)
side()
{
    local side=$1 file=$2
    shift 2
    # shellcheck disable=SC2046 # a list of words
    "${command[@]}" php -n -d memory_limit=1G $(load "$side") "bench/$file" "$side" "$@"
}

# ---- times -----------------------------------------------------------------------------------------
for ((round = 0; round < rounds; round++)); do
    for side in "${sides[@]}"; do
        side "$side" http_side.php $round $divisor | sed "s/^/$side\t/" >>"$raw/times.tsv"
    done
done

# The first call of a process: the library is set up, roots are parsed, nothing is resumed.
for ((start = 0; start < starts; start++)); do
    for side in "${sides[@]}"; do
        side "$side" http_side.php first 1 | sed "s/^/$side\t/" >>"$raw/times.tsv"
    done
done

# Large bodies, piece by piece.
for side in "${sides[@]}"; do
    for url in "$BENCH_HTTP/512m" "$BENCH_HTTPS/512m"; do
        for ((round = 0; round < (rounds < 3 ? rounds : 3); round++)); do
            side "$side" http_download.php "$url" 536870912 "$BENCH_CA" | sed "s/^/$side\t512 MB, ${url%%:*}\t/" >>"$raw/downloads.tsv"
        done
    done
done

# ---- system calls ----------------------------------------------------------------------------------
# Those of 40 requests less those of 20, all threads together.
calls_of()
{
    local side=$1 case=$2 n=$3
    command=(strace -f -qq -c -U calls,name -o "$folder/calls")
    side "$side" http_side.php calls "$n" "$case" >/dev/null
    command=(env)
    awk '$2 == "total" { print $1 }' "$folder/calls"
    sed "s|^|$side $case $n |" "$folder/calls" >>"$raw/calls.txt"
}
: >"$raw/calls.txt"
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
    cut -f1-3 "$raw/times.tsv" | grep -v 'first call$' | awk '!seen[$0]++' | while IFS=$'\t' read -r side case mode; do
        n=20
        case $case in 50*) n=200 ;; *bytes* | *MB*) n=2 ;; esac
        few=$(calls_of "$side" "$case/$mode" $n)
        many=$(calls_of "$side" "$case/$mode" $((2 * n)))
        printf '%s\t%s\t%s\t%d\t%d\n' "$side" "$case" "$mode" $((many - few)) $n >>"$raw/calls.tsv"
    done
fi

# ---- instructions ----------------------------------------------------------------------------------
# The program calls getrusage() before and after each case: valgrind writes what it has counted at each of these calls.
if [ "$divisor" = 1 ] && command -v valgrind >/dev/null; then
    parts=$raw/parts
    for side in "${sides[@]}"; do
        rm -rf "$parts" && mkdir "$parts"
        command=(valgrind --tool=callgrind --dump-before=getrusage "--callgrind-out-file=$parts/out" "--log-file=$raw/valgrind.log")
        side "$side" http_side.php count 1 >"$raw/counted"
        command=(env)
        part=0
        while IFS=$'\t' read -r case mode n _; do
            part=$((part + 2))
            printf '%s\t%s\t%s\t%d\n' "$side" "$case" "$mode" $(($(sed -n 's/^summary: //p' "$parts/out.$part") / n)) >>"$raw/instructions.tsv"
        done <"$raw/counted"
    done
    rm -rf "$parts" "$raw/counted"
fi

# ---- php-fpm ---------------------------------------------------------------------------------------
fpm=$(PATH=$PATH:/usr/sbin command -v "php-fpm$(php -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')" || true)
# fpm_run SIDE MODE...: a php-fpm with one worker; each mode is asked for $pages times, one request after the other.
fpm_run()
{
    local side=$1 mode page root=()
    shift
    [ "$(id -u)" != 0 ] || root=(-R)
    printf '[global]\nerror_log = %s\ndaemonize = no\n[www]\nlisten = %s\npm = static\npm.max_children = 1\n%s' \
        "$folder/fpm.log" "$folder/fpm.sock" "$([ "$(id -u)" != 0 ] || printf 'user = root\ngroup = root\n')" >"$folder/fpm.conf"
    rm -f "$folder/fpm.sock"
    # shellcheck disable=SC2046 # a list of words
    PHP_INI_SCAN_DIR='' "$fpm" -n ${root[@]+"${root[@]}"} -F $(load "$side") -y "$folder/fpm.conf" >"$folder/fpm.out" 2>&1 &
    fpm_pid=$!
    for _ in $(seq 500); do
        [ ! -S "$folder/fpm.sock" ] || break
        sleep 0.02
    done
    for mode in "$@"; do
        for ((page = 0; page <= pages; page++)); do
            env -i "SCRIPT_FILENAME=$PWD/bench/http_page.php" REQUEST_METHOD=GET SCRIPT_NAME=/page "MODE=$mode" "BENCH_URL=$BENCH_HTTPS/1k" \
                "BENCH_CA=$BENCH_CA" cgi-fcgi -bind -connect "$folder/fpm.sock" | tail -n 1 | sed "s/^/$side\t$mode\t$page\t/" >>"$raw/pages.tsv"
        done
    done
    kill "$fpm_pid"
    wait "$fpm_pid" || true
    fpm_pid=
}
if [ -n "$fpm" ] && command -v cgi-fcgi >/dev/null; then
    for side in "${sides[@]}"; do
        case $side in
            native) fpm_run native none pool resumed ;;
            dropin) fpm_run dropin none curl fresh ;;
            curl) fpm_run curl none curl ;;
        esac
    done
else
    echo "# no php-fpm or no cgi-fcgi: nothing is measured there"
fi

php -n bench/http_table.php "$raw" "$ours"
echo
echo "raw data: $raw"
