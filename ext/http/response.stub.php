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
    /** The body, decoded; "" where it went into Options::$sink, or is read piece by piece. */
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

    /**
     * What else is known of the transfer. Bytes are of the last request and response, heads of all of them.
     *
     * - localAddress, remoteAddress: "192.0.2.1:443" (of the proxy, where there is one), null: unknown (a Unix socket)
     * - connection: its number in the process; connects: how many were opened; retries: requests sent once more because a kept
     *   connection was dead; proxied; connectStatus: of the proxy's answer to CONNECT, 0: none
     * - requestBytes, headerBytes: heads sent and received; sent, received, decoded: of the bodies; sendSpeed, receiveSpeed: bytes a
     *   second
     * - lastModified: seconds since 1970; retryAfter: seconds; null: not said
     * - times: as Response::$times, and queue, sent, redirect
     * - tls: null, or an array of version ("TLSv1.3"), cipher, resumed
     * - certificates: with Options::$certificates the server's chain, its own first, each as name => text ("Subject", "Issuer", "Start
     *   date", "Expire date", ..., "Cert": PEM); a resumed session has only the first, and with TLS 1.3 none
     * @return array<string, mixed>
     */
    public function info(): array {}
}
