#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# libnative.so and ffi-decls/: built without PHP, exports what is marked and nothing else, loads with FFI.
. "$(dirname "$0")/tap.sh"

need_build
check "libnative.so builds" dev/libnative --kept "$build/libnative-plain" "$tmp/libnative.so"
check "ffi-decls/*.h and net/library_symbols.h are what the headers say (else run dev/ffi-decls)" dev/ffi-decls --check
first() { [ "$(head -c 17 ffi-decls/mqtt.h)" = '#define FFI_SCOPE' ]; }
check "ffi-decls/mqtt.h begins with FFI_SCOPE" first
exports() { nm -D --defined-only "$tmp/libnative.so" | awk '{ print $3 }' | grep -vE '^native_((mqtt|net|shm|http)_|get_(api|symbols)$)'; }
check "libnative.so exports native_<pillar>_*, native_get_api and native_get_symbols only" nothing exports
libraries() { readelf -d "$tmp/libnative.so" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | grep -vE '^(libc|libpthread|libmbed[a-z0-9]*|libz|ld-[a-z0-9-]*|libgcc_s)\.(so|musl)'; }
check "libnative.so needs libc, mbedTLS and zlib only" nothing libraries
declared() { sed -n 's/.*\<\(native_mqtt_[a-z0-9_]*\)(.*/\1/p' ffi-decls/mqtt.h | sort -u >"$tmp/declared"
    nm -D --defined-only "$tmp/libnative.so" | awk '{ print $3 }' | sort -u | comm -23 "$tmp/declared" -; }
check "every function of ffi-decls/mqtt.h is in libnative.so" nothing declared

ffi=()
php -n -m | grep -qx FFI || ffi=(-d extension=ffi)
load() { LD_LIBRARY_PATH=$tmp php -n ${ffi[@]+"${ffi[@]}"} -d ffi.enable=1 -r '
    $f = FFI::load($argv[1]); echo get_class($f) === "FFI" ? "" : "no\n";' ffi-decls/mqtt.h; }
if php -n ${ffi[@]+"${ffi[@]}"} -r 'exit(extension_loaded("ffi") ? 0 : 1);' 2>/dev/null; then
    check "FFI::load() takes ffi-decls/mqtt.h" nothing load
    preload() { LD_LIBRARY_PATH=$tmp php -n ${ffi[@]+"${ffi[@]}"} -d ffi.enable=preload -d ffi.preload="$root/ffi-decls/mqtt.h" \
        -r 'echo get_class(FFI::scope("native_mqtt")) === "FFI" ? "" : "no\n";'; }
    check "FFI::scope() finds it when preloaded" nothing preload
else
    skip "FFI::load() takes ffi-decls/mqtt.h" "this PHP has no FFI"
fi

build_module
only_entry() { nm -D --defined-only "$module" | awk '{ print $3 }' | grep -vxE 'get_module|native_shm_api'; }
check "native.so exports get_module only" nothing only_entry
nodelete() { readelf -d "$module" | grep -q NODELETE; }
check "native.so stays in memory (-z nodelete)" nodelete
finish
