<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Shm;

/**
 * A message that is not done with yet; see Channel::receive(). An object that goes away without ack() gives it back.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Message
{
    public readonly mixed $value;

    /** Whether somebody had it before and did not finish. */
    public readonly bool $redelivered;

    /** How often it was received, this time included; 32 stands for 32 and more. */
    public readonly int $deliveries;

    private function __construct() {}

    /**
     * Say that it is done with: nobody gets it again.
     *
     * @return bool false if it is not ours any more
     * @throws TimeoutException if another process does not let go of the channel (it was stopped): call again
     */
    public function ack(): bool {}

    /**
     * Let another receiver have it.
     *
     * @return bool false if it is not ours any more
     * @throws TimeoutException as ack()
     */
    public function giveBack(): bool {}
}
