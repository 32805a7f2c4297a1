#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# shm.sh TARGET [TEST...] - shm/ and its C tests compiled for another C library or processor, and run. qemu-user gives the other
# processor this machine's memory order: that shows that layout, system calls and word sizes are right there, not that
# the orderings are. Prints TAP.
# shellcheck source=../ground/tap.sh
. "$(dirname "$0")/../ground/tap.sh"

target=${1:?which target? See the table below}
shift
# shellcheck disable=SC2034 # tap.sh's
suite=shm-$target
kernel='' # where a C library's compiler finds the kernel's headers
case $target in
    musl) compiler=musl-gcc run='' packages=musl-tools kernel="-idirafter /usr/include -idirafter /usr/include/$(gcc -dumpmachine)" ;;
    aarch64) compiler=aarch64-linux-gnu-gcc run=qemu-aarch64-static packages="gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static" ;;
    *) die "no target is called $target" ;;
esac
need_build
# shellcheck disable=SC2086 # a list of words
if ! (apt_need $packages) 2>"$tmp/apt.log"; then
    skip "shm/ on $target" "$(tail -n 1 "$tmp/apt.log")"
    exit 0
fi

out=$build/matrix/shm-$target
mkdir -p "$out"
exec 8>"$out/.lock"
flock 8
mapfile -t shm < <(sources shm)
tests=()
for file in tests/c/shm_*.c; do
    gcc -MM -I. "$file" | grep -qE '(^|[ /])((net|ext)/|http/[a-z_]+\.h)' || tests+=("$file")
done
compile="$compiler -std=gnu11 -O2 -g $kernel -pthread -DNATIVE_DEBUG=1 -Wall -Wextra -Wno-unused-parameter -I."
{
    object_rules "$out" '' "$compile -Werror" "${shm[@]}"
    object_rules "$out" .fault "$compile -Werror -DNATIVE_SHM_FAULTS" "${shm[@]}"
    object_rules "$out" '' "$compile" "${tests[@]}"
    for file in "${tests[@]}"; do
        fault=
        ! grep -q '^void native_shm_fault(' "$file" || fault=.fault
        objects=$(object_of "$out" '' "$file"; object_of "$out" "$fault" "${shm[@]}")
        printf '%s/%s: %s\n\t%s -static -pthread -o $@ $^ -lm\n' "$out" "$(basename "$file" .c)" "$(printf '%s' "$objects" | tr '\n' ' ')" "$compiler"
    done
    printf -- '-include %s/*.d\n' "$out"
} | new_makefile "$out"
mapfile -t names < <(printf '%s\n' "${tests[@]}" | sed 's,.*/,,; s,\.c$,,')
[ $# = 0 ] || names=("$@")
made()
{
    make -k -j"$jobs" -f "$out/Makefile" "${names[@]/#/$out/}" >"$tmp/make.log" 2>&1 8>&- && return
    grep -A4 -E 'error:|undefined reference|\*\*\*' "$tmp/make.log" | head -n 40
    return 1
}
check "shm/ builds without a warning, and its tests build" made
[ $failures = 0 ] || exit 1
for name in "${names[@]}"; do
    log=$tmp/$name
    status=0
    # shellcheck disable=SC2086 # nothing, or a command
    timeout -k 5 300 $run "$out/$name" </dev/null >"$log" 2>"$log.err" || status=$?
    if why=$(grep -o '^1\.\.0 # SKIP.*' "$log"); then
        skip "$name" "${why#1..0 # SKIP }"
        continue
    fi
    # qemu-user has a table of all pages that a program maps, and no room for one of so many.
    if [ -n "$run" ] && grep -q '^not ok.*64 GiB' "$log" && grep -q 'mmap of 6[0-9]* bytes: Cannot allocate memory' "$log"; then
        skip "$name: segments of 64 GiB" "$run does not map them"
        sed -i -e '/^not ok.*64 GiB/d' -e '/mmap of .*Cannot allocate memory/d' "$log"
        [ "$status" != 1 ] || status=0
    fi
    ends_well()
    {
        grep -A8 '^not ok' "$log"
        if [ "$status" = 0 ] && grep -q '^ok' "$log"; then return 0; fi
        say "status $status"
        tail -n 5 "$log" "$log.err"
        return 1
    }
    check "$name ($(grep -c '^ok' "$log") tests)" ends_well
done
finish
