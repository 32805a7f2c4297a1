<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Shm;

/**
 * What to do when a segment of this name is there, but of another layout or smaller than asked.
 *
 * @since 0.1
 */
enum OnMismatch {
    /** Throw a SegmentException that says what differs. */
    case Refuse;
    /** Make a new file under this name. Processes that have the old one keep it until they let go of it. */
    case Recreate;
}

/**
 * A piece of memory that all processes of one user share: php-fpm workers, commands, daemons.
 *
 * A segment is a file in /dev/shm/native.<user id>/ (native.shm_dir); it stays when its processes end, also after
 * kill -9, and is gone after a reboot. It holds a cache, and named channels, counters and locks. A process attaches
 * to it once and keeps it; opening it again is cheap.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Segment
{
    private function __construct() {}

    /**
     * Give the segment that all processes of this user have by default; it is made at the first use (native.shm_size bytes).
     *
     * Where its folder cannot be used, a warning says so once, and this process and its children have a private one.
     */
    public static function default(): Segment {}

    /**
     * Attach to a named segment, or make it.
     *
     * @param string $name 1 to 64 of A-Z a-z 0-9 . _ - without a leading dot
     * @param int $size in bytes, 1 MiB to 64 GiB; 0: as it is, or 32 MiB for a new one. Memory is taken as it is needed
     * @param int $mode of a new file; more than 0600 is refused unless the folder allows it
     * @param bool $track keep hits and access time of each entry (of a new segment; costs 64 bytes for 7 entries)
     * @throws SegmentException
     */
    public static function open(string $name, int $size = 0, int $mode = 0600, OnMismatch $onMismatch = OnMismatch::Refuse, bool $track = false): Segment {}

    /**
     * Remove a named segment's file. Processes that have it keep it until they let go of it; who opens the name then gets a new one.
     *
     * @return bool false if there is none
     * @throws SegmentException if it is not ours to remove
     */
    public static function unlink(string $name): bool {}

    /** Give the name; null for the default one where it is private. */
    public function name(): ?string {}

    /** Give the file; null for a private segment. */
    public function path(): ?string {}

    /** Tell whether the file still has this name (it may have been unlinked or made anew). */
    public function isCurrent(): bool {}

    /** Give the cache in this segment. */
    public function cache(string $namespace = ""): Cache {}

    /**
     * Give sizes in bytes, and who is attached.
     *
     * @return array{size: int, memory: int, used: int, index: int, largest_free: int, created: int, participants: list<array{pid: int, alive: bool}>}
     */
    public function info(): array {}

    /**
     * List the named objects in this segment: channels, counters, locks.
     *
     * @return array<string, string> kind by name
     */
    public function objects(): array {}

    /**
     * Take a channel's, counter's or lock's name away. Who has it open finds it closed or goes on with it; who opens the name gets a new one.
     *
     * @return bool false if there is none
     */
    public function remove(string $name): bool {}
}
