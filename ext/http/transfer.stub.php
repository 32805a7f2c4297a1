<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Http;

/**
 * A request that is under way: what Client::start() gives.
 *
 * Waiting: head(), response(), read(), foreach, loop(); signal handlers run meanwhile.
 *
 * In an event loop: each turn wait until getStream() can be read (if wantsRead()) or written (if wantsWrite()), at most
 * nextTimeout() seconds, and call step(), until isFinished(). step() never waits.
 *
 * The body is put into Response::$body, or into Options::$sink; or it is taken piece by piece with foreach, read() and take(): from the
 * first of these (or head()) on no more than 256 KiB wait here, and then the server waits, too.
 *
 * What code of yours throws (a body's generator, Options::$onProgress and $sink) comes out of the call that makes the transfer go on, and
 * ends it. A Transfer that goes before its end closes its connection; one that has ended has given it back to be used again.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Transfer implements \IteratorAggregate
{
    private function __construct() {}

    /** Does what can be done now. @return bool whether the transfer has ended */
    public function step(): bool {}

    /** Goes on for at most $timeout seconds, waiting where it must. @return bool whether the transfer has ended */
    public function loop(float $timeout = 1): bool {}

    /** Tells whether the transfer has ended, well or not. */
    public function isFinished(): bool {}

    /**
     * Waits for the end. The body is what was not taken piece by piece.
     * @throws Exception what it ended with
     */
    public function response(): Response {}

    /**
     * Waits for the head of the response (after redirects) and returns it as a Response without its body.
     * @throws Exception
     */
    public function head(): Response {}

    /**
     * Waits for the next piece of the body.
     * @param int $length at most so many bytes; 0: all that is there
     * @return string "" at the end
     * @throws Exception what the transfer ended with, after the last piece
     */
    public function read(int $length = 0): string {}

    /**
     * Takes what is there of the body and does not wait: "" if nothing is.
     * @param int $length at most so many bytes; 0: all that is there
     */
    public function take(int $length = 0): string {}

    /** The pieces of the body, as read() gives them. */
    public function getIterator(): \Iterator {}

    /** Ends the transfer now and closes its connection. response() throws then. */
    public function abort(): void {}

    /** Receives nothing until resumeReceiving(): the server waits. */
    public function pauseReceiving(): void {}

    public function resumeReceiving(): void {}

    /** Sends nothing more of the body until resumeSending(). */
    public function pauseSending(): void {}

    public function resumeSending(): void {}

    /** How far it is. */
    public function progress(): Progress {}

    /**
     * A stream for stream_select() and event loops, on the current descriptor; read and write nothing on it. null while there is none (at the
     * begin, while paused, at the end): then nextTimeout() counts alone.
     *
     * It is the same stream as long as the descriptor is the same. That changes, and the old stream is closed, with each new step: name,
     * connection, redirect; so ask again after each step().
     *
     * @return resource|null
     */
    public function getStream() {}

    /**
     * All that is waited for, as stream_select() takes it: a list of streams to read and a list of streams to write. Besides getStream()
     * these are the stream that a body is read from and the sink, while one of them is not ready.
     * @return array{list<resource>, list<resource>}
     */
    public function getStreams(): array {}

    /** Tells whether to wait until getStream() can be read. */
    public function wantsRead(): bool {}

    /** Tells whether to wait until getStream() can be written. */
    public function wantsWrite(): bool {}

    /** Seconds after which step() is to be called even if the streams stay silent: 0.0: now; null: never. */
    public function nextTimeout(): ?float {}
}

/**
 * The pieces of a Transfer's body: 0, 1, 2 ... => string. They are gone over once.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Pieces implements \Iterator
{
    private function __construct() {}

    public function current(): ?string {}

    public function key(): int {}

    /** Waits for the next piece. @throws Exception */
    public function next(): void {}

    /** Waits for the first piece. What is gone does not come again. @throws Exception */
    public function rewind(): void {}

    public function valid(): bool {}
}
