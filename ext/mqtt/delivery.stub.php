<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt;

/**
 * What became of a message that Client::publish() took.
 *
 * At QoS 0 it is done when all of it was handed to the network (there is no acknowledgement: what a broken connection had taken may be
 * lost); at QoS 1 with PUBACK, at QoS 2 with PUBCOMP. After a reconnect it goes on, at QoS 0 with what had not left to its last byte. It may be dropped: the message is delivered all the same.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Delivery
{
    private function __construct() {}

    /**
     * Wait until it is done; the client is polled meanwhile, so callbacks may run.
     *
     * @param float|null $timeout seconds; null: timeout of the client's options; 0: poll once
     * @return ReasonCode Success, or NoMatchingSubscribers where the server tells
     * @throws RefusedException the server refused it, or it could not be sent to this server (reasonCode says why)
     * @throws TimeoutException not done in time; it is still on its way
     * @throws ConnectionLostException|NotConnectedException the connection ended and there will be no further attempt; a later connect() goes on with it
     */
    public function wait(?float $timeout = null): ReasonCode {}

    /** Tell whether it is done: acknowledged or refused, at QoS 0 sent. Does not poll. */
    public function isDone(): bool {}

    /** The reason code; null: not done yet. Does not throw. */
    public function reasonCode(): ?ReasonCode {}

    /** The packet identifier; 0: at QoS 0, or not sent yet. */
    public function packetId(): int {}

    /** The properties of the last acknowledgement (MQTT 5.0: reason string, user properties); null: not done yet, or none came. */
    public function properties(): ?Properties {}
}
