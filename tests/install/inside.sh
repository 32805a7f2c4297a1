# SPDX-License-Identifier: MIT OR Apache-2.0
# tests/install/inside.sh - what dev/install-test does inside a fresh Debian: read by it, after commands(). The package is in
# /srv/package, this checkout in /native.
# shellcheck shell=bash
# shellcheck source=../ground/tap.sh
. "$root/tests/ground/tap.sh"
set +e # a failed check is counted, not the end
system=$1
quick=${2:-}
suite="install $system"
cd /srv/package || exit 2

# Runs what the page says under that name, as it stands there.
page()
{
    commands "$1" >"$tmp/commands.$1"
    [ -s "$tmp/commands.$1" ] || { say "docs/installing.md has no commands called $1"; return 1; }
    sh -eux "$tmp/commands.$1" </dev/null
}
# Everything that a package manager, an installer or a user might have changed, with what is in it.
listed() { find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /native -o -path /srv/package \) -prune \
    -o \( -type f -exec sha256sum {} + \) -o -printf '%y %p -> %l\n' | LC_ALL=C sort -k2; }
# PHP as a user starts it, every warning shown; what it prints must be the line "ok".
php_ok() { php -d error_reporting=-1 -d display_errors=stderr -d display_startup_errors=1 "$@" >"$tmp/php.out" 2>&1; [ "$(cat "$tmp/php.out")" = ok ] || { cat "$tmp/php.out"; return 1; }; }

# ---- what a minimal system needs, as the page says ---------------------------------------------------

# Stricter than a user's apt: only what is named and what that depends on.
printf 'APT::Get::Assume-Yes "true";\nAPT::Install-Recommends "false";\nDpkg::Use-Pty "0";\n' >/etc/apt/apt.conf.d/90install-test
export DEBIAN_FRONTEND=noninteractive
check "apt reads its lists" apt-get -q update
check "the page's packages install" page packages
have pecl || { finish; exit; }
export MAKEFLAGS=-j$jobs
unset CONFIG_SHELL # which a user has not set
if [ "${NATIVE_CCACHE:-}" = yes ]; then
    apt-get -q install ccache >/dev/null 2>&1
    export PATH=/usr/lib/ccache:$PATH CCACHE_DIR=/srv/package/ccache CCACHE_BASEDIR=/tmp CCACHE_NOHASHDIR=yes
