#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# dev/gdb: what it prints of a core, and of a segment's file, is what the program that crashed knew.
. "$(dirname "$0")/tap.sh"

apt_need gdb
name="dev/gdb prints of a core what the program knew"
mapfile -t cores < <(sources shm)
if ! gcc -std=gnu11 -g -O1 -pthread -o "$tmp/program" tests/ground/support/gdb_program.c "${cores[@]}" >"$tmp/cc.log" 2>&1; then
    check "the program builds" cat "$tmp/cc.log" /nowhere
    finish
    exit 1
fi
mkdir "$tmp/shm"
# gdb runs it and writes the core: the system's own way to a core may lead elsewhere.
gdb -q -batch -nx -iex 'set debuginfod enabled off' -ex run -ex "generate-core-file $tmp/core" -ex kill --args "$tmp/program" "$tmp/shm" \
    >"$tmp/run.log" 2>&1 </dev/null || true
grep -E '^(cache|heap of|channel|counter|mutex|semaphore|participant|lock of)' "$tmp/run.log" >"$tmp/expected" || true
if ! [ -s "$tmp/core" ] && grep -qiE 'ptrace|not permitted' "$tmp/run.log"; then
    skip "$name" "gdb may not run programs here"
    finish
    exit
fi
# Each line that the program printed is in the output (a line there may say more).
says()
{
    local line
    [ "$(wc -l <"$tmp/expected")" -ge 8 ] || { cat "$tmp/run.log"; return 1; }
    while IFS= read -r line; do
        grep -qF -- "  $line" "$1" || { say "missing: $line"; cat "$1"; return 1; }
    done <"$tmp/expected"
    ! grep 'wrong:' "$1"
}
dev/gdb -k core "$tmp/program" "$tmp/core" >"$tmp/core.out" 2>&1 || true
check "$name" says "$tmp/core.out"
keys() { [ "$(grep -cE '^    key [0-9]+ string, ' "$tmp/core.out")" = 1333 ] && grep -q '^    being made lease, ' "$tmp/core.out" && grep -q '^    large string, 200000 bytes' "$tmp/core.out"; }
check "-k lists each key" keys
# The core has the memory itself: it says the same when the file is gone.
file=$(find "$tmp/shm" -name gdb)
cp "$file" "$tmp/copy"
rm "$file"
dev/gdb core "$tmp/program" "$tmp/core" >"$tmp/again.out" 2>&1 || true
check "the core alone is enough" says "$tmp/again.out"
dev/gdb file "$tmp/copy" "$tmp/program" >"$tmp/file.out" 2>&1 || true
check "a segment's file says the same" says "$tmp/file.out"
# Damage is told, and no print hangs or breaks off: random bytes in the areas, one after another (in pages of the file:
# participants, map and shards, index, heaps, objects).
damaged()
{
    local page told=0
    for page in 1 8 9 10 11 12 13 15 18 24 40 60 80; do
        cp "$tmp/copy" "$tmp/damaged"
        dd if=/dev/urandom of="$tmp/damaged" bs=4096 seek=$page count=1 conv=notrunc status=none
        timeout 60 dev/gdb file "$tmp/damaged" "$tmp/program" >"$tmp/damaged.out" 2>&1 </dev/null || { say "page $page: status $?"; return 1; }
        ! grep -E 'Traceback|Error' "$tmp/damaged.out" || { say "page $page:"; cat "$tmp/damaged.out"; return 1; }
        ! grep -q 'wrong:' "$tmp/damaged.out" || told=$((told + 1))
    done
    [ $told -ge 5 ] || { say "only $told were told"; return 1; }
}
check "damage is told and ends no print" damaged
finish
