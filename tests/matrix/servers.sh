#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# servers.sh apache | fpm - the module in a web server that is really there, with requests, restarts and an end. Prints TAP.
. "$(dirname "$0")/../ground/tap.sh"

need_build
case ${1:-} in
    apache) packages="apache2 libapache2-mod-php$(php -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;') openssl libfcgi-bin php-fpm" ;;
    fpm) packages="php-fpm libfcgi-bin nginx openssl" ;;
    *) die "which server? See the top of $0" ;;
esac
# shellcheck disable=SC2086 # a list of words
if ! (apt_need $packages) 2>"$tmp/apt.log"; then
    skip "$1" "$(tail -n 1 "$tmp/apt.log")"
    exit 0
fi
build_module
dev/phpt --module "$module" --label "$1" "tests/matrix/$1.phpt"
