<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Http;

/**
 * What a request sends, with its Content-Type. Immutable; it may be sent any number of times if what it is made of can.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Body
{
    private function __construct() {}

    /** application/json. @throws \JsonException */
    public static function json(mixed $value): Body {}

    /** application/x-www-form-urlencoded, nested as http_build_query() does. */
    public static function form(array $fields): Body {}

    /**
     * multipart/form-data (RFC 7578), one part after the other; files are read while they are sent.
     *
     * @param array $fields name => value, or a list of values: strings, and what Body makes; what file() has made becomes a file
     */
    public static function multipart(array $fields): Body {}

    /**
     * A file, opened when the request begins.
     *
     * @param string|null $name what a multipart body calls it; null: the last part of the path
     */
    public static function file(string $path, string $type = "application/octet-stream", ?string $name = null): Body {}

    /** Bytes with a type. */
    public static function bytes(string $bytes, string $type = "application/octet-stream"): Body {}
}
