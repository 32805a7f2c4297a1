#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# mqtt.sh [ROUNDS] - the MQTT codec, in C and in PHP, against the codecs in pure PHP (dev/bench mqtt).
# The peers are Composer packages, outside this package: they are fetched into the cache when the registry has
# them, or NATIVE_BENCH_PEERS names an autoload.php that knows their classes. Without them PHP is compared with the
# least that pure PHP can do. Raw data: $BUILD/mqtt/.
set -eu
rounds=${1:-9}
cc=${CC:-cc}
raw=$BUILD/mqtt
mkdir -p "$raw"

# ---- peers -----------------------------------------------------------------------------------------
peers=${NATIVE_BENCH_PEERS:-}
if [ -z "$peers" ] && command -v composer >/dev/null; then
    folder=${NATIVE_CACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/php-native}/bench-peers
    mkdir -p "$folder"
    if [ ! -f "$folder/vendor/autoload.php" ]; then
        for package in simps/mqtt php-mqtt/client; do
            [ -f "$folder/composer.json" ] || echo '{}' >"$folder/composer.json"
            (cd "$folder" && COMPOSER_ALLOW_SUPERUSER=1 timeout 120 composer require --no-interaction --no-plugins --no-scripts \
                --ignore-platform-reqs "$package" >"$raw/composer.log" 2>&1) ||
                echo "# the registry has no $package (or is not there)"
        done
    fi
    [ ! -f "$folder/vendor/autoload.php" ] || peers=$folder/vendor/autoload.php
fi
# What they are, for the report.
php -n -r 'foreach ((@include dirname($argv[1]) . "/composer/installed.php")["versions"] ?? [] as $name => $is) {
    echo in_array($name, ["simps/mqtt", "php-mqtt/client"], true) ? "$name\t$is[pretty_version]\n" : "";
}' "$peers" >"$raw/peers.tsv"

# ---- C ---------------------------------------------------------------------------------------------
$cc -std=c99 -D_POSIX_C_SOURCE=199309L -O2 -o "$BUILD/mqtt_codec" bench/mqtt_codec.c mqtt/*.c
: >"$raw/c.tsv"
for ((round = 0; round < rounds; round++)); do
    "$BUILD/mqtt_codec" >>"$raw/c.tsv"
done
# Instructions: those of 3,000 packets less those of 1,000, counted by valgrind, which no other process disturbs.
count()
{
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null | sed -n 's/.*Collected : //p'
}
: >"$raw/c.instructions.tsv"
if command -v valgrind >/dev/null; then
    cut -f1 "$raw/c.tsv" | awk '!seen[$0]++' | while IFS= read -r name; do
        few=$(count "$BUILD/mqtt_codec" "$name" 1000)
        many=$(count "$BUILD/mqtt_codec" "$name" 3000)
        printf '%s\t%d\n' "$name" $(((many - few + 1000) / 2000)) >>"$raw/c.instructions.tsv"
    done
fi

# ---- PHP -------------------------------------------------------------------------------------------
export NATIVE_BENCH_PEERS=$peers
php=(php -n -d "extension=$NATIVE_MODULE" bench/mqtt_codec.php)
"${php[@]}" "$rounds" >"$raw/php.tsv"
: >"$raw/php.instructions.tsv"
if command -v valgrind >/dev/null; then
    "${php[@]}" list | while IFS=$'\t' read -r case codec; do
        n=1000
        case $case in *MiB*) n=10 ;; esac
        few=$(count "${php[@]}" "$case" "$codec" $n </dev/null)
        many=$(count "${php[@]}" "$case" "$codec" $((3 * n)) </dev/null)
        printf '%s\t%s\t%d\n' "$case" "$codec" $(((many - few) / (2 * n))) >>"$raw/php.instructions.tsv"
    done
fi

php -n bench/mqtt_codec_table.php "$raw"
echo
echo "raw data: $raw"

# The client; alone when all benchmarks are run, one after the other.
[ -n "${NATIVE_BENCH_ALL:-}" ] || bash bench/mqtt_client.sh
