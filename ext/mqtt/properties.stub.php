<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt;

/**
 * The properties of an MQTT 5.0 packet or will (2.2.2). Immutable.
 *
 * A property that is not there is null. Which property may be in which packet is checked when the packet is encoded.
 * What came over the wire is encoded again byte for byte, in the order it had; what was made with `new` is encoded in the order of the
 * parameters below. Two objects are equal (==) if they encode to the same bytes.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Properties
{
    /** PUBLISH, will: 0 = the payload is bytes, 1 = it is UTF-8 text. */
    public readonly ?int $payloadFormatIndicator;
    /** PUBLISH, will: seconds (0..4294967295) after which the message is of no use. */
    public readonly ?int $messageExpiryInterval;
    /** PUBLISH, will: what the payload is, say a media type. */
    public readonly ?string $contentType;
    /** PUBLISH, will: topic name that the answer is wanted at. */
    public readonly ?string $responseTopic;
    /** PUBLISH, will: bytes that the answer carries, so that the asker knows it. */
    public readonly ?string $correlationData;
    /**
     * PUBLISH: the identifiers of the subscriptions that the message matched; SUBSCRIBE: at most one. 1..268435455 each.
     * @var list<int>
     */
    public readonly array $subscriptionIdentifiers;
    /** CONNECT, CONNACK, DISCONNECT: seconds that the session is kept without a connection; 4294967295: for ever. */
    public readonly ?int $sessionExpiryInterval;
    /** CONNACK: the client identifier that the server chose. */
    public readonly ?string $assignedClientIdentifier;
    /** CONNACK: keep-alive in seconds (0..65535) that the server asks for. */
    public readonly ?int $serverKeepAlive;
    /** CONNECT, CONNACK, AUTH: name of the authentication method. */
    public readonly ?string $authenticationMethod;
    /** CONNECT, CONNACK, AUTH: bytes that the method defines. */
    public readonly ?string $authenticationData;
    /** CONNECT: false = reason strings and user properties are not wanted in other packets than PUBLISH, CONNACK and DISCONNECT. */
    public readonly ?bool $requestProblemInformation;
    /** Will: seconds (0..4294967295) between the end of the connection and the publishing of the will. */
    public readonly ?int $willDelayInterval;
    /** CONNECT: true = response information is wanted in CONNACK. */
    public readonly ?bool $requestResponseInformation;
    /** CONNACK: from which the client may build response topics. */
    public readonly ?string $responseInformation;
    /** CONNACK, DISCONNECT: another server to use. */
    public readonly ?string $serverReference;
    /** Answers, DISCONNECT, AUTH: why, for people. */
    public readonly ?string $reasonString;
    /** CONNECT, CONNACK: how many unacknowledged QoS 1 and 2 messages the sender takes (1..65535). */
    public readonly ?int $receiveMaximum;
    /** CONNECT, CONNACK: the largest topic alias that the sender takes (0..65535). */
    public readonly ?int $topicAliasMaximum;
    /** PUBLISH: a number (1..65535) that stands for the topic name. */
    public readonly ?int $topicAlias;
    /** CONNACK: the largest QoS that the server takes: 0 or 1; null: 2. */
    public readonly ?int $maximumQos;
    /** CONNACK: whether the server keeps retained messages; null: yes. */
    public readonly ?bool $retainAvailable;
    /**
     * Every packet but PINGREQ and PINGRESP: pairs of name and value, in their order; a name may occur more than once.
     * @var list<array{string, string}>
     */
    public readonly array $userProperties;
    /** CONNECT, CONNACK: the largest packet in bytes (1..4294967295) that the sender takes. */
    public readonly ?int $maximumPacketSize;
    /** CONNACK: whether the server takes wildcards in topic filters; null: yes. */
    public readonly ?bool $wildcardSubscriptionAvailable;
    /** CONNACK: whether the server takes subscription identifiers; null: yes. */
    public readonly ?bool $subscriptionIdentifiersAvailable;
    /** CONNACK: whether the server takes shared subscriptions; null: yes. */
    public readonly ?bool $sharedSubscriptionAvailable;

    /**
     * Make properties; name the arguments: `new Properties(contentType: 'text/plain', userProperties: [['a', '1']])`.
     *
     * @param array $subscriptionIdentifiers list of int
     * @param array $userProperties list of [name, value], or name => value, or both; strings of at most 65535 bytes
     * @throws \ValueError for a number out of its range, a string or binary value of more than 65535 bytes, an entry of another shape
     */
    public function __construct(
        ?int $payloadFormatIndicator = null,
        ?int $messageExpiryInterval = null,
        ?string $contentType = null,
        ?string $responseTopic = null,
        ?string $correlationData = null,
        array $subscriptionIdentifiers = [],
        ?int $sessionExpiryInterval = null,
        ?string $assignedClientIdentifier = null,
        ?int $serverKeepAlive = null,
        ?string $authenticationMethod = null,
        ?string $authenticationData = null,
        ?bool $requestProblemInformation = null,
        ?int $willDelayInterval = null,
        ?bool $requestResponseInformation = null,
        ?string $responseInformation = null,
        ?string $serverReference = null,
        ?string $reasonString = null,
        ?int $receiveMaximum = null,
        ?int $topicAliasMaximum = null,
        ?int $topicAlias = null,
        ?int $maximumQos = null,
        ?bool $retainAvailable = null,
        array $userProperties = [],
        ?int $maximumPacketSize = null,
        ?bool $wildcardSubscriptionAvailable = null,
        ?bool $subscriptionIdentifiersAvailable = null,
        ?bool $sharedSubscriptionAvailable = null,
    ) {}

    /** Tell whether there is no property at all. */
    public function isEmpty(): bool {}

    /**
     * Give the value of the first user property with this name, or null.
     * Names are compared byte for byte; all values of a name that occurs more than once are in $userProperties.
     */
    public function userProperty(string $name): ?string {}
}
