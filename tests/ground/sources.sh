#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# One list of sources: sources.list equals the folders, everybody reads it, file names fit the build.
. "$(dirname "$0")/tap.sh"

check "sources.list equals the folders (else run dev/sources)" dev/sources --check
for reader in config.m4 config.w32 dev/lib.sh; do
    check "$reader reads sources.list" grep -q 'sources\.list' $reader
done
named_elsewhere() { grep -nE '(mqtt|net|shm|ext/mqtt|ext/shm)/[a-z_]+\.c\b' config.m4 config.w32 Makefile.frag; }
check "no build file names a source of its own" nothing named_elsewhere
dots() { find php_native.c ext mqtt net shm -name '*.[ch]' | grep -E '/[^/]*\.[^/]*\.[^/]*$'; }
check "one dot in each file name" nothing dots
twice() { sources | sort | uniq -d; }
check "no source is listed twice" nothing twice
spdx() { for file in $(sources) $(find ext mqtt net shm -name '*.h' ! -name '*_arginfo.h'); do head -n 1 "$file" | grep -q 'SPDX-License-Identifier: MIT OR Apache-2.0' || echo "$file"; done; }
check "every file of the module begins with its licence" nothing spdx
finish
