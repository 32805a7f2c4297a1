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
ours() { declared | grep -viE '^Native\\((Mqtt|Http|Shm)\\|(status|metrics|symbols)$)'; }
check "PHP names are Native\\Mqtt, Native\\Http, Native\\Shm, Native\\status(), Native\\metrics() and Native\\symbols()" nothing ours
ini() { php -n -d "extension=$module" -r 'foreach (array_keys(ini_get_all("native") ?: []) as $n) echo "$n\n";' 2>/dev/null | grep -v '^native\.'; }
check "INI settings begin with native." nothing ini

# The external names that the cores' objects define.
c_names()
{
    dev/libnative --kept "$build/libnative-plain" "$tmp/libnative.so" >/dev/null || return 1
    # shellcheck disable=SC2046 # a list of files
    nm --defined-only -g -A $(object_of "$build/libnative-plain" '' $(sources mqtt net http shm)) \
        | awk '$3 !~ /^native_((mqtt|net|http|shm)_|get_(api|symbols)$)/ { print $1, $3 }'
}
check "external C names of the cores begin with native_<pillar>_, but for native_get_api and native_get_symbols" nothing c_names
typedefs() { grep -nE '^[[:space:]]*typedef[[:space:]]+struct' -r mqtt net http shm --include='*.[ch]'; }
check "the cores have no typedef for structs" nothing typedefs

tracked() { if [ -e .git ]; then git ls-files -co --exclude-standard; else find . -type f -not -path './build/*' -not -path './modules/*' | sed 's,^\./,,'; fi; }
paths() { tracked | while IFS= read -r file; do [ -f "$file" ] && printf '%s\0' "$file"; done | xargs -0 grep -InE '(^|[^A-Za-z0-9_./-])/(work|root|home|Users|farm)/' 2>/dev/null | grep -v '^tests/ground/names\.sh:' | cut -c1-160; }
check "no file has a path of one machine" nothing paths
hosts() { tracked | while IFS= read -r file; do [ -f "$file" ] && printf '%s\0' "$file"; done | xargs -0 grep -InE 'https?://[a-z0-9.-]*(registry|mirror|proxy|artifact)[a-z0-9.-]*|deb\.debian\.org|registry\.npmjs|repo\.packagist' 2>/dev/null | grep -v '^tests/ground/names\.sh:' | cut -c1-160; }
check "no file names a package registry" nothing hosts
first_line() { sed -n 1p README.md | grep -q '^# native' && sed -n 1,6p README.md | tr '\n' ' ' | grep -qi 'not related to .*NativePHP'; }
check "the README says first what this is, and that it is not NativePHP" first_line
finish
