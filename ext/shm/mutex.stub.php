<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Shm;

/**
 * A lock by name, for processes, and for fibers of one process.
 *
 * An object owns the lock, not the process: a second object, also in this process, waits. An object that goes away (its
 * request ended, the script died, kill -9) lets go of the lock, and the next owner is told: abandoned() is true.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Mutex
{
    /**
     * @param string $name 1 to 255 bytes
     * @param Segment|null $segment null: the default one
     * @throws MismatchException if the name is something else's
     * @throws FullException
     * @throws SegmentException
     */
    public function __construct(string $name, ?Segment $segment = null) {}

    /**
     * Lock.
     *
     * @param float|null $timeout in seconds; null: for ever
     * @return int the fencing token: larger than that of any owner before. Hand it along with what you write elsewhere, and refuse
     *         there what comes with a smaller one than was seen last
     * @throws TimeoutException
     * @throws Exception if this object has it already, or (without a timeout) another one in this process, which would be waited for in vain
     */
    public function lock(?float $timeout = null): int {}

    /** Lock if nobody has it. Returns whether this object has it now. */
    public function tryLock(): bool {}

    /**
     * Unlock.
     *
     * @throws Exception if this object does not have it
     */
    public function unlock(): void {}

    /** Tell whether this object has it. */
    public function isOwned(): bool {}

    /** Give the fencing token; null if this object does not have the lock. */
    public function token(): ?int {}

    /** Tell whether the owner before this one died or forgot to unlock: what the lock guards may be half done. */
    public function abandoned(): bool {}
}
