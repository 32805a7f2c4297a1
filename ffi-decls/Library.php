<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi;

/**
 * libnative.so through PHP's FFI: the same C code as the extension, for every PHP version, with nothing
 * compiled for PHP. `ffi` is the handle with all functions, structs and constants of `mqtt.h`.
 */
final class Library
{
    private static ?self $shared = null;

    private function __construct(public readonly \FFI $ffi)
    {
    }

    /**
     * The library that this process uses: the preloaded one, else the file that NATIVE_LIBRARY in the
     * environment names, else libnative.so where the dynamic linker finds it.
     *
     * @throws \FFI\Exception if there is none, or FFI is not allowed here
     */
    public static function get(): self
    {
        return self::$shared ??= self::preloaded() ?? self::open(getenv('NATIVE_LIBRARY') ?: 'libnative.so');
    }

    /** A certain file, whatever get() gives. */
    public static function open(string $file): self
    {
        return new self(\FFI::cdef(self::declarations(), $file));
    }

    /** Declare the library for all requests, unless ffi.preload did; called by preload.php. */
    public static function preload(): void
    {
        if (self::preloaded() || ini_get('opcache.preload_user')) {
            return; // FFI::load() refuses to work for another user
        }
        $file = getenv('NATIVE_LIBRARY');
        if (!$file) {
            \FFI::load(__DIR__ . '/mqtt.h');
            return;
        }
        // FFI::load() takes the name of the library from the header only.
        $header = tempnam(sys_get_temp_dir(), 'native');
        try {
            $scope = "#define FFI_SCOPE \"native_mqtt\"\n#define FFI_LIB \"$file\"\n";
            file_put_contents($header, $scope . self::declarations());
            \FFI::load($header);
        } finally {
            unlink($header);
        }
    }

    private static function preloaded(): ?self
    {
        try {
            return new self(\FFI::scope('native_mqtt'));
        } catch (\FFI\Exception) {
            return null; // there is no such scope, or no preloading
        }
    }

    /** mqtt.h without the two lines that only FFI::load() takes. */
    private static function declarations(): string
    {
        return preg_replace('/^#define .*\R/m', '', file_get_contents(__DIR__ . '/mqtt.h'));
    }
}
