#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# shm.sh [ROUNDS] - Native\Shm\Cache against APCu, Native\Shm\Channel against System V queues and socket pairs, and the channel in C
# against the same two (dev/bench shm).
# APCu is Debian's: installed, or fetched into the cache without installing it, or NATIVE_BENCH_APCU names an apcu.so. A process has
# one side; the sides take turns. Instructions are counted by valgrind, which no other process disturbs.
# Raw data: $BUILD/shm/. Segments are made in a folder of their own in /dev/shm, which goes away.
set -eu
rounds=${1:-9}
raw=$BUILD/shm
mkdir -p "$raw"
rm -f "$raw"/*.tsv
folder=$(mktemp -d /dev/shm/native-bench-XXXXXX)
trap 'rm -rf "$folder"' EXIT

# ---- the peers -------------------------------------------------------------------------------------
extensions=$(php -r 'echo PHP_EXTENSION_DIR;')
apcu=${NATIVE_BENCH_APCU:-$extensions/apcu.so}
if [ ! -f "$apcu" ]; then
    peers=${NATIVE_CACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/php-native}/bench-peers/apcu
    apcu=$peers/root$extensions/apcu.so
    if [ ! -f "$apcu" ] && command -v apt-get >/dev/null; then
        mkdir -p "$peers"
        (cd "$peers" && apt-get -q download "php$(php -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')-apcu" && dpkg -x ./*.deb root) \
            >"$raw/apcu.log" 2>&1 || echo "# no APCu was to be had: $raw/apcu.log"
    fi
fi
php -n -d "extension=$apcu" -r 'echo "APCu\t", phpversion("apcu"), "\n";' 2>/dev/null | grep '^APCu' >"$raw/peers.tsv" || true
sides=(native)
if [ -f "$apcu" ]; then
    sides+=('apcu default' 'apcu php' 'apcu igbinary')
fi
common=(-n -d memory_limit=1G)
for name in igbinary sysvmsg; do
    [ ! -f "$extensions/$name.so" ] || common+=(-d "extension=$name")
done

# side SIDE MIB FILE ARGUMENT...: run one of the programs. `native.shm_copies` is raised because each process
# fetches thousands of arrays for the first time; APCu's table of keys is made large enough for them.
side()
{
    local side=$1 mib=$2 file=$3
    shift 3
    case $side in
        apcu*) set -- -d "extension=$apcu" -d apc.enable_cli=1 -d "apc.shm_size=${mib}M" -d "apc.serializer=${side#apcu }" \
            -d "apc.entries_hint=$((mib * 4096))" "bench/$file" "$side" "$@" ;;
        *) set -- -d "extension=$NATIVE_MODULE" -d "native.shm_dir=$folder" -d native.shm_copies=256M "bench/$file" "$side" "$@" ;;
    esac
    "${command[@]}" php "${common[@]}" "$@"
}
command=(env)

# ---- times -----------------------------------------------------------------------------------------
for ((round = 0; round < rounds; round++)); do
    for side in "${sides[@]}"; do
        side "$side" 256 shm_calls.php $round >>"$raw/calls.tsv"
    done
    for side in native 'apcu default'; do
        [ "$side" = native ] || [ -f "$apcu" ] || continue
        side "$side" 32 shm_cores.php 4 >>"$raw/cores.tsv"
    done
    for side in channel batch sysvmsg socketpair; do
        side $side 16 shm_messages.php 2 >>"$raw/messages.tsv"
    done
done
for side in native 'apcu default'; do
    [ "$side" = native ] || [ -f "$apcu" ] || continue
    # shellcheck disable=SC2129
    side "$side" 256 shm_full.php latency >>"$raw/full.tsv"
    side "$side" 64 shm_full.php tenth >>"$raw/full.tsv"
    side "$side" 8 shm_full.php ratio >>"$raw/full.tsv"
    side "$side" 32 shm_full.php overhead >>"$raw/full.tsv"
done

# ---- instructions ----------------------------------------------------------------------------------
# The programs call getrusage() before and after each case: valgrind writes what it has counted at each of these calls.
if command -v valgrind >/dev/null; then
    parts=$raw/parts
    for side in "${sides[@]}" channel batch sysvmsg socketpair; do
        rm -rf "$parts" && mkdir "$parts"
        command=(valgrind --tool=callgrind --dump-before=getrusage "--callgrind-out-file=$parts/out" --log-file="$raw/valgrind.log")
        case $side in
            native | apcu*) side "$side" 256 shm_calls.php count >"$raw/counted" ;;
            *) side "$side" 16 shm_messages.php count >"$raw/counted" ;;
        esac
        part=0
        while IFS=$'\t' read -r case name n; do
            part=$((part + 2))
            printf '%s\t%s\t%d\n' "$case" "$name" $(($(sed -n 's/^summary: //p' "$parts/out.$part") / n)) >>"$raw/instructions.tsv"
        done <"$raw/counted"
    done
    rm -rf "$parts" "$raw/counted"
fi

php -n bench/shm_table.php "$raw"

# ---- the channel in C, without PHP's share -----------------------------------------------------------
mapfile -t cores < <(grep '^shm/' sources.list)
"${CC:-cc}" -std=gnu11 -O2 -pthread -o "$BUILD/shm_channel" bench/shm_channel.c "${cores[@]}"
echo
"$BUILD/shm_channel" | tee "$raw/channel.txt"

echo
echo "raw data: $raw"
