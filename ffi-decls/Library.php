<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi;

/**
 * libnative.so through PHP's FFI: the same C code as the extension, for every PHP version, with nothing
 * compiled for PHP. `ffi` is the handle with all functions, structs and constants of one of the headers here,
 * "mqtt" or "shm".
 */
final class Library
{
    private const HEADERS = ['mqtt', 'shm'];

    /** @var array<string, self> by header */
    private static array $shared = [];

    private function __construct(public readonly \FFI $ffi)
    {
    }

    /**
     * The library that this process uses: the preloaded one, else the file that NATIVE_LIBRARY in the
     * environment names, else libnative.so where the dynamic linker finds it.
     *
     * @throws \FFI\Exception if there is none, or FFI is not allowed here
     */
    public static function get(string $header = 'mqtt'): self
    {
        return self::$shared[$header] ??= self::preloaded($header) ?? self::open(getenv('NATIVE_LIBRARY') ?: 'libnative.so', $header);
    }

    /** A certain file, whatever get() gives. */
    public static function open(string $file, string $header = 'mqtt'): self
    {
        return new self(\FFI::cdef(self::declarations($header), $file));
    }

    /** Declare the library for all requests, unless ffi.preload did; called by preload.php. */
    public static function preload(): void
    {
        foreach (self::HEADERS as $header) {
            if (!self::preloaded($header) && !ini_get('opcache.preload_user')) { // FFI::load() refuses to work for another user
                self::load($header);
            }
        }
    }

    private static function load(string $header): void
    {
        $file = getenv('NATIVE_LIBRARY');
        if (!$file) {
            \FFI::load(__DIR__ . "/$header.h");
            return;
        }
        // FFI::load() takes the name of the library from the header only.
        $copy = tempnam(sys_get_temp_dir(), 'native');
        try {
            $scope = "#define FFI_SCOPE \"native_$header\"\n#define FFI_LIB \"$file\"\n";
            file_put_contents($copy, $scope . self::declarations($header));
            \FFI::load($copy);
        } finally {
            unlink($copy);
        }
    }

    private static function preloaded(string $header): ?self
    {
        try {
            return new self(\FFI::scope("native_$header"));
        } catch (\FFI\Exception) {
            return null; // there is no such scope, or no preloading
        }
    }

    /** The header without the two lines that only FFI::load() takes. */
    private static function declarations(string $header): string
    {
        return preg_replace('/^#define .*\R/m', '', file_get_contents(__DIR__ . "/$header.h"));
    }
}
