<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Shm;

/**
 * A number of permits by name: so many at once may do something, in whatever process or fiber.
 *
 * An object owns the permits that it acquired, not the process. They come back when it goes away (its request ended, the script
 * died, kill -9).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Semaphore
{
    /**
     * @param string $name 1 to 255 bytes
     * @param int $permits how many there are, 1 to 1024; the same for everybody who uses the name
     * @param Segment|null $segment null: the default one
     * @throws MismatchException if the name is something else's, or has another number of permits
     * @throws FullException
     * @throws SegmentException
     */
    public function __construct(string $name, int $permits, ?Segment $segment = null) {}

    /**
     * Take one more permit.
     *
     * @param float|null $timeout in seconds; null: for ever
     * @throws TimeoutException
     * @throws Exception without a timeout, if all permits are this process's, which would be waited for in vain
     */
    public function acquire(?float $timeout = null): void {}

    /** Take one more permit if one is free. Returns whether it did. */
    public function tryAcquire(): bool {}

    /**
     * Give back the permit that was taken last.
     *
     * @throws Exception if this object has none
     */
    public function release(): void {}

    /** Tell how many permits this object has. */
    public function held(): int {}

    /** Tell how many are free now. Those of the dead are not, until somebody wants one. */
    public function available(): int {}

    /** Tell how many there are. */
    public function permits(): int {}
}
