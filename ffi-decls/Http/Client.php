<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Http;

use FFI;
use FFI\CData;
use Native\Ffi\Library;

/**
 * Calls HTTP servers: what Native\Http\Client of the extension does, for one blocking request at a time.
 *
 *     $http = new Client(new Options(timeout: 10));
 *     $response = $http->get('https://example.org/api?page=2');
 *
 * Connections are kept in the process, over requests of PHP and over clients. Signal handlers (pcntl) run while a call waits.
 */
final class Client
{
    private const SLICE_MS = 500; // PHP looks for signals and its own time limit as often

    /** Whether this request of PHP has freed what an earlier one may have lost in a fatal error. */
    private static bool $clean = false;

    private readonly FFI $ffi;
    private readonly Options $options;
    private ?CData $client;

    /** @param ?Options $options for every request that brings none of its own */
    public function __construct(?Options $options = null)
    {
        $this->ffi = Library::get('http')->ffi;
        $this->options = $options ?? new Options();
        if (!self::$clean) {
            $this->ffi->native_http_client_free_lost();
            self::$clean = true;
        }
        $this->client = $this->ffi->native_http_client_new(true) ?? throw new \RuntimeException('Out of memory');
    }

    /**
     * Send a request and return the response, whatever its status.
     *
     * @param string $method "GET", "POST", any token
     * @param array<string, string|list<string>|null> $headers before those of the options; null leaves a field out
     * @param string|array|null $body null; bytes; an array is sent as a form (application/x-www-form-urlencoded)
     * @throws \ValueError for what cannot be sent: a method or header with a line break in it
     * @throws HttpException
     */
    public function request(string $method, string $url, array $headers = [], string|array|null $body = null, ?Options $options = null): Response
    {
        $options ??= $this->options;
        $call = $this->ffi->native_http_call_new($this->client) ?? throw new \RuntimeException('Out of memory');
        try {
            $options->tell($this->ffi, $call);
            $this->text($call, 'METHOD', $method);
            $this->text($call, 'URL', $url);
            $this->headers($call, $headers, $options->headers);
            $this->body($call, $body);
            do {
                $status = $this->perform($call);
            } while ($status === $this->ffi->NATIVE_HTTP_CALL_MORE);
            $result = $this->ffi->native_http_call_result($call)[0];
            return $status === $this->ffi->NATIVE_HTTP_CALL_DONE ? Response::of($result) : throw self::failure($result);
        } finally {
            $this->ffi->native_http_call_free($call);
        }
    }

    /**
     * One slice of a call. Signal handlers run behind it: PHP 8.4 crashes when one throws at the very end of a call of FFI's, because
     * the trace looks at that function, which is gone already.
     */
    private function perform(CData $call): int
    {
        $async = function_exists('pcntl_async_signals') && pcntl_async_signals(false);
        try {
            return $this->ffi->native_http_call_perform($call, self::SLICE_MS);
        } finally {
            if ($async) {
                pcntl_async_signals(true);
                pcntl_signal_dispatch();
            }
        }
    }

    /** @throws HttpException */
    public function get(string $url, array $headers = [], ?Options $options = null): Response
    {
        return $this->request('GET', $url, $headers, null, $options);
    }

    /** @throws HttpException */
    public function head(string $url, array $headers = [], ?Options $options = null): Response
    {
        return $this->request('HEAD', $url, $headers, null, $options);
    }

    /** @throws HttpException */
    public function post(string $url, string|array|null $body = null, array $headers = [], ?Options $options = null): Response
    {
        return $this->request('POST', $url, $headers, $body, $options);
    }

    /** @throws HttpException */
    public function put(string $url, string|array|null $body = null, array $headers = [], ?Options $options = null): Response
    {
        return $this->request('PUT', $url, $headers, $body, $options);
    }

    /** @throws HttpException */
    public function patch(string $url, string|array|null $body = null, array $headers = [], ?Options $options = null): Response
    {
        return $this->request('PATCH', $url, $headers, $body, $options);
    }

    /** @throws HttpException */
    public function delete(string $url, array $headers = [], ?Options $options = null): Response
    {
        return $this->request('DELETE', $url, $headers, null, $options);
    }

    /* ---- telling a call ---- */

    private function text(CData $call, string $constant, string $text): void
    {
        $this->ffi->native_http_call_set_text($call, $this->ffi->{"NATIVE_HTTP_CALL_$constant"}, $text, strlen($text)) || throw $this->refusal($call);
    }

    /** Those of the request, then what the options have and it says nothing of. */
    private function headers(CData $call, array $own, array $defaults): void
    {
        $said = array_change_key_case($own);
        foreach ([$own, array_filter($defaults, fn ($name) => !array_key_exists(strtolower((string) $name), $said), ARRAY_FILTER_USE_KEY)] as $headers) {
            foreach ($headers as $name => $values) {
                if (!is_string($name)) {
                    throw new \ValueError('The names of header fields are the keys of the array');
                }
                foreach (is_array($values) ? $values : [$values] as $value) {
                    if (is_array($value)) {
                        throw new \ValueError("The header field $name must have strings or a list of them");
                    }
                    $this->header($call, $name, $value === null ? null : (string) $value);
                }
            }
        }
    }

    private function header(CData $call, string $name, ?string $value): void
    {
        $this->ffi->native_http_call_add_field($call, $name, strlen($name), $value, strlen($value ?? '')) || throw $this->refusal($call);
    }

    private function body(CData $call, string|array|null $body): void
    {
        if ($body === null) {
            return;
        }
        $type = is_array($body) ? 'application/x-www-form-urlencoded' : null;
        $bytes = is_array($body) ? http_build_query($body) : $body;
        $this->ffi->native_http_call_set_body($call, $bytes, strlen($bytes), $type, strlen($type ?? '')) || throw $this->refusal($call);
    }

    private function refusal(CData $call): \ValueError
    {
        return new \ValueError(FFI::string($this->ffi->native_http_call_result($call)->message));
    }

    private static function failure(CData $result): \ValueError|HttpException
    {
        $message = FFI::string($result->message);
        $kind = FFI::string($result->error);
        return $kind === 'bad_argument' ? new \ValueError($message)
            : new HttpException($message, $kind, FFI::string($result->reason), FFI::string($result->phase), FFI::string($result->url, $result->url_len), $result->reply);
    }

    private function __clone()
    {
    }

    public function __serialize(): never
    {
        throw new \LogicException('A client cannot be serialized');
    }

    public function __destruct()
    {
        if (isset($this->client)) {
            $this->ffi->native_http_client_free($this->client);
            $this->client = null;
        }
    }
}
