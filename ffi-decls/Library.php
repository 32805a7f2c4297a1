<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi;

/**
 * libnative.so through PHP's FFI: the same C code as the extension, for every PHP version, with nothing
 * compiled for PHP. `ffi` is the handle with all functions, structs and constants of one of the headers here,
 * "mqtt", "http" or "shm".
 */
final class Library
{
    /** What the library must say of itself: NATIVE_API_NUMBER in mqtt/api.h. */
    public const API = 1;

    private const HEADERS = ['mqtt', 'http', 'shm'];

    /** @var array<string, self> by header */
    private static array $shared = [];

    private function __construct(public readonly \FFI $ffi)
    {
        self::check($ffi, 'libnative.so');
    }

    /**
     * The library that this process uses: the preloaded one, else the file that NATIVE_LIBRARY in the
     * environment names, else libnative.so where the dynamic linker finds it.
     *
     * @throws \ValueError for a header that is none of those here
     * @throws \FFI\Exception if there is none, or FFI is not allowed here
     * @throws LibraryException if it is of another API
     */
    public static function get(string $header = 'mqtt'): self
    {
        return self::$shared[$header] ??= self::preloaded($header) ?? self::open(self::file(), $header);
    }

    /**
     * A certain file, whatever get() gives.
     *
     * @throws \ValueError|\FFI\Exception|LibraryException
     */
    public static function open(string $file, string $header = 'mqtt'): self
    {
        if (!in_array($header, self::HEADERS, true)) {
            throw new \ValueError('The header must be "' . implode('", "', self::HEADERS) . '"');
        }
        self::checkFile($file);
        return new self(\FFI::cdef(self::declarations($header), $file));
    }

    /**
     * What it exports: name, kind ("function") and declaration in C, by name.
     *
     * @return list<array{name: string, kind: string, signature: string}>
     */
    public function symbols(): array
    {
        $list = [];
        for ($at = $this->ffi->native_get_symbols(null), $i = 0; $at[$i]->name !== null; $i++) {
            $list[] = ['name' => \FFI::string($at[$i]->name), 'kind' => \FFI::string($at[$i]->kind), 'signature' => \FFI::string($at[$i]->signature)];
        }
        return $list;
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

    /**
     * Memory for so many of a C type. Written into the type, as in "uint8_t[$length]", PHP would cut the length to 32 bits.
     *
     * @internal
     */
    public static function memory(\FFI $ffi, string $type, int $length): \FFI\CData
    {
        return $ffi->new(\FFI::arrayType($ffi->type($type), [$length]));
    }

    /**
     * A copy of bytes that C can point to as long as PHP has it; of none it has a byte all the same.
     *
     * @internal
     */
    public static function copy(\FFI $ffi, string $bytes): \FFI\CData
    {
        $copy = self::memory($ffi, 'uint8_t', max(1, strlen($bytes)));
        \FFI::memcpy($copy, $bytes, strlen($bytes));
        return $copy;
    }

    private static function file(): string
    {
        return getenv('NATIVE_LIBRARY') ?: 'libnative.so';
    }

    /** Ask for nothing but the number: another library may lack any of the other functions. */
    private static function checkFile(string $file): void
    {
        try {
            $ffi = \FFI::cdef('uint32_t native_get_api(void);', $file);
        } catch (\FFI\Exception $e) {
            if (str_contains($e->getMessage(), 'native_get_api')) {
                throw new LibraryException("$file tells no API number, these classes want " . self::API);
            }
            throw $e;
        }
        self::check($ffi, $file);
    }

    private static function check(\FFI $ffi, string $file): void
    {
        $number = $ffi->native_get_api();
        if ($number !== self::API) {
            throw new LibraryException("$file has API $number, these classes want " . self::API);
        }
    }

    private static function load(string $header): void
    {
        self::checkFile(self::file());
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
            $ffi = \FFI::scope("native_$header");
        } catch (\FFI\Exception) {
            return null; // there is no such scope, or no preloading
        }
        return new self($ffi);
    }

    /** The header without the two lines that only FFI::load() takes. */
    private static function declarations(string $header): string
    {
        return preg_replace('/^#define .*\R/m', '', file_get_contents(__DIR__ . "/$header.h"));
    }
}
