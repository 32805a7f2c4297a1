<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Http;

use FFI;
use FFI\CData;

/** The response to a request, with its body: what Native\Http\Response of the extension is, but for info(). Immutable. */
final class Response
{
    /**
     * @param array<string, list<string>> $headers
     * @param array<string, float> $times
     */
    private function __construct(
        /** The status code, 200..999. */
        public readonly int $status,
        /** The version of HTTP, "1.1" or "1.0". */
        public readonly string $version,
        /** Where it came from: the URL of the last request, without user and password. */
        public readonly string $url,
        /** The body, decoded. */
        public readonly string $body,
        /** All header fields; names in lower case, each with its values in the order they came. */
        public readonly array $headers,
        /** How many redirects were followed. */
        public readonly int $redirects,
        /** Whether the last request went over a connection that was there already. */
        public readonly bool $reused,
        /** Seconds since the begin, at the end of each phase of the last request: name, connect, tls, send, first (byte), total; 0: not needed. */
        public readonly array $times,
    ) {
    }

    /**
     * @internal
     * @param CData $result struct native_http_result
     */
    public static function of(CData $result): self
    {
        return new self(
            $result->status,
            match ($result->version) {
                9 => '0.9',
                10 => '1.0',
                default => '1.1',
            },
            FFI::string($result->url, $result->url_len),
            FFI::string($result->body, $result->body_len),
            self::fields(FFI::string($result->fields, $result->fields_len)),
            $result->redirects,
            $result->reused,
            [
                'name' => $result->name_us / 1e6, 'connect' => $result->connect_us / 1e6, 'tls' => $result->tls_us / 1e6,
                'send' => $result->send_us / 1e6, 'first' => $result->first_us / 1e6, 'total' => $result->total_us / 1e6,
            ],
        );
    }

    /** The values of a header field joined with ", " (RFC 9110, 5.2); null if it is not there. The case of the name does not matter. */
    public function header(string $name): ?string
    {
        $values = $this->headerValues($name);
        return $values ? implode(', ', $values) : null;
    }

    /**
     * The values of a header field, one by one: Set-Cookie must not be joined.
     *
     * @return list<string>
     */
    public function headerValues(string $name): array
    {
        return $this->headers[strtolower($name)] ?? [];
    }

    /**
     * The body as JSON: objects as arrays.
     *
     * @throws \JsonException if it is none
     */
    public function json(): mixed
    {
        return json_decode($this->body, true, flags: JSON_THROW_ON_ERROR);
    }

    /** @return array<string, list<string>> */
    private static function fields(string $block): array
    {
        $pieces = explode("\0", $block);
        $headers = [];
        for ($i = 0; $i + 1 < count($pieces); $i += 2) {
            $headers[strtolower($pieces[$i])][] = $pieces[$i + 1];
        }
        return $headers;
    }
}
