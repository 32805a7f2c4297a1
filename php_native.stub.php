<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native;

/**
 * Tell which version of the module is running, what it is built with, and the counters of each part.
 *
 * Keys: `version` (string), `mbedtls` (string, the library in use), `tls13` (bool, whether that library
 * has TLS 1.3), `mqtt` (array of counters of this process since it started, and, as it is now: `clients`, those `connected`, messages `inFlight`,
 * `deliveriesWaiting` and their `bytesWaiting`), `http` (array: connections
 * `kept` now; since the process started `requests`, connections `opened`, `reused`, found `dead`, `expired`; TLS `handshakes` and
 * those that `resumed` a session; `lookups` of names and those from the cache), `shm` (array: the segments that this process is
 * attached to with the `channels` in them, and the arrays that it keeps copies of), `share` (array: what TLS connections share with other processes of this
 * user: `enabled`, `path` of the segment, `failure` if it cannot be had, sessions and names found, missed, stored, and sessions
 * that the process keeps for itself).
 *
 * @return array<string, mixed>
 * @since 0.1
 */
function status(): array {}

/**
 * Tell the numbers of status() as OpenMetrics text, for Prometheus and its like (docs/operating.md has a page for it).
 *
 * Its media type is "application/openmetrics-text; version=1.0.0; charset=utf-8". Samples of segments have the label
 * `segment`: the path, or "private-1" and so on; those of channels also `channel`: the name. All but those of segments are of this process alone.
 *
 * @since 0.1
 */
function metrics(): string {}

/**
 * Tell what libnative.so of this version exports, for programs that load it at run time: FFI, or C with dlopen(). The same list
 * as native_get_symbols() gives there.
 *
 * Each row has `name` ("native_mqtt_topic_match"), `kind` ("function") and `signature`, its declaration in C without the
 * semicolon; the types in it are those of ffi-decls/. Sorted by name.
 *
 * @return list<array{name: string, kind: string, signature: string}>
 * @since 0.1
 */
function symbols(): array {}
