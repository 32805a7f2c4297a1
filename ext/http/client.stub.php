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
 * Every call blocks until the response is there, at most Options::$timeout; signal handlers run meanwhile.
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
}
