<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt\Packet;

/**
 * SUBSCRIBE: a client asks for the messages of topic filters (MQTT 5.0, 3.8; 3.1.1, 3.8).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Subscribe extends \Native\Mqtt\Packet
{
    /** Packet identifier (1..65535). */
    public readonly int $packetId;
    /**
     * One entry a topic filter, in their order.
     * @var list<\Native\Mqtt\Subscription>
     */
    public readonly array $subscriptions;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly \Native\Mqtt\Properties $properties;

    /**
     * @param int $packetId 0..65535; 0 is refused by encode()
     * @param array $subscriptions list of Subscription, or of string: a topic filter wanted at QoS 0
     * @throws \ValueError for a number out of its range, an entry of another kind, or properties with a version before 5.0
     */
    public function __construct(
        int $packetId,
        array $subscriptions,
        ?\Native\Mqtt\Properties $properties = null,
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}
}

/**
 * UNSUBSCRIBE: a client wants no more messages of topic filters (MQTT 5.0, 3.10; 3.1.1, 3.10).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Unsubscribe extends \Native\Mqtt\Packet
{
    /** Packet identifier (1..65535). */
    public readonly int $packetId;
    /**
     * Topic filters, in their order.
     * @var list<string>
     */
    public readonly array $filters;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly \Native\Mqtt\Properties $properties;

    /**
     * @param int $packetId 0..65535; 0 is refused by encode()
     * @param array $filters list of string of at most 65535 bytes
     * @throws \ValueError for a number out of its range, an entry that is no such string, or properties with a version before 5.0
     */
    public function __construct(
        int $packetId,
        array $filters,
        ?\Native\Mqtt\Properties $properties = null,
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}
}
