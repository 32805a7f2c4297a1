<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Shm;

use FFI;
use FFI\CData;
use Native\Ffi\Library;

/**
 * A named segment of this user: the very one that Native\Shm\Segment::open() of the extension has under this name, and
 * any C program with libnative.so. A process that forks may go on to use it in both.
 */
final class Segment
{
    private function __construct(private readonly FFI $ffi, private ?CData $segment)
    {
    }

    /**
     * Open or make it.
     *
     * @param string $name 1 to 64 bytes of A-Z a-z 0-9 . _ -, no leading dot. What begins with "native." is the extension's own
     * @param int $size bytes, 1 MiB to 64 GiB; 0: what it has, or 32 MiB
     * @param ?string $folder null: /dev/shm. A folder native.UID is made in it
     * @throws SegmentException
     */
    public static function open(string $name, int $size = 0, ?string $folder = null): self
    {
        if (str_starts_with($name, 'native.')) { // the TLS sessions that the extension has saved are no script's to read
            throw new \ValueError('A name must not begin with "native.", which is this extension\'s own');
        }
        if ($size < 0) {
            throw new \ValueError('A size is not negative');
        }
        $ffi = Library::get('shm')->ffi;
        $texts = [self::text($ffi, $name), $folder === null ? null : self::text($ffi, $folder)];
        $options = $ffi->new('struct native_shm_options');
        $options->name = $ffi->cast('const char *', FFI::addr($texts[0]));
        if ($texts[1]) {
            $options->folder = $ffi->cast('const char *', FFI::addr($texts[1]));
        }
        $options->size = $size;
        $segment = $ffi->new('struct native_shm_segment *');
        $why = $ffi->new('char[160]');
        $status = $ffi->native_shm_segment_open(FFI::addr($options), FFI::addr($segment), $why);
        if ($status !== $ffi->NATIVE_SHM_OK) {
            throw new SegmentException("Segment \"$name\": " . (FFI::string($why) ?: "status $status"), $status);
        }
        return new self($ffi, $segment);
    }

    /** Whether its file still has its name: else others have another one under it. */
    public function isCurrent(): bool
    {
        return $this->ffi->native_shm_segment_current($this->enter());
    }

    /**
     * For the classes of this folder: the C handle, attached.
     *
     * @internal
     * @throws SegmentException
     */
    public function enter(): CData
    {
        if (!$this->ffi->native_shm_segment_enter($this->segment)) {
            throw new SegmentException('This process cannot attach to the segment: it has no room for one more', $this->ffi->NATIVE_SHM_BUSY);
        }
        return $this->segment;
    }

    private static function text(FFI $ffi, string $text): CData
    {
        if (str_contains($text, "\0")) {
            throw new \ValueError('A name has no NUL byte');
        }
        return Library::copy($ffi, "$text\0");
    }

    private function __clone()
    {
    }

    public function __serialize(): never
    {
        throw new \LogicException('A segment cannot be serialized');
    }

    public function __destruct()
    {
        if ($this->segment !== null) {
            $this->ffi->native_shm_segment_close($this->segment);
            $this->segment = null;
        }
    }
}
