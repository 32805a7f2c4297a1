<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// manual.php settings|status FILE - print where the tables of a page differ from the module, and fail then.
// manual.php links FILE... - print the links that lead to no file, or to no heading, of this checkout.

/** @return array<string, list<string>> the other cells of each row of the tables whose first column is called $head, by the name in the first cell */
function rows(string $file, string $head): array
{
    $rows = [];
    $inside = false;
    foreach (file($file, FILE_IGNORE_NEW_LINES) as $line) {
        $cells = array_map('trim', explode('|', $line));
        $inside = str_starts_with($line, '|') && ($inside || $cells[1] === $head);
        if ($inside && preg_match('/^`(.+)`$/', $cells[1], $m)) {
            isset($rows[$m[1]]) && print("$m[1] has two rows\n");
            $rows[$m[1]] = array_slice($cells, 2, -1);
        }
    }
    return $rows;
}

/** Name => [default, where it may be changed]. */
function settings(): array
{
    $levels = [INI_SYSTEM => 'SYSTEM', INI_PERDIR | INI_SYSTEM => 'PERDIR', INI_ALL => 'ALL'];
    foreach (['native', 'apcu', 'curl'] as $module) {
        foreach (ini_get_all($module) as $name => $is) {
            $settings[$name] = ['`' . ($is['global_value'] === null || $is['global_value'] === '' ? '""' : $is['global_value']) . '`', $levels[$is['access']]];
        }
    }
    return $settings;
}

/** "shm.segments[].path" => [] for each value that is no array. */
function leaves(array $array, string $prefix = ''): array
{
    $leaves = [];
    foreach ($array as $key => $value) {
        $name = is_int($key) ? substr($prefix, 0, -1) . '[].' : "$prefix$key.";
        $leaves += is_array($value) ? leaves($value, $name) : [substr($name, 0, -1) => []];
    }
    return $leaves;
}

function status(): array
{
    Native\Shm\Cache::default()->store('key', [1, 2]);
    new Native\Shm\Channel('channel');
    return leaves(Native\status());
}

/** The names by which a page's headings can be linked to. */
function anchors(string $file): array
{
    preg_match_all('/^#+ +(.+)$/m', preg_replace('/^```.*?^```$/ms', '', file_get_contents($file)), $m);
    return array_map(fn ($text) => str_replace(' ', '-', preg_replace('/[^a-z0-9_ -]/', '', strtolower($text))), $m[1]);
}

function links(string ...$files): int
{
    $wrong = 0;
    foreach ($files as $file) {
        preg_match_all('/\]\(([^)\s:]+)\)/', file_get_contents($file), $m);
        foreach ($m[1] as $link) {
            [$path, $anchor] = explode('#', $link, 2) + [1 => null];
            $to = $path === '' ? $file : dirname($file) . "/$path";
            if (!file_exists($to) || ($anchor !== null && !in_array($anchor, anchors($to), true))) {
                echo "$file: $link leads nowhere\n";
                $wrong = 1;
            }
        }
    }
    return $wrong;
}

if ($argv[1] === 'links') {
    exit(links(...array_slice($argv, 2)));
}
[, $what, $file] = $argv;
$real = $what();
$said = rows($file, ['settings' => 'setting', 'status' => 'field'][$what]);
$wrong = 0;
foreach ($real + $said as $name => $_) {
    $differs = match (true) {
        !isset($said[$name]) => 'no row',
        !isset($real[$name]) => 'a row, and there is no such thing',
        array_slice($said[$name], 0, count($real[$name])) !== $real[$name] => 'it is ' . implode(', ', $real[$name]),
        default => null,
    };
    if ($differs) {
        echo "$file: $name: $differs\n";
        $wrong = 1;
    }
}
exit($wrong);
