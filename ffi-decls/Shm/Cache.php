<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Shm;

use FFI;
use FFI\CData;
use Native\Ffi\Library;

/**
 * Keys and values in a segment: the entries that Native\Shm\Cache of the extension has there.
 *
 * null, bool, int, float and string are the extension's own formats, both ways. Arrays and objects are stored with
 * serialize(), which the extension reads. What it stores itself can be read here but for arrays, which lie there
 * as its own PHP version has them in memory: a DecodeException says so.
 */
final class Cache
{
    private const KEY_MAX = 65536;

    private readonly FFI $ffi;
    private readonly string $prefix;
    private readonly CData $key;
    private readonly CData $view;

    /**
     * @param string $namespace up to 255 bytes; keys of one namespace are not seen in another. "" is the plain cache
     */
    public function __construct(private readonly Segment $segment, string $namespace = '')
    {
        if (strlen($namespace) > 255) {
            throw new \ValueError('A namespace has at most 255 bytes');
        }
        $this->ffi = Library::get('shm')->ffi;
        $this->prefix = $namespace === '' ? '' : "\0" . chr(strlen($namespace)) . $namespace;
        $this->key = $this->ffi->new('struct native_shm_key');
        $this->view = $this->ffi->new('struct native_shm_view');
    }

    /**
     * Fetch a value.
     *
     * @return mixed $default if there is none
     * @throws DecodeException if it is there and cannot be read
     * @throws SegmentException
     */
    public function fetch(string $key, mixed $default = null): mixed
    {
        $segment = $this->segment->enter();
        $bytes = $this->name($segment, $key);
        do {
            if ($this->ffi->native_shm_cache_find($segment, FFI::addr($this->key), false, FFI::addr($this->view)) !== $this->ffi->NATIVE_SHM_OK) {
                return $default;
            }
            $len = $this->view->value_len;
            $to = Library::memory($this->ffi, 'char', max(1, $len));
            $status = $this->ffi->native_shm_cache_read($segment, FFI::addr($this->view), $to);
        } while ($status === $this->ffi->NATIVE_SHM_CHANGED);
        unset($bytes);
        return $status === $this->ffi->NATIVE_SHM_OK ? $this->decode($this->view->format, FFI::string($to, $len)) : $default;
    }

    /**
     * Store a value, whatever was there.
     *
     * @param float $ttl seconds until it expires; 0: never
     * @param bool $pinned never evict it
     * @return bool false if there is no room; the old value stays
     * @throws SegmentException
     */
    public function store(string $key, mixed $value, float $ttl = 0.0, bool $pinned = false): bool
    {
        return $this->put($key, $value, $ttl, $pinned, $this->ffi->NATIVE_SHM_SET);
    }

    /**
     * Store a value if the key has none.
     *
     * @return bool false if it has one, or there is no room
     * @throws SegmentException
     */
    public function add(string $key, mixed $value, float $ttl = 0.0, bool $pinned = false): bool
    {
        return $this->put($key, $value, $ttl, $pinned, $this->ffi->NATIVE_SHM_ADD);
    }

    /** Tell whether a key has a value. */
    public function exists(string $key): bool
    {
        $segment = $this->segment->enter();
        $bytes = $this->name($segment, $key);
        return $this->ffi->native_shm_cache_find($segment, FFI::addr($this->key), false, FFI::addr($this->view)) === $this->ffi->NATIVE_SHM_OK;
    }

    /** Delete a key. Returns false if there was none. */
    public function delete(string $key): bool
    {
        $segment = $this->segment->enter();
        $bytes = $this->name($segment, $key);
        return $this->ffi->native_shm_cache_delete($segment, FFI::addr($this->key)) === $this->ffi->NATIVE_SHM_OK;
    }

    /**
     * Add to an integer; no change of another process is lost. Wraps round at the ends.
     *
     * @param ?int $start what a missing key is taken for; null: then nothing is done
     * @param float $ttl of a key that is made
     * @return ?int the sum; null if there is none, or no room for a new one
     * @throws DecodeException if the value is no integer
     * @throws SegmentException
     */
    public function inc(string $key, int $by = 1, ?int $start = 0, float $ttl = 0.0): ?int
    {
        $segment = $this->segment->enter();
        $bytes = $this->name($segment, $key);
        $from = $this->ffi->new('int64_t[2]');
        $from[0] = $start ?? 0;
        $status = $this->ffi->native_shm_cache_add_number($segment, FFI::addr($this->key), $this->ffi->NATIVE_SHM_FORMAT_INT, $by,
            $start === null ? null : $from, self::milliseconds($ttl), FFI::addr($from[1]));
        if ($status === $this->ffi->NATIVE_SHM_TYPE) {
            throw new DecodeException('The value is no integer');
        }
        return $status === $this->ffi->NATIVE_SHM_OK ? $from[1] : null;
    }

