#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# curl.sh [quick | ROUNDS] - the same curl_* calls on the module's functions and on ext/curl, Guzzle's too (dev/bench curl): see http.sh.
set -eu
export BENCH_OURS=dropin
# shellcheck source=http.sh
. bench/http.sh
