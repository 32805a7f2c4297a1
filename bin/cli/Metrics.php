<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

/** `native metrics` */
final class Metrics implements Command
{
    public static function summary(): string
    {
        return 'Print the metrics of all segments of this user as OpenMetrics text; all others are those of this command.';
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
        $attached = Status::attachAll($output);
        $output->write(\Native\metrics());
        return 0;
    }
}
