<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Mqtt;

/**
 * The stream that a Client talks through: TCP, TLS or a Unix socket.
 *
 * @internal
 */
final class Link
{
    /** PHP's transport for each scheme: those that Native\Mqtt\Client of the extension takes. */
    private const TRANSPORTS = ['mqtt' => 'tcp', 'tcp' => 'tcp', 'mqtts' => 'tls', 'ssl' => 'tls', 'tls' => 'tls'];
    private const PORTS = ['tcp' => 1883, 'tls' => 8883];
    private const HOST_MAX = 253;
    private const SOCKET_MAX = 107;

    /** Why opening failed, or nothing. */
    public string $error = '';

    private readonly string $address;
    private readonly array $context;
    /** @var ?resource */
    private $stream = null;

    /** Read a URI; user name and password in it go to $options, where there are none. */
    public function __construct(string $uri, ClientOptions &$options)
    {
        $whole = !str_contains($uri, "\0");
        if ($whole && strncasecmp($uri, 'unix:///', 8) === 0) {
            $path = substr($uri, 7);
            if (strlen($path) > self::SOCKET_MAX) { // PHP would cut it, and connect to another one
                throw new \ValueError('The path of a Unix socket has at most ' . self::SOCKET_MAX . ' bytes');
            }
            $this->address = "unix://$path";
            $this->context = [];
            return;
        }
        $parts = $whole ? parse_url($uri) : [];
        $transport = self::TRANSPORTS[strtolower($parts['scheme'] ?? '')] ?? null;
        $host = trim($parts['host'] ?? '', '[]');
        $more = ($parts['path'] ?? '/') !== '/' || isset($parts['query']) || isset($parts['fragment']);
        if (!$transport || $host === '' || strlen($host) > self::HOST_MAX || $more) {
            throw new \ValueError('The URI must be mqtt://host[:port], mqtts://host[:port] or unix:///path');
        }
        $options = $options->with(
            username: $options->username ?? (isset($parts['user']) ? rawurldecode($parts['user']) : null),
            password: $options->password ?? (isset($parts['pass']) ? rawurldecode($parts['pass']) : null),
        );
        $port = ($parts['port'] ?? 0) ?: self::PORTS[$transport];
        $this->address = "$transport://{$parts['host']}:$port";
        $this->context = ['socket' => ['tcp_nodelay' => true], 'ssl' => self::tls($options, $host)];
    }

    /** @return array<string, mixed> */
    private static function tls(ClientOptions $options, string $host): array
    {
        return array_filter([
            'cafile' => $options->caFile,
            'capath' => $options->caPath,
            'local_cert' => $options->certificate,
            'local_pk' => $options->key,
            'passphrase' => $options->passphrase,
            'verify_peer' => $options->verifyPeer,
            'verify_peer_name' => $options->verifyHost,
            'peer_name' => $options->serverName ?? $host,
            'crypto_method' => STREAM_CRYPTO_METHOD_TLSv1_2_CLIENT | STREAM_CRYPTO_METHOD_TLSv1_3_CLIENT,
        ], fn ($value) => $value !== null);
    }

    public function open(float $timeout): bool
    {
        $said = [];
        set_error_handler(function (int $level, string $message) use (&$said): bool {
            $said[] = preg_replace('/^[\w:]+\(\): /', '', $message); // TLS errors come before the one that sums them up
            return true;
        });
        try {
            $stream = stream_socket_client($this->address, $number, $message, $timeout, STREAM_CLIENT_CONNECT, stream_context_create($this->context));
        } finally {
            restore_error_handler();
        }
        $this->error = $stream ? '' : preg_replace('/\s+/', ' ', $said[0] ?? $message);
        if (!$stream) {
            return false;
        }
        stream_set_blocking($stream, false);
        stream_set_write_buffer($stream, 0);
        $this->stream = $stream;
        return true;
    }

    /** Returns how many bytes were taken; null: the stream has ended. */
    public function write(string $bytes): ?int
    {
        $count = $this->stream ? @fwrite($this->stream, $bytes) : false;
        return $count === false ? ($this->ended() ? null : 0) : $count;
    }

    /** Returns what has come, "" if nothing; null: the stream has ended. */
    public function read(int $max): ?string
    {
        $bytes = $this->stream ? (string) @fread($this->stream, $max) : '';
        return $bytes === '' && $this->ended() ? null : $bytes;
    }

    private function ended(): bool
    {
        return !$this->stream || feof($this->stream);
    }

    /** Wait until something can be read, or written. */
    public function wait(float $seconds, bool $read, bool $write): void
    {
        $micros = (int) ceil(max(0.0, min($seconds, 3600.0)) * 1e6);
        $reads = $this->stream && $read ? [$this->stream] : [];
        $writes = $this->stream && $write ? [$this->stream] : [];
        $others = [];
        if (!$reads && !$writes) {
            usleep($micros);
            return;
        }
        // A signal ends it, too, with a warning. PHP 8.2 crashes when the signal's handler throws just as the user's handler of errors begins.
        set_error_handler(null);
        try {
            @stream_select($reads, $writes, $others, intdiv($micros, 1000000), $micros % 1000000);
        } finally {
            restore_error_handler();
        }
    }

    public function close(): void
    {
        if ($this->stream) {
            fclose($this->stream);
            $this->stream = null;
        }
    }
}
