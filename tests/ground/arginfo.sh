#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# Stubs are the source of the arginfo headers.
. "$(dirname "$0")/tap.sh"

legacy() { for stub in php_native.stub.php $(find ext -name '*.stub.php'); do grep -q '@generate-legacy-arginfo 80100' "$stub" || echo "$stub"; done; }
check "every stub asks for code that PHP 8.1's API can compile" nothing legacy
pairs() { for header in $(find . -path ./build -prune -o -name '*_arginfo.h' -print); do [ -f "${header%_arginfo.h}.stub.php" ] || echo "$header has no stub"; done; }
check "every arginfo header has its stub" nothing pairs
whole() { grep -nE '= [0-9]+\.0+\b' php_native.stub.php $(find ext -name '*.stub.php' ! -path 'ext/curl/*'); }
check "no default is written as 1.0: PHP compiles it anew each time an argument behind it is named, but not 1" nothing whole
status=0
dev/arginfo --check >"$tmp/log" 2>&1 || status=$?
case $status in
    0) check "arginfo headers are what the stubs say" true ;;
    77) skip "arginfo headers are what the stubs say" "$(tail -n 1 "$tmp/log")" ;;
    *) check "arginfo headers are what the stubs say (else run dev/arginfo)" eval 'cat "$tmp/log"; false' ;;
esac
finish
