<?php

/**
 * @generate-function-entries
 * @generate-legacy-arginfo 80100
 */

/** Remove all entries. Keys that other processes store meanwhile may stay. */
function apcu_clear_cache(): bool {}

/**
 * Tell about the cache: counters, memory and, unless $limited, each entry. The list is of no single moment, and takes
 * memory for each entry.
 */
function apcu_cache_info(bool $limited = false): array|false {}

/** Tell about one entry; null if there is none. Counts nothing. */
function apcu_key_info(string $key): ?array {}

/** Tell about the memory. "block_lists" names one block: the largest that is free. */
function apcu_sma_info(bool $limited = false): array|false {}

/** Tell whether the cache may be used: apc.enabled, and on the command line apc.enable_cli. */
function apcu_enabled(): bool {}

/**
 * Store a value, or several: an array has keys and values. Up to a quarter of apc.shm_size each.
 *
 * @param array|string $key
 * @param int $ttl seconds; 0: until evicted
 * @return bool|array of an array: the keys that could not be stored, each with -1
 */
function apcu_store($key, mixed $value = UNKNOWN, int $ttl = 0): array|bool {}

/**
 * The same, only for keys that are not there.
 *
 * @param array|string $key
 */
function apcu_add($key, mixed $value = UNKNOWN, int $ttl = 0): array|bool {}

/**
 * Add to an integer; one that is not there begins at 0. Wraps round.
 *
 * @param bool $success
 * @param int $ttl seconds, of a new one
 */
function apcu_inc(string $key, int $step = 1, &$success = null, int $ttl = 0): int|false {}

/**
 * Subtract from an integer.
 *
 * @param bool $success
 */
function apcu_dec(string $key, int $step = 1, &$success = null, int $ttl = 0): int|false {}

/** Make the integer $old the integer $new. Returns whether it was $old. */
function apcu_cas(string $key, int $old, int $new): bool {}

/**
 * Fetch a value, or several: an array of keys gives an array of those that are there.
 *
 * @param array|string $key
 * @param bool $success
 */
function apcu_fetch($key, &$success = null): mixed {}

/**
 * Tell whether a key is there, or which of several are.
 *
 * @param array|string $key
 */
function apcu_exists($key): array|bool {}

/**
 * Remove a key, or several; of an array those that were not there are returned.
 *
 * @param APCUIterator|array|string $key
 */
function apcu_delete($key): array|bool {}

/**
 * Fetch a value, or have it made by $callback and stored. One process makes a key's value, others wait for it (30 s at
 * most, then they make it themselves); other keys are not held up.
 */
function apcu_entry(string $key, callable $callback, int $ttl = 0): mixed {}
