<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt\Packet;

/**
 * SUBACK: the server's answer to SUBSCRIBE, one reason code for each topic filter (MQTT 5.0, 3.9; 3.1.1, 3.9).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class SubAck extends \Native\Mqtt\Packet
{
    /** Packet identifier (1..65535), that of the SUBSCRIBE. */
    public readonly int $packetId;
    /**
     * One byte a topic filter, as on the wire.
     * @var list<int>
     */
    public readonly array $codes;
    /**
     * What the bytes mean; null for one that means nothing (accepted leniently only).
     * @var list<\Native\Mqtt\ReasonCode|null>
     */
    public readonly array $reasonCodes;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly \Native\Mqtt\Properties $properties;

    /**
     * @param int $packetId 0..65535; 0 is refused by encode()
     * @param array $reasonCodes list of ReasonCode, or of int: the byte to send
     * @throws \ValueError for a number out of its range, an entry of another kind, or properties with a version before 5.0
     */
    public function __construct(
        int $packetId,
        array $reasonCodes,
        ?\Native\Mqtt\Properties $properties = null,
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}
}

/**
 * UNSUBACK: the server's answer to UNSUBSCRIBE; since MQTT 5.0 with one reason code for each topic filter (MQTT 5.0, 3.11; 3.1.1, 3.11).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class UnsubAck extends \Native\Mqtt\Packet
{
    /** Packet identifier (1..65535), that of the UNSUBSCRIBE. */
    public readonly int $packetId;
    /**
     * One byte a topic filter, as on the wire.
     * @var list<int>
     */
    public readonly array $codes;
    /**
     * What the bytes mean; null for one that means nothing (accepted leniently only).
     * @var list<\Native\Mqtt\ReasonCode|null>
     */
    public readonly array $reasonCodes;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly \Native\Mqtt\Properties $properties;

    /**
     * @param int $packetId 0..65535; 0 is refused by encode()
     * @param array $reasonCodes list of ReasonCode, or of int: the byte to send. Before MQTT 5.0 there are none.
     * @throws \ValueError for a number out of its range, an entry of another kind, or properties with a version before 5.0
     * @implementation-alias Native\Mqtt\Packet\SubAck::__construct
     */
    public function __construct(
        int $packetId,
        array $reasonCodes = [],
        ?\Native\Mqtt\Properties $properties = null,
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}
}
