<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

/** `native keys SEGMENT [PREFIX]` */
final class Keys implements Command
{
    private const FORMATS = ['KEY', 'FORMAT', 'BYTES', 'TTL'];

    public static function summary(): string
    {
        return 'List the keys of the cache in a segment: key, format, bytes, seconds left.';
    }

    public static function synopsis(): string
    {
        return 'SEGMENT [PREFIX]';
    }

    public static function options(): array
    {
        return ['--namespace=NAME' => 'keys of this namespace (default: the plain cache)', '--count' => 'print only how many there are'];
    }

    public function run(Arguments $arguments, Output $output): int
    {
        [$name, $prefix] = $arguments->words(1, 2, self::synopsis()) + [1 => ''];
        $all = SegmentFiles::open($name)->cache($arguments->text('--namespace') ?? '')->iterate($prefix);
        $rows = [];
        $count = 0;
        // Never current(): no value is read.
        for ($all->rewind(); $all->valid(); $all->next()) {
            $count % 1000 === 0 && $output->progress("$count keys");
            $info = $all->info();
            if ($info === null) {
                continue; // deleted meanwhile
            }
            $count++;
            if ($arguments->has('--count')) {
                continue;
            }
            $rows[] = [$all->key(), $info['format'], $info['bytes'], $info['ttl'] === null ? null : sprintf('%.1f', $info['ttl'])];
            if (!$output->terminal) {
                $output->table(self::FORMATS, $rows); // as they come, in a pipe
                $rows = [];
            }
        }
        $output->progress(null);
        if ($arguments->has('--count')) {
            $output->line((string) $count);
        } elseif ($rows) {
            usort($rows, fn ($a, $b) => strcmp($a[0], $b[0]));
            $output->table(self::FORMATS, $rows);
        }
        return 0;
    }
}
