<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Http;

/**
 * Calls HTTP servers (HTTP/1.1, RFC 9110 and 9112) over plain connections and TLS.
 *
 *     $http = new Client(new Options(timeout: 10));
 *     $response = $http->get('https://example.org/api?page=2');
 *     if ($response->status === 200) { print_r($response->json()); }
 *
 * Connections are kept in the process, over requests of PHP and over clients: the next call to the same server finds one that is
 * open. Of TLS, parsed certificates and sessions are kept as well.
 *
 * request() and its likes block until the response is there, at most Options::$timeout; signal handlers run meanwhile. send() makes many
 * requests at once, start() one that an event loop drives.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Client
{
    /** @param Options|null $options for every request that brings none of its own */
    public function __construct(?Options $options = null) {}

    /**
     * Sends a request and returns the response, whatever its status.
     *
     * @param string $method "GET", "POST", any token
     * @param string $url absolute, or relative to Options::$baseUrl
     * @param array $headers name => value or list of values, before those of the options; null leaves a field out
     * @param mixed $body null; bytes; an array is sent as a form (application/x-www-form-urlencoded); a stream from its
     *        position on; a Closure fn(int $length): string that returns "" at the end; an iterable of pieces; what Body makes
     * @throws \ValueError for what cannot be sent: a method or header with a line break in it
     * @throws Exception
     */
    public function request(string $method, string $url, array $headers = [], mixed $body = null, ?Options $options = null): Response {}

    /** @throws Exception */
    public function get(string $url, array $headers = [], ?Options $options = null): Response {}

    /** @throws Exception */
    public function head(string $url, array $headers = [], ?Options $options = null): Response {}

    /** @throws Exception */
    public function post(string $url, mixed $body = null, array $headers = [], ?Options $options = null): Response {}

    /** @throws Exception */
    public function put(string $url, mixed $body = null, array $headers = [], ?Options $options = null): Response {}

    /** @throws Exception */
    public function patch(string $url, mixed $body = null, array $headers = [], ?Options $options = null): Response {}

    /** @throws Exception */
    public function delete(string $url, array $headers = [], ?Options $options = null): Response {}

    /**
     * Sends many requests at once and gives their results as they come, each with the key of its request:
     *
     *     foreach ($http->send($requests, concurrency: 20) as $key => $result) {
     *         if ($result instanceof Response) { ... } else { error_log($result->getMessage()); }
     *     }
     *
     * @param array|\Traversable $requests Request objects, or strings: URLs to GET; taken one by one as there is room, so that a generator may have
     *        any number
     * @param int $concurrency how many are under way at most, 1..10000
     */
    public function send(array|\Traversable $requests, int $concurrency = 50): Results {}

    /**
     * Begins a request and returns at once: for event loops, for bodies that are read piece by piece, and to do something else meanwhile.
     * Nothing is sent before the transfer's first step.
     *
     * @throws \ValueError|Exception for what cannot be sent
     */
    public function start(Request $request): Transfer {}
}
