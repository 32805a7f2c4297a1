#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# The C library as a user has it: installed under a prefix, found with pkg-config, used by a C program and by PHP's FFI, and
# one number for headers, SONAME and library.
# shellcheck disable=SC2016 # PHP in single quotes
. "$(dirname "$0")/tap.sh"

need_build
prefix=$tmp/prefix
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
unset NATIVE_LIBRARY
install() { CFLAGS=-O0 make -s -f Makefile.frag srcdir=. top_builddir="$tmp" PREFIX="$prefix" install-libnative; }
check "make install-libnative" install
[ -f "$prefix/lib/libnative.so" ] || { finish; exit 1; }
known() { pkg-config --exists --print-errors native && [ "$(pkg-config --modversion native)" = "$(sed -n 's/^#define PHP_NATIVE_VERSION "\(.*\)"/\1/p' php_native.h)" ]; }
check "pkg-config knows it, with the version" known

# What PHP's FFI and the linker find is one file.
names() { [ "$(readlink "$prefix/lib/libnative.so")" = "libnative.so.$(pkg-config --variable=api native)" ] && [ -f "$prefix/lib/libnative.so" ]; }
check "libnative.so is libnative.so.N" names

# Nothing of the checkout is in the compiler's reach here.
cat >"$tmp/program.c" <<'INNER'
#include <native/mqtt/topic.h>
#include <native/net/library.h>
#include <native/shm/segment.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    struct native_shm_options options = NATIVE_SHM_OPTIONS_INIT;
    struct native_shm_segment *segment;
    char why[160] = "";

    options.folder = argc > 1 ? argv[1] : "/nowhere";
    options.name = "program";
    options.size = 1 << 20;
    if (native_shm_segment_open(&options, &segment, why) != NATIVE_SHM_OK) {
        printf("no segment: %s\n", why);
        return 1;
    }
    native_shm_segment_close(segment);
    if (!native_mqtt_topic_match("a/+", 3, "a/b", 3) || native_mqtt_topic_match("a/+", 3, "b/b", 3)) {
        printf("no match\n");
        return 1;
    }
    printf("%d %d %u\n", NATIVE_API_NUMBER, NATIVE_LIBRARY_API, (unsigned)native_get_api());
    return 0;
}
INNER
compiles() { # shellcheck disable=SC2046 # a list of flags
    (cd "$tmp" && gcc -std=gnu11 -Wall -Wextra -Wpedantic -Werror -o program program.c $(pkg-config --cflags --libs native)); }
check "a C program compiles and links with what pkg-config says" compiles
mkdir "$tmp/segments"
runs() { LD_LIBRARY_PATH=$prefix/lib "$tmp/program" "$tmp/segments" >"$tmp/said" || { cat "$tmp/said"; return 1; }; }
check "it runs: a topic filter, a segment" runs
one_number()
{
    local soname needed header
    soname=$(readelf -d "$prefix/lib/libnative.so" | sed -n 's/.*SONAME.*\[libnative\.so\.\([0-9]*\)\]/\1/p')
    needed=$(readelf -d "$tmp/program" | sed -n 's/.*NEEDED.*\[libnative\.so\.\([0-9]*\)\]/\1/p')
    header=$(sed -n 's/^#define NATIVE_API_NUMBER //p' "$prefix/include/native/mqtt/api.h")
    say "SONAME $soname, needed $needed, header $header, pkg-config $(pkg-config --variable=api native), the program: $(cat "$tmp/said")"
    [ -n "$soname" ] && [ "$soname" = "$needed" ] && [ "$soname" = "$header" ] && [ "$(pkg-config --variable=api native)" = "$soname" ] \
        && [ "$(cat "$tmp/said")" = "$soname $soname $soname" ]
}
check "SONAME, macro, enum, pkg-config's variable and what the library returns are one number" one_number
alone()
{
    local header
    (cd "$prefix/include" && find . -name '*.h') | while IFS= read -r header; do
        printf '#include <native/%s>\n' "${header#./native/}" | gcc -std=gnu11 -Wall -Wextra -Werror -I"$prefix/include" -fsyntax-only -x c - 2>&1
    done
}
check "each installed header compiles by itself" nothing alone
complete()
{
    local name
    for name in $(nm -D --defined-only "$prefix/lib/libnative.so" | awk '{ print $3 }'); do
        grep -rqE "^NATIVE_API .*\<$name\(" "$prefix/include/native" || grep -rqE "^ +$name\(|^$name\(" "$prefix/include/native" || say "$name is in no header"
    done
}
check "each exported function is in an installed header" nothing complete

# PHP's FFI: the classes that were installed, the library by its unversioned name.
if php -n -d extension=ffi -d ffi.enable=1 -r 'exit(extension_loaded("ffi") ? 0 : 1);' 2>/dev/null; then
    ffi() { LD_LIBRARY_PATH=$prefix/lib php -n -d extension=ffi -d ffi.enable=1 -r "require '$prefix/share/native/ffi-decls/autoload.php';"'
        $ffi = Native\Ffi\Library::get()->ffi;
        echo (new Native\Ffi\Mqtt\Codec(4))->decode("\x30\x03\0\1a")->topic === "a" && $ffi->native_get_api() === $ffi->NATIVE_LIBRARY_API ? "" : "no\n";'; }
    check "PHP's FFI finds libnative.so, with the number of its declarations" nothing ffi
else
    skip "PHP's FFI finds libnative.so, with the number of its declarations" "this PHP has no FFI"
fi

relocated() { DESTDIR=$tmp/dest LIBDIR=/usr/lib/here dev/install-libnative --kept "$build/libnative-plain" /usr && [ -f "$tmp/dest/usr/lib/here/libnative.so" ] \
    && grep -qx 'libdir=/usr/lib/here' "$tmp/dest/usr/lib/here/pkgconfig/native.pc" && [ -f "$tmp/dest/usr/include/native/mqtt/client.h" ]; }
check "DESTDIR and LIBDIR" relocated
removed() { make -s -f Makefile.frag srcdir=. PREFIX="$prefix" uninstall-libnative && find "$prefix" ! -type d; }
check "make uninstall-libnative leaves no file" nothing removed
finish
