#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# The layers: who may include what (docs: CONTRIBUTING.md).
. "$(dirname "$0")/tap.sh"

c_files() { find "$@" -name '*.[ch]' -type f 2>/dev/null | sort; }
includes() { grep -HnE '^[[:space:]]*#[[:space:]]*include' "$@" /dev/null; }
cores=()
for folder in mqtt net http shm; do
    [ ! -d $folder ] || cores+=("$folder")
done

php_in_cores() { includes $(c_files "${cores[@]}") | grep -E '[<"]([^">]*/)?((php|zend|Zend|SAPI|TSRM)[^">]*|(main|ext)/[^">]*)[">]'; }
check "no PHP header outside ext/ and php_native.*" nothing php_in_cores

four_headers() { includes $(c_files mqtt http/wire) | grep '<' | grep -vE '<(stdint|stddef|stdbool|string)\.h>'; }
check "mqtt/ and http/wire/ include four standard headers and no other" nothing four_headers

own_folder() { includes $(c_files mqtt http/wire) | grep '"' | grep -E '"[^"]*/' | grep -vE '^mqtt/include/native_mqtt\.h:[0-9]+:#include "\.\./[a-z]+\.h"$'; }
check "mqtt/ and http/wire/ include no header of another folder" nothing own_folder

net_upwards() { includes $(c_files net) | grep -E '"(\.\./)+(http|shm|ext|mqtt)/' | grep -v '"\.\./mqtt/api\.h"'; }
check "net/ does not look into the pillars above it" nothing net_upwards

shm_elsewhere() { [ ! -d shm ] || includes $(c_files shm) | grep '"' | grep -E '"[^"]*/' | grep -v '"\.\./mqtt/api\.h"'; }
check "shm/ includes no header of another folder" nothing shm_elsewhere

share_php() { includes $(c_files ext/share) | grep -v '^ext/share/ext_share\.' | grep -E '[<"]([^">]*/)?((php|zend|Zend|SAPI|TSRM)[^">]*|ext_[^">]*|(shm|http|mqtt)/(attach|ini|call|client)\.h)[">]'; }
check "in ext/share/, where shm/ and net/ meet, only ext_share.* know PHP" nothing share_php

tls_users() { grep -lE '[<"](mbedtls|psa)/' $(c_files php_native.c php_native.h ext "${cores[@]}") /dev/null | grep -v '^net/mbedtls/'; }
check "mbedTLS is seen by net/mbedtls/ only" nothing tls_users

version_tests() { grep -nE 'PHP_VERSION_ID|ZEND_MODULE_API_NO' $(c_files php_native.c php_native.h ext) | grep -v '^ext/compat\.h:' | grep -v '_arginfo\.h:' | grep -v '^ext/curl/'; }
check "PHP versions are told apart in ext/compat.h, and in ext/curl/, which has what each version's own has" nothing version_tests

upwards() { includes $(c_files ext) | grep -E '"(mqtt|net|http|shm)/'; }
check "own headers are included by relative path" nothing upwards

absolute() { includes $(c_files php_native.c ext "${cores[@]}") | grep -E '[<"]/'; }
check "no header is included by absolute path" nothing absolute

# mem* aside, a core that is freestanding calls nobody: the object files say so. Each folder stands alone.
calls()
{
    local file
    mkdir -p "$tmp/$1"
    for file in $(sources "$1"); do
        gcc -std=c99 -ffreestanding -fno-pic -fno-pie -fno-stack-protector -U_FORTIFY_SOURCE -O2 -c -o "$tmp/$1/$(basename "$file").o" "$file" || return 1
    done
    nm --defined-only -g "$tmp/$1"/*.o | awk 'NF == 3 { print $3 }' | sort -u >"$tmp/defined"
    nm -u "$tmp/$1"/*.o | awk '$1 == "U" { print $2 }' | grep -vxE 'mem(cpy|move|set|cmp|chr)' | sort -u | comm -23 - "$tmp/defined"
}
writable() { for file in "$tmp/$1"/*.o; do size "$file" | awk -v f="$file" 'NR == 2 && $2 + $3 > 0 { print f ": " $2 + $3 " bytes of static RAM" }'; done; }
for folder in mqtt http/wire; do
    check "$folder/ calls five functions of the C library and no other" nothing calls "$folder"
    check "$folder/ has no static RAM" nothing writable "$folder"
done
finish
