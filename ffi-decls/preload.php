<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// preload.php - for opcache.preload: the classes of this folder for all requests. With ffi.enable=preload
// (PHP's default) a web server lets only preloaded code use FFI. php.ini of a php-fpm that starts as root:
//
//   ffi.preload = /path/to/ffi-decls/mqtt.h:/path/to/ffi-decls/http.h:/path/to/ffi-decls/shm.h
//   opcache.preload = /path/to/ffi-decls/preload.php
//   opcache.preload_user = www-data
//
// Without opcache.preload_user the first line may be left out: this file then declares the functions, of the
// libnative.so that the environment's NATIVE_LIBRARY names or the dynamic linker finds.

require __DIR__ . '/autoload.php';

foreach ([
    'LibraryException', 'Library',
    'Mqtt/Codec', 'Mqtt/Batch', 'Mqtt/Packet', 'Mqtt/PacketReader', 'Mqtt/PacketWriter', 'Mqtt/Will', 'Mqtt/MalformedPacket', 'Mqtt/Topic',
    'Mqtt/ClientException', 'Mqtt/ClientOptions', 'Mqtt/Link', 'Mqtt/Engine', 'Mqtt/Client',
    'Http/HttpException', 'Http/Options', 'Http/Response', 'Http/Client',
    'Shm/Segment', 'Shm/SegmentException', 'Shm/Cache', 'Shm/DecodeException',
] as $name) {
    require_once __DIR__ . "/$name.php";
}
Native\Ffi\Library::preload();
