# SPDX-License-Identifier: MIT OR Apache-2.0
# dev/lib.sh - shared by the commands in dev/; read with `. dev/lib.sh`, after set -eu.
# Sets: root (the checkout), cache (big things that outlive a checkout), build (this checkout's builds).
# Writes nothing when read.
# shellcheck shell=bash disable=SC2034 # set for those who read this file

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cache=${NATIVE_CACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/php-native}
build=${NATIVE_BUILD_DIR:-$root/build}
jobs=${NATIVE_JOBS:-$(nproc 2>/dev/null || echo 2)}
export LC_ALL=C.UTF-8
# configure would take bash for libtool, a script that runs once for each source: in dash it takes half the time.
[ ! -x /bin/dash ] || export CONFIG_SHELL=/bin/dash

say() { printf '%s\n' "$*"; }
note() { printf '# %s\n' "$*" >&2; }
die()
{
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 2
}
have() { command -v "$1" >/dev/null 2>&1; }

# ---- packages ------------------------------------------------------------------------------------

# Print those of the named Debian packages that are not installed. PHP's have names for the default version
# and for each version: whichever is there will do.
apt_missing()
{
    local name
    for name in "$@"; do
        dpkg-query -W -f='${Status}\n' "$name" 2>/dev/null | grep -q '^install ok installed$' && continue
        case $name in
            php-cli) ! have php || continue ;;
            php-dev) ! have phpize || ! have php-config || continue ;;
            dante-server) apt_knows "$name" || continue ;; # Debian 13 has none: its test is skipped
            php-fpm) ! compgen -c php-fpm >/dev/null || continue ;;
        esac
        printf '%s ' "$name"
    done
}

