<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

/** `native segments` */
final class Segments implements Command
{
    public static function summary(): string
    {
        return 'List the segments of this user: name, kind, size, memory, used, attached processes, layout.';
    }

    public static function synopsis(): string
    {
        return '';
    }

    public static function options(): array
    {
        return [];
    }

    public function run(Arguments $arguments, Output $output): int
    {
        $arguments->words(0, 0, 'no arguments');
        $rows = [];
        foreach (SegmentFiles::names() as $name) {
            $header = SegmentFiles::header($name);
            $kind = SegmentFiles::kind($name);
            $rows[] = $header
                ? [$name, $kind, $header['size'], $header['memory'], $this->used($name, $kind), $header['attached'], $header['layout']]
                : [$name, 'no segment', null, null, null, null, null];
        }
        if (!$rows && $output->terminal) {
            $output->note('there are no segments in ' . SegmentFiles::folder());
        } else {
            $output->table(['NAME', 'KIND', 'SIZE', 'MEMORY', 'USED', 'ATTACHED', 'LAYOUT'], $rows);
        }
        return 0;
    }

    /** Bytes that entries and the like have. Who counts them is attached meanwhile; not to segments that live and die with a server. */
    private function used(string $name, string $kind): ?int
    {
        if ($kind !== 'named' && $kind !== 'default') {
            return null;
        }
        try {
            return SegmentFiles::open($name)->info()['used'];
        } catch (\Native\Shm\SegmentException | Failure) {
            return null; // of another layout, of a name that no segment has, or gone meanwhile
        }
    }
}
