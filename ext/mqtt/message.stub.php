<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt;

/**
 * An application message (MQTT 5.0, 3.3): what a client publishes and what it receives. Immutable.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Message
{
    /** Topic name. */
    public readonly string $topic;
    /** Any bytes, also none. */
    public readonly string $payload;
    /** Quality of service: 0 at most once, 1 at least once, 2 exactly once. */
    public readonly int $qos;
    /** Sending: the server shall keep it for later subscribers. Receiving: it was kept. */
    public readonly bool $retain;
    /** Receiving: the message was perhaps delivered before. */
    public readonly bool $dup;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly Properties $properties;

    /**
     * @param string $topic topic name without wildcards, 1 to 65535 bytes of UTF-8 (may be "" where a topic alias stands for it)
     * @param string $payload up to 268435455 bytes with everything else of the packet
     * @param int $qos 0, 1 or 2
     * @param Properties|null $properties null: none
     * @throws \ValueError if $qos is not 0..2 or $topic is longer than 65535 bytes. What else a topic name must not be is said when the
     *     message is published or encoded (ProtocolException).
     */
    public function __construct(string $topic, string $payload = "", int $qos = 0, bool $retain = false, ?Properties $properties = null, bool $dup = false) {}
}
