#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# cores.sh TARGET - mqtt/ and http/wire/ compiled for another compiler, C library, processor or system, and run there: every MQTT
# vector, the client's sessions, what HTTP makes of responses, URLs and dates (tests/firmware/), and the C tests of these two
# folders. All that they print must be what gcc's build for this machine prints, byte for byte. Prints TAP; what cannot be
# had here is skipped.
# shellcheck source=../ground/tap.sh
. "$(dirname "$0")/../ground/tap.sh"

target=${1:?which target? See the table below}
# shellcheck disable=SC2034 # tap.sh's
suite=$target
packages='' compiler='' run='' link=-static extra='' suffix=''
time64="-D_TIME_BITS=64 -D_FILE_OFFSET_BITS=64" # the tests compare with the C library's time_t
case $target in
    clang) compiler=clang link='' packages=clang ;;
    musl) compiler=musl-gcc packages=musl-tools ;;
    i686) compiler=i686-linux-gnu-gcc extra=$time64 packages="gcc-i686-linux-gnu libc6-dev-i386-cross" ;;
    aarch64) compiler=aarch64-linux-gnu-gcc run=qemu-aarch64-static packages="gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static" ;;
    armhf) compiler=arm-linux-gnueabihf-gcc extra=$time64 run=qemu-arm-static packages="gcc-arm-linux-gnueabihf libc6-dev-armhf-cross qemu-user-static" ;;
    s390x) compiler=s390x-linux-gnu-gcc run=qemu-s390x-static packages="gcc-s390x-linux-gnu libc6-dev-s390x-cross qemu-user-static" ;;
    mingw)
        # What the tests, not the cores, want of POSIX is in windows/.
        compiler=x86_64-w64-mingw32-gcc packages="gcc-mingw-w64-x86-64 wine64 wine" suffix=.exe
        extra="-D__USE_MINGW_ANSI_STDIO=1 -Itests/matrix/windows -include tests/matrix/windows/posix.h"
        ;;
    *) die "no target is called $target" ;;
esac

need_build
# shellcheck disable=SC2086 # a list of words
if ! (apt_need $packages) 2>"$tmp/apt.log"; then
    skip "mqtt/ and http/wire/ on $target" "$(tail -n 1 "$tmp/apt.log")"
    exit 0
fi

# ---- Windows' programs -----------------------------------------------------------------------------

# A Windows of its own, without display, Mono and browser; its server ends with this script, and not between two programs:
# then the second can meet one that is ending ("recvmsg: Connection reset by peer").
wine=
for file in /usr/lib/wine/wine64 wine64 wine; do
    [ -n "$wine" ] || wine=$(command -v $file || true)
