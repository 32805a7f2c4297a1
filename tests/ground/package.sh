#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# The PECL package: complete, valid, installs into an empty prefix, passes the phpt suite from there, and
# leaves nothing behind when uninstalled.
. "$(dirname "$0")/tap.sh"

need_build
apt_need php-pear
check "package.xml lists every file (else run dev/sources)" dev/package --check
same_version()
{
    local header package
    header=$(sed -n 's/^#define PHP_NATIVE_VERSION "\(.*\)"/\1/p' php_native.h | tr -d -)
    package=$(sed -n '/<version>/,/<\/version>/s/.*<release>\(.*\)<\/release>.*/\1/p' package.xml)
    [ "$header" = "$package" ] || { say "php_native.h says $header, package.xml $package"; return 1; }
}
check "package.xml and php_native.h agree on the version" same_version
check "composer.json keeps PIE's rules" nothing php -n tests/install/pie.php composer.json
check "... and these rules find what breaks them" nothing php -n tests/install/pie.php --self-test composer.json
is_native() { php -n -r '$c = json_decode(file_get_contents("composer.json"), true, 9, JSON_THROW_ON_ERROR);
    exit($c["type"] === "php-ext" && $c["php-ext"]["extension-name"] === "native" ? 0 : 1);'; }
check "it is an extension named native" is_native
# One number for the file of ini: PIE's, and the manual's.
priority()
{
    local number
    number=$(sed -n 's/.*"priority": \([0-9]*\).*/\1/p' composer.json)
    [ -n "$number" ] || say "composer.json has no priority"
    grep -q "$number-native\.ini" docs/installing.md || say "docs/installing.md does not say $number-native.ini"
    grep -oE '[0-9]+-native\.ini' docs/installing.md | sort -u | grep -vx "$number-native\.ini"
}
check "docs/installing.md gives the file of ini PIE's priority" nothing priority
composer_validates()
{
    local schema
    schema=$(dpkg -L composer | grep 'composer-schema\.json$')
    cp composer.json "$tmp/composer.json" || return 1
    if grep -q '"php-ext"' "$schema"; then
        COMPOSER_ALLOW_SUPERUSER=1 composer validate --strict --no-interaction "$tmp/composer.json"
    else
        # An older one knows all but PIE's part.
        php -n -r '$c = json_decode(file_get_contents($argv[1]), true); unset($c["php-ext"]); file_put_contents($argv[1], json_encode($c));' "$tmp/composer.json"
        COMPOSER_ALLOW_SUPERUSER=1 composer validate --strict --no-interaction "$tmp/composer.json"
    fi
}
if have dpkg; then
    apt_need composer
    check "composer validate --strict" composer_validates
else
    skip "composer validate --strict" "no Debian package of composer"
fi
options()
{
    local name
    for name in $(sed -n 's/.*<configureoption name="\([^"]*\)".*/\1/p' package.xml); do
        grep -q "\"name\": \"$name\"" composer.json || say "composer.json lacks --$name"
        grep -q -- "--$name" config.m4 || say "config.m4 lacks --$name"
    done
}
check "package.xml, composer.json and config.m4 agree on the options" nothing options
licences() { [ -s LICENSE-MIT ] && grep -q 'Apache License' LICENSE-APACHE && grep -q 'END OF TERMS AND CONDITIONS' LICENSE-APACHE && grep -q 'MIT OR Apache-2.0' LICENSE; }
check "both licence texts are there" licences

check "pecl package-validate and pecl package" dev/package "$tmp"
tarball=$(ls "$tmp"/native-*.tgz 2>/dev/null | head -n 1)
[ -n "$tarball" ] || { finish; exit 1; }

# Says what a log ends with, if the status is bad.
shows() { [ "$2" = 0 ] || { tail -n 20 "$1"; return 1; }; }

# A PEAR of its own: nothing of the system's is read or written.
prefix=$tmp/prefix
mkdir -p "$prefix"
pear config-create "$prefix" "$prefix/pearrc" >/dev/null 2>&1
# What is compiled more than once may come from ccache: to it the folder is any.
[ -z "${CCACHE_BASEDIR:-}" ] || export CCACHE_BASEDIR=$tmp
peclx() { HOME=$prefix PATH=$prefix/pear:$PATH TMPDIR=$tmp pecl -C "$prefix/pearrc" -c "$prefix/pearrc" -d "php_suffix=" "$@" </dev/null; }
peclx config-set php_ini "$prefix/none.ini" >/dev/null 2>&1
# pecl installs to where php-config says; its bin folder comes first in the PATH that it uses.
mkdir -p "$prefix/pear"
cat >"$prefix/pear/php-config" <<INNER
#!/bin/sh
case \$1 in --prefix) echo "$prefix" ;; --extension-dir) echo "$prefix/pear/ext" ;; --include-dir) echo "$prefix/include" ;; *) exec "$(command -v php-config)" "\$@" ;; esac
INNER
chmod 755 "$prefix/pear/php-config"
installed=$prefix/pear/ext/native.so
install()
{
    MAKEFLAGS=-j$jobs peclx install "$tarball" || return 1
    [ -f "$installed" ] || { find "$prefix" -name '*.so'; return 1; }
}
check "pecl install of the tarball into an empty prefix" install
listed() { peclx list | grep -q '^native '; }
check "pecl list shows it" listed
if [ -f "$installed" ]; then
    loads() { php -n -d "extension=$installed" --ri native | grep -q '^TLS library => '; }
    check "the installed module loads" loads
    # The program and, where pecl puts it, what it is made of.
    program() { [ -x "$prefix/pear/native" ] && php -n -d "extension=$installed" "$prefix/pear/native" --version | grep -q '^native [0-9]' && php -n -d "extension=$installed" "$prefix/pear/native" stat --help; }
    check "the installed program runs" program
    headers() { (cd "$prefix/include" && find . -name '*.h' | sort | tr '\n' ' ' | grep -Fx './ext/apcu/apc_serializer.h ./ext/native/php_native_shm.h '); }
    check "the headers for other extensions are installed, and no others" headers
    chmod -R a+rX "$tmp" # other users load it, too
    # Tests that build extensions do so with the installed headers.
    NATIVE_INCLUDE_DIR=$prefix/include dev/phpt --module "$installed" --label installed || failures=$((failures + 1))
    # A real one: igbinary's source, compiled against our copy of APCu's header. It registers itself under another name
    # here, so that nothing else of ours can have found it.
    igbinary()
    {
        local order
        apt_source php-igbinary "$tmp/igbinary" && mkdir "$tmp/igbinary/tree" \
            && tar -xf "$(ls "$tmp"/igbinary/php-igbinary_*.orig.tar.*z | head -n 1)" -C "$tmp/igbinary/tree" || return 77
        cd "$(dirname "$(find "$tmp/igbinary/tree" -name igbinary.php.ini | sort -V | tail -n 1)")" || return 1
        sed -i 's/apc_register_serializer("igbinary"/apc_register_serializer("another"/' src/php7/igbinary.c
        # As on a system where all was installed to one place: PHP's headers and ours.
        cp -rs "$(php-config --include-dir)" "$tmp/include" && cp -r "$prefix/include/ext" "$tmp/include/" || return 1
        sed "s,--include-dir) echo \"$prefix/include\",--include-dir) echo \"$tmp/include\"," "$prefix/pear/php-config" >"$tmp/php-config" && chmod 755 "$tmp/php-config"
        phpize && ./configure --with-php-config="$tmp/php-config" && grep 'define HAVE_APCU_SUPPORT 1' config.h \
            && make -j"$jobs" EXTRA_INCLUDES="-I$tmp/include" || return 1
        for order in "$PWD/modules/igbinary.so $installed" "$installed $PWD/modules/igbinary.so"; do
            # shellcheck disable=SC2086 # a pair
            set -- $order
            php -n -d "extension=$1" -d "extension=$2" -d apc.enable_cli=1 -d native.apcu_shared=1 -d apc.serializer=another -r '
                class Thing { public $a = [1]; }
                ob_start(); phpinfo(INFO_MODULES); $info = ob_get_clean();
                $done = str_contains($info, ", another") && apcu_store("package-test", [new Thing]) && apcu_fetch("package-test") == [new Thing];
                exit($done ? 0 : 1);' || return 1
            ! php -n -d "extension=$installed" -r 'Native\Shm\Cache::default()->fetch("package-test");' 2>&1 | grep -q 'the serializer another, which is not loaded here' || continue
            return 1
        done
        php -n -d "extension=$installed" -r 'Native\Shm\Cache::default()->delete("package-test");'
    }
    name="igbinary's source, compiled with the installed header, registers itself in either load order"
    if have apt-get; then
        status=0
        (igbinary) >"$tmp/igbinary.log" 2>&1 </dev/null || status=$?
        case $status in
            77) skip "$name" "its source cannot be fetched" ;;
            *) check "$name" shows "$tmp/igbinary.log" $status ;;
        esac
    fi
    uninstall() { peclx uninstall native && [ ! -e "$installed" ] && nothing find "$prefix/pear" -type f -path '*native*' ! -path '*/.channels/*' ! -path '*/cache/*' ! -path '*/download/*' ! -path '*/temp/*'; }
    check "pecl uninstall leaves nothing behind" uninstall
fi
finish
