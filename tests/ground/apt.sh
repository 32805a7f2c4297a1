#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# Installing packages starts no service, and leaves policy-rc.d as it was: on success, failure, signal, and
# after a run that was killed. With a false apt-get and a root of its own: nothing of the system is touched.
. "$(dirname "$0")/tap.sh"

apt_need procps
export NATIVE_APT_ROOT=$tmp/root
export TMPDIR=$tmp
policy=$NATIVE_APT_ROOT/usr/sbin/policy-rc.d
mkdir -p "$(dirname "$policy")" "$tmp/bin"
cat >"$tmp/bin/apt-get" <<'INNER'
#!/bin/sh
"$NATIVE_APT_ROOT/usr/sbin/policy-rc.d" mosquitto start
echo $? >"$NATIVE_APT_ROOT/answer"
case "$*" in
    *fail*) exit 100 ;;
    *wait*) : >"$NATIVE_APT_ROOT/waiting"; sleep 30 ;;
esac
INNER
chmod 755 "$tmp/bin/apt-get"
PATH=$tmp/bin:$PATH

said() { [ "$(cat "$NATIVE_APT_ROOT/answer" 2>/dev/null)" = 101 ] || { cat "$NATIVE_APT_ROOT/answer"; return 1; }; }
nothing_left() { nothing find "$NATIVE_APT_ROOT/usr/sbin" -type f; }
none() { apt_quiet install x && said && nothing_left; }
check "no policy before, none after" none
failing() { if apt_quiet install fail; then return 1; fi; said && nothing_left; }
check "none after a failure either, and the failure is told" failing

mine() { printf '#!/bin/sh\nexit 42\n' >"$policy"; chmod 755 "$policy"; }
is_mine() { "$policy"; [ $? = 42 ] && [ "$(find "$(dirname "$policy")" -type f | wc -l)" = 1 ]; }
kept() { mine; apt_quiet install fail; said && is_mine; }
check "a policy of the system's own is put back" kept

in_the_middle()
{
    rm -f "$NATIVE_APT_ROOT/waiting"
    bash -c '. dev/lib.sh; apt_quiet install wait' &
    runner=$!
    for _ in $(seq 100); do [ -e "$NATIVE_APT_ROOT/waiting" ] && break; sleep 0.05; done
    [ -e "$NATIVE_APT_ROOT/waiting" ] || return 1
    # The shell of apt_quiet and the false apt-get: what a terminal's ^C or a cancelled job reaches.
    children=$(ps -o pid= --ppid "$runner"; for child in $(ps -o pid= --ppid "$runner"); do ps -o pid= --ppid "$child"; done)
    # shellcheck disable=SC2086 # a list of words
    kill -s "$1" $runner $children 2>/dev/null
    wait $runner 2>/dev/null
    for child in $children; do
        for _ in $(seq 100); do kill -0 "$child" 2>/dev/null || break; sleep 0.05; done
    done
}
terminated() { mine; in_the_middle TERM && is_mine; }
check "put back after SIGTERM" terminated
killed() { mine; in_the_middle KILL && ! is_mine && apt_quiet install x && is_mine; }
check "after SIGKILL the next run repairs it" killed
finish
