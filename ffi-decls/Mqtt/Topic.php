<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Mqtt;

use FFI;
use Native\Ffi\Library;

/** Topic names and topic filters. */
final class Topic
{
    /** Whether the topic name matches the topic filter, which may be shared ("$share/name/filter"). */
    public static function matches(string $filter, string $topic): bool
    {
        return Library::get()->ffi->native_mqtt_topic_match($filter, strlen($filter), $topic, strlen($topic));
    }

    /**
     * What each wildcard of the filter stands for, in their order; null if the name does not match.
     *
     * @return ?list<string>
     */
    public static function capture(string $filter, string $topic): ?array
    {
        $ffi = Library::get()->ffi;
        $max = substr_count($filter, '+') + substr_count($filter, '#');
        $parts = Library::memory($ffi, 'struct native_mqtt_span', max(1, $max));
        $count = $ffi->native_mqtt_topic_capture($filter, strlen($filter), $topic, strlen($topic), $parts, $max);
        if ($count < 0) {
            return null;
        }
        $list = [];
        for ($i = 0; $i < $count; $i++) {
            $list[] = $parts[$i]->len ? FFI::string($parts[$i]->data, $parts[$i]->len) : '';
        }
        return $list;
    }

    /** @throws MalformedPacket whose offset counts from the start of the name */
    public static function checkName(string $topic, int $level = Codec::SPEC, int $version = 5): void
    {
        self::check($topic, true, $level, $version);
    }

    /** @throws MalformedPacket whose offset counts from the start of the filter */
    public static function checkFilter(string $filter, int $level = Codec::SPEC, int $version = 5): void
    {
        self::check($filter, false, $level, $version);
    }

    private static function check(string $topic, bool $name, int $level, int $version): void
    {
        Codec::checkRules($version, $level);
        $ffi = Library::get()->ffi;
        $error = $ffi->new('struct native_mqtt_error');
        $status = $ffi->native_mqtt_topic_check($topic, strlen($topic), $name, $version, $level, FFI::addr($error));
        if ($status === $ffi->NATIVE_MQTT_TOO_LARGE) {
            throw new \ValueError('A topic has at most 65535 bytes');
        }
        if ($status !== $ffi->NATIVE_MQTT_OK) {
            throw Codec::exception($ffi, $error);
        }
    }
}