    /**
     * Change an integer if it is what you think it is.
     *
     * @return bool false if it is another, or there is none
     * @throws DecodeException if the value is no integer
     * @throws SegmentException
     */
    public function cas(string $key, int $old, int $new): bool
    {
        $segment = $this->segment->enter();
        $bytes = $this->name($segment, $key);
        $status = $this->ffi->native_shm_cache_swap_number($segment, FFI::addr($this->key), $this->ffi->NATIVE_SHM_FORMAT_INT, $old, $new);
        if ($status === $this->ffi->NATIVE_SHM_TYPE) {
            throw new DecodeException('The value is no integer');
        }
        return $status === $this->ffi->NATIVE_SHM_OK;
    }

    /* ---- keys ---- */

    /** Set $this->key. What it returns must live as long as the key is used. */
    private function name(CData $segment, string $key): CData
    {
        // A key that begins like a namespace's gets an empty one of its own.
        $bytes = $this->prefix === '' && str_starts_with($key, "\0") ? "\0\0$key" : $this->prefix . $key;
        $len = strlen($bytes);
        if ($len > self::KEY_MAX) {
            throw new \ValueError('A key has at most ' . self::KEY_MAX - $len + strlen($key) . ' bytes here');
        }
        $copy = Library::copy($this->ffi, $bytes);
        $this->key->bytes = FFI::addr($copy);
        $this->key->len = $len;
        $this->key->hash = $this->ffi->native_shm_hash($segment, $copy, $len, 0);
        return $copy;
    }

    /* ---- values ---- */

    private function put(string $key, mixed $value, float $ttl, bool $pinned, int $mode): bool
    {
        $segment = $this->segment->enter();
        [$format, $bytes] = $this->encode($value);
        $name = $this->name($segment, $key);
        $copy = Library::copy($this->ffi, $bytes);
        $stored = $this->ffi->new('struct native_shm_value');
        $stored->bytes = FFI::addr($copy);
        $stored->len = strlen($bytes);
        $stored->format = $format;
        $stored->ttl_ms = self::milliseconds($ttl);
        $stored->pinned = $pinned;
        return $this->ffi->native_shm_cache_store($segment, FFI::addr($this->key), FFI::addr($stored), $mode) === $this->ffi->NATIVE_SHM_OK;
    }

    private static function milliseconds(float $ttl): int
    {
        if (!($ttl >= 0.0) || $ttl > 3.0e9) {
            throw new \ValueError('A time to live is 0 to 3,000,000,000 seconds');
        }
        return (int) ceil($ttl * 1000.0);
    }

    /** @return array{int, string} */
    private function encode(mixed $value): array
    {
        $f = $this->ffi;
        return match (true) {
            $value === null => [$f->NATIVE_SHM_FORMAT_NULL, ''],
            is_bool($value) => [$value ? $f->NATIVE_SHM_FORMAT_TRUE : $f->NATIVE_SHM_FORMAT_FALSE, ''],
            is_int($value) => [$f->NATIVE_SHM_FORMAT_INT, pack('q', $value)],
            is_float($value) => [$f->NATIVE_SHM_FORMAT_DOUBLE, pack('d', $value)],
            is_string($value) => [$f->NATIVE_SHM_FORMAT_STRING, $value],
            default => [$f->NATIVE_SHM_FORMAT_PHP, serialize($value)],
        };
    }

    private function decode(int $format, string $bytes): mixed
    {
        $f = $this->ffi;
        return match ($format) {
            $f->NATIVE_SHM_FORMAT_NULL => null,
            $f->NATIVE_SHM_FORMAT_FALSE => false,
            $f->NATIVE_SHM_FORMAT_TRUE => true,
            $f->NATIVE_SHM_FORMAT_INT => self::number('q', $bytes),
            $f->NATIVE_SHM_FORMAT_DOUBLE => self::number('d', $bytes),
            $f->NATIVE_SHM_FORMAT_STRING => $bytes,
            $f->NATIVE_SHM_FORMAT_PHP => self::unserialized($bytes),
            $f->NATIVE_SHM_FORMAT_IGBINARY => self::igbinary($bytes),
            $f->NATIVE_SHM_FORMAT_ARRAY => throw new DecodeException('The value is an array that the extension has stored in its own format'),
            default => throw new DecodeException("The value has format $format, which is not known here"),
        };
    }

    private static function number(string $code, string $bytes): int|float
    {
        if (strlen($bytes) !== 8) {
            throw new DecodeException('The value is damaged: a number has 8 bytes');
        }
        return unpack($code, $bytes)[1];
    }

    private static function unserialized(string $bytes): mixed
    {
        $value = @unserialize($bytes);
        if ($value === false && $bytes !== 'b:0;') {
            throw new DecodeException('The value is damaged: unserialize() does not take it');
        }
        return $value;
    }

    private static function igbinary(string $bytes): mixed
    {
        if (!function_exists('igbinary_unserialize')) {
            throw new DecodeException('The value was written by igbinary, which is not loaded');
        }
        return igbinary_unserialize($bytes);
    }
}
