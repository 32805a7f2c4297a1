<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

use Native\Shm\{Segment, SegmentException, SegmentFailure};

/** The folder where this user's segments lie. Looking makes no segment and attaches to none. */
final class SegmentFiles
{
    /** "NATVSHM1", as shm/layout.h has it in the machine's byte order. */
    private const MAGIC = 0x314d48535654414e;
    private const PARTICIPANT_BYTES = 128;

    public static function folder(): string
    {
        return ((string) ini_get('native.shm_dir') ?: '/dev/shm') . '/native.' . self::user();
    }

    private static function user(): int
    {
        return function_exists('posix_geteuid') ? posix_geteuid() : ((@stat('/proc/self') ?: [])['uid'] ?? (int) getmyuid());
    }

    /** @return list<string> names of files, without doorbells of channels */
    public static function names(): array
    {
        if (!is_dir(self::folder())) {
            return [];
        }
        $names = @scandir(self::folder()) ?: throw new Failure(self::folder() . ': ' . (error_get_last()['message'] ?? 'it cannot be read'), Failure::NO_PERMISSION);
        return array_values(array_filter($names, fn ($name) => $name[0] !== '.' && @filetype(self::folder() . "/$name") === 'file'));
    }

    /** "default", "named", "apcu" or "tls" (saved sessions and names). */
    public static function kind(string $name): string
    {
        return match (true) {
            preg_match('/^default\.\d+\.[0-9a-f]+$/', $name) === 1 => 'default',
            preg_match('/^apcu\.\d+\.\d+\./', $name) === 1 => 'apcu',
            str_starts_with($name, 'native.') => 'tls',
            default => 'named',
        };
    }

    /**
     * What a file says of itself in its first bytes (struct native_shm_header in shm/layout.h).
     *
     * @return array{layout: int, size: int, memory: int, attached: ?int}|null null: it is no segment, or gone
     */
    public static function header(string $name): ?array
    {
        $file = self::folder() . "/$name";
        $stat = @lstat($file);
        $bytes = $stat ? @file_get_contents($file, false, null, 0, 88) : false;
        if (!is_string($bytes) || strlen($bytes) < 88 || unpack('Q', $bytes)[1] !== self::MAGIC) {
            return null;
        }
        $is = unpack('Qmagic/Llayout/Labi/Qsize', $bytes) + unpack('Lparticipants', $bytes, 60) + unpack('Qat', $bytes, 80);
        return ['layout' => $is['layout'], 'size' => $stat['size'], 'memory' => 512 * max(0, $stat['blocks']),
            'attached' => $is['layout'] === 3 ? self::attached($file, $is['at'], $is['participants']) : null];
    }

    /** Places in use: a killed process counts until its place is taken. */
    private static function attached(string $file, int $at, int $places): ?int
    {
        $bytes = @file_get_contents($file, false, null, $at, min($places, 4095) * self::PARTICIPANT_BYTES);
        if (!is_string($bytes)) {
            return null;
        }
        for ($i = $attached = 0; $i + 16 <= strlen($bytes); $i += self::PARTICIPANT_BYTES) {
            $attached += unpack('L', $bytes, $i + 12)[1] !== 0 ? 1 : 0;
        }
        return $attached;
    }

    /** The file that a name on the command line means: "default" is the default segment, unless one is called just that. */
    public static function find(string $name): string
    {
        $names = self::names();
        if ($name === 'default' && !in_array($name, $names, true)) {
            $found = array_filter($names, fn ($file) => self::kind($file) === 'default');
            usort($found, fn ($a, $b) => filemtime(self::folder() . "/$b") <=> filemtime(self::folder() . "/$a"));
            return $found[0] ?? throw new Failure('there is no default segment yet in ' . self::folder(), Failure::NO_INPUT);
        }
        return in_array($name, $names, true) ? $name : throw new Failure("$name: there is no such segment in " . self::folder(), Failure::NO_INPUT);
    }

    /** Attach to a segment that is there. */
    public static function open(string $name): Segment
    {
        $file = self::find($name);
        if (self::kind($file) === 'tls') {
            throw new Failure("$name: the extension keeps TLS sessions there, and shows them to nobody", Failure::NO_PERMISSION);
        }
        return self::named($file, Segment::open(...));
    }

    /**
     * Do what takes a segment's name. In the folder may lie files with names that no segment has.
     *
     * @template T
     * @param callable(string): T $do
     * @return T
     */
    public static function named(string $file, callable $do): mixed
    {
        try {
            return $do($file);
        } catch (\ValueError) {
            throw new Failure(self::folder() . "/$file is no segment: none has such a name", Failure::DATA);
        }
    }

    public static function exitStatus(SegmentException $e): int
    {
        return match ($e->failure) {
            SegmentFailure::Denied => Failure::NO_PERMISSION,
            SegmentFailure::Mismatch, SegmentFailure::Corrupt => Failure::DATA,
            SegmentFailure::Missing => Failure::NO_INPUT,
            SegmentFailure::Busy => Failure::TRY_AGAIN,
            default => Failure::UNAVAILABLE,
        };
    }
}
