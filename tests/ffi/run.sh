#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# libnative.so and ffi-decls/ with no extension loaded: what is exported, loading, preloading, and every test
# vector answered as by the C code itself. Prints TAP.
# shellcheck disable=SC2016 # PHP in single quotes
# shellcheck source=../ground/tap.sh
. "$(dirname "$0")/../ground/tap.sh"
suite=ffi

need_build
dir=$(php -n -r 'echo ini_get("extension_dir");')
ffi=()
php -n -m | grep -qx FFI || ffi=(-d extension=ffi)
if ! php -n ${ffi[@]+"${ffi[@]}"} -r 'exit(extension_loaded("ffi") ? 0 : 1);' 2>/dev/null; then
    skip "libnative.so through FFI" "this PHP has no FFI"
    exit 0
fi
opcache=()
php -n -m | grep -q '^Zend OPcache' || opcache=(-d zend_extension=opcache)

check "libnative.so builds" dev/libnative --kept "$build/libnative-plain" "$tmp/libnative.so"
export NATIVE_LIBRARY=$tmp/libnative.so

# ---- what is exported ----
# A function is public when NATIVE_API stands before it; its name is the last word before the first bracket.
cat mqtt/*.h net/*.h shm/*.h | awk '/^NATIVE_API / { text = ""; open = 1 } open { text = text " " $0 }
    open && /\(/ { sub(/\(.*/, "", text); n = split(text, word, /[ *]+/); print word[n]; open = 0 }' | sort -u >"$tmp/public"
nm -D --defined-only "$tmp/libnative.so" | awk '{ print $3 }' | sort -u >"$tmp/exported"
some_functions() { [ "$(wc -l <"$tmp/public")" -ge 40 ]; }
check "the headers have public functions" some_functions
check "libnative.so exports every function marked NATIVE_API and nothing else" nothing diff "$tmp/public" "$tmp/exported"
for pillar in mqtt shm; do
    grep -oE "\<native_${pillar}_[a-z0-9_]+ *\(" "ffi-decls/$pillar.h" | tr -d ' (' | sort -u >"$tmp/declared"
    grep "^native_${pillar}_" "$tmp/public" >"$tmp/public_$pillar"
    check "ffi-decls/$pillar.h declares every one of them in $pillar/ and nothing else" nothing diff "$tmp/public_$pillar" "$tmp/declared"
done