done
wine_environment=(WINEPREFIX="$build/matrix/wine" WINEDEBUG=-all WINEARCH=win64 WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe=" DISPLAY=)
# Its console would turn every line's end into two bytes.
wine_run() { timeout -k 5 600 env "${wine_environment[@]}" "$wine" "$@" | tr -d '\r' && return "${PIPESTATUS[0]}"; }
wine_server()
{
    local server
    server=$(command -v /usr/lib/wine/wineserver64 || command -v wineserver || true)
    [ -z "$server" ] || env "${wine_environment[@]}" "$server" "$1" </dev/null >/dev/null 2>&1 || true
}
wine_end()
{
    wine_server -k
    rm -rf "$tmp"
}
if [ "$target" = mingw ]; then
    mkdir -p "$build/matrix/wine"
    trap wine_end EXIT
    wine_server -p
fi

# ---- building --------------------------------------------------------------------------------------

mapfile -t cores < <(sources mqtt http/wire)
programs=(tests/ffi/dump.c tests/firmware/session.c tests/firmware/wire.c)
help=(tests/firmware/log.c tests/firmware/host.c tests/c/support/http_hash.c tests/c/support/mqtt_*.c)
# The C tests that want nothing but these two folders.
tests=()
for file in tests/c/mqtt_*.c tests/c/http_*.c; do
    gcc -MM -I. "$file" | grep -qE '(^|[ /])(http/[a-z_]+\.h|(net|shm|ext)/)' || tests+=("$file")
done
warnings="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"

# make_file NAME COMPILER LINK FLAGS SUFFIX: the folder of a compiler's builds. The objects go into an archive, so that a
# program gets what it uses.
make_file()
{
    local out=$build/matrix/cores-$1 archive file
    archive=$(object_of "$out" '' "${cores[@]}" "${help[@]}" | tr '\n' ' ')
    {
        object_rules "$out" '' "$2 -std=c99 -O2 $warnings" "${cores[@]}"
        object_rules "$out" '' "$2 -std=gnu11 -O1 -g -DNATIVE_DEBUG=1 -Wall -Wextra -Wno-unused-parameter -Wno-format -I. $4" "${help[@]}" "${programs[@]}" "${tests[@]}"
        printf '%s/all.a: %s\n\trm -f $@\n\tar rcs $@ %s\n' "$out" "$archive" "$archive"
        for file in "${programs[@]}" "${tests[@]}"; do
            printf '%s/%s: %s %s/all.a\n\t%s %s -o $@ $^ -lm\n' "$out" "$(basename "$file" .c)$5" "$(object_of "$out" '' "$file")" "$out" "$2" "$3"
        done
        printf -- '-include %s/*.d\n' "$out"
    } | new_makefile "$out"
}
made()
{
    make -k -j"$jobs" -f "$1/Makefile" "${@:2}" >"$tmp/make.log" 2>&1 8>&- && return
    grep -A4 -E 'error:|undefined reference|\*\*\*' "$tmp/make.log" | head -n 40
    return 1
}

mkdir -p "$build/matrix"
exec 8>"$build/matrix/cores.lock"
flock 8
make_file host gcc '' '' ''
make_file "$target" "$compiler" "$link" "$extra" "$suffix"
host=$build/matrix/cores-host
there=$build/matrix/cores-$target
mapfile -t names < <(printf '%s\n' "${programs[@]}" "${tests[@]}" | sed 's,.*/,,; s,\.c$,,')

about()
{
    $compiler -dM -E - </dev/null | awk -v target="$target" '
        { is[$2] = $3 }
        END {
            printf "# %s: %s, %s, %d bits, char is %s\n", target, "__clang__" in is ? "clang" : "gcc " is["__GNUC__"],
                is["__BYTE_ORDER__"] == "__ORDER_BIG_ENDIAN__" ? "big-endian" : "little-endian", 8 * is["__SIZEOF_POINTER__"],
                "__CHAR_UNSIGNED__" in is ? "unsigned" : "signed"
        }'
}
about
check "the programs build for this machine" made "$host" "${names[@]/#/$host/}"
# shellcheck disable=SC2046 # a list of files
check "mqtt/ and http/wire/ compile without a warning" made "$there" $(object_of "$there" '' "${cores[@]}")
built() { local all=("${names[@]/#/$there/}"); made "$there" "${all[@]/%/$suffix}"; }
check "the programs build" built
[ $failures = 0 ] || exit 1
flock -u 8

# ---- running ---------------------------------------------------------------------------------------

# here NAME ARGUMENT..., away NAME ARGUMENT...: run a program of this machine's or the other's.
here() { timeout -k 5 300 "$host/$1" "${@:2}" </dev/null; }
# shellcheck disable=SC2086 # nothing, or a command
away()
{
    if [ "$target" = mingw ]; then wine_run "$there/$1.exe" "${@:2}"; else timeout -k 5 600 $run "$there/$1" "${@:2}"; fi </dev/null
}
away session >"$tmp/probe" 2>"$tmp/probe.err" || true
if [ ! -s "$tmp/probe" ]; then
    skip "mqtt/ and http/wire/ on $target" "its programs build, but do not run here: $(tail -n 1 "$tmp/probe.err")"
    exit 0
fi

same()
{
    here "$@" >"$tmp/here" 2>/dev/null || { say "here it fails"; return 1; }
    away "$@" >"$tmp/away" 2>"$tmp/away.err" || { tail -n 20 "$tmp/away" "$tmp/away.err"; return 1; }
    [ -s "$tmp/here" ] || { say "here it prints nothing"; return 1; }
    cmp "$tmp/here" "$tmp/away" && return
    diff "$tmp/here" "$tmp/away" | head -n 20
    return 1
}
here dump >"$tmp/dump"
check "every MQTT vector: fields, errors and bytes as here ($(grep -c '^run ' "$tmp/dump") runs)" same dump
check "sessions of the client: bytes and events as here" same session
check "HTTP: responses, chunks, URLs, requests as here" same wire
# The comparison can fail: one byte changed in what goes in makes another answer.
changed_vector()
{
    mkdir "$tmp/changed"
    sed '0,/^hex = c0 00/s//hex = c0 01/' tests/vectors/ping.txt >"$tmp/changed/ping.txt"
    ! cmp -s tests/vectors/ping.txt "$tmp/changed/ping.txt" || return 1
    away dump "$tmp/changed" | grep -v '^hex ' >"$tmp/got" && grep -q '^run ping' "$tmp/got" || return 1
    ! awk '/^run / { on = /^run ping/ } on && !/^hex /' "$tmp/dump" | cmp -s - "$tmp/got"
}
check "a changed byte of a vector makes another answer" changed_vector
for file in "${tests[@]}"; do
    check "$(basename "$file" .c): as here" same "$(basename "$file" .c)"
done
finish
