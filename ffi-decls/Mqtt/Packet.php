<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Mqtt;

/**
 * Any MQTT packet. `type` says which fields count; the others keep their defaults.
 *
 * Properties (MQTT 5.0) are a list in the order of the packet: [identifier, value], the value being an
 * int, a string, or for a user property [name, value].
 */
final class Packet
{
    public const CONNECT = 1;
    public const CONNACK = 2;
    public const PUBLISH = 3;
    public const PUBACK = 4;
    public const PUBREC = 5;
    public const PUBREL = 6;
    public const PUBCOMP = 7;
    public const SUBSCRIBE = 8;
    public const SUBACK = 9;
    public const UNSUBSCRIBE = 10;
    public const UNSUBACK = 11;
    public const PINGREQ = 12;
    public const PINGRESP = 13;
    public const DISCONNECT = 14;
    public const AUTH = 15;

    /**
     * @param int $form PUBACK to PUBCOMP, DISCONNECT, AUTH: 0 as short as possible, 1 with the reason code,
     *                  2 with the property length, though they could be left out
     * @param list<array{int, int|string|array{string, string}}> $properties
     * @param list<array{string, int}> $filters SUBSCRIBE, UNSUBSCRIBE: [topic filter, options byte]
     * @param list<int> $reasons SUBACK, UNSUBACK
     */
    public function __construct(
        public int $type,
        public string $topic = '',
        public string $payload = '',
        public int $qos = 0,
        public bool $retain = false,
        public bool $dup = false,
        public int $packetId = 0,
        public int $reasonCode = 0,
        public bool $sessionPresent = false,
        public int $form = 0,
        public array $properties = [],
        public array $filters = [],
        public array $reasons = [],
        public string $clientId = '',
        public int $keepAlive = 0,
        public bool $cleanStart = false,
        public ?string $userName = null,
        public ?string $password = null,
        public ?Will $will = null,
        /** CONNECT: protocol level 3, 4 or 5; null when encoding: the codec's. */
        public ?int $version = null,
    ) {
    }
}
