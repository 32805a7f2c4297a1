#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# start.sh [quick | STARTS] - what loading the module adds to the start of PHP, beside ext/curl (dev/bench start):
# user and system CPU time and memory of `php -n -d extension=... -r ''`, the sides taking turns (100 starts each). Raw data: $BUILD/start/.
set -eu
starts=${1:-100}
[ "$starts" != quick ] || starts=5
raw=$BUILD/start
mkdir -p "$raw"
# shellcheck source=curl_peer.inc
. bench/curl_peer.inc
php -n bench/start.php "$starts" "$raw/starts.tsv" "native=$NATIVE_MODULE" "ext/curl=$curl"
php -n bench/start_table.php "$raw"
echo "# raw data: $raw/starts.tsv"
