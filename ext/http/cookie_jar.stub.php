<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Http;

/**
 * Keeps cookies (RFC 6265) between requests; the clients and options that share it share them.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class CookieJar implements \Countable, \IteratorAggregate
{
    public function __construct() {}

    /**
     * Reads a Netscape cookie file, adding to what is there. Returns how many cookies were read.
     * @throws Exception if it cannot be read
     */
    public function load(string $file): int {}

    /**
     * Writes a Netscape cookie file: beside it first, then in its place.
     * @throws Exception if it cannot be written
     */
    public function save(string $file): void {}

    /** Sets a cookie as a response from this URL would: `$jar->set('a=b; Path=/', 'https://example.org/')`. Returns whether it was taken. */
    public function set(string $setCookie, string $url): bool {}

    /** The value of the field Cookie for a request to this URL; "" for none. */
    public function get(string $url): string {}

    /** Drops all cookies, or those that end with the session. */
    public function clear(bool $sessionOnly = false): void {}

    public function count(): int {}

    /** Arrays with name, value, domain, path, expires (seconds since 1970; null: with the session), secure, httpOnly. */
    public function getIterator(): \Iterator {}
}
