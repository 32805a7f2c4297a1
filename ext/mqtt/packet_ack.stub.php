<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt\Packet;

/**
 * PUBACK: a QoS 1 message has arrived, or why it is refused (MQTT 5.0, 3.4; 3.1.1, 3.4).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class PubAck extends \Native\Mqtt\Packet
{
    /** Packet identifier (1..65535), that of the PUBLISH. */
    public readonly int $packetId;
    /** The reason code as the byte on the wire; before MQTT 5.0 always 0. */
    public readonly int $code;
    /** The reason code; null for a byte that is none (accepted leniently only). */
    public readonly ?\Native\Mqtt\ReasonCode $reasonCode;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly \Native\Mqtt\Properties $properties;

    /**
     * @param int $packetId 0..65535; 0 is refused by encode()
     * @param \Native\Mqtt\ReasonCode|int $reasonCode a case or the byte to send; which of them the packet can have is checked by encode()
     * @throws \ValueError for a number out of its range, or a reason code or properties with a version before 5.0
     */
    public function __construct(
        int $packetId,
        \Native\Mqtt\ReasonCode|int $reasonCode = \Native\Mqtt\ReasonCode::Success,
        ?\Native\Mqtt\Properties $properties = null,
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}
}

/**
 * PUBREC: a QoS 2 message has arrived, or why it is refused (MQTT 5.0, 3.5; 3.1.1, 3.5).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class PubRec extends \Native\Mqtt\Packet
{
    /** Packet identifier (1..65535), that of the PUBLISH. */
    public readonly int $packetId;
    /** The reason code as the byte on the wire; before MQTT 5.0 always 0. */
    public readonly int $code;
    /** The reason code; null for a byte that is none (accepted leniently only). */
    public readonly ?\Native\Mqtt\ReasonCode $reasonCode;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly \Native\Mqtt\Properties $properties;

    /**
     * @param int $packetId 0..65535; 0 is refused by encode()
     * @param \Native\Mqtt\ReasonCode|int $reasonCode a case or the byte to send; which of them the packet can have is checked by encode()
     * @throws \ValueError for a number out of its range, or a reason code or properties with a version before 5.0
     * @implementation-alias Native\Mqtt\Packet\PubAck::__construct
     */
    public function __construct(
        int $packetId,
        \Native\Mqtt\ReasonCode|int $reasonCode = \Native\Mqtt\ReasonCode::Success,
        ?\Native\Mqtt\Properties $properties = null,
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}
}

/**
 * PUBREL: the sender of a QoS 2 message has seen PUBREC (MQTT 5.0, 3.6; 3.1.1, 3.6).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class PubRel extends \Native\Mqtt\Packet
{
    /** Packet identifier (1..65535), that of the PUBLISH. */
    public readonly int $packetId;
    /** The reason code as the byte on the wire; before MQTT 5.0 always 0. */
    public readonly int $code;
    /** The reason code; null for a byte that is none (accepted leniently only). */
    public readonly ?\Native\Mqtt\ReasonCode $reasonCode;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly \Native\Mqtt\Properties $properties;

    /**
     * @param int $packetId 0..65535; 0 is refused by encode()
     * @param \Native\Mqtt\ReasonCode|int $reasonCode a case or the byte to send; which of them the packet can have is checked by encode()
     * @throws \ValueError for a number out of its range, or a reason code or properties with a version before 5.0
     * @implementation-alias Native\Mqtt\Packet\PubAck::__construct
     */
    public function __construct(
        int $packetId,
        \Native\Mqtt\ReasonCode|int $reasonCode = \Native\Mqtt\ReasonCode::Success,
        ?\Native\Mqtt\Properties $properties = null,
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}
}

/**
 * PUBCOMP: the receiver of a QoS 2 message is done with it (MQTT 5.0, 3.7; 3.1.1, 3.7).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class PubComp extends \Native\Mqtt\Packet
{
    /** Packet identifier (1..65535), that of the PUBLISH. */
    public readonly int $packetId;
    /** The reason code as the byte on the wire; before MQTT 5.0 always 0. */
    public readonly int $code;
    /** The reason code; null for a byte that is none (accepted leniently only). */
    public readonly ?\Native\Mqtt\ReasonCode $reasonCode;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly \Native\Mqtt\Properties $properties;

    /**
     * @param int $packetId 0..65535; 0 is refused by encode()
     * @param \Native\Mqtt\ReasonCode|int $reasonCode a case or the byte to send; which of them the packet can have is checked by encode()
     * @throws \ValueError for a number out of its range, or a reason code or properties with a version before 5.0
     * @implementation-alias Native\Mqtt\Packet\PubAck::__construct
     */
    public function __construct(
        int $packetId,
        \Native\Mqtt\ReasonCode|int $reasonCode = \Native\Mqtt\ReasonCode::Success,
        ?\Native\Mqtt\Properties $properties = null,
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}
}

/**
 * DISCONNECT: the last packet of a connection (MQTT 5.0, 3.14; 3.1.1, 3.14).
 *
 * Before MQTT 5.0 only clients send it.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Disconnect extends \Native\Mqtt\Packet
{
    /** The reason code as the byte on the wire; before MQTT 5.0 always 0. */
    public readonly int $code;
    /** The reason code; null for a byte that is none (accepted leniently only). */
    public readonly ?\Native\Mqtt\ReasonCode $reasonCode;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly \Native\Mqtt\Properties $properties;

    /**
     * @param \Native\Mqtt\ReasonCode|int $reasonCode a case or the byte to send; which of them the packet can have is checked by encode()
     * @throws \ValueError for a number out of its range, or a reason code or properties with a version before 5.0
     */
    public function __construct(
        \Native\Mqtt\ReasonCode|int $reasonCode = \Native\Mqtt\ReasonCode::Success,
        ?\Native\Mqtt\Properties $properties = null,
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}
}

/**
 * AUTH: one step of an enhanced authentication (MQTT 5.0, 3.15; not before 5.0).
 *
 * The standard wants the property authenticationMethod in every one; without it, encode() and decode() throw.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Auth extends \Native\Mqtt\Packet
{
    /** The reason code as the byte on the wire; before MQTT 5.0 always 0. */
    public readonly int $code;
    /** The reason code; null for a byte that is none (accepted leniently only). */
    public readonly ?\Native\Mqtt\ReasonCode $reasonCode;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly \Native\Mqtt\Properties $properties;

    /**
     * @param \Native\Mqtt\ReasonCode|int $reasonCode a case or the byte to send; which of them the packet can have is checked by encode()
     * @throws \ValueError for a number out of its range
     */
    public function __construct(
        \Native\Mqtt\ReasonCode|int $reasonCode = \Native\Mqtt\ReasonCode::Success,
        ?\Native\Mqtt\Properties $properties = null,
    ) {}
}
