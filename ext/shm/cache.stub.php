<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Shm;

/**
 * Keys and values in a segment, for all processes of the user.
 *
 * A key has 0 to 65536 bytes. A value is null, a bool, int, float, string, or an array of these; objects and enums go
 * through igbinary where it is loaded, else serialize(). An array with references: what is shared inside it stays so.
 * Closures, resources and objects that cannot be serialized are refused.
 *
 * Reading takes no lock. When memory is short, entries are evicted one by one: expired ones first, then those nobody
 * has read for long. A fetched array is not copied again by the next fetch in this process (native.shm_copies).
 * Calls that do not get what they need in time (a lock of another process for 250 ms, memory) say false or find nothing:
 * a cache must not stop its users. Expiry is exact to an eighth of a second and does not mind the clock being set.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Cache
{
    private function __construct() {}

    /** Give the cache of the default segment. */
    public static function default(): Cache {}

    /**
     * Give the cache of a segment, or a part of it.
     *
     * @param Segment|null $segment null: the default one
     * @param string $namespace up to 255 bytes; keys of one namespace are not seen in another. "" is the plain cache
     */
    public static function open(?Segment $segment = null, string $namespace = ""): Cache {}

    /**
     * Fetch a value.
     *
     * @return mixed $default if there is none
     * @throws DecodeException if it is there and cannot be read: its serializer is not loaded here, or it is damaged
     */
    public function fetch(string $key, mixed $default = null): mixed {}

    /**
     * Store a value, whatever was there.
     *
     * @param float $ttl seconds until it expires; 0: never
     * @param bool $pinned never evict it (it counts against the segment until it is deleted)
     * @return bool false if there is no room (it is larger than a quarter of the segment, or nothing can be evicted); the old value stays
     * @throws EncodeException if the value cannot be stored; the message names the place in it
     */
    public function store(string $key, mixed $value, float $ttl = 0, bool $pinned = false): bool {}

    /**
     * Store a value if the key has none.
     *
     * @return bool false if it has one, or there is no room
     * @throws EncodeException
     */
    public function add(string $key, mixed $value, float $ttl = 0, bool $pinned = false): bool {}

    /**
     * Change an integer if it is what you think it is.
     *
     * @return bool false if it is another, or there is none
     * @throws MismatchException if the value is no integer
     */
    public function cas(string $key, int $old, int $new): bool {}

    /**
     * Add to an integer; no change of another process is lost. Wraps round at the ends.
     *
     * @param int|null $start what a missing key is taken for; null: then nothing is done
     * @param float $ttl of a key that is made
     * @return int|null the sum; null if there is none, or no room for a new one
     * @throws MismatchException if the value is no integer
     */
    public function inc(string $key, int $by = 1, ?int $start = 0, float $ttl = 0): ?int {}

    /**
     * Subtract from an integer; see inc().
     *
     * @throws MismatchException if the value is no integer
     */
    public function dec(string $key, int $by = 1, ?int $start = 0, float $ttl = 0): ?int {}

    /** Delete a key. Returns false if there was none. */
    public function delete(string $key): bool {}

    /** Tell whether a key has a value. */
    public function exists(string $key): bool {}

    /**
     * Fetch a value, or make it: $make is called by one process at a time for this key, the others wait for its value.
     *
     * Nobody waits for other keys. If the process that makes it dies or takes longer than $lease, another one takes over.
     * After $wait seconds a waiting call makes the value itself. Inside $make anything may be done, also with this key
     * (then there is no protection against making it twice); an exception goes through, and nothing is stored.
     *
     * @param callable $make gets the key, returns the value
     * @param float $ttl seconds until it expires; 0: never
     * @param float $lease seconds that making it may take
     * @param float|null $wait seconds to wait for another process; null: as long as $lease
     * @throws EncodeException
     * @throws DecodeException
     */
    public function entry(string $key, callable $make, float $ttl = 0, float $lease = 30, ?float $wait = null): mixed {}

    /**
     * Fetch many.
     *
     * @param array $keys strings (or integers)
     * @return array<string, mixed> values by key, in the order asked; without those that are missing
     * @throws DecodeException
     */
    public function fetchMany(array $keys): array {}

    /**
     * Store many. All values are turned into bytes first: if one cannot be stored, none is.
     *
     * @param array $values by key
     * @return list<string> the keys for which there was no room
     * @throws EncodeException
     */
    public function storeMany(array $values, float $ttl = 0, bool $pinned = false): array {}

    /**
     * Delete many.
     *
     * @param array $keys strings (or integers)
     * @return int how many there were
     */
    public function deleteMany(array $keys): int {}

    /**
     * Go through all entries, in no order. No lock is held; entries that stay are seen at least once (twice if the index grows
     * meanwhile), others may be.
     *
     * @param string $prefix only keys that begin with this
     */
    public function iterate(string $prefix = ""): CacheIterator {}

    /**
     * Tell about an entry. It does not count as a use.
     *
     * @return array{format: string, bytes: int, memory: int, stored: int, ttl: float|null, pinned: bool, hits: int|null, accessed: int|null}|null
     *         `ttl` is what is left of it; hits and accessed only in a segment that tracks them; null if there is no such key
     */
    public function keyInfo(string $key): ?array {}

    /**
     * Tell about the cache: sizes in bytes and counters since the segment was made.
     *
     * @return array<string, int>
     */
    public function info(): array {}

    /**
     * Delete all entries of this namespace, pinned ones too; of the plain cache (namespace ""): all of all.
     *
     * @return bool false if some are left because another process sat on a lock
     */
    public function clear(): bool {}

    /** Give the segment. */
    public function segment(): Segment {}
}

/**
 * Entries of a cache, one after another; see Cache::iterate().
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class CacheIterator implements \Iterator
{
    private function __construct() {}

    /** Give the value. It was there when the iterator came to this key. */
    public function current(): mixed {}

    /** Give the key. */
    public function key(): string {}

    public function next(): void {}

    public function rewind(): void {}

    public function valid(): bool {}

    /** Tell about the entry without reading its value: as Cache::keyInfo(). */
    public function info(): ?array {}

    /** Delete this entry if it still is the one that was seen. Returns false if it was replaced or deleted meanwhile. */
    public function delete(): bool {}
}
