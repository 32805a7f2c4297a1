<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Shm;

/** A value is there, but cannot be read here. */
final class DecodeException extends \RuntimeException
{
}
