<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

/** What ends a command: its message goes to standard error, its code is the exit status (those of sysexits.h). */
final class Failure extends \Exception
{
    public const NOT_THERE = 1; // no such key, no message came
    public const USAGE = 64;
    public const DATA = 65;
    public const NO_INPUT = 66;
    public const UNAVAILABLE = 69;
    public const SOFTWARE = 70;
    public const IO = 74;
    public const TRY_AGAIN = 75;
    public const PROTOCOL = 76;
    public const NO_PERMISSION = 77;
    public const CONFIG = 78;

    public function __construct(string $message, int $code)
    {
        parent::__construct($message, $code);
    }

    public static function usage(string $message): self
    {
        return new self($message, self::USAGE);
    }
}
