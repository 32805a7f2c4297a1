<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt\Packet;

/**
 * CONNACK: the server accepts or refuses a connection (MQTT 5.0, 3.2; 3.1.1, 3.2).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class ConnAck extends \Native\Mqtt\Packet
{
    /** Whether the server has a session of this client. */
    public readonly bool $sessionPresent;
    /** The byte on the wire: a reason code of MQTT 5.0, or before 5.0 a return code (0..5). */
    public readonly int $code;
    /** What the byte means, for every version; null for a byte that means nothing (accepted leniently only). */
    public readonly ?\Native\Mqtt\ReasonCode $reasonCode;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly \Native\Mqtt\Properties $properties;

    /**
     * @param \Native\Mqtt\ReasonCode|int $reasonCode a case, which before MQTT 5.0 must be one that a return code exists for; or the
     *     byte to send, 0..255
     * @throws \ValueError for a code that is out of range or does not exist in the version, or properties with a version before 5.0
     */
    public function __construct(
        \Native\Mqtt\ReasonCode|int $reasonCode = \Native\Mqtt\ReasonCode::Success,
        bool $sessionPresent = false,
        ?\Native\Mqtt\Properties $properties = null,
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}
}
