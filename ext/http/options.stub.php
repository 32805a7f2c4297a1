<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Http;

/**
 * How requests are made. Immutable; name the arguments: `new Options(timeout: 10, headers: ['X-Key' => $key])`.
 *
 * Times are seconds, sizes bytes; 0 means no limit.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Options
{
    /** Relative URLs are resolved against this one. */
    public readonly ?string $baseUrl;
    /**
     * Header fields of every request; those of a request go before them. null as a value: this field is not sent, not even the one we would send.
     * @var array<string, string|list<string>|null>
     */
    public readonly array $headers;
    /** The field User-Agent; null: none. */
    public readonly ?string $userAgent;
    /** For everything, redirects included. */
    public readonly float $timeout;
    /** For the name, the connection, the proxy and TLS. */
    public readonly float $connectTimeout;
    /** From the end of the request to the first byte of the response. */
    public readonly float $firstByteTimeout;
    /** Give up when fewer bytes a second than this ... */
    public readonly int $lowSpeedLimit;
    /** ... are moved for so many seconds. */
    public readonly int $lowSpeedTime;
    /** Send at most so many bytes a second, on the average. */
    public readonly int $maxSendSpeed;
    /** Receive at most so many bytes a second, on the average. */
    public readonly int $maxReceiveSpeed;
    /** Follow 301, 302, 303, 307 and 308. POST becomes GET with the first three; credentials and cookies of the user's stay with the first origin. */
    public readonly bool $followRedirects;
    public readonly int $maxRedirects;
    /**
     * Statuses whose redirects leave POST a POST: 301, 302, 303. 307 and 308 always do.
     * @var list<int>
     */
    public readonly array $keepPost;
    /**
     * Schemes that may be asked for, also by redirects: "http", "https". []: both.
     * @var list<string>
     */
    public readonly array $schemes;
    /** Ask for a coded response (gzip, and what else the build has) and decode it. */
    public readonly bool $decode;
    /** A status of 400 or more is thrown as a StatusException. */
    public readonly bool $failOnStatus;
    public readonly ?string $username;
    public readonly ?string $password;
    /** Token for "Authorization: Bearer". */
    public readonly ?string $bearer;
    /** Ways to authenticate with user and password: "basic", "digest", or "any": the server is asked first, and the best is used. */
    public readonly string $auth;
    /** URL of a proxy: http, socks4, socks4a, socks5, socks5h; user and password in it or below. null: the environment's (http_proxy, https_proxy, all_proxy); "": none. */
    public readonly ?string $proxy;
    /** Hosts that no proxy is asked for, as in the environment's no_proxy, in place of that. */
    public readonly ?string $noProxy;
    /** Use CONNECT for http, too. */
    public readonly bool $proxyTunnel;
    /** Receives and sends cookies. */
    public readonly ?CookieJar $cookies;
    /** TLS: file with the certificates to trust (PEM); none of $caFile, $caPath, $ca: those of the system. */
    public readonly ?string $caFile;
    /** TLS: folder of such files. */
    public readonly ?string $caPath;
    /** TLS: certificates to trust, as PEM or DER bytes. */
    public readonly ?string $ca;
    /** TLS: our certificate and its chain: a file, or PEM bytes. */
    public readonly ?string $certificate;
    /** TLS: our key: a file, or PEM bytes; null: it stands with the certificate. */
    public readonly ?string $key;
    /** TLS: passphrase of the key. */
    public readonly ?string $passphrase;
    /** TLS: the server's certificate must lead to one that we trust. */
    public readonly bool $verifyPeer;
    /** TLS: the server's certificate must be for the host we asked for. */
    public readonly bool $verifyHost;
    /** TLS: public keys of which the server must have one: "sha256//<base64>;sha256//..." or a file with a key. */
    public readonly ?string $pinnedPublicKey;
    /** TLS: certificates that were revoked: a file, or PEM bytes. For each authority in the chain that it names. */
    public readonly ?string $crl;
    /** TLS: lowest version, "1.2" or "1.3". */
    public readonly string $tlsMinVersion;
    /** TLS: highest version; 1.3 is spoken where the TLS library has it. */
    public readonly string $tlsMaxVersion;
    /** TLS: cipher suites up to TLS 1.2, best first, as "ECDHE-RSA-AES128-GCM-SHA256:..." or "TLS_ECDHE_RSA_WITH_...". null: our own order. */
    public readonly ?string $tlsCiphers;
    /** TLS: the same for TLS 1.3: "TLS_AES_128_GCM_SHA256:...". */
    public readonly ?string $tls13Ciphers;
    /** TLS: curves, best first; null: "X25519:P-256:P-384". */
    public readonly ?string $tlsGroups;
    /** Bodies of requests larger than this wait for "100 Continue" (for a second); -1: never. */
    public readonly int $expectContinue;
    /** Largest body of a response, as it comes. */
    public readonly int $maxBody;
    /** Largest body of a response, decoded. */
    public readonly int $maxDecoded;
    /** Largest head of a response. */
    public readonly int $maxHeader;
    /** 4 or 6: only this version of IP; 0: either. */
    public readonly int $family;
    /** Our own address, or a device. */
    public readonly ?string $interface;
    /** A Unix socket to connect to, whatever the host. */
    public readonly ?string $unixSocket;
    /** TCP: probe a silent connection after so many seconds, and then as often; 0: no probes. */
    public readonly int $keepAlive;
    /**
     * Addresses for names: `['example.org:443' => '192.0.2.1', '*:80' => ['192.0.2.2', '2001:db8::2']]`. No name is looked up for these; the
     * request and the certificate are still for the name. What stands first counts.
     * @var array<string, string|list<string>>
     */
    public readonly array $resolve;
    /** Open a connection of its own for each request, and close it afterwards. */
    public readonly bool $fresh;
    /** fn(Progress $p): mixed. Called when bytes have moved, and once a second; false ends the transfer. What it throws comes out of the call that waits. */
    public readonly mixed $onProgress;
    /**
     * Other servers than the URL names: `['example.org:443' => 'blue.example.org:8443', '*' => '[2001:db8::1]']`. The left port
     * may be left out (any), and the right one (the same); "*" on the right is the same host. The request and the certificate are still for the URL's host.
     * @var array<string, string>
     */
    public readonly array $connectTo;
    /**
     * Where the body of the response goes, whatever its status, instead of into Response::$body: a stream that can be written, or a
     * Closure fn(string $piece): mixed, which ends the transfer with false. A stream that takes no more makes the server wait.
     */
    public readonly mixed $sink;
    /** TLS: have the server's certificates told by Response::info(). */
    public readonly bool $certificates;

    /** @throws \ValueError where a value is outside its range; the message names the argument */
    public function __construct(
        ?string $baseUrl = null,
        array $headers = [],
        ?string $userAgent = "native",
        float $timeout = 0,
        float $connectTimeout = 10,
        float $firstByteTimeout = 0,
        int $lowSpeedLimit = 0,
        int $lowSpeedTime = 0,
        int $maxSendSpeed = 0,
        int $maxReceiveSpeed = 0,
        bool $followRedirects = true,
        int $maxRedirects = 20,
        array $keepPost = [],
        array $schemes = [],
        bool $decode = true,
        bool $failOnStatus = false,
        ?string $username = null,
        #[\SensitiveParameter] ?string $password = null,
        #[\SensitiveParameter] ?string $bearer = null,
        string $auth = "basic",
        ?string $proxy = null,
        ?string $noProxy = null,
        bool $proxyTunnel = false,
        ?CookieJar $cookies = null,
        ?string $caFile = null,
        ?string $caPath = null,
        ?string $ca = null,
        ?string $certificate = null,
        #[\SensitiveParameter] ?string $key = null,
        #[\SensitiveParameter] ?string $passphrase = null,
        bool $verifyPeer = true,
        bool $verifyHost = true,
        ?string $pinnedPublicKey = null,
        ?string $crl = null,
        string $tlsMinVersion = "1.2",
        string $tlsMaxVersion = "1.3",
        ?string $tlsCiphers = null,
        ?string $tls13Ciphers = null,
        ?string $tlsGroups = null,
        int $expectContinue = 1048576,
        int $maxBody = 0,
        int $maxDecoded = 0,
        int $maxHeader = 307200,
        int $family = 0,
        ?string $interface = null,
        ?string $unixSocket = null,
        int $keepAlive = 0,
        array $resolve = [],
        bool $fresh = false,
        ?callable $onProgress = null,
        array $connectTo = [],
        mixed $sink = null,
        bool $certificates = false,
    ) {}

    /** Returns a copy with other values: `$options->with(timeout: 5)`. */
    public function with(mixed ...$values): Options {}
}
