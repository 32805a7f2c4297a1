#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# clang.sh - the whole module compiled anew by clang, without a warning, and phpt on it but for what needs most time. Prints TAP.
. "$(dirname "$0")/../ground/tap.sh"

need_build
# shellcheck disable=SC2086 # a list of words
apt_need $packages_phpt clang
out=$build/clang-$(php-config --version)
rm -rf "$out"
builds() { CC=clang dev/build --out "$out" --cflags "-O2 -g -Wall -Wextra -Wno-unused-parameter"; }
check "the module builds with $(clang --version | sed -n '1s/.*version/clang/p')" builds
check "without a warning of -Wall -Wextra" nothing warnings "$out/build.log"
by_clang() { readelf -p .comment "$out/modules/native.so" | grep -q clang; }
check "it is clang that made it" by_clang
[ -f "$out/modules/native.so" ] || exit 1
mapfile -t tests < <(find tests/mqtt tests/shm tests/apcu tests/http tests/curl tests/ffi -maxdepth 1 -name '*.phpt' ! -name '*fpm*' | sort)
dev/phpt --module "$out/modules/native.so" --label clang "${tests[@]}" || failures=$((failures + 1))
finish
