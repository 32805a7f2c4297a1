<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Shm;

/**
 * A number that processes share, found by name once and then changed by single instructions. Never evicted; stays until
 * the segment goes or Segment::remove() takes its name. Wraps round at the ends.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Counter
{
    /**
     * @param string $name 1 to 255 bytes
     * @param int $start the value of a new one
     * @param Segment|null $segment null: the default one
     * @throws MismatchException if the name is something else's
     * @throws FullException
     * @throws SegmentException
     */
    public function __construct(string $name, int $start = 0, ?Segment $segment = null) {}

    /** Add, and give the sum. */
    public function add(int $by = 1): int {}

    /** Give the value. */
    public function get(): int {}

    /** Set the value, and give the one before. */
    public function set(int $value): int {}

    /** Make it $new if it is $old. Returns whether it was. */
    public function cas(int $old, int $new): bool {}

    /**
     * Wait until the value is another one than $old.
     *
     * @param float|null $timeout in seconds; null: for ever
     * @return bool false if the time was over
     */
    public function wait(int $old, ?float $timeout = null): bool {}
}
