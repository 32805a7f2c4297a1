<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt;

/**
 * How a client connects and behaves. Immutable; name the arguments: `new ClientOptions(clientId: 'boiler', keepAlive: 30)`.
 *
 * Times are seconds. What only MQTT 5.0 has is not sent with an older version.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class ClientOptions
{
    /** Who we are to the server, up to 65535 bytes; null: a random one ("native-" and 16 hex digits) that the client keeps. "": the server chooses. */
    public readonly ?string $clientId;
    /** Version of MQTT. */
    public readonly Version $version;
    /** Begin a new session and forget one that is there (before 5.0: Clean Session). A reconnect of MQTT 5.0 asks for the session it had. */
    public readonly bool $cleanStart;
    /** MQTT 5.0: seconds (0..4294967295; that means for ever) that the server keeps the session without a connection. null: 0. */
    public readonly ?int $sessionExpiry;
    /** Seconds (0..65535) of silence after which the client asks the server for a sign of life; 0: never. */
    public readonly int $keepAlive;
    /** What the server publishes when the connection ends without a DISCONNECT. */
    public readonly ?Will $will;
    public readonly ?string $username;
    public readonly ?string $password;
    /**
     * Called before each attempt to connect, for passwords and tokens that expire: fn(): array{?string, ?string}|string.
     * Returns [user name, password], or the password alone (the user name stays as given above).
     */
    public readonly mixed $credentials;
    /** MQTT 5.0: name of the method of enhanced authentication (4.12). */
    public readonly ?string $authMethod;
    /**
     * fn(?string $data, ReasonCode $step): ?string. Called with null for the first data of an exchange, with what the server sent for each
     * further step (ContinueAuthentication), and with the server's last data (Success; what it returns then does not count).
     * Whatever it throws ends the attempt. An exchange that reauthenticate() began has the step ReAuthenticate first.
     */
    public readonly mixed $authenticator;
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
    /** TLS: name for SNI and verification, if it is not the host of the URI. */
    public readonly ?string $serverName;
    /**
     * TLS: protocols to offer by ALPN, best first (AWS IoT on port 443 wants "x-amzn-mqtt-ca").
     * @var list<string>
     */
    public readonly array $alpn;
    /** TLS: lowest version, "1.2" or "1.3". */
    public readonly string $tlsMinVersion;
    /** For the name, the connection, TLS and CONNACK together; 0: no limit. */
    public readonly float $connectTimeout;
    /** How long the server may take to give its sign of life (PINGRESP); 0: as long as $keepAlive. */
    public readonly float $pingTimeout;
    /** How long subscribe(), unsubscribe(), request(), reauthenticate() and Delivery::wait() wait if nothing else is said; 0: no limit. */
    public readonly float $timeout;
    /** Whether a lost connection is opened again: false, true, or how many attempts in a row. A connect() that fails always throws at once. */
    public readonly bool|int $reconnect;
    /** Wait so long before the first new attempt, doubling up to $reconnectMax, each time less a random part of up to half. */
    public readonly float $reconnectMin;
    public readonly float $reconnectMax;
    /** MQTT 5.0: how many QoS 1 and 2 messages (1..65535) the server may send before we acknowledge. */
    public readonly int $receiveMaximum;
    /** MQTT 5.0: largest packet (bytes, 1..268435460) the server may send; null: no limit but memory_limit. Kept with older versions, too. */
    public readonly ?int $maximumPacketSize;
    /** MQTT 5.0: how many topic aliases (0..1024; 64 KB of address space each) the server may use. */
    public readonly int $topicAliasMaximum;
    /** MQTT 5.0: for how many topics (0..1024) we use an alias when publishing, as far as the server allows; the first ones get one. */
    public readonly int $topicAliases;
    /**
     * How many QoS 1 and 2 messages (1..65535) may be on their way to the server at once; null: what the server takes, or 20 before
     * MQTT 5.0, where it cannot say (mosquitto then silently loses QoS 2 messages beyond its max_inflight_messages).
     */
    public readonly ?int $maxInFlight;
    /** MQTT 5.0: ask for response information. */
    public readonly bool $requestResponseInformation;
    /** MQTT 5.0: false: no reason strings and user properties but in PUBLISH, CONNACK and DISCONNECT. */
    public readonly bool $requestProblemInformation;
    /**
     * MQTT 5.0: user properties of CONNECT.
     * @var array list of [name, value], or name => value
     */
    public readonly array $userProperties;
    /** How much of the standard is enforced on what the server sends. */
    public readonly Strictness $strictness;
    /** Bytes of published messages not yet given back; beyond it publish() waits, or throws if the client was started with start(). */
    public readonly int $bufferLimit;
    /** Bytes of received messages that nobody has taken yet; what comes beyond it is refused, and the polling call throws. */
    public readonly int $inboxLimit;
    /** Topic name that request() has answers sent to; null: "response/" and a random part. */
    public readonly ?string $responseTopic;
    /** 4: IPv4 only, 6: IPv6 only, 0: both. */
    public readonly int $family;
    /** Our own address, if the system shall not choose. */
    public readonly ?string $bindAddress;
    /** TCP keep-alive probes after so many idle seconds; 0: none. */
    public readonly int $tcpKeepAlive;

    /**
     * @param callable|null $credentials
     * @param callable|null $authenticator
     * @throws \ValueError for a value out of its range, or a combination that MQTT does not have
     */
    public function __construct(
        ?string $clientId = null,
        Version $version = Version::V5,
        bool $cleanStart = true,
        ?int $sessionExpiry = null,
        int $keepAlive = 60,
        ?Will $will = null,
        ?string $username = null,
        ?string $password = null,
        ?callable $credentials = null,
        ?string $authMethod = null,
        ?callable $authenticator = null,
        ?string $caFile = null,
        ?string $caPath = null,
        ?string $ca = null,
        ?string $certificate = null,
        ?string $key = null,
        ?string $passphrase = null,
        bool $verifyPeer = true,
        bool $verifyHost = true,
        ?string $serverName = null,
        array $alpn = [],
        string $tlsMinVersion = "1.2",
        float $connectTimeout = 10,
        float $pingTimeout = 10,
        float $timeout = 30,
        bool|int $reconnect = true,
        float $reconnectMin = 0.5,
        float $reconnectMax = 60,
        int $receiveMaximum = 65535,
        ?int $maximumPacketSize = null,
        int $topicAliasMaximum = 16,
        int $topicAliases = 0,
        ?int $maxInFlight = null,
        bool $requestResponseInformation = false,
        bool $requestProblemInformation = true,
        array $userProperties = [],
        Strictness $strictness = Strictness::Spec,
        int $bufferLimit = 16777216,
        int $inboxLimit = 16777216,
        ?string $responseTopic = null,
        int $family = 0,
        ?string $bindAddress = null,
        int $tcpKeepAlive = 0,
    ) {}

    /**
     * Give the same options but for the named ones: `$options->with(clientId: 'b', keepAlive: 10)`.
     * @throws \Error for a name that is no option
     */
    public function with(mixed ...$changes): ClientOptions {}
}
