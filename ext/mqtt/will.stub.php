<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt;

/**
 * The message that the server publishes when a connection ends without DISCONNECT (MQTT 5.0, 3.1.2.5). Immutable.
 *
 * How long the server waits before it does is the property `willDelayInterval`.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Will
{
    /** Topic name. */
    public readonly string $topic;
    /** Up to 65535 bytes. */
    public readonly string $payload;
    /** Quality of service: 0, 1 or 2. */
    public readonly int $qos;
    /** Whether the server keeps the message for later subscribers. */
    public readonly bool $retain;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly Properties $properties;

    /**
     * @param string $topic topic name without wildcards, 1 to 65535 bytes of UTF-8
     * @param string $payload any bytes, up to 65535
     * @param int $qos 0, 1 or 2
     * @param Properties|null $properties null: none
     * @throws \ValueError if $qos is not 0..2, or $topic or $payload is longer than 65535 bytes
     */
    public function __construct(string $topic, string $payload = "", int $qos = 0, bool $retain = false, ?Properties $properties = null) {}
}
