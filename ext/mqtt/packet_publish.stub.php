<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt\Packet;

/**
 * PUBLISH: a message, in either direction (MQTT 5.0, 3.3; 3.1.1, 3.3).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Publish extends \Native\Mqtt\Packet
{
    /** Topic name; "" only where a topic alias stands for it. */
    public readonly string $topic;
    /** Any bytes, also none. */
    public readonly string $payload;
    /** Quality of service: 0, 1 or 2. */
    public readonly int $qos;
    /** Packet identifier (1..65535); null at QoS 0. */
    public readonly ?int $packetId;
    /** To the server: keep it for later subscribers. From the server: it was kept. */
    public readonly bool $retain;
    /** The packet was perhaps sent before. */
    public readonly bool $dup;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly \Native\Mqtt\Properties $properties;

    /**
     * @param string $topic up to 65535 bytes
     * @param int $qos 0, 1 or 2
     * @param int|null $packetId 0..65535; must be given at QoS 1 and 2 (0 is refused by encode()) and be null at QoS 0
     * @throws \ValueError for an argument out of its range, or properties with a version before 5.0
     */
    public function __construct(
        string $topic,
        string $payload = "",
        int $qos = 0,
        ?int $packetId = null,
        bool $retain = false,
        bool $dup = false,
        ?\Native\Mqtt\Properties $properties = null,
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}

    /**
     * Give the bytes that a packet made with these arguments encodes to, without making the object: about twice as fast.
     *
     * @throws \ValueError as the constructor
     * @throws \Native\Mqtt\ProtocolException as encode()
     */
    public static function bytes(
        string $topic,
        string $payload = "",
        int $qos = 0,
        ?int $packetId = null,
        bool $retain = false,
        bool $dup = false,
        ?\Native\Mqtt\Properties $properties = null,
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
        \Native\Mqtt\Strictness $strictness = \Native\Mqtt\Strictness::Spec,
    ): string {}

    /**
     * Encode everything that stands before the payload, so that a large payload can be sent from where it is:
     * `fwrite($s, $p->encodeHeader()); fwrite($s, $p->payload);`
     *
     * @throws \Native\Mqtt\ProtocolException as encode(), but the payload is not looked at
     */
    public function encodeHeader(\Native\Mqtt\Strictness $strictness = \Native\Mqtt\Strictness::Spec): string {}

    /** Give the message without packet identifier and version. The payload is shared, not copied. */
    public function message(): \Native\Mqtt\Message {}
}