# Run apt-get so that no package starts a service: policy-rc.d says 101 to every start while it runs
# and is put back as it was afterwards, also after a failure or a signal; what a killed run left behind is
# repaired by the next one.
apt_quiet()
{
    (
        set -u
        policy=${NATIVE_APT_ROOT:-}/usr/sbin/policy-rc.d
        saved=$policy.before-native
        mark='# dev/lib.sh of native put this here while apt runs'
        exec 9>"${TMPDIR:-/tmp}/native-apt.lock"
        flock 9
        # shellcheck disable=SC2317 # called by the trap
        put_back()
        {
            if [ -e "$saved" ] || [ -L "$saved" ]; then
                mv -f "$saved" "$policy"
            elif grep -qsF "$mark" "$policy"; then
                rm -f "$policy"
            fi
        }
        put_back
        trap put_back EXIT
        trap 'exit 130' INT
        trap 'exit 143' TERM HUP
        if [ -e "$policy" ] || [ -L "$policy" ]; then
            mv "$policy" "$saved"
        fi
        printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy"
        chmod 755 "$policy"
        DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 \
            "$@" </dev/null 9>&-
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

# apt_source PACKAGE DIR: put the upstream tarball of a Debian source package into DIR, with lists of our own, so that the
# system's apt settings stay as they are. It is complete, and it has no Debian paths in it. The newest version may have
# left the mirror already; then an older one is taken.
apt_source()
{
    local package=$1 dir=$2 apt version
    mkdir -p "$dir/lists/partial" "$dir/archives/partial"
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null \
        | sort -u | sed 's,^,deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ,' >"$dir/sources.list"
    [ -s "$dir/sources.list" ] || apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' \
        | grep debian | sort -u | sed 's,^,deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ,' >"$dir/sources.list"
    apt="-q -o Dir::Etc::SourceList=$dir/sources.list -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists=$dir/lists
        -o Dir::Cache=$dir -o Acquire::Retries=3 -o APT::Sandbox::User=root"
    # shellcheck disable=SC2086 # a list of words
    apt-get $apt update </dev/null || return 1
    # shellcheck disable=SC2086
    apt-cache $apt showsrc "$package" | sed -n 's/^Version: //p' | sort -rVu >"$dir/versions"
    while IFS= read -r version; do
        # shellcheck disable=SC2086
        if (cd "$dir" && apt-get $apt source --download-only --tar-only "$package=$version" </dev/null); then
            return 0
        fi
        rm -f "$dir"/*.orig.tar.*
    done <"$dir/versions"
    return 1
}

# The packages by purpose. The names hold for Debian 12 and 13.
packages_build="gcc make autoconf libc6-dev pkg-config php-cli php-dev libmbedtls-dev zlib1g-dev libbrotli-dev libzstd-dev"
packages_phpt="php-igbinary php-fpm libfcgi-bin mosquitto mosquitto-clients openssl procps nginx libnginx-mod-http-brotli-filter python3-httpbin gunicorn squid apache2 libapache2-mod-php
    dante-server php-guzzlehttp-guzzle php-symfony-http-client composer wget" # wget: libidn2 and libpsl, whose package has several names
packages_ctest="openssl ca-certificates"
packages_bench_http="nginx php-fpm libfcgi-bin openssl ca-certificates strace valgrind curl" # curl: its library, for ext/curl
packages_extra="gcc-arm-none-eabi libnewlib-arm-none-eabi gcc-riscv64-unknown-elf qemu-system-arm cmake python3-yaml debootstrap dpkg-dev xz-utils libffi-dev libssl-dev ca-certificates php-pear php-parser"

need_build() { # shellcheck disable=SC2086
    apt_need $packages_build
}
# Keep what compilers make in the cache, for other checkouts too: with NATIVE_CCACHE=yes, as .ci/run has it.
use_ccache()
{
    [ "${NATIVE_CCACHE:-}" = yes ] || return 0
    apt_need ccache
    case ":$PATH:" in *:/usr/lib/ccache:*) ;; *) PATH=/usr/lib/ccache:$PATH ;; esac
    # Paths below the builds count as relative ones; the folder where it was compiled stays in the debug information.
    export PATH CCACHE_DIR=$cache/ccache CCACHE_MAXSIZE=2G CCACHE_NOHASHDIR=yes CCACHE_BASEDIR=$root
    [ "${build#"$root"}" != "$build" ] || CCACHE_BASEDIR=$build
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
# shellcheck disable=SC2120 # arguments are for other files
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

# ... and of the content codings: zlib, which must be there, brotli and zstd where they are.
codecs_found()
{
    local package found=
    for package in libbrotlidec libzstd; do
        ! pkg-config --exists "$package" 2>/dev/null || found="$found $package"
    done
    printf '%s' "$found"
}
codecs_cflags()
{
    local package
    for package in $(codecs_found); do
        case $package in
            libbrotlidec) printf ' -DNATIVE_HTTP_BROTLI=1' ;;
            libzstd) printf ' -DNATIVE_HTTP_ZSTD=1' ;;
        esac
        printf ' %s' "$(pkg-config --cflags "$package")"
    done
}
codecs_libs() { printf ' %s' "$(pkg-config --libs zlib 2>/dev/null || printf '%s' -lz)"; } # brotli and zstd are loaded when they are wanted

# All that the cores need.
cores_cflags() { printf '%s%s' "$(mbedtls_cflags)" "$(codecs_cflags)"; }
cores_libs() { printf "%s%s -ldl" "$(mbedtls_libs)" "$(codecs_libs)"; } # dlopen() is in the C library since glibc 2.34

# The whole C library that mqtt/ and http/wire/ may count on, as headers in DIR, for compilers that have none: a firmware
# has these five functions or compiles its own.
freestanding_headers()
{
    mkdir -p "$1"
    cat >"$1/string.h" <<'INNER'
#include <stddef.h>
void *memcpy(void *restrict, const void *restrict, size_t);
void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t);
int memcmp(const void *, const void *, size_t);
void *memchr(const void *, int, size_t);
INNER
}

# ---- make files -----------------------------------------------------------------------------------

# Print DIR/NAME.o for sources: mqtt/frame.c is DIR/mqtt_frame.o. SUFFIX is put before the .o.
object_of()
{
    local dir=$1 suffix=$2 file
    shift 2
    for file in "$@"; do
        file=${file//\//_}
        printf '%s/%s%s.o\n' "$dir" "${file%.c}" "$suffix"
    done
}

# Print the make rules for those objects: what compiles is a command and its flags.
object_rules()
{
    local dir=$1 suffix=$2 compile=$3 file
    shift 3
    for file in "$@"; do
        printf '%s: %s\n\t%s -MMD -MP -c -o $@ %s\n' "$(object_of "$dir" "$suffix" "$file")" "$file" "$compile" "$file"
    done
}

# Put what is read into DIR/Makefile. When it differs from what is there, DIR's objects are made with other flags: away.
new_makefile()
{
    mkdir -p "$1"
    cat >"$1/Makefile.new"
    cmp -s "$1/Makefile.new" "$1/Makefile" || {
        rm -f "$1"/*.o
        mv "$1/Makefile.new" "$1/Makefile"
    }
}

# ---- running with an end -------------------------------------------------------------------------

# bounded SECONDS LOG COMMAND...: run a command with its output in LOG, shown as it grows, and end everything
# that it started: what is still there when it is over, and all of it after SECONDS (then the status is 124).
# A process that outlives its test may hold a pipe, and who waits for that pipe's end would wait for ever:
# so the command gets no descriptor but the log, and its descendants are known by a mark in their environment.
bounded()
{
    local seconds=$1 log=$2 mark pid status=0
    shift 2
    mark=$$-$RANDOM$RANDOM
    : >"$log"
    (
        for fd in /proc/self/fd/*; do
            fd=${fd##*/}
            if [ "$fd" -gt 2 ]; then eval "exec $fd>&-"; fi
        done
        export NATIVE_RUNS="${NATIVE_RUNS:-}:$mark:"
        exec "$@"
    ) >"$log" 2>&1 </dev/null &
    pid=$!
    if ! timeout "$seconds" tail --pid=$pid -s 0.2 -n +1 -f "$log" 2>/dev/null; then
        { end_marked "$mark" && wait $pid; } 2>/dev/null || true
        say "not ok - ended after $seconds s: $*"
        return 124
    fi
    wait $pid || status=$?
    end_marked "$mark"
    return $status
}

