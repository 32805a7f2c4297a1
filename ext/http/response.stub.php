<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Http;

/**
 * The response to a request, with its body. Immutable.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Response
{
    /** The status code, 200..999. */
    public readonly int $status;
    /** The version of HTTP, "1.1" or "1.0". */
    public readonly string $version;
    /** Where it came from: the URL of the last request, without user and password. */
    public readonly string $url;
    /** The body, decoded. */
    public readonly string $body;
    /**
     * All header fields; names in lower case, each with its values in the order they came.
     * @var array<string, list<string>>
     */
    public readonly array $headers;
    /** How many redirects were followed. */
    public readonly int $redirects;
    /** Whether the last request went over a connection that was there already. */
    public readonly bool $reused;
    /**
     * Seconds since the begin, at the end of each phase of the last request: name, connect, tls, send, first (byte), total; those
     * that were not needed are 0.
     * @var array<string, float>
     */
    public readonly array $times;

    private function __construct() {}

    /** The values of a header field joined with ", " (RFC 9110, 5.2); null if it is not there. The case of the name does not matter. */
    public function header(string $name): ?string {}

    /**
     * The values of a header field, one by one: Set-Cookie must not be joined.
     * @return list<string>
     */
    public function headerValues(string $name): array {}

    /**
     * The body as JSON: objects as arrays.
     * @throws \JsonException if it is none
     */
    public function json(): mixed {}
}
