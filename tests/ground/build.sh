#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# The ways to build: phpize in the sources, out of them as pecl does, with and without options.
. "$(dirname "$0")/tap.sh"

need_build
copy()
{
    mkdir -p "$1"
    { sources; find php_native*.h ext mqtt net http shm -name '*.h'; echo config.m4; echo Makefile.frag; echo sources.list; echo dev/libnative; echo dev/lib.sh; } \
        | sort -u | tar -cf - -T - | tar -C "$1" -xf -
}
info() { php -n -d "extension=$1" --ri native; }
version() { info "$1" | grep -q "^Version => $(sed -n 's/^#define PHP_NATIVE_VERSION "\(.*\)"/\1/p' php_native.h)$" || { info "$1"; return 1; }; }

# Without optimisation, to be quick: tests/ground/package.sh builds with the flags of a default installation.
copy "$tmp/in"
in_tree() { cd "$tmp/in" && phpize && CFLAGS='-O0 -g' ./configure && make -j"$jobs"; }
check "phpize && ./configure && make, in the sources" in_tree
check "that module loads and tells its version" version "$tmp/in/modules/native.so"
[ -z "${NATIVE_GROUND_MODULE:-}" ] || cp "$tmp/in/modules/native.so" "$NATIVE_GROUND_MODULE"
make_libnative() { CFLAGS=-O0 make -C "$tmp/in" libnative && nm -D --defined-only "$tmp/in/libnative.so" | grep -q ' T native_mqtt_'; }
check "make libnative" make_libnative
starts_quiet() { nothing php -n -d "extension=$tmp/in/modules/native.so" -r ';'; }
check "loading it prints nothing" starts_quiet
codecs() { info "$tmp/in/modules/native.so" | grep -qE '^Content codings => deflate, gzip, br, zstd \(.*brotli/.*zstd/'; }
check "br and zstd are there" codecs
linked() { readelf -d "$tmp/in/modules/native.so" | grep -E 'NEEDED.*(brotli|zstd)'; }
check "... and not linked: not every start of PHP pays for them" nothing linked
no_brotli() { mkdir -p "$tmp/none" && : >"$tmp/none/libbrotlidec.so.1" && LD_LIBRARY_PATH=$tmp/none info "$tmp/in/modules/native.so" | grep -qE '^Content codings => deflate, gzip, zstd \('; }
check "where libbrotlidec cannot be loaded there is no br" no_brotli
twice() { php -n -d "extension=$tmp/in/modules/native.so" -d "extension=$tmp/in/modules/native.so" -r 'echo "still here\n";' 2>&1 | grep -q 'still here'; }
check "loading it twice is a warning only" twice

# One build elsewhere with every switch turned the other way: each is seen by itself in the module.
copy "$tmp/src"
elsewhere() { (cd "$tmp/src" && phpize) && mkdir -p "$tmp/out" && (cd "$tmp/out" && native_cv_shm=no CFLAGS='-O0 -g' ../src/configure --enable-native-debug --without-native-brotli --without-native-zstd && make -j"$jobs"); }
check "configure elsewhere, with --enable-native-debug, without the codecs, on a system without shared memory" elsewhere
check "that module loads and tells its version" version "$tmp/out/modules/native.so"
debug() { info "$tmp/out/modules/native.so" | grep -q '^Invariant checks => on'; }
check "it says that it checks its invariants" debug
no_codecs() { info "$tmp/out/modules/native.so" | grep -qE '^Content codings => deflate, gzip \(zlib/[0-9.]+\)$'; }
check "--without-native-brotli and --without-native-zstd leave them out" no_codecs
without_shm() { ! ls "$tmp/out/shm" "$tmp/out/ext/shm" "$tmp/out/ext/apcu"; }
check "without shared memory there is all the rest" without_shm
clean() { find "$tmp/src" -name '*.lo' -o -name '*.so'; }
check "the sources stayed free of objects" nothing clean

refuses() { mkdir -p "$tmp/no" "$tmp/empty" && cd "$tmp/no" && ../src/configure --with-native-mbedtls="$tmp/empty" >log 2>&1 && return 1; grep -q 'no include/mbedtls/ssl.h in' log || { tail -n 5 log; return 1; }; }
check "--with-native-mbedtls=DIR refuses a folder without mbedTLS" refuses
named() { mkdir -p "$tmp/named" && cd "$tmp/named" && ../src/configure --with-native-mbedtls=/usr >log 2>&1 && grep -q 'checking whether mbedTLS links... yes' log; }
check "--with-native-mbedtls=DIR takes a folder with it" named
finish
