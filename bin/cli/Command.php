<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

/** One command of `native`. */
interface Command
{
    /** One line for the list of commands. */
    public static function summary(): string;

    /** What stands behind the command's name: "SEGMENT [PREFIX]". */
    public static function synopsis(): string;

    /**
     * The options: '--name' => text for one that is given or not, '--name=VALUE' => text for one with a value.
     *
     * @return array<string, string>
     */
    public static function options(): array;

    /** @return int the exit status */
    public function run(Arguments $arguments, Output $output): int;
}
