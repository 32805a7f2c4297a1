<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

use Native\Shm\DecodeException;

/** `native peek SEGMENT KEY` */
final class Peek implements Command
{
    public static function summary(): string
    {
        return 'Print a value of the cache in a segment. Of objects their properties: no class of an application is loaded.';
    }

    public static function synopsis(): string
    {
        return 'SEGMENT KEY';
    }

    public static function options(): array
    {
        return ['--raw' => 'the bytes of a string or number, and nothing else', '--namespace=NAME' => 'the key is of this namespace'];
    }

    public function run(Arguments $arguments, Output $output): int
    {
        [$name, $key] = $arguments->words(2, 2, self::synopsis());
        $cache = SegmentFiles::open($name)->cache($arguments->text('--namespace') ?? '');
        $none = new \stdClass();
        try {
            $value = @$cache->fetch($key, $none); // PHP warns of an enum that is not here; what is thrown says so, too
        } catch (DecodeException $e) {
            throw new Failure("$name, key $key: " . $e->getMessage(), Failure::DATA);
        }
        if ($value === $none) {
            throw new Failure("$name has no key $key", Failure::NOT_THERE);
        }
        if (!$arguments->has('--raw')) {
            $output->line((new Printer($output))->text($value));
        } elseif (is_string($value) || is_int($value) || is_float($value)) {
            $output->write(is_float($value) ? var_export($value, true) : (string) $value);
        } else {
            throw new Failure("$name, key $key: it is of type " . get_debug_type($value) . ', and --raw prints strings and numbers', Failure::DATA);
        }
        return 0;
    }
}
