#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# Built in the sources, as by hand: what the module is and needs.
. "$(dirname "$0")/tap.sh"

need_build
# shellcheck source=copies.inc
. tests/ground/copies.inc

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
finish