# Kill the processes that carry a mark of bounded's. Twice at least: one that is starting a program at this
# moment has no environment to look at.
end_marked()
{
    local file pid found round
    for round in 1 2 3 4 5 6 7 8 9; do
        found=
        for file in $(grep -lzs "^NATIVE_RUNS=.*:$1:" /proc/[0-9]*/environ); do
            pid=${file#/proc/}
            kill -KILL "${pid%/environ}" 2>/dev/null && found=yes
        done
        [ -n "$found" ] || [ "$round" = 1 ] || return 0
        sleep 0.05
    done
}

# awk that shows each line as it comes: mawk reads a pipe by blocks unless told.
awk_live()
{
    if awk -W version 2>&1 </dev/null | grep -q mawk; then awk -W interactive "$@"; else awk "$@"; fi
}

# ---- sanitizers and valgrind ---------------------------------------------------------------------

sanitize_flags='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined'

# Build the module with ASan and UBSan for the system's PHP, and print its path.
asan_module() { "$root/dev/build" --debug --out "$build/asan-$(php-config --version)" --cflags "$sanitize_flags" | tail -n 1; }

# Set asan_environment: what a PHP that is not built with ASan needs to run that module. A shim of it goes into the folder.
asan_stock()
{
    # Debian's PHP loads modules with RTLD_DEEPBIND, which ASan does not survive: a shim drops it.
    cat >"$1/shim.c" <<'INNER'
#define _GNU_SOURCE
#include <dlfcn.h>
void *dlopen(const char *file, int flags)
{
    static void *(*real)(const char *, int);
    if (!real) {
        real = (void *(*)(const char *, int))dlsym(RTLD_NEXT, "dlopen");
    }
    return real(file, flags & ~RTLD_DEEPBIND);
}
INNER
    cc -shared -fPIC -o "$1/shim.so" "$1/shim.c" -ldl
    # shellcheck disable=SC2034 # the caller's
    asan_environment=(LD_PRELOAD="$1/shim.so $(cc -print-file-name=libasan.so)" USE_ZEND_ALLOC=0 ZEND_DONT_UNLOAD_MODULES=1
        # A release PHP collects no cycles at its end: what is left of them is no leak. The debug PHP of dev/zts finds those.
        ASAN_OPTIONS="verify_asan_link_order=0:detect_leaks=0:fast_unwind_on_malloc=0:exitcode=139"
        UBSAN_OPTIONS=print_stacktrace=1 LSAN_OPTIONS="suppressions=$root/dev/lsan.supp:print_suppressions=0")
}

# For a PHP that is itself built with ASan.
sanitized_environment=(ASAN_OPTIONS="detect_leaks=1:detect_stack_use_after_return=0:fast_unwind_on_malloc=0:exitcode=139"
    UBSAN_OPTIONS=print_stacktrace=1 LSAN_OPTIONS="suppressions=$root/dev/lsan.supp:print_suppressions=0")

# For PHP under valgrind. Servers that tests start are not what is looked at.
valgrind_environment=(USE_ZEND_ALLOC=0 ZEND_DONT_UNLOAD_MODULES=1
    VALGRIND_OPTS="--trace-children-skip-by-arg=-S --trace-children-skip=*/python3*,*/nginx,*/openssl,*/squid,*/danted,*/mosquitto*,*/node*")

# ---- counting ------------------------------------------------------------------------------------

# Each failed test of a log once more, with what it had to say: the comments right above and below it, a dozen lines.
failures()
{
    awk -v name="$2" '
        function show(line) { sub(/^(# )?/, "# " name ": ", line); print line }
        /^not ok/ { for (i = above > 14 ? above - 14 : 0; i < above; i++) show(said[i]); print "# " name ": " $0; above = 0; below = 12; next }
        /^#/ { if (below > 0) { below--; show($0) } else said[above++] = $0; next }
        { above = below = 0 }' "$1"
}

# Read a suite's output: TAP lines ("ok - name", "not ok - name", "ok - name # SKIP why") and, as the last
# line, the suite's exit status. Everything but that line is passed on. The file $1 gets "passed failed
# skipped". A sum line of another dev/test ("N passed, N failed, N skipped") counts as that many tests, and
# then the TAP lines above it do not. A suite with no test, or a bad status without a failed test, fails.
count_suite()
{
    awk_live -v out="$1" '
        NR > 1 { show(last) }
        { last = $0 }
        function show(line,   part) {
            if (line ~ /^ok /) { if (line ~ /# *SKIP/) s++; else p++ }
            else if (line ~ /^not ok /) f++
            else if (line ~ /^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$/) {
                split(line, part, /[^0-9]+/)
                p = part[1]; f = part[2]; s = part[3]; line = "# " line
            }
            print line
            fflush()
        }
        END {
            if (last != "0" && f == 0) { print "not ok - the suite ended with status " last; f++ }
            if (p + f + s == 0) { print "not ok - no test ran"; f++ }
            printf "%d %d %d\n", p, f, s > out
        }'
}
