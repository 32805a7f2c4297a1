#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# opcache.sh - phpt under opcache with the JIT compiling by traces and by functions (run-tests.php has it compile at once), and
# preloading. Prints TAP.
. "$(dirname "$0")/../ground/tap.sh"

need_build
# shellcheck disable=SC2086 # a list of words
apt_need $packages_phpt
real=$(command -v php)
zend='-d zend_extension=opcache' # part of PHP itself since 8.5
! "$real" -n -m | grep -qi 'zend opcache' || zend=
# shellcheck disable=SC2086 # a list of words
if ! "$real" -n $zend -d opcache.enable_cli=1 -r 'exit(opcache_get_status() ? 0 : 1);' >/dev/null 2>&1; then
    skip "opcache" "this PHP has no opcache.so"
    exit 0
fi
build_module
status=0
# Not those that have opcache from their own command line, nor what weighs the process: compiled traces are memory too.
mapfile -t tests < <(find tests/mqtt tests/shm tests/apcu tests/http tests/curl -maxdepth 1 -name '*.phpt' ! -name '*fpm*' \
    ! -name packet_opcache.phpt ! -path tests/shm/memory_limit.phpt | sort)
for kind in tracing function; do
    # The tests' own child processes have it too: a PHP that is given these settings whoever starts it.
    mkdir -p "$build/matrix"
    php=$build/matrix/php-$kind
    printf '#!/bin/sh\nexec %s %s -d opcache.enable_cli=1 -d opcache.jit=%s -d opcache.jit_buffer_size=64M "$@"\n' "$real" "$zend" "$kind" >"$php"
    chmod 755 "$php"
    # shellcheck disable=SC2016 # PHP
    check "the JIT is on: $kind" "$php" -n -r '$s = opcache_get_status()["jit"]; exit($s["on"] && $s["kind"] === ($argv[1] === "tracing" ? 5 : 0) ? 0 : 1);' "$kind"
    dev/phpt --php "$php" --module "$module" --label "jit-$kind" "${tests[@]}" || status=1
done
dev/phpt --module "$module" --label preload tests/matrix/preload.phpt || status=1
[ $status = 0 ] && finish
