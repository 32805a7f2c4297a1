<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Http;

/**
 * A request that can be sent: for Client::send() and Client::start(). Immutable.
 *
 *     $request = new Request('POST', 'https://example.org/orders', body: Body::json($order));
 *
 * It may be sent any number of times if its body can: a stream, a Closure and a generator are read once.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Request
{
    /** "GET", "POST", any token. */
    public readonly string $method;
    /** Absolute, or relative to Options::$baseUrl. */
    public readonly string $url;
    /**
     * Header fields, before those of the options; null leaves a field out.
     * @var array<string, string|list<string>|null>
     */
    public readonly array $headers;
    /** As in Client::request(). */
    public readonly mixed $body;
    /** null: those of the client. */
    public readonly ?Options $options;

    /** @throws \TypeError if the body can be none */
    public function __construct(string $method, string $url, array $headers = [], mixed $body = null, ?Options $options = null) {}

    /** Returns a copy with other values: `$request->with(url: '/other')`. */
    public function with(mixed ...$values): Request {}
}
