<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Http;

/**
 * How far a transfer is. Numbers are of the last request and its response (after redirects), bytes are those of the body.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Progress
{
    /** Bytes received, as they came (before they are decoded). */
    public readonly int $received;
    /** How many there will be; null: not known. */
    public readonly ?int $receiveTotal;
    /** Bytes sent. */
    public readonly int $sent;
    /** How many there will be; null: not known. */
    public readonly ?int $sendTotal;
    /** "queued", "name", "connect", "proxy", "tls", "send", "wait", "receive"; "" at the end. */
    public readonly string $phase;
    /** Seconds since the transfer began. */
    public readonly float $seconds;
    /** The status of the last response; 0: none yet. */
    public readonly int $status;

    private function __construct() {}
}
