<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// autoload.php - loads Native\Ffi\* from this folder: require it once.

spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'Native\\Ffi\\')) {
        $file = __DIR__ . '/' . strtr(substr($class, 11), '\\', '/') . '.php';
        if (is_file($file)) {
            require $file;
        }
    }
});
