<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Mqtt;

/** There is no connection, or the server did not do what was asked. */
final class ClientException extends \RuntimeException
{
    public function __construct(
        string $message,
        /**
         * What happened. To a connection: "transport" (it failed, or could not be opened), "closed" (by the server), "timeout", "keep_alive" (no
         * sign of life), "malformed", "protocol", "no_space", "refused", "server" (DISCONNECT), "stopped" (disconnect()). To a call:
         * "not_connected", "no_answer" (in time), "refused", "inbox" (more messages than $options->inboxLimit).
         */
        public readonly string $kind,
        /** Reason code of MQTT 5.0 that was sent or received with it (before 5.0: the one that says the same); 0: none. */
        public readonly int $reasonCode = 0,
    ) {
        parent::__construct($message, $reasonCode);
    }
}
