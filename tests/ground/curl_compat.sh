#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# docs/curl-compat.md says what the tables of ext/curl/ say, and a reason for all that does nothing.
. "$(dirname "$0")/tap.sh"

apt_need php-cli
check "docs/curl-compat.md is up to date (else run dev/curl-compat)" dev/curl-compat --check
# The check itself must be able to fail: on a copy with a row, a reason, a constant changed.
copy()
{
    rm -rf "$tmp/copy"
    mkdir -p "$tmp/copy/ext/curl" "$tmp/copy/docs" "$tmp/copy/dev" "$tmp/copy/tests/curl/compare"
    cp tests/curl/compare/*.txt "$tmp/copy/tests/curl/compare/"
    cp dev/curl-compat "$tmp/copy/dev/"
    cp docs/curl-compat.md "$tmp/copy/docs/"
    cp ext/curl/options.c ext/curl/info.c ext/curl/info_texts.c ext/curl/constants.h "$tmp/copy/ext/curl/"
}
finds() { (cd "$tmp/copy" && ! dev/curl-compat --check >said && grep -q "$1" said); }
copy
sed -i 's/^    FLAG(CURLOPT_HEADER, header)/    IGNORED(CURLOPT_HEADER, NUMBER)/' "$tmp/copy/ext/curl/options.c"
check "it finds an option that does nothing, without a reason" finds 'no reason is given for CURLOPT_HEADER'
copy
sed -i '/^    IGNORED(CURLOPT_TELNETOPTIONS/d' "$tmp/copy/ext/curl/options.c"
check "it finds an option without a row" finds 'no row for CURLOPT_TELNETOPTIONS'
check "it finds a reason without a row" finds 'the reason of CURLOPT_TELNETOPTIONS is of no row'
copy
sed -i '/ why CURLINFO_FTP_ENTRY_PATH/d' "$tmp/copy/ext/curl/info.c"
check "it finds information that tells nothing, without a reason" finds 'no reason is given for CURLINFO_FTP_ENTRY_PATH'
copy
sed -i 's/of Telnet/of telnet/' "$tmp/copy/ext/curl/options.c"
check "it finds that the page is not up to date" finds 'not up to date'
copy
echo 'post/a case: a reason' >>"$tmp/copy/tests/curl/compare/differences.txt"
check "it finds a difference that the page has not got" finds 'not up to date'
finish