# ---- loading ----
run() { php -n ${ffi[@]+"${ffi[@]}"} -d ffi.enable=1 "$@"; }
load() { LD_LIBRARY_PATH=$tmp run -r '$f = FFI::load($argv[1]); echo $f->native_mqtt_topic_match("a/+", 3, "a/b", 3) ? "" : "no\n";
    echo FFI::load($argv[2])->native_shm_segment_abi() ? "" : "no\n";' ffi-decls/mqtt.h ffi-decls/shm.h; }
check "FFI::load()" nothing load
cdef() { run -r '$f = FFI::cdef(preg_replace("/^#define .*/m", "", file_get_contents($argv[1])), $argv[2]);
    echo $f->native_mqtt_topic_match("a/+", 3, "a/b", 3) ? "" : "no\n";' ffi-decls/mqtt.h "$tmp/libnative.so"; }
check "FFI::cdef()" nothing cdef
use='echo (new Native\Ffi\Mqtt\Codec(4))->decode("\x30\x03\0\1a")->topic === "a" ? "" : "no\n";'
opened() { run -r "require 'ffi-decls/autoload.php'; $use"; }
check "the classes find the library by NATIVE_LIBRARY" nothing opened
cached() { run -r "require 'ffi-decls/autoload.php'; \$s = Native\\Ffi\\Shm\\Segment::open('x', 1 << 20, '$tmp'); \$c = new Native\\Ffi\\Shm\\Cache(\$s);
    echo \$c->store('a', 1) && \$c->fetch('a') === 1 ? '' : 'no';"; }
check "a cache in a segment" nothing cached
linker() { (unset NATIVE_LIBRARY && LD_LIBRARY_PATH=$tmp run -r "require 'ffi-decls/autoload.php'; $use"); }
check "the classes find the library as the dynamic linker does" nothing linker

# ---- preloading: the way for web servers, where FFI::cdef() and FFI::load() are refused ----
if [ -f "$dir/opcache.so" ] || [ ${#opcache[@]} = 0 ]; then
    # Copies, for a user who may not read the checkout. In a web server the page itself must not use FFI.
    cp -r ffi-decls "$tmp/decls"
    printf '%s\n' '<?php' "$use" \
        'if (!in_array("Native\\Ffi\\Mqtt\\Codec", opcache_get_status()["preload_statistics"]["classes"] ?? [], true)) echo "not preloaded\n";' \
        'if (PHP_SAPI !== "cli") try { FFI::cdef("int getpid(void);"); echo "FFI is open to all\n"; } catch (FFI\Exception) {}' >"$tmp/use.php"
    chmod -R a+rX "$tmp"
    common=(-n ${ffi[@]+"${ffi[@]}"} ${opcache[@]+"${opcache[@]}"} -d ffi.enable=preload -d opcache.enable_cli=1
        -d "opcache.preload=$tmp/decls/preload.php")
    as_user=() # PHP preloads for root only when told another user, and then FFI::load() refuses to work
    [ "$(id -u)" != 0 ] || as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    preloaded() { ${as_user[@]+"${as_user[@]}"} php "${common[@]}" "$tmp/use.php"; }
    check "preload.php declares the library and the classes for all requests" nothing preloaded
    preloaded_by_name() { (unset NATIVE_LIBRARY && export LD_LIBRARY_PATH=$tmp && preloaded); }
    check "preload.php finds the library as the dynamic linker does" nothing preloaded_by_name

    version=$(php -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')
    fpm=$(command -v "php-fpm$version" php-fpm | head -n 1 || true)
    if [ -n "$fpm" ] && have cgi-fcgi; then
        user=$(id -un)
        printf '[global]\nerror_log = %s\ndaemonize = no\n[www]\nlisten = %s\npm = static\npm.max_children = 1\nuser = %s\ngroup = %s\n' \
            "$tmp/fpm.log" "$tmp/fpm.sock" "$user" "$(id -gn)" >"$tmp/fpm.conf"
        LD_LIBRARY_PATH=$tmp "$fpm" -R "${common[@]}" -d "ffi.preload=$tmp/decls/mqtt.h:$tmp/decls/shm.h" -d "opcache.preload_user=$user" \
            -y "$tmp/fpm.conf" >"$tmp/fpm.out" 2>&1 &
        fpm_pid=$!
        trap 'kill $fpm_pid 2>/dev/null; wait $fpm_pid 2>/dev/null; rm -rf "$tmp"' EXIT
        for _ in $(seq 100); do [ -S "$tmp/fpm.sock" ] || sleep 0.05; done
        page() { SCRIPT_FILENAME=$tmp/use.php SCRIPT_NAME=/use.php REQUEST_METHOD=GET QUERY_STRING='' cgi-fcgi -bind -connect "$tmp/fpm.sock" | tr -d '\r'; }
        answers() { page | grep -i '^Content-type' || { cat "$tmp/fpm.out" "$tmp/fpm.log"; false; }; }
        check "php-fpm answers" answers
        said() { page | sed '1,/^$/d'; }
        check "php-fpm with ffi.enable=preload: the classes work, FFI is closed to the page" nothing said
        kill $fpm_pid
        wait $fpm_pid
    else
        skip "php-fpm with ffi.enable=preload" "there is no php-fpm or no cgi-fcgi"
    fi
else
    skip "preload.php declares the library and the classes for all requests" "this PHP has no opcache"
fi

# ---- names ----
names() { run -r 'require "ffi-decls/autoload.php";
    foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator("ffi-decls", FilesystemIterator::SKIP_DOTS)) as $file) {
        $name = substr($file, strlen("ffi-decls/"), -4);
        if (!str_ends_with($file, ".php") || in_array($name, ["autoload", "preload"])) continue;
        $class = "Native\\Ffi\\" . strtr($name, "/", "\\");
        if (!class_exists($class) || !(new ReflectionClass($class))->isFinal()) echo "$file: no final class $class\n";
        if (!str_contains(file_get_contents("ffi-decls/preload.php"), "\x27$name\x27")) echo "$file: not in preload.php\n";
    }'; }
check "each file of ffi-decls/ is a final class in Native\\Ffi and preloaded" nothing names

# ---- the vectors ----
mapfile -t mqtt < <(sources mqtt)
# shellcheck disable=SC2086 # CC is a list of words
check "the C code's answers" ${CC:-cc} -std=gnu11 -O1 -I. -o "$tmp/dump" tests/ffi/dump.c tests/c/support/mqtt_vector.c \
    tests/c/support/mqtt_describe.c "${mqtt[@]}"
"$tmp/dump" >"$tmp/expected"
enough() { [ "$(grep -c '^run ' "$tmp/expected")" -ge 1000 ]; }
check "there are a thousand runs of vectors" enough
same() { run tests/ffi/vectors.php <"$tmp/expected" >"$tmp/got" && diff "$tmp/expected" "$tmp/got"; }
check "every vector through FFI: fields, errors and bytes as in C ($(grep -c '^run ' "$tmp/expected") runs)" nothing same
# The comparison can fail: with one byte changed, another answer comes.
changed() { sed '0,/^hex 10/s//hex 00/' "$tmp/expected" | run tests/ffi/vectors.php | grep -v '^hex ' >"$tmp/got"
    ! grep -v '^hex ' "$tmp/expected" | diff -q - "$tmp/got"; }
check "a changed byte makes another answer" changed
finish
