#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# docs/mqtt-conformance.md has every normative statement, and its proofs exist.
. "$(dirname "$0")/tap.sh"

apt_need php-cli
check "docs/mqtt-conformance.md is complete and true (else run dev/conformance)" dev/conformance --check
# The check itself must be able to fail: on a copy, without one row, one vector, one breaking proof.
copy()
{
    rm -rf "$tmp/copy"
    mkdir -p "$tmp/copy/tests/mqtt" "$tmp/copy/docs" "$tmp/copy/dev"
    cp dev/conformance "$tmp/copy/dev/"
    cp docs/mqtt-conformance.md "$tmp/copy/docs/"
    cp -r tests/c tests/vectors "$tmp/copy/tests/"
    cp tests/mqtt/*.phpt "$tmp/copy/tests/mqtt/" 2>/dev/null || true
}
finds() { (cd "$tmp/copy" && ! dev/conformance --check >said && grep -q "$1" said); }
copy
sed -i '/^| MQTT-4.7.2-1 /d' "$tmp/copy/docs/mqtt-conformance.md"
check "it finds a missing statement" finds 'MQTT-4.7.2-1 of 3.1.1 has no row'
copy
sed -i 's/\[qos-3\]/[qos-33]/' "$tmp/copy/tests/vectors/publish.txt"
check "it finds a vector that is gone" finds 'not up to date'
copy
sed -i '/^proves/s/MQTT-3.3.1-4//' "$tmp/copy/tests/vectors/publish.txt"
check "it finds a statement without vectors" finds 'MQTT-3.3.1-4 of 5.0: no passing vector'
copy
sed -i '/^proves = /s/$/, MQTT-9.9.9-9/' "$tmp/copy/tests/vectors/ping.txt"
check "it finds a statement that does not exist" finds 'MQTT-9.9.9-9'
finish
