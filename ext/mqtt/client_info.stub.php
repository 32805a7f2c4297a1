<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt;

/**
 * What a client and its server agreed on (CONNACK, MQTT 5.0, 3.2; TLS). Immutable. Before MQTT 5.0 the limits are those of the standard.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class ConnectionInfo
{
    /** The server had kept the session. */
    public readonly bool $sessionPresent;
    /** The client identifier: ours, or the one that the server assigned. */
    public readonly string $clientId;
    public readonly Version $version;
    /** Seconds; what the server asked for, or what we said. 0: off. */
    public readonly int $keepAlive;
    /** Seconds that the server keeps the session without a connection. */
    public readonly int $sessionExpiry;
    /** How many QoS 1 and 2 messages may be on their way to the server. */
    public readonly int $receiveMaximum;
    public readonly int $maximumQos;
    public readonly bool $retainAvailable;
    /** Largest packet that the server takes, in bytes; null: no limit. */
    public readonly ?int $maximumPacketSize;
    /** Largest topic alias that the server takes; 0: none. */
    public readonly int $topicAliasMaximum;
    public readonly bool $wildcardSubscriptions;
    public readonly bool $subscriptionIdentifiers;
    public readonly bool $sharedSubscriptions;
    public readonly ?string $responseInformation;
    public readonly ?string $serverReference;
    public readonly ?string $reasonString;
    /** All properties of CONNACK. */
    public readonly Properties $properties;
    /** Whom we are connected to: "127.0.0.1:1883", "[::1]:1883" or the path of the socket. */
    public readonly string $peer;
    /** "TLSv1.2" or "TLSv1.3"; null: no TLS. */
    public readonly ?string $tlsVersion;
    public readonly ?string $tlsCipher;
    /** The protocol that the server chose by ALPN; null: none. */
    public readonly ?string $alpn;

    private function __construct() {}
}
