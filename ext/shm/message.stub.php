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

    private function __construct() {}

    /**
     * Say that it is done with: nobody gets it again.
     *
     * @return bool false if it is not ours any more
     */
    public function ack(): bool {}

    /** Let another receiver have it. Returns false if it is not ours any more. */
    public function giveBack(): bool {}
}
