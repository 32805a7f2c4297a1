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
cat mqtt/*.h http/*.h net/*.h shm/*.h | awk '/^NATIVE_API / { text = ""; open = 1 } open { text = text " " $0 }
    open && /\(/ { sub(/\(.*/, "", text); n = split(text, word, /[ *]+/); print word[n]; open = 0 }' | sort -u >"$tmp/public"
nm -D --defined-only "$tmp/libnative.so" | awk '{ print $3 }' | sort -u >"$tmp/exported"
some_functions() { [ "$(wc -l <"$tmp/public")" -ge 40 ]; }
check "the headers have public functions" some_functions
check "libnative.so exports every function marked NATIVE_API and nothing else" nothing diff "$tmp/public" "$tmp/exported"
for pillar in mqtt http shm; do
    grep -oE "\<native_${pillar}_[a-z0-9_]+ *\(" "ffi-decls/$pillar.h" | tr -d ' (' | sort -u >"$tmp/declared"
    grep "^native_${pillar}_" "$tmp/public" >"$tmp/public_$pillar"
    check "ffi-decls/$pillar.h declares every one of them in $pillar/ and nothing else" nothing diff "$tmp/public_$pillar" "$tmp/declared"
done

# ---- loading ----
run() { php -n ${ffi[@]+"${ffi[@]}"} -d ffi.enable=1 "$@"; }
load() { LD_LIBRARY_PATH=$tmp run -r '$f = FFI::load($argv[1]); echo $f->native_mqtt_topic_match("a/+", 3, "a/b", 3) ? "" : "no\n";
    echo FFI::load($argv[2])->native_shm_segment_abi() ? "" : "no\n"; $f = FFI::load($argv[3]); $f->native_http_client_free($f->native_http_client_new(false));' \
    ffi-decls/mqtt.h ffi-decls/shm.h ffi-decls/http.h; }
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

requested() { run -r "require 'ffi-decls/autoload.php'; try { (new Native\\Ffi\\Http\\Client(new Native\\Ffi\\Http\\Options(proxy: '')))->get('http://127.0.0.1:1/'); }
    catch (Native\\Ffi\\Http\\HttpException \$e) { echo \$e->reason === 'connect_refused' ? '' : \$e->getMessage(); }"; }
check "an HTTP request" nothing requested

# ---- a library of another API ----
printf '#include <stdint.h>\nuint32_t native_get_api(void);\nuint32_t native_get_api(void) { return 3; }\n' >"$tmp/other.c"
# shellcheck disable=SC2086 # CC is a list of words
${CC:-cc} -shared -fPIC -o "$tmp/other.so" "$tmp/other.c"
# shellcheck disable=SC2086
printf 'int native_nothing;\n' >"$tmp/none.c" && ${CC:-cc} -shared -fPIC -o "$tmp/none.so" "$tmp/none.c"
refusal() { NATIVE_LIBRARY=$1 run -r 'require "ffi-decls/autoload.php"; use Native\Ffi\{Library, LibraryException};
    $api = Library::API;
    foreach (["mqtt", "http", "shm"] as $header) foreach ([fn () => Library::get($header), fn () => Library::open($argv[1], $header), fn () => Library::preload()] as $way)
        try { $way(); echo "taken\n"; } catch (LibraryException $e) {
            echo $e->getMessage() === $argv[1] . sprintf($argv[2], $api) ? "" : $e->getMessage() . "\n"; }' "$1" "$2"; }
check "libnative.so with another API number is refused, in words" nothing refusal "$tmp/other.so" " has API 3, these classes want %d"
check "... and one that has none" nothing refusal "$tmp/none.so" " tells no API number, these classes want %d"
absent() { NATIVE_LIBRARY=$tmp/absent.so run -r 'require "ffi-decls/autoload.php";
    try { Native\Ffi\Library::get(); echo "taken\n"; } catch (FFI\Exception $e) { echo str_contains($e->getMessage(), "absent.so") ? "" : $e->getMessage(); }'; }
check "... and none at all" nothing absent
headers() { run -r 'require "ffi-decls/autoload.php"; use Native\Ffi\Library;
    foreach (["nosuch", "", "../ffi-decls/mqtt", "a\0b"] as $header) foreach ([fn () => Library::get($header), fn () => Library::open($argv[1], $header)] as $way)
        try { $way(); echo "$header: taken\n"; } catch (ValueError $e) {
            echo $e->getMessage() === "The header must be \"mqtt\", \"http\", \"shm\"" ? "" : $e->getMessage() . "\n"; }' "$NATIVE_LIBRARY"; }
check "a header that there is not is refused, in words" nothing headers
numbers() { run -r 'require "ffi-decls/autoload.php"; foreach (["mqtt", "http", "shm"] as $header) {
    $f = Native\Ffi\Library::get($header)->ffi;
    if ($f->NATIVE_LIBRARY_API !== Native\Ffi\Library::API || $f->native_get_api() !== Native\Ffi\Library::API) echo "$header: $f->NATIVE_LIBRARY_API\n"; }'; }
check "the classes, the headers and the library have one API number" nothing numbers

# ---- what it tells that it exports ----
told() { run -r 'require "ffi-decls/autoload.php"; foreach (Native\Ffi\Library::get()->symbols() as $s) echo $s[$argv[1]], "\n";' "$1"; }
listed() { told name | diff "$tmp/exported" -; }
check "native_get_symbols() lists what nm finds, in its order" nothing listed
kinds() { told kind | sort -u | grep -vx function; }
check "... all of them functions" nothing kinds
# Who knows the types can call what the table says: its signatures, in place of the header's, are taken and work.
signatures() { run -r 'require "ffi-decls/autoload.php"; $all = Native\Ffi\Library::get()->symbols();
    foreach (["mqtt", "http", "shm"] as $header) {
        $types = preg_replace(["/^#define .*/m", "/^ [a-z][^{};]*\([^{}]*?\);/m"], "", file_get_contents("ffi-decls/$header.h"));
        if (preg_match("/\bnative_[a-z_]+\(/", $types)) echo "$header: a function is left\n";
        $own = array_filter($all, fn ($s) => str_starts_with($s["name"], "native_$header") || str_starts_with($s["name"], "native_get"));
        FFI::cdef($types . implode(";\n", array_column($own, "signature")) . ";", getenv("NATIVE_LIBRARY"))->native_get_api() === 1 || print "no";
    }'; }
check "... with signatures that FFI takes" nothing signatures

# ---- layouts ----
layout() { run tests/ffi/layout.php "$@" mqtt http shm; }
layout >"$tmp/layout.ffi" && layout --c >"$tmp/layout.c"
structs() { [ "$(grep -c '^sizeof(struct [a-z_]*)' "$tmp/layout.ffi")" = "$(cat ffi-decls/*.h | grep -oE '^struct [a-z_]+ \{' | sort -u | wc -l)" ]; }
check "each struct with members is looked at" structs
# shellcheck disable=SC2086 # CC is a list of words
check "a C program out of the headers builds" ${CC:-cc} -std=gnu11 -Wall -Werror -I. -o "$tmp/layout" "$tmp/layout.c"
laid_out() { "$tmp/layout" | diff - "$tmp/layout.ffi"; }
check "sizes, members' places and constants are for FFI what they are for C ($(wc -l <"$tmp/layout.ffi") of them)" nothing laid_out
# The comparison can fail: with one member more in a struct the places behind it are others.
moved() { cp -r ffi-decls "$tmp/moved" && mkdir -p "$tmp/m/tests/ffi" && mv "$tmp/moved" "$tmp/m/ffi-decls" && cp tests/ffi/layout.php "$tmp/m/tests/ffi/" &&
    sed -i '0,/^struct native_shm_info {/s//&\n    uint32_t more;/' "$tmp/m/ffi-decls/shm.h" && run "$tmp/m/tests/ffi/layout.php" mqtt http shm | diff - "$tmp/layout.ffi" | grep -q '^< offsetof(struct native_shm_info, more) = 0'; }
check "... and a member more is seen" moved

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
        LD_LIBRARY_PATH=$tmp "$fpm" -R "${common[@]}" -d "ffi.preload=$tmp/decls/mqtt.h:$tmp/decls/http.h:$tmp/decls/shm.h" -d "opcache.preload_user=$user" \
            -y "$tmp/fpm.conf" >"$tmp/fpm.out" 2>&1 &
        fpm_pid=$!
        trap 'kill $fpm_pid 2>/dev/null; wait $fpm_pid 2>/dev/null; rm -rf "$tmp"' EXIT
        for _ in $(seq 100); do [ -S "$tmp/fpm.sock" ] || sleep 0.05; done
        page() { SCRIPT_FILENAME=$tmp/${1:-use}.php SCRIPT_NAME=/${1:-use}.php REQUEST_METHOD=GET QUERY_STRING='' cgi-fcgi -bind -connect "$tmp/fpm.sock" | tr -d '\r'; }
        answers() { page | grep -i '^Content-type' || { cat "$tmp/fpm.out" "$tmp/fpm.log"; false; }; }
        check "php-fpm answers" answers
        said() { page | sed '1,/^$/d'; }
        check "php-fpm with ffi.enable=preload: the classes work, FFI is closed to the page" nothing said
        if php -n -m | grep -qx pcntl; then
            # A server that keeps connections, until its input ends.
            small=()
            php -n -m | grep -qx posix || small=(-d extension=posix)
            exec 4> >(exec php -n ${small[@]+"${small[@]}"} -r 'require "tests/http/server.inc";
                $server = new HttpServer(fn ($seen) => answer("connection $seen->connection"));
                file_put_contents("$argv[1].new", $server->url()); rename("$argv[1].new", $argv[1]); fgets(STDIN);' "$tmp/url" 3>&- 4>&-)
            for _ in $(seq 100); do [ -s "$tmp/url" ] || sleep 0.05; done
            cat >"$tmp/get.php" <<END
<?php \$r = (new Native\Ffi\Http\Client(new Native\Ffi\Http\Options(proxy: '', timeout: 20)))->get('$(cat "$tmp/url")');
echo \$r->body, \$r->reused ? ', reused' : ', new';
END
            chmod a+r "$tmp/get.php"
            requests() { printf '%s; ' "$(page get | sed '1,/^$/d')" "$(page get | sed '1,/^$/d')"; }
            kept() { requests >"$tmp/requests"; cat "$tmp/requests"; [ "$(cat "$tmp/requests")" = 'connection 1, new; connection 1, reused; ' ]; }
            check "php-fpm: a request finds the HTTP connection of the one before" kept
            exec 4>&-
        else
            skip "php-fpm: a request finds the HTTP connection of the one before" "this PHP has no pcntl for the server"
        fi
        kill $fpm_pid
        wait $fpm_pid
    else
        skip "php-fpm with ffi.enable=preload" "there is no php-fpm or no cgi-fcgi"
    fi
else
    skip "preload.php declares the library and the classes for all requests" "this PHP has no opcache"
fi

# ---- the manual ----
# Its examples, against a server of PHP's own.
cat >"$tmp/router.php" <<'END'
<?php header('Content-Type: application/json'); echo '{"name": "Ada"}';
END
manual()
{
    local port=$1 number=$2
    awk -v want="$number" '/^```php$/ { open = ++n == want; next } /^```$/ { open = 0 } open' docs/ffi.md \
        | sed "s,https://api.example.org/,http://127.0.0.1:$port/,; s,mqtt://broker.example.org,mqtt://127.0.0.1:$port,; s,receive(60),receive(1),; s,open('shop'),open('shop'\, 0\, '$tmp'),; 1i <?php" >"$tmp/example.php"
    cp -r ffi-decls "$tmp/manual/"
    (cd "$tmp/manual" && run -d error_log=/dev/stdout "$tmp/example.php")
}
mkdir -p "$tmp/manual"
port=$(php -n -r 'echo substr(strrchr(stream_socket_get_name(stream_socket_server("tcp://127.0.0.1:0"), false), ":"), 1);')
php -n -S "127.0.0.1:$port" "$tmp/router.php" >"$tmp/web.log" 2>&1 &
web=$!
trap 'kill $web 2>/dev/null; wait $web 2>/dev/null; rm -rf "$tmp"' EXIT
for _ in $(seq 100); do php -n -r 'exit(@stream_socket_client("tcp://127.0.0.1:$argv[1]") ? 0 : 1);' "$port" || sleep 0.05; done
request_example() { [ "$(manual "$port" 1)" = '200 Ada' ]; }
check "docs/ffi.md: a request" request_example
cache_example() { [ "$(manual 0 2)" = "12.5 1" ]; }
check "docs/ffi.md: a cache" cache_example
packet_example() { [ "$(manual 0 3)" = "a hi true" ]; }
check "docs/ffi.md: a packet" packet_example
kill $web
wait $web 2>/dev/null
mosquitto=$(PATH=$PATH:/usr/sbin command -v mosquitto || true)
if [ -n "$mosquitto" ]; then
    port=$(php -n -r 'echo substr(strrchr(stream_socket_get_name(stream_socket_server("tcp://127.0.0.1:0"), false), ":"), 1);')
    printf 'listener %s 127.0.0.1\nallow_anonymous true\n' "$port" >"$tmp/mosquitto.conf"
    "$mosquitto" -c "$tmp/mosquitto.conf" >"$tmp/mosquitto.log" 2>&1 &
    web=$!
    for _ in $(seq 100); do
        if php -n -r 'exit(@stream_socket_client("tcp://127.0.0.1:$argv[1]") ? 0 : 1);' "$port"; then break; fi
        sleep 0.05
    done
    client_example() { [ "$(manual "$port" 4)" = "boiler/state: on" ]; }
    check "docs/ffi.md: an MQTT client" client_example
    kill $web
    wait $web 2>/dev/null
else
    skip "docs/ffi.md: an MQTT client" "mosquitto is not installed"
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
