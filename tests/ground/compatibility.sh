#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# The compatibility promise (docs/compatibility.md): what is public is what tests/ground/snapshot/ has, and dev/snapshot tells
# a break from an addition and lets no break through that is not declared.
. "$(dirname "$0")/tap.sh"

need_build
build_module
check "what is public is what tests/ground/snapshot/ has (else run dev/snapshot)" dev/snapshot --check --module "$module"

# ---- the check itself must be able to fail: what is stored is made to differ from what is there ------------------------

stored=$tmp/stored
# says STATUS TEXT ARGUMENT...: dev/snapshot ends with that status and prints that.
says()
{
    local status=0 wanted=$1 text=$2
    shift 2
    dev/snapshot --module "$module" --in "$stored" "$@" >"$tmp/said" 2>&1 || status=$?
    cat "$tmp/said"
    [ "$status" = "$wanted" ] && grep -qF -- "$text" "$tmp/said"
}
# begin [RELEASED]: what is stored is right.
begin()
{
    rm -rf "$stored"
    cp -r tests/ground/snapshot "$stored"
    [ $# = 0 ] || echo "$1" >"$stored/released"
}
begin
printf 'Native\\Mqtt\\Client::fly()\treturns void\n' >>"$stored/php.txt"
check "a method that is gone is a break" says 1 'break: Native\Mqtt\Client::fly() is gone' --check
begin
sed -i 's/^\(Native.Mqtt.Client::publish() parameter 3\t\).*/\1int $qos = 1/' "$stored/php.txt"
check "another default of an argument is a break" says 1 'break: Native\Mqtt\Client::publish() parameter 3 was: int $qos = 1' --check
begin
sed -i '/^Native.Mqtt.Client::publish() parameter 1\t/d' "$stored/php.txt"
check "a new argument that must be given is a break" says 1 'break: Native\Mqtt\Client::publish() parameter 1' --check
begin
sed -i '/^Native.Mqtt.Client::publish() parameter 5\t/d' "$stored/php.txt"
check "one that may be left out is none" says 1 'new: Native\Mqtt\Client::publish() parameter 5' --check
check "... and is written down" says 0 'new: Native\Mqtt\Client::publish() parameter 5'
check "... and known from then on" dev/snapshot --module "$module" --in "$stored" --check
begin
sed -i 's/^native\.shm_size\t.*/native.shm_size\t'"'64M'"' SYSTEM/' "$stored/ini.txt"
check "another default of a setting is a break" says 1 "break: native.shm_size was: '64M' SYSTEM" --check
begin
sed -i 's/^\(mqtt\.h native_mqtt_topic_match()\t\)bool/\1int/' "$stored/c.txt"
check "another type of a C function is a break" says 1 'break: mqtt.h native_mqtt_topic_match() was: int' --check
begin 1.4.2
printf 'shm.h native_shm_fly()\tvoid native_shm_fly(void);\n' >>"$stored/c.txt"
check "since a release a break wants a major version" says 1 'a break since 1.4.2 wants version 2.0.0 or later'
begin 0.1.0
printf 'shm.h native_shm_fly()\tvoid native_shm_fly(void);\n' >>"$stored/c.txt"
check "... before 1.0 a minor one" says 1 'a break since 0.1.0 wants version 0.2.0 or later'
begin 0.0.3
printf 'shm.h native_shm_fly()\tvoid native_shm_fly(void);\n' >>"$stored/c.txt"
if ! sed -n '1,/^## /!p' CHANGELOG.md | sed '/^## /q' | grep -q '^- Incompatible: '; then
    check "... and a line in CHANGELOG.md" says 1 'begins with "- Incompatible: "'
fi
begin
sed -i 's/^\(layout\.h struct native_shm_lock\t.*\)uint32_t/\1uint64_t/' "$stored/segment.txt"
check "other bytes of a segment want another layout number" says 1 'so NATIVE_SHM_LAYOUT must be'
check "... unless somebody says that they are the same" says 0 'layout.h struct native_shm_lock' --same-layout
begin
sed -i 's/^\(layout\.h NATIVE_SHM_LAYOUT\t\).*/\12/; s/^\(layout\.h struct native_shm_lock\t.*\)uint32_t/\1uint64_t/' "$stored/segment.txt"
check "... or it is another number" says 0 'layout.h NATIVE_SHM_LAYOUT was: 2'
finish
