<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Mqtt;

/** The bytes are no MQTT packet, and why. */
final class MalformedPacket extends \RuntimeException
{
    public function __construct(
        string $message,
        /** Name of the broken rule, as in mqtt/rules.h: "TOPIC_WILDCARD". */
        public readonly string $rule,
        /** Reason code to send in CONNACK or DISCONNECT. */
        public readonly int $reasonCode,
        /** Bytes from the start of the packet. */
        public readonly int $offset,
        /** Normative statement: "MQTT-3.3.2-2", or "" where the standard gives it no number. */
        public readonly string $statement,
    ) {
        parent::__construct($message, $reasonCode);
    }
}
