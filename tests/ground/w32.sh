#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# config.w32 builds what config.m4 builds: its script runs here with stand-ins for the PHP SDK's functions, and must name every
# source of sources.list but those that want shared memory, each in its folder, and know the same options.
. "$(dirname "$0")/tap.sh"

if ! have node && ! (apt_need nodejs) 2>"$tmp/apt.log"; then
    skip "config.w32" "this system has no nodejs: $(tail -n 1 "$tmp/apt.log")"
    exit 0
fi

# The SDK's functions, as far as config.w32 calls them: what they are told is printed.
cat >"$tmp/sdk.js" <<'INNER'
const fs = require("fs"), vm = require("vm");
const [root, found] = [process.argv[2], process.argv[3] !== "nothing"];
const say = (...words) => console.log(words.join(" ").trim());
const stream = (text) => {
    const lines = text.replace(/\n$/, "").split("\n");
    return {get AtEndOfStream() { return lines.length === 0; }, ReadLine: () => lines.shift(), Close: () => say("closed")};
};
const sdk = {
    PHP_NATIVE: "yes",
    configure_module_dirname: root,
    FSO: {OpenTextFile: (path) => stream(fs.readFileSync(path.replaceAll("\\", "/"), "utf8"))},
    CHECK_LIB: (names, target) => { say("library", names.split(";")[0], target); return found; },
    CHECK_HEADER_ADD_INCLUDE: (name, flags) => { say("header", name, flags); return found; },
    EXTENSION: (name, files) => files.trim().split(/\s+/).forEach((file) => say("source", file, name)),
    ADD_SOURCES: (folder, files, name) => files.trim().split(/\s+/).forEach((file) => say("source", `${folder}/${file}`.replace(`${root}/`, ""), name)),
    ADD_FLAG: (name, flag) => say("flag", name, flag),
    WARNING: (text) => say("warning", text),
};
for (const kind of ["ENABLE", "WITH"])
    sdk[`ARG_${kind}`] = (name, text, value) => {
        sdk[`PHP_${name.toUpperCase().replaceAll("-", "_")}`] ??= value;
        say("option", `${kind.toLowerCase()}-${name}`);
    };
vm.runInNewContext(fs.readFileSync(`${root}/config.w32`, "utf8"), sdk);
INNER
w32() { node "$tmp/sdk.js" "$root" "${1:-all}"; }
runs() { w32 >"$tmp/told"; }
check "config.w32 runs" runs

# What config.m4 leaves out where there is no shared memory, it says itself.
left_out=$(sed -n '/native_cv_shm/,$s/.*native_sources=.*SED //p' config.m4 | grep -o '\^[a-z\\/]*/' | tr -d '\\' | sed 's,/*$,/,')
four() { [ "$(printf '%s\n' "$left_out" | wc -l)" = 4 ] || say "config.m4 leaves out: $left_out"; }
check "config.m4 says which folders want shared memory" nothing four
sources | grep -vE "$(printf '%s\n' "$left_out" | paste -sd '|')" | sort >"$tmp/wanted"
same_sources() { sed -n 's/^source \(.*\) native$/\1/p' "$tmp/told" | sort | diff "$tmp/wanted" -; }
check "config.w32 builds the sources of sources.list but those of shared memory" nothing same_sources
some() { [ "$(wc -l <"$tmp/wanted")" -gt 150 ] && [ "$(wc -l <"$tmp/wanted")" -lt "$(sources | wc -l)" ]; }
check "which are more than 150, and not all" some
options() { sed -n 's/^option //p' "$tmp/told" | sort | diff <(sed -n 's/^PHP_ARG_\(ENABLE\|WITH\)(\[\([a-z-]*\)\].*/\L\1\E-\2/p' config.m4 | sort) -; }
check "config.w32 and config.m4 know the same options" nothing options
defines() { grep -oE 'flag CFLAGS_NATIVE /DNATIVE_[A-Z_]+=1' "$tmp/told" | sed 's,.*/D\(.*\)=1,\1,' | while read -r name; do grep -q -- "$name" config.m4 || say "config.m4 knows no $name"; done; }
check "what it defines, config.m4 defines" nothing defines
refuses() { w32 nothing >"$tmp/none"; ! grep -q '^source' "$tmp/none" && grep -q '^warning native not enabled' "$tmp/none"; }
check "without mbedTLS it builds nothing and says so" refuses
finish