fi
listed >"$tmp/before"
include=$(php-config --include-dir)
version=$(php -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')

# ---- installing --------------------------------------------------------------------------------------

check "pecl installs the package" page module
native=$(php-config --extension-dir)/native.so
[ -f "$native" ] || { finish; exit; }
check "the page's line of ini" page enable
check "the page's look at it" page look
line() { [ "$(cat "/etc/php/$version/cli/conf.d/10-native.ini")" = 'extension=native' ]; }
check "it is one line, behind an early number" line
modules() { php -m | grep -xE 'native|curl|apcu' | sort | tr '\n' ' ' | grep -Fx 'apcu curl native '; }
check "php -m has native, and curl and apcu of it" modules
starts() { php -d log_errors=1 -d error_log="$tmp/error.log" -d error_reporting=-1 -d display_errors=stderr -d display_startup_errors=1 -r '' && nothing cat "$tmp"/error.log*; }
touch "$tmp/error.log"
check "PHP starts without a word, on the terminal and in its log" nothing starts

# ---- each pillar -------------------------------------------------------------------------------------

check "MQTT: a packet goes out and comes back" php_ok -r '
    use Native\Mqtt\{Packet, Parser, ProtocolException, Version};
    try { Packet::decode("\x30\x08\x00\x03a/bz\xc3\xbc"); } catch (ProtocolException $e) { $wrong = $e->offset; }
    $bytes = (new Packet\Publish("a/b", "hello"))->encode();
    $parser = new Parser(Version::V5);
    $parser->feed($bytes);
    $packet = $parser->next();
    echo isset($wrong) && $packet->topic === "a/b" && $packet->payload === "hello" && $packet->encode() === $bytes ? "ok" : "no";'
cat >"$tmp/server.php" <<'INNER'
<?php
$server = stream_socket_server('tcp://127.0.0.1:0');
file_put_contents("$argv[1].new", stream_socket_get_name($server, false));
rename("$argv[1].new", $argv[1]);
while ($client = @stream_socket_accept($server, 120)) {
    for ($head = ''; !str_contains($head, "\r\n\r\n") && ($more = fread($client, 4096)) !== '' && $more !== false; $head .= $more);
    fwrite($client, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
    fclose($client);
}
INNER
php -n "$tmp/server.php" "$tmp/server" &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$tmp"' EXIT
for _ in $(seq 100); do [ -s "$tmp/server" ] || sleep 0.1; done
check "HTTP: a request" php_ok -r 'echo (new Native\Http\Client)->get("http://" . file_get_contents($argv[1]) . "/")->body === "hello" ? "ok" : "no";' "$tmp/server"
check "curl: a request" php_ok -r '
    $handle = curl_init("http://" . file_get_contents($argv[1]) . "/");
    curl_setopt($handle, CURLOPT_RETURNTRANSFER, true);
    echo curl_exec($handle) === "hello" && curl_getinfo($handle, CURLINFO_RESPONSE_CODE) === 200 ? "ok" : curl_error($handle);' "$tmp/server"
kill $server
wait $server 2>/dev/null
trap 'rm -rf "$tmp"' EXIT
check "shared memory: one process stores" php_ok -r 'echo Native\Shm\Cache::default()->store("install-test", ["a" => [1, 2.5, null]]) ? "ok" : "no";'
check "... another fetches and counts" php_ok -r 'use Native\Shm\{Cache, Counter};
    $is = Cache::default()->fetch("install-test") === ["a" => [1, 2.5, null]];
    Cache::default()->delete("install-test");
    echo $is && (new Counter("install-test"))->add(2) === 2 ? "ok" : "no";'
check "apcu: stores and fetches" php_ok -d apc.enable_cli=1 -r 'echo apcu_store("key", [1]) && apcu_fetch("key") === [1] && apcu_inc("n", 3) === 3 ? "ok" : "no";'
check "Native\\status() and the settings" php_ok -r 'echo is_array(Native\status()) && ini_get("native.shm_size") === "32M" ? "ok" : "no";'

# ---- other extensions --------------------------------------------------------------------------------

headers() { (cd "$include" && find . -path './ext/native/*' -o -path './ext/apcu/*') | LC_ALL=C sort | tr '\n' ' ' | grep -Fx './ext/apcu/apc_serializer.h ./ext/native/php_native_shm.h '; }
check "the headers for other extensions are installed, and no others" headers
second() { # shellcheck disable=SC2046 # a list of flags
    cc -Wall -Werror -D_GNU_SOURCE -shared -fPIC $(php-config --includes) -DCOMPILE_DL_SECOND -o "$tmp/second.so" /native/tests/shm/support/second.c \
        && php_ok -d "extension=$tmp/second.so" -r '$got = second_try("install-test"); echo is_array($got) && in_array("of C", $got, true) ? "ok" : "no";'; }
check "another extension compiles with them and finds the shared memory" second

# ---- uninstalling ------------------------------------------------------------------------------------

check "the page's way to uninstall" page uninstall
listed >"$tmp/after"
# pecl's own: the notes that it writes again each time, and empty folders that it makes with the first package of any name.
left() { diff "$tmp/before" "$tmp/after" | grep '^[<>]' | grep -vE '  /usr/share/php/\.(depdb|depdblock|filemap|lock)$|^> d /usr/share/php/(docs|tests?|\.registry/\.channel\.pecl\.php\.net) -> $| /var/(cache|log)/'; }
check "it leaves nothing, and nothing changed" nothing left
gone() { php -m | grep -xE 'native|curl|apcu'; }
check "php -m has none of the three" nothing gone

# ---- the tests, on a copy that pecl has installed -----------------------------------------------------

cd /native || exit 2
need_tests() { # shellcheck disable=SC2086 # lists of words
    apt_need $packages_build $packages_phpt php-curl php-apcu; }
check "what the tests need installs" need_tests
again() { (cd /srv/package && page module && page enable); }
check "the package installs again" again
everywhere() { local dir; for dir in /etc/php/"$version"/*/conf.d/; do [ -s "${dir}10-native.ini" ] || say "$dir has no line"; done; }
check "the line is there for every SAPI" nothing everywhere
fpm() { "php-fpm$version" -m | grep -x native; }
check "php-fpm loads it" fpm
# Debian 13's Composer has PIE's part in its schema, Debian 12's has not.
pie() { COMPOSER_ALLOW_SUPERUSER=1 composer validate --strict --no-interaction /native/composer.json; }
name="Composer's own schema, which has PIE's part, takes composer.json"
if grep -qs '"php-ext"' "$(dpkg -L composer | grep 'composer-schema\.json$')"; then
    check "$name" pie
else
    skip "$name" "the schema of this Composer has no such part"
fi
# The real ones are loaded here, too: after it (20-curl.ini), and before it.
aside() { # NUMBER
    local dir=/etc/php/$version/cli/conf.d
    mkdir -p "$tmp/conf.$1" && cp "$dir"/*-curl.ini "$dir"/*-apcu.ini "$tmp/conf.$1/" && cp "$dir/10-native.ini" "$tmp/conf.$1/$1-native.ini" || return 1
    PHP_INI_SCAN_DIR=$tmp/conf.$1 php_ok -r 'ob_start(); phpinfo(INFO_MODULES); $info = ob_get_clean();
        echo extension_loaded("native") && !str_contains(curl_version()["ssl_version"], "mbedTLS") && phpversion("apcu") !== phpversion("native") && !preg_match("/provided by native/i", $info) ? "ok" : $info;'
}
check "the real curl and apcu stand, behind it" aside 10
check "the real curl and apcu stand, before it" aside 90
[ -z "$quick" ] || { finish; exit; }
# Tests start php-fpm and Apache with their own ini files, and name the module themselves.
phpdismod -v "$version" curl apcu
rm -f "/etc/php/$version"/*/conf.d/10-native.ini
# The PHP of README.md and of the manual.
NATIVE_GROUND_MODULE=$native bash tests/ground/examples.sh || failures=$((failures + 1))
bash tests/ground/libnative.sh || failures=$((failures + 1))
NATIVE_INCLUDE_DIR=$include dev/phpt --module "$native" --label "installed $system" || failures=$((failures + 1))
finish
