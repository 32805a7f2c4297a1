<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt\Packet;

/**
 * CONNECT: a client asks for a connection (MQTT 5.0, 3.1; 3.1.1, 3.1).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Connect extends \Native\Mqtt\Packet
{
    /** Client identifier; "" asks the server to choose one. */
    public readonly string $clientId;
    /** Whether an old session is thrown away (before MQTT 5.0: Clean Session, and the new one is not kept either). */
    public readonly bool $cleanStart;
    /** Seconds (0..65535) within which the client sends something; 0: any time. */
    public readonly int $keepAlive;
    /** Null: none. */
    public readonly ?string $userName;
    /** Any bytes; null: none. */
    public readonly ?string $password;
    /** What the server publishes when the connection breaks; null: nothing. */
    public readonly ?\Native\Mqtt\Will $will;
    /** Properties of MQTT 5.0; empty, not null, if there are none. */
    public readonly \Native\Mqtt\Properties $properties;

    /**
     * @throws \ValueError for a string of more than 65535 bytes, a keep-alive out of 0..65535, or properties (also of the will) with a
     *     version before 5.0
     */
    public function __construct(
        string $clientId = "",
        bool $cleanStart = true,
        int $keepAlive = 0,
        ?string $userName = null,
        ?string $password = null,
        ?\Native\Mqtt\Will $will = null,
        ?\Native\Mqtt\Properties $properties = null,
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}
}
