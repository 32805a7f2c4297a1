#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# Names: PHP classes stay in our namespaces and away from NativePHP's, C names carry their prefix, and no
# file names a machine or a package registry.
. "$(dirname "$0")/tap.sh"

need_build
build_module
declared() { php -n -d "extension=$module" -r '
    $of = new ReflectionExtension("native");
    foreach (array_keys($of->getClasses()) as $n) echo "$n\n";
    foreach (array_keys($of->getFunctions()) as $n) echo "$n\n";
    foreach (array_keys($of->getConstants()) as $n) echo "$n\n";' 2>/dev/null; }
check "the module tells its classes and functions" eval 'declared | grep -qi "^native.status$"'
# The namespaces of the NativePHP project (its Composer packages).
theirs='Laravel|Electron|Desktop|Mobile|Php|Support'
collide() { declared | grep -iE "^Native\\\\($theirs)(\\\\|\$)|^NativePHP"; }
check "no class or function collides with NativePHP" nothing collide
ours() { declared | grep -viE '^Native\\((Mqtt|Http|Shm)\\|status$)'; }
check "PHP names are Native\\Mqtt, Native\\Http, Native\\Shm and Native\\status()" nothing ours
ini() { php -n -d "extension=$module" -r 'foreach (array_keys(ini_get_all("native") ?: []) as $n) echo "$n\n";' 2>/dev/null | grep -v '^native\.'; }
check "INI settings begin with native." nothing ini

export tmp cores_cflags
cores_cflags=$(cores_cflags)
# The external names of one file that do not belong.
foreign_names()
{
    local object=$tmp/${1//\//_}.o
    # shellcheck disable=SC2086 # a list of words
    gcc -std=gnu11 -fno-stack-protector -O0 -c $cores_cflags -o "$object" "$1" || echo "$1"
    nm --defined-only -g "$object" | awk -v f="$1" 'NF == 3 && $3 !~ /^native_(mqtt|net|http|shm)_/ { print f ": " $3 }'
}
export -f foreign_names
c_names() { sources mqtt net http shm | xargs -P "$jobs" -I{} bash -c 'foreign_names {}'; }
check "external C names of the cores begin with native_<pillar>_" nothing c_names
typedefs() { grep -nE '^[[:space:]]*typedef[[:space:]]+struct' -r mqtt net http shm --include='*.[ch]'; }
check "the cores have no typedef for structs" nothing typedefs

tracked() { if [ -e .git ]; then git ls-files -co --exclude-standard; else find . -type f -not -path './build/*' -not -path './modules/*' | sed 's,^\./,,'; fi; }
paths() { tracked | while IFS= read -r file; do [ -f "$file" ] && printf '%s\0' "$file"; done | xargs -0 grep -InE '(^|[^A-Za-z0-9_./-])/(work|root|home|Users|farm)/' 2>/dev/null | grep -v '^tests/ground/names\.sh:' | cut -c1-160; }
check "no file has a path of one machine" nothing paths
hosts() { tracked | while IFS= read -r file; do [ -f "$file" ] && printf '%s\0' "$file"; done | xargs -0 grep -InE 'https?://[a-z0-9.-]*(registry|mirror|proxy|artifact)[a-z0-9.-]*|deb\.debian\.org|registry\.npmjs|repo\.packagist' 2>/dev/null | grep -v '^tests/ground/names\.sh:' | cut -c1-160; }
check "no file names a package registry" nothing hosts
first_line() { sed -n 1p README.md | grep -q '^# native' && sed -n 1,6p README.md | tr '\n' ' ' | grep -qi 'not related to .*NativePHP'; }
check "the README says first what this is, and that it is not NativePHP" first_line

# The README's PHP is real: it parses, and the classes it uses are there.
readme()
{
    local block
    awk '/^```php$/ { n++; print "<?php" > (dir "/readme" n ".php"); in_block = 1; next } /^```$/ { in_block = 0 }
        in_block { print > (dir "/readme" n ".php") }' dir="$tmp" README.md
    for block in "$tmp"/readme*.php; do
        php -n -l "$block" | grep -v '^No syntax errors'
    done
    php -n -d "extension=$module" tests/ground/readme.php "$tmp"/readme*.php
}
check "the PHP in the README parses and names classes that are there" nothing readme
finish
