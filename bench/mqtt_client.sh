#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# mqtt_client.sh [ROUNDS] - throughput of the MQTT client through a private mosquitto at QoS 0, 1 and 2, against
# mosquitto_pub -l and mosquitto_sub, and against php-mqtt/client where it is (dev/bench mqtt_client; dev/bench mqtt runs it,
# too). Raw data: $BUILD/mqtt_client/.
set -eu
rounds=${1:-5}
raw=$BUILD/mqtt_client
mkdir -p "$raw"
peers=${NATIVE_BENCH_PEERS:-${NATIVE_CACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/php-native}/bench-peers/vendor/autoload.php}
for program in mosquitto mosquitto_pub mosquitto_sub; do
    PATH=$PATH:/usr/sbin command -v $program >/dev/null || {
        echo "# no $program: the client's throughput is not measured"
        exit 0
    }
done
{ PATH=$PATH:/usr/sbin mosquitto -h 2>/dev/null || true; } | sed -n '1s/^mosquitto version /mosquitto\t/p' >"$raw/peers.tsv"
args=()
php -n -m | grep -qx posix || args=(-d extension=posix)
NATIVE_BENCH_PEERS=$peers php -n ${args[@]+"${args[@]}"} bench/mqtt_client.php run "$rounds" "$raw/raw.tsv"
php -n bench/mqtt_client.php table "$raw/raw.tsv"
echo "raw data: $raw/raw.tsv"
