<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// preload.php - for opcache.preload: declares the functions of libnative.so once, for all requests.
// With ffi.enable=preload (PHP's default) this is the only way to use FFI in a web server. The library
// is looked for as the dynamic linker does, or is the file that the environment's NATIVE_LIBRARY names.

require __DIR__ . '/autoload.php';

foreach (['Library', 'Mqtt/Codec', 'Mqtt/Batch', 'Mqtt/Packet', 'Mqtt/Will', 'Mqtt/MalformedPacket', 'Mqtt/Topic'] as $name) {
    opcache_compile_file(__DIR__ . "/$name.php");
}
Native\Ffi\Library::preload();
