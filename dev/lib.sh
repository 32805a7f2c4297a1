# SPDX-License-Identifier: MIT OR Apache-2.0
# dev/lib.sh - shared by the commands in dev/; read with `. dev/lib.sh`, after set -eu.
# Sets: root (the checkout), cache (big things that outlive a checkout), build (this checkout's builds).
# Writes nothing when read.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cache=${NATIVE_CACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/php-native}
build=${NATIVE_BUILD_DIR:-$root/build}
jobs=${NATIVE_JOBS:-$(nproc 2>/dev/null || echo 2)}
export LC_ALL=C.UTF-8

say() { printf '%s\n' "$*"; }
note() { printf '# %s\n' "$*" >&2; }
die()
{
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 2
}
have() { command -v "$1" >/dev/null 2>&1; }

# ---- packages ------------------------------------------------------------------------------------

# Print those of the named Debian packages that are not installed.
apt_missing()
{
    local name
    for name in "$@"; do
        dpkg-query -W -f='${Status}\n' "$name" 2>/dev/null | grep -q '^install ok installed$' || printf '%s ' "$name"
    done
}

# Run apt-get so that no package starts a service: policy-rc.d says 101 to every start while it runs
# and is put back as it was afterwards, also after a failure or a signal.
apt_quiet()
{
    (
        set -u
        policy=${NATIVE_APT_ROOT:-}/usr/sbin/policy-rc.d
        exec 9>"${TMPDIR:-/tmp}/native-apt.lock"
        flock 9
        saved=
        if [ -e "$policy" ] || [ -L "$policy" ]; then
            saved=$(mktemp -d "$(dirname "$policy")/.native-policy.XXXXXX")
            mv "$policy" "$saved/policy-rc.d"
        fi
        # shellcheck disable=SC2317 # called by the trap
        put_back()
        {
            rm -f "$policy"
            if [ -n "$saved" ]; then
                mv "$saved/policy-rc.d" "$policy"
                rmdir "$saved"
            fi
        }
        trap put_back EXIT
        trap 'exit 130' INT
        trap 'exit 143' TERM HUP
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
        DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 \
            "$@" </dev/null
    )
}

# Install the named Debian packages that are missing. Nothing happens when none is.
apt_need()
{
    local missing log
    have dpkg-query || {
        note "not a Debian system: assuming that these are there: $*"
        return 0
    }
    missing=$(apt_missing "$@")
    [ -n "$missing" ] || return 0
    [ "$(id -u)" = 0 ] || die "these Debian packages are missing (run as root, or install them): $missing"
    note "installing with apt: $missing"
    log=$(mktemp)
    # The lists may be absent or old: when the first try fails, read them anew and try once more.
    # shellcheck disable=SC2086 # a list of words
    if ! apt_quiet install -y --no-install-recommends $missing >"$log" 2>&1; then
        if ! { apt_quiet update && apt_quiet install -y --no-install-recommends $missing; } >"$log" 2>&1; then
            tail -n 25 "$log" >&2
            rm -f "$log"
            die "apt could not install: $missing"
        fi
    fi
    rm -f "$log"
}

# Say whether apt knows a package (its lists may have to be read first).
apt_knows() { apt-cache show "$1" >/dev/null 2>&1; }

# The packages by purpose. The names hold for Debian 12 and 13.
packages_build="gcc make autoconf libc6-dev pkg-config php-cli php-dev libmbedtls-dev"
packages_test="clang llvm php-pear php-parser php-igbinary php-fpm libfcgi-bin mosquitto mosquitto-clients openssl git procps
    gcc-arm-none-eabi gcc-riscv64-unknown-elf"

need_build() { # shellcheck disable=SC2086
    apt_need $packages_build
}
need_clang() { apt_need clang llvm "$(clang_rt_package)"; }

# libFuzzer and the sanitizers of the default clang are a package of their own from Debian 12 on.
clang_rt_package()
{
    local major
    if have clang; then
        major=$(clang -dumpversion | cut -d. -f1)
    else
        major=$(apt-cache depends clang 2>/dev/null | sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p' | head -n 1)
    fi
    printf 'libclang-rt-%s-dev' "${major:-14}"
}

# ---- the source list -----------------------------------------------------------------------------

# Print the sources in sources.list; with arguments only those in the named folders.
sources()
{
    local folder
    if [ $# = 0 ]; then
        sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$root/sources.list"
        return
    fi
    for folder in "$@"; do
        sources | grep "^$folder/" || true
    done
}

# Print the compiler flags and the libraries for mbedTLS, as config.m4 finds them.
mbedtls_cflags() { pkg-config --cflags mbedtls mbedx509 mbedcrypto 2>/dev/null || true; }
mbedtls_libs() { pkg-config --libs mbedtls mbedx509 mbedcrypto 2>/dev/null || printf '%s' '-lmbedtls -lmbedx509 -lmbedcrypto'; }

# ---- counting ------------------------------------------------------------------------------------

# Tests print TAP lines ("ok - name", "not ok - name", "ok - name # SKIP why"); count_tap reads them,
# passes everything on, and leaves the sums in the file $1 as "passed failed skipped".
# A plan line that does not agree ("1..N") is a failure: a test program that died must not look well.
count_tap()
{
    awk -v out="$1" '
        /^[[:space:]]*ok / { seen++; if ($0 ~ /# *[Ss][Kk][Ii][Pp]/) s++; else p++ }
        /^[[:space:]]*not ok / { seen++; f++ }
        /^1\.\.[0-9]+/ { plan = substr($1, 4) + 0; has_plan = 1 }
        /^Bail out!/ { f++ }
        { print; fflush() }
        END {
            if (has_plan && plan != seen) { print "not ok - planned " plan " tests, saw " seen; f++ }
            printf "%d %d %d\n", p, f, s > out
        }'
}
