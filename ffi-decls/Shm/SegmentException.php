<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Shm;

/** A segment cannot be opened or used: the message says why. The code is one of enum native_shm_status (shm.h). */
final class SegmentException extends \RuntimeException
{
}
