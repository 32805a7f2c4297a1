<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// pie.php COMPOSER_JSON - print what is wrong with a composer.json as PIE reads it: the rules of its manual for maintainers
// of extensions and of its schema (docs/extension-maintainers.md and resources/ in PIE's repository).

declare(strict_types=1);

const FAMILIES = ['windows', 'bsd', 'darwin', 'solaris', 'linux', 'unknown'];
const METHODS = ['composer-default', 'pre-packaged-source', 'pre-packaged-binary'];

/** "" or what is wrong, by key of php-ext. */
function rules(string $folder): array
{
    $bool = fn ($v) => is_bool($v) ? '' : 'is no boolean';
    $families = fn ($v) => is_array($v) && array_is_list($v) && $v && !array_diff($v, FAMILIES) ? '' : 'is no list of ' . implode(', ', FAMILIES);
    return [
        'extension-name' => fn ($v) => is_string($v) && preg_match('/^[A-Za-z][a-zA-Z0-9_]+$/D', $v) ? '' : 'is no name of an extension',
        'priority' => fn ($v) => is_int($v) && $v >= 10 && $v <= 99 ? '' : 'is no number from 10 to 99',
        'support-zts' => $bool,
        'support-nts' => $bool,
        'build-path' => fn ($v) => $v === null || is_string($v) && is_file("$folder/$v/config.m4") ? '' : 'has no config.m4',
        'download-url-method' => fn ($v) => $v && !array_diff((array)$v, METHODS) ? '' : 'is none of ' . implode(', ', METHODS),
        'os-families' => $families,
        'os-families-exclude' => $families,
        'configure-options' => function ($v) use ($bool) {
            $names = [];
            foreach (is_array($v) && array_is_list($v) ? $v : [null] as $option) {
                $name = $option['name'] ?? null;
                $wrong = match (true) {
                    !is_string($name) || !preg_match('/^[a-zA-Z0-9][a-zA-Z0-9_-]*$/D', $name) => 'one without a name, or with "--" before it',
                    in_array($name, $names, true) => 'is there twice',
                    !is_string($option['description'] ?? null) || $option['description'] === '' => 'has no description',
                    $bool($option['needs-value'] ?? false) !== '' => 'needs-value is no boolean',
                    array_diff(array_keys($option), ['name', 'description', 'needs-value']) !== [] => 'has other keys',
                    default => '',
                };
                if ($wrong !== '') {
                    return "$name: $wrong";
                }
                $names[] = $name;
            }
            return '';
        },
    ];
}

function faults(array $json, string $folder): array
{
    $faults = [];
    $pattern = '{^[a-z0-9]([_.-]?[a-z0-9]+)*/[a-z0-9](([_.]|-{1,2})?[a-z0-9]+)*$}D';
    preg_match($pattern, $json['name'] ?? '') || $faults[] = 'name: is not vendor/package';
    in_array($json['type'] ?? '', ['php-ext', 'php-ext-zend'], true) || $faults[] = 'type: is not php-ext';
    foreach (['description', 'license'] as $key) {
        ($json[$key] ?? '') !== '' || $faults[] = "$key: is missing";
    }
    isset($json['version']) && $faults[] = 'version: is for tags to say';
    isset($json['require']['php']) || $faults[] = 'require: names no version of PHP';
    foreach (array_keys($json['require'] ?? []) as $name) {
        preg_match('/^(php|php-64bit|ext-\w+)$/', $name) || $faults[] = "require: $name is neither PHP nor an extension";
    }
    $ext = $json['php-ext'] ?? [];
    $rules = rules($folder);
    foreach ($ext as $key => $value) {
        $fault = isset($rules[$key]) ? $rules[$key]($value) : 'PIE knows no such key';
        $fault === '' || $faults[] = "php-ext.$key: $fault";
    }
    isset($ext['os-families'], $ext['os-families-exclude']) && $faults[] = 'php-ext: os-families and os-families-exclude';
    ($ext['support-zts'] ?? true) || ($ext['support-nts'] ?? true) || $faults[] = 'php-ext: supports neither ZTS nor NTS';
    isset($ext['build-path']) || is_file("$folder/config.m4") || $faults[] = 'there is no config.m4 beside it';
    // What cannot be named as an extension must have a name here.
    isset($ext['extension-name']) || preg_match('{/[A-Za-z][a-zA-Z0-9_]+$}D', $json['name'] ?? '') || $faults[] = 'php-ext.extension-name: is missing';
    return $faults;
}

if ($argv[1] !== '--self-test') {
    foreach (faults(json_decode(file_get_contents($argv[1]), true, 16, JSON_THROW_ON_ERROR), dirname($argv[1])) as $fault) {
        echo "$fault\n";
    }
    exit;
}
// Each of these changes makes a file that is right wrong, in that place.
$right = json_decode(file_get_contents($argv[2]), true, 16, JSON_THROW_ON_ERROR);
$changes = [
    'name' => ['name', 'Native'], 'type' => ['type', 'library'], 'description' => ['description', ''], 'version' => ['version', '1.0'],
    'require' => ['require', ['php' => '*', 'monolog/monolog' => '*']], 'php-ext.extension-name' => ['php-ext', ['extension-name' => 'php-native'] + $right['php-ext']],
];
foreach ([
    'priority' => [9, 100, '10'], 'support-zts' => ['yes'], 'os-families-exclude' => ['windows', ['plan9'], []], 'build-path' => ['nowhere'],
    'download-url-method' => ['by-hand', ''], 'configure' => [[]],
    'configure-options' => ['all', [[]], [['name' => '--enable-x', 'description' => 'x']], [['name' => 'enable-x']],
        [['name' => 'enable-x', 'description' => 'x', 'needs-value' => 'no']], [['name' => 'enable-x', 'description' => 'x', 'default' => 'no']]],
] as $key => $values) {
    foreach ($values as $value) {
        $changes[] = ['php-ext', [$key => $value] + $right['php-ext'], "php-ext.$key"];
    }
}
foreach ($changes as $place => [$key, $value]) {
    $place = $changes[$place][2] ?? $place;
    $found = faults([$key => $value] + $right, dirname($argv[2]));
    preg_grep('{^' . preg_quote($place) . ':}', $found) || print("not found: $place = " . json_encode($value) . "\n");
}
