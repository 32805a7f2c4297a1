<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

use Native\Shm\{Channel, Counter, Segment};

/** `native stat SEGMENT` */
final class Stat implements Command
{
    public static function summary(): string
    {
        return 'Tell about a segment: sizes in bytes, counters of its cache, who is attached, channels and counters in it.';
    }

    public static function synopsis(): string
    {
        return 'SEGMENT';
    }

    public static function options(): array
    {
        return [];
    }

    public function run(Arguments $arguments, Output $output): int
    {
        [$name] = $arguments->words(1, 1, self::synopsis());
        $segment = SegmentFiles::open($name);
        $rows = [['path', (string) $segment->path()]];
        $info = $segment->info();
        $others = array_filter($info['participants'], fn ($who) => $who['pid'] !== getmypid());
        foreach (['created' => date('Y-m-d\TH:i:sP', $info['created'])] + array_filter($info, is_int(...)) + $segment->cache()->info() as $key => $value) {
            $rows[] = [$key, $key === 'participants' ? count($others) : $value];
        }
        foreach ($others as $who) {
            $rows[] = ['attached', "pid $who[pid]" . ($who['alive'] ? '' : ', killed')];
        }
        foreach ($segment->objects() as $object => $kind) {
            $rows[] = [$kind, Output::safe((string) $object) . self::object($segment, (string) $object, $kind)];
        }
        $this->show($rows, $output);
        return 0;
    }

    private static function object(Segment $segment, string $name, string $kind): string
    {
        if ($kind === 'counter') {
            return ': ' . (new Counter($name, 0, $segment))->get();
        }
        if ($kind !== 'channel') {
            return '';
        }
        $is = (new Channel($name, segment: $segment))->info();
        return ": $is[ready] ready, $is[taken] taken, $is[used] of $is[capacity] bytes, $is[sent] sent, $is[received] received, $is[dropped] dropped"
            . ($is['closed'] ? ', closed' : '');
    }

    /** @param list<array{string, string|int}> $rows */
    private function show(array $rows, Output $output): void
    {
        foreach ($rows as [$key, $value]) {
            $output->line($output->terminal ? $output->style(str_pad($key, 14), 'cyan') . " $value" : "$key\t$value");
        }
    }
}
