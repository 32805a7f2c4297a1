#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# Built out of the sources, as pecl does, with options.
. "$(dirname "$0")/tap.sh"
need_build
# shellcheck source=copies.inc
. tests/ground/copies.inc

# One build elsewhere with every switch turned the other way: each is seen by itself in the module. And by the other compiler.
cc=cc
! have clang || cc=clang
copy "$tmp/src"
elsewhere() { (cd "$tmp/src" && phpize) && mkdir -p "$tmp/out" && (cd "$tmp/out" && native_cv_shm=no CC=$cc CFLAGS='-O0 -g -Wall -Wextra -Wno-unused-parameter' ../src/configure --enable-native-debug --without-native-brotli --without-native-zstd && { make -j"$jobs" 2>log || { tail -n 30 log; false; }; }); }
check "configure elsewhere, with --enable-native-debug, without the codecs, on a system without shared memory" elsewhere
check "without a warning of -Wall -Wextra" nothing warnings "$tmp/out/log"
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
