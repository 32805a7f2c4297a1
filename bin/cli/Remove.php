<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

use Native\Shm\Segment;

/** `native remove SEGMENT [KEY]` */
final class Remove implements Command
{
    public static function summary(): string
    {
        return 'Remove a segment\'s file, or one key of its cache. Who is attached keeps the segment until it lets go of it.';
    }

    public static function synopsis(): string
    {
        return 'SEGMENT [KEY]';
    }

    public static function options(): array
    {
        return ['--namespace=NAME' => 'the key is of this namespace', '--object=NAME' => 'a channel, counter or lock in place of a key'];
    }

    public function run(Arguments $arguments, Output $output): int
    {
        [$name, $key] = $arguments->words(1, 2, self::synopsis()) + [1 => null];
        $object = $arguments->text('--object');
        if ($object !== null && $key !== null) {
            throw Failure::usage('a key, or --object: one of them');
        }
        if ($arguments->has('--namespace') && $key === null) {
            throw Failure::usage('--namespace is for a KEY; a segment is removed with all that is in it');
        }
        if ($object !== null) {
            $done = SegmentFiles::open($name)->remove($object);
            $what = "no channel, counter or lock named $object";
        } elseif ($key !== null) {
            $done = SegmentFiles::open($name)->cache($arguments->text('--namespace') ?? '')->delete($key);
            $what = "no key $key";
        } else {
            $file = SegmentFiles::find($name);
            if (SegmentFiles::kind($file) === 'tls') {
                throw new Failure("$name is the extension's own; its file is " . SegmentFiles::folder() . "/$file", Failure::NO_PERMISSION);
            }
            $done = SegmentFiles::named($file, Segment::unlink(...));
            $what = 'no file any more';
        }
        return $done ? 0 : throw new Failure("$name has $what", Failure::NOT_THERE);
    }
}
