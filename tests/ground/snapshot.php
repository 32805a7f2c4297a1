<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// snapshot.php php|ini|ffi|c|segment - print one part of what the compatibility promise covers, a line for each thing; used by
// dev/snapshot. php and ini want the module loaded, the others only the files of the checkout, whose root is the working folder.
// snapshot.php compare STORED NEW - print "break: ..." for what is gone or changed, "new: ..." for what was added; exit 0: the
// same, 1: additions only, 2: a break. A line is "what it is<TAB>how it is".
declare(strict_types=1);

/** How a default value is written. */
function value(mixed $value): string
{
    return match (true) {
        $value instanceof UnitEnum => $value::class . '::' . $value->name,
        is_array($value) => '[' . implode(', ', array_map(fn ($k, $v) => is_int($k) ? value($v) : value($k) . ' => ' . value($v), array_keys($value), $value)) . ']',
        default => strtolower(var_export($value, true)) === 'null' ? 'null' : var_export($value, true),
    };
}

function modifiers(ReflectionMethod|ReflectionProperty|ReflectionClassConstant|ReflectionClass $of): string
{
    // PHP 8.4 also tells what it makes of readonly: protected(set).
    $names = array_filter(array_diff(Reflection::getModifierNames($of->getModifiers()), ['public']), fn ($name) => !str_contains($name, '(set)'));
    return $names ? implode(' ', $names) . ' ' : '';
}

/** A type as it is written down: PHP 8.5 tells the class for self. */
function type(?ReflectionType $type, ReflectionFunctionAbstract $f): string
{
    return $f instanceof ReflectionMethod ? preg_replace('/\bself\b/', addslashes($f->class), (string) $type) : (string) $type;
}

/** Lines for a function or method: what it returns, and a line for each parameter, so that another optional one is an addition. */
function callable_lines(string $name, ReflectionFunctionAbstract $f, string $before): void
{
    $type = $f->getReturnType() ?? $f->getTentativeReturnType();
    echo "$name()\t$before" . ($f->returnsReference() ? '&' : '') . 'returns ' . ($type ? type($type, $f) : 'anything') . "\n";
    foreach ($before === 'private ' ? [] : $f->getParameters() as $p) {
        printf("%s() parameter %d\t%s%s%s\$%s%s%s\n", $name, $p->getPosition() + 1, $p->hasType() ? type($p->getType(), $f) . ' ' : '',
            $p->isPassedByReference() ? '&' : '', $p->isVariadic() ? '...' : '', $p->getName(), $p->isOptional() ? '' : ' required',
            $p->isDefaultValueAvailable() ? ' = ' . value($p->getDefaultValue()) : '');
    }
}

function class_lines(ReflectionClass $class): void
{
    $name = $class->getName();
    $kind = $class->isEnum() ? 'enum' : ($class->isInterface() ? 'interface' : modifiers($class) . 'class');
    $interfaces = array_values(array_diff($class->getInterfaceNames(), ['Traversable', 'UnitEnum', 'BackedEnum', 'Throwable', 'Stringable']));
    sort($interfaces);
    echo "$name\t$kind" . ($class->getParentClass() ? ' extends ' . $class->getParentClass()->getName() : '')
        . ($interfaces ? ' implements ' . implode(', ', $interfaces) : '') . "\n";
    foreach ($class->getReflectionConstants() as $constant) {
        if ($constant->getDeclaringClass()->getName() === $name && !$constant->isPrivate()) {
            $case = $constant->getValue();
            echo "$name::{$constant->getName()}\t", $constant->isEnumCase() ? 'case' . ($case instanceof BackedEnum ? ' = ' . value($case->value) : '')
                : modifiers($constant) . 'const = ' . value($case), "\n";
        }
    }
    foreach ($class->getProperties() as $property) {
        if ($property->getDeclaringClass()->getName() === $name && !$property->isPrivate() && !$class->isEnum()) {
            echo "$name::\${$property->getName()}\t", modifiers($property), $property->getType() ?? 'anything',
                $property->hasDefaultValue() && !$property->isPromoted() ? ' = ' . value($property->getDefaultValue()) : '', "\n";
        }
    }
    foreach ($class->getMethods() as $method) {
        if ($method->getDeclaringClass()->getName() === $name && (!$method->isPrivate() || $method->isConstructor())
            && !($class->isEnum() && in_array($method->getName(), ['cases', 'from', 'tryFrom'], true))) {
            callable_lines("$name::{$method->getName()}", $method, modifiers($method));
        }
    }
}

function php_lines(): void
{
    $module = new ReflectionExtension('native');
    foreach ($module->getFunctions() as $function) {
        callable_lines($function->getName(), $function, '');
    }
    foreach ($module->getConstants() as $name => $value) {
        echo "$name\tconst = ", value($value), "\n";
    }
    array_map(class_lines(...), $module->getClasses());
}

function ini_lines(): void
{
    $levels = [INI_SYSTEM => 'SYSTEM', INI_PERDIR | INI_SYSTEM => 'PERDIR', INI_ALL => 'ALL'];
    foreach (['native', 'apcu', 'curl'] as $module) {
        foreach (extension_loaded($module) ? ini_get_all($module) : [] as $name => $is) {
            if (str_starts_with($name, 'native.')) {
                echo "$name\t", value((string) $is['global_value']), ' ', $levels[$is['access']], "\n";
            }
        }
    }
}

