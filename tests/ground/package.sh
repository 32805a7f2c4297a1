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
pie() { php -n -r '$c = json_decode(file_get_contents("composer.json"), true, 9, JSON_THROW_ON_ERROR);
    exit($c["type"] === "php-ext" && $c["php-ext"]["extension-name"] === "native" ? 0 : 1);'; }
check "composer.json is a PIE package named native" pie
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

# A PEAR of its own: nothing of the system's is read or written.
prefix=$tmp/prefix
mkdir -p "$prefix"
pear config-create "$prefix" "$prefix/pearrc" >/dev/null 2>&1
peclx() { HOME=$prefix PATH=$prefix/pear:$PATH TMPDIR=$tmp pecl -C "$prefix/pearrc" -c "$prefix/pearrc" -d "php_suffix=" "$@" </dev/null; }
peclx config-set php_ini "$prefix/none.ini" >/dev/null 2>&1
# pecl installs to where php-config says; its bin folder comes first in the PATH that it uses.
mkdir -p "$prefix/pear"
cat >"$prefix/pear/php-config" <<INNER
#!/bin/sh
case \$1 in --prefix) echo "$prefix" ;; --extension-dir) echo "$prefix/pear/ext" ;; *) exec "$(command -v php-config)" "\$@" ;; esac
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
    chmod -R a+rX "$tmp" # other users load it, too
    dev/phpt --module "$installed" --label installed || failures=$((failures + 1))
    uninstall() { peclx uninstall native && [ ! -e "$installed" ] && nothing find "$prefix/pear" -type f -path '*native*' ! -path '*/.channels/*' ! -path '*/cache/*' ! -path '*/download/*' ! -path '*/temp/*'; }
    check "pecl uninstall leaves nothing behind" uninstall
fi
finish
