<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi;

/** The library is there, but it is not the one that these classes are for. */
final class LibraryException extends \RuntimeException
{
}