/** The PHP classes over the FFI headers. */
function ffi_lines(): void
{
    require 'ffi-decls/autoload.php';
    foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator('ffi-decls', FilesystemIterator::SKIP_DOTS)) as $file) {
        if (preg_match('~^ffi-decls/((?:[A-Z]\w*/)*[A-Z]\w*)\.php$~', (string) $file, $m)) {
            class_lines(new ReflectionClass('Native\\Ffi\\' . strtr($m[1], '/', '\\')));
        }
    }
}

/** The declarations of a header, each on one line, without comments and preprocessor lines. @return list<string> */
function declarations(string $file): array
{
    $text = preg_replace(['~/\*.*?\*/~s', '~//[^\n]*~', '~^#(?:[^\n]*\\\\\n)*[^\n]*$~m'], ' ', file_get_contents($file));
    $found = [];
    $depth = 0;
    $now = '';
    foreach (preg_split('/([{};])/', $text, -1, PREG_SPLIT_DELIM_CAPTURE) as $part) {
        $depth += ($part === '{') - ($part === '}');
        $now .= $part;
        if ($part === ';' && $depth === 0) {
            $found[] = trim(preg_replace(['/\s+/', '/ ?([{};,()*]) ?/', '/([{;,])/'], [' ', '$1', '$1 '], $now));
            $now = '';
        }
    }
    return $found;
}

/** A line for each function, struct and enum member of a header; members have the number that the compiler would give them. */
function header_lines(string $file, string $label): void
{
    foreach (declarations($file) as $declaration) {
        if (preg_match('/^enum ?(\w*) ?\{(.*)\} ?;$/', $declaration, $m)) {
            $next = '0';
            foreach (array_filter(array_map('trim', explode(',', $m[2]))) as $member) {
                [$name, $is] = preg_split('/ ?= ?/', $member, 2) + [1 => $next];
                $number = preg_match('/^(0x[0-9a-f]+|\d+)u?$/i', $is) ? intval($is, 0) : null;
                echo "$label $name\t", $m[1] === '' ? '' : "enum $m[1] ", $number ?? $is, "\n";
                $next = $number === null ? "$is + 1" : (string) ($number + 1);
            }
        } elseif (preg_match('/^((?:struct|union) \w+) ?\{/', $declaration, $m)) {
            echo "$label $m[1]\t$declaration\n";
        } elseif (preg_match('/^(?:struct|union|enum) \w+ ?;$|^_Static_assert/', $declaration)) {
            continue;
        } elseif (preg_match('/(\w+) ?\(/', $declaration, $m)) {
            echo "$label $m[1]()\t$declaration\n";
        } else {
            echo "$label $declaration\t\n";
        }
    }
}

function c_lines(): void
{
    foreach (glob('ffi-decls/*.h') as $file) {
        header_lines($file, basename($file));
    }
    preg_match('/^#define NATIVE_SHM_API_VERSION (\w+)/m', file_get_contents('php_native_shm.h'), $m);
    echo "php_native_shm.h NATIVE_SHM_API_VERSION\t$m[1]\n";
    header_lines('php_native_shm.h', 'php_native_shm.h');
}

/** The bytes of a segment: its number, its key, and the declarations that the number stands for. */
function segment_lines(): void
{
    preg_match('/LOCK_KIND = (\d+)/', file_get_contents('shm/header.c'), $lock);
    preg_match('/uint32_t native_shm_segment_abi\(void\)\s*\{.*?return (.*?);/s', file_get_contents('shm/header.c'), $key);
    echo "lock kind\t$lock[1]\n", "ABI key\t", trim(preg_replace('/\s+/', ' ', $key[1])), "\n";
    header_lines('shm/layout.h', 'layout.h');
}

/** @return array<string, string> what it is => how it is */
function read(string $file): array
{
    $lines = [];
    foreach (is_file($file) ? file($file, FILE_IGNORE_NEW_LINES) : [] as $line) {
        if ($line !== '' && $line[0] !== '#') {
            [$what, $how] = explode("\t", $line, 2) + [1 => ''];
            $lines[$what] = $how;
        }
    }
    return $lines;
}

function compare(string $stored, string $new): int
{
    [$was, $is] = [read($stored), read($new)];
    $breaks = $added = 0;
    foreach ($was as $what => $how) {
        if (!array_key_exists($what, $is)) {
            echo "break: $what is gone", $how === '' ? '' : " (was: $how)", "\n";
            $breaks++;
        } elseif ($is[$what] !== $how) {
            echo "break: $what was: $how\n", str_repeat(' ', strlen("break: $what ")), " is: $is[$what]\n";
            $breaks++;
        }
    }
    foreach (array_diff_key($is, $was) as $what => $how) {
        // An argument that who calls it today does not give.
        $owner = preg_replace('/ parameter \d+$/', '', $what);
        $breaks += $break = $owner !== $what && isset($was[$owner]) && str_contains("$how ", ' required ');
        $added += !$break;
        echo $break ? 'break' : 'new', ": $what: $how\n";
    }
    return $breaks ? 2 : ($added ? 1 : 0);
}

if ($argv[1] === 'compare') {
    exit(compare($argv[2], $argv[3]));
}
ob_start();
("$argv[1]_lines")();
$lines = array_unique(array_filter(explode("\n", ob_get_clean())));
usort($lines, strnatcmp(...));
echo implode("\n", $lines), "\n";
