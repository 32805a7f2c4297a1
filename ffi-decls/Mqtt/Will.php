<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Mqtt;

/** The message that the server publishes when the connection breaks. Properties: see Packet. */
final class Will
{
    /** @param list<array{int, int|string|array{string, string}}> $properties */
    public function __construct(
        public string $topic,
        public string $payload = '',
        public int $qos = 0,
        public bool $retain = false,
        public array $properties = [],
    ) {
    }
}
