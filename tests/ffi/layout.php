<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// layout.php [--c] HEADER... - what FFI makes of the declarations in ffi-decls/: size and members' places of each struct and
// union, value of each constant, one a line. With --c: a C program that prints the same lines from the headers themselves.

require __DIR__ . '/../../ffi-decls/autoload.php';

use FFI\CType;
use Native\Ffi\Library;

/** C expressions, and what FFI says of each. */
function layout(FFI $ffi, string $text): Generator
{
    preg_match_all('/^(struct|union) (\w+) \{/m', $text, $found);
    foreach ($found[2] as $i => $name) {
        $type = $ffi->type("{$found[1][$i]} $name");
        yield from members($type, "{$found[1][$i]} $name");
        yield "sizeof({$found[1][$i]} $name)" => FFI::sizeof($type);
    }
    // Names that stand alone or before "=" in an enum's braces.
    preg_match_all('/\benum(?: \w+)?\s*\{([^}]*)\}/', $text, $enums);
    foreach ($enums[1] as $body) {
        foreach (preg_split('/,(?![^(]*\))/', $body) as $constant) {
            if (preg_match('/^\s*(\w+)/', $constant, $m)) {
                yield $m[1] => $ffi->{$m[1]};
            }
        }
    }
}

/** Place and size of each member; those of a union without a name count as members. */
function members(CType $type, string $whole): Generator
{
    foreach ($type->getStructFieldNames() as $name) {
        yield "offsetof($whole, $name)" => $type->getStructFieldOffset($name);
        yield "sizeof((($whole *)0)->$name)" => FFI::sizeof($type->getStructFieldType($name));
    }
}

$c = $argv[1] === '--c';
$lines = [];
foreach (array_slice($argv, $c ? 2 : 1) as $header) {
    foreach (layout(Library::get($header)->ffi, file_get_contents(__DIR__ . "/../../ffi-decls/$header.h")) as $expression => $value) {
        $lines[$expression] = $c ? "    printf(\"%s = %lld\\n\", \"$expression\", (long long)($expression));\n" : "$expression = $value\n";
    }
}
if ($c) {
    echo "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <stdio.h>\n";
    foreach (glob(__DIR__ . '/../../{mqtt,http,shm,net}/*.h', GLOB_BRACE) as $file) {
        if (preg_match('/^NATIVE_API /m', file_get_contents($file)) && basename($file) !== 'api.h') {
            echo '#include "', basename(dirname($file)), '/', basename($file), "\"\n";
        }
    }
    echo "int main(void)\n{\n", implode($lines), "    return 0;\n}\n";
} else {
    echo implode($lines);
}
