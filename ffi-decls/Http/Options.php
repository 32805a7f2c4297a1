<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Http;

use FFI;
use FFI\CData;

/**
 * How requests are made: those of Native\Http\Options of the extension that need no callback, by the same names and with the
 * same defaults. Immutable; name the arguments: `new Options(timeout: 10, caFile: $file)`. Times are seconds, sizes bytes; 0 means no limit.
 */
final class Options
{
    private const TEXTS = [
        'userAgent' => 'USER_AGENT', 'username' => 'USERNAME', 'password' => 'PASSWORD', 'bearer' => 'BEARER', 'proxy' => 'PROXY', 'noProxy' => 'NO_PROXY',
        'caFile' => 'CA_FILE', 'caPath' => 'CA_PATH', 'ca' => 'CA', 'passphrase' => 'PASSPHRASE', 'pinnedPublicKey' => 'PINS', 'tlsCiphers' => 'CIPHERS',
        'tls13Ciphers' => 'CIPHERS_13', 'tlsGroups' => 'GROUPS', 'interface' => 'INTERFACE', 'unixSocket' => 'UNIX_SOCKET',
    ];
    private const FILES_OR_BYTES = ['certificate' => 'CERTIFICATE', 'key' => 'KEY', 'crl' => 'CRL'];
    private const TIMES = ['timeout' => 'TIMEOUT_MS', 'connectTimeout' => 'CONNECT_MS', 'firstByteTimeout' => 'FIRST_MS'];
    private const NUMBERS = [
        'followRedirects' => 'FOLLOW', 'maxRedirects' => 'MAX_REDIRECTS', 'decode' => 'DECODE', 'proxyTunnel' => 'PROXY_TUNNEL', 'cookies' => 'COOKIES',
        'verifyPeer' => 'VERIFY_PEER', 'verifyHost' => 'VERIFY_HOST', 'expectContinue' => 'EXPECT_ABOVE', 'maxBody' => 'MAX_BODY',
        'maxDecoded' => 'MAX_DECODED', 'maxHeader' => 'MAX_HEADER', 'family' => 'FAMILY', 'keepAlive' => 'KEEPALIVE_S', 'fresh' => 'FRESH',
    ];
    private const VERSIONS = ['1.2' => 12, '1.3' => 13];

    /** @param array<string, string|list<string>|null> $headers */
    public function __construct(
        /** Header fields of every request; those of a request go in their place. null as a value: this field is not sent, not even the one we would send. */
        public readonly array $headers = [],
        /** The field User-Agent; null: none. */
        public readonly ?string $userAgent = 'native',
        /** For everything, redirects included. */
        public readonly float $timeout = 0.0,
        /** For the name, the connection, the proxy and TLS. */
        public readonly float $connectTimeout = 10.0,
        /** From the end of the request to the first byte of the response. */
        public readonly float $firstByteTimeout = 0.0,
        /** Follow 301, 302, 303, 307 and 308. POST becomes GET with the first three; credentials and cookies of the user's stay with the first origin. */
        public readonly bool $followRedirects = true,
        public readonly int $maxRedirects = 20,
        /** Ask for a coded response (gzip, and what else the build has) and decode it. */
        public readonly bool $decode = true,
        public readonly ?string $username = null,
        #[\SensitiveParameter] public readonly ?string $password = null,
        /** Token for "Authorization: Bearer". */
        #[\SensitiveParameter] public readonly ?string $bearer = null,
        /** How to authenticate with user and password: "basic" or "digest". */
        public readonly string $auth = 'basic',
        /** URL of a proxy: http, socks4, socks4a, socks5, socks5h; null: the environment's (http_proxy, https_proxy, all_proxy); "": none. */
        public readonly ?string $proxy = null,
        /** Hosts that no proxy is asked for, as in the environment's no_proxy, in place of that. */
        public readonly ?string $noProxy = null,
        /** Use CONNECT for http, too. */
        public readonly bool $proxyTunnel = false,
        /** Take cookies and send them; each Client has its own. */
        public readonly bool $cookies = false,
        /** TLS: file with the certificates to trust (PEM); none of $caFile, $caPath, $ca: those of the system. */
        public readonly ?string $caFile = null,
        /** TLS: folder of such files. */
        public readonly ?string $caPath = null,
        /** TLS: certificates to trust, as PEM or DER bytes. */
        public readonly ?string $ca = null,
        /** TLS: our certificate and its chain: a file, or PEM bytes. */
        public readonly ?string $certificate = null,
        /** TLS: our key: a file, or PEM bytes; null: it stands with the certificate. */
        #[\SensitiveParameter] public readonly ?string $key = null,
        /** TLS: passphrase of the key. */
        #[\SensitiveParameter] public readonly ?string $passphrase = null,
        /** TLS: the server's certificate must lead to one that we trust. */
        public readonly bool $verifyPeer = true,
        /** TLS: the server's certificate must be for the host we asked for. */
        public readonly bool $verifyHost = true,
        /** TLS: public keys of which the server must have one: "sha256//<base64>;sha256//..." or a file with a key. */
        public readonly ?string $pinnedPublicKey = null,
        /** TLS: certificates that were revoked: a file, or PEM bytes. */
        public readonly ?string $crl = null,
        /** TLS: lowest version, "1.2" or "1.3". */
        public readonly string $tlsMinVersion = '1.2',
        /** TLS: highest version; 1.3 is spoken where the TLS library has it. */
        public readonly string $tlsMaxVersion = '1.3',
        /** TLS: cipher suites up to TLS 1.2, best first; null: our own order. */
        public readonly ?string $tlsCiphers = null,
        /** TLS: the same for TLS 1.3. */
        public readonly ?string $tls13Ciphers = null,
        /** TLS: curves, best first; null: "X25519:P-256:P-384". */
        public readonly ?string $tlsGroups = null,
        /** Bodies of requests larger than this wait for "100 Continue" (for a second); -1: never. */
        public readonly int $expectContinue = 1048576,
        /** Largest body of a response, as it comes. */
        public readonly int $maxBody = 0,
        /** Largest body of a response, decoded. */
        public readonly int $maxDecoded = 0,
        /** Largest head of a response. */
        public readonly int $maxHeader = 307200,
        /** 4 or 6: only this version of IP; 0: either. */
        public readonly int $family = 0,
        /** Our own address, or a device. */
        public readonly ?string $interface = null,
        /** A Unix socket to connect to, whatever the host. */
        public readonly ?string $unixSocket = null,
        /** TCP: probe a silent connection after so many seconds, and then as often; 0: no probes. */
        public readonly int $keepAlive = 0,
        /** Open a connection of its own for each request, and close it afterwards. */
        public readonly bool $fresh = false,
    ) {
        foreach (self::TIMES as $name => $_) {
            if (!($this->$name >= 0.0) || $this->$name > 2147483.0) {
                throw new \ValueError("\$$name must be between 0 and 2147483 seconds");
            }
        }
        foreach (['auth' => ['basic', 'digest'], 'tlsMinVersion' => ['1.2', '1.3'], 'tlsMaxVersion' => ['1.2', '1.3']] as $name => $choices) {
            if (!in_array($this->$name, $choices, true)) {
                throw new \ValueError("\$$name must be \"$choices[0]\" or \"$choices[1]\"");
            }
        }
        if ($tlsMinVersion > $tlsMaxVersion) {
            throw new \ValueError('$tlsMaxVersion must not be lower than $tlsMinVersion');
        }
    }

    /** Returns a copy with other values: `$options->with(timeout: 5)`. */
    public function with(mixed ...$values): self
    {
        return new self(...[...get_object_vars($this), ...$values]);
    }

    /**
     * Tell a call, what is not the default of the library.
     *
     * @internal
     * @param CData $call struct native_http_call *
     * @throws \ValueError
     */
    public function tell(FFI $ffi, CData $call): void
    {
        foreach (self::TEXTS as $name => $constant) {
            if ($this->$name !== null) {
                self::text($ffi, $call, $constant, $this->$name);
            }
        }
        foreach (self::FILES_OR_BYTES as $name => $constant) {
            if ($this->$name !== null) {
                self::text($ffi, $call, str_contains($this->$name, '-----BEGIN ') ? $constant : "{$constant}_FILE", $this->$name);
            }
        }
        foreach (self::TIMES as $name => $constant) {
            self::number($ffi, $call, $constant, (int) ceil($this->$name * 1000.0), $name);
        }
        foreach (self::NUMBERS as $name => $constant) {
            self::number($ffi, $call, $constant, (int) $this->$name, $name);
        }
        self::number($ffi, $call, 'AUTH_DIGEST', (int) ($this->auth === 'digest'), 'auth');
        self::number($ffi, $call, 'TLS_MIN', self::VERSIONS[$this->tlsMinVersion], 'tlsMinVersion');
        self::number($ffi, $call, 'TLS_MAX', self::VERSIONS[$this->tlsMaxVersion], 'tlsMaxVersion');
    }

    private static function text(FFI $ffi, CData $call, string $constant, string $text): void
    {
        if (!$ffi->native_http_call_set_text($call, $ffi->{"NATIVE_HTTP_CALL_$constant"}, $text, strlen($text))) {
            throw new \ValueError(FFI::string($ffi->native_http_call_result($call)->message));
        }
    }

    private static function number(FFI $ffi, CData $call, string $constant, int $number, string $name): void
    {
        if (!$ffi->native_http_call_set_number($call, $ffi->{"NATIVE_HTTP_CALL_$constant"}, $number)) {
            throw new \ValueError("\$$name: " . FFI::string($ffi->native_http_call_result($call)->message));
        }
    }
}
