<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// http_table.php FOLDER OURS - make the tables of the raw data that http.sh left in FOLDER. OURS: the side that is ours.

function rows(string $file): array
{
    return is_file($file) ? array_map(fn($line) => explode("\t", $line), file($file, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES)) : [];
}

function median(array $values): float
{
    sort($values);
    $n = count($values);
    return $n % 2 ? $values[$n >> 1] : ($values[$n / 2 - 1] + $values[$n / 2]) / 2;
}

function time_text(?float $ns): string
{
    return match (true) {
        $ns === null => '',
        $ns >= 10e6 => number_format($ns / 1e6) . ' ms',
        $ns >= 1e6 => number_format($ns / 1e6, 1) . ' ms',
        default => number_format($ns / 1e3, $ns >= 100e3 ? 0 : 1) . ' µs',
    };
}

function head(string ...$names): void
{
    echo '| ', implode(' | ', $names), " |\n|", str_repeat('---|', count($names)), "\n";
}

/** How many times ours is of the peer's: "0.42", or "1/35" where that says more. */
function ratio(?float $ours, ?float $peer): string
{
    if (!$ours || !$peer) {
        return '';
    }
    return $ours * 5 < $peer ? '1/' . number_format($peer / $ours) : number_format($ours / $peer, 2);
}

/** The middle of what was measured: [side][case][mode] => [wall, user, both]. */
function medians(array $rows): array
{
    $all = [];
    foreach ($rows as [$side, $case, $mode, , $wall, $user, $both]) {
        foreach ([$wall, $user, $both] as $i => $value) {
            $all[$side][$case][$mode][$i][] = (float)$value;
        }
    }
    array_walk($all, fn(&$cases) => array_walk($cases, fn(&$modes) => array_walk($modes, fn(&$m) => $m = array_map(median(...), $m))));
    return $all;
}

[, $folder, $us] = $argv;
$name = $us === 'dropin' ? 'native\'s curl_*' : 'native';
$times = medians(rows("$folder/times.tsv"));
$counted = $calls = [];
foreach (rows("$folder/instructions.tsv") as [$side, $case, $mode, $count]) {
    $counted[$side][$case][$mode] = (float)$count;
}
foreach (rows("$folder/calls.tsv") as [$side, $case, $mode, $count, $n]) {
    $calls[$side][$case][$mode] = $count / $n;
}
$targets = [
    'HTTP, same handle/pool' => '≤ 0.6 of user CPU, ≤ 4 calls',
    'HTTP, new handle/pool' => '≤ 0.4 of user CPU',
    '50 at once/pool' => '≤ 0.7 of CPU',
];

echo 'Requests, PHP ', PHP_VERSION, ": median of the rounds, for one request. \"of ext/curl\": ours by ext/curl's, user CPU, user and system CPU, instructions\n\n";
head('case', 'side', 'wall', 'user CPU', 'user + system', 'instructions', 'system calls', 'of ext/curl', 'target');
foreach ($times[$us] ?? [] as $case => $modes) {
    $peer = $times['curl'][$case] ?? [];
    foreach ($modes as $mode => $ours) {
        $theirs = $peer[$mode === 'first call' ? $mode : '-'] ?? null;
        $of = [ratio($ours[1], $theirs[1] ?? null), ratio($ours[2], $theirs[2] ?? null),
            ratio($counted[$us][$case][$mode] ?? null, $counted['curl'][$case]['-'] ?? null)];
        line($case, "$name, $mode", $ours, $counted[$us][$case][$mode] ?? null, $calls[$us][$case][$mode] ?? null,
            $theirs ? implode(', ', array_filter($of)) : '', $targets["$case/$mode"] ?? '');
    }
    foreach ($peer as $mode => $theirs) {
        line($case, 'ext/curl' . ($mode !== '-' ? ", $mode" : ''), $theirs, $counted['curl'][$case][$mode] ?? null, $calls['curl'][$case][$mode] ?? null, '', '');
    }
}

function line(string $case, string $side, array $times, ?float $count, ?float $calls, string $of, string $target): void
{
    echo '| ', implode(' | ', [$case, $side, ...array_map(time_text(...), $times), $count ? number_format($count) : '',
        $calls !== null ? number_format($calls, 1) : '', $of, $target]), " |\n";
}

// ---- php-fpm -----------------------------------------------------------------------------------------

// The worker's CPU counts from its start: what lies between two pages is one of them, with the begin and end of a request.
$pages = [];
foreach (rows("$folder/pages.tsv") as [$side, $mode, $page, $wall, $user, $both]) {
    if ((int)$page > 0) {
        $pages["$side $mode"][] = [(float)$wall, (float)$user - $last[0], (float)$both - $last[1]];
    }
    $last = [(float)$user, (float)$both];
}
if ($pages) {
    $mean = fn(string $who, int $i) => isset($pages[$who]) ? array_sum(array_column($pages[$who], $i)) / count($pages[$who]) : null;
    echo "\nOne call to a verified https server in a request of php-fpm: the call's wall (median), the request's CPU (mean), without what an empty page takes\n\n";
    head('side', 'wall', 'user CPU', 'user + system', 'ext/curl by ours: wall, user CPU, CPU', 'target');
    $peer = ['wall' => isset($pages['curl curl']) ? median(array_column($pages['curl curl'], 0)) : null];
    foreach ([1, 2] as $i) {
        $peer[$i] = isset($pages['curl curl']) ? $mean('curl curl', $i) - $mean('curl none', $i) : null;
    }
    foreach (['native pool' => '≥ 100', 'native resumed' => '≥ 20', 'dropin curl' => '≥ 100', 'dropin fresh' => '≥ 20', 'curl curl' => ''] as $who => $target) {
        if (!isset($pages[$who])) {
            continue;
        }
        $of = strtok($who, ' ');
        $wall = median(array_column($pages[$who], 0));
        $cpu = [1 => $mean($who, 1) - $mean("$of none", 1), 2 => $mean($who, 2) - $mean("$of none", 2)];
        $times = $of !== 'curl' && $peer['wall'] ? sprintf('%.0f, %s, %.0f', $peer['wall'] / $wall, $cpu[1] > 0 ? sprintf('%.0f', $peer[1] / $cpu[1]) : '-',
            $peer[2] / max($cpu[2], 1)) : '';
        echo '| ', implode(' | ', [$of === 'curl' ? 'ext/curl' : ['dropin curl' => "$name, pool", 'dropin fresh' => "$name, resumed"][$who] ?? $who, time_text($wall), time_text($cpu[1]), time_text($cpu[2]), $times, $target]), " |\n";
    }
}

// ---- downloads ---------------------------------------------------------------------------------------

$downloads = [];
foreach (rows("$folder/downloads.tsv") as [$side, $case, $wall, $user, $both, $peak]) {
    foreach ([$wall, $user, $both, $peak] as $i => $value) {
        $downloads[$case][$side][$i][] = (float)$value;
    }
}
if ($downloads) {
    echo "\nA body of 512 MB, piece by piece: median of the rounds; memory: how far the peak rose over the idle process, at most\n\n";
    head('case', 'side', 'MB a second', 'user CPU', 'user + system', 'memory', 'of ext/curl: user CPU, CPU', 'target');
    foreach ($downloads as $case => $sides) {
        foreach ($sides as $of => $values) {
            [$wall, $user, $both] = array_map(median(...), $values);
            $peer = isset($sides['curl']) ? array_map(median(...), $sides['curl']) : [null, null, null];
            echo '| ', implode(' | ', [$case, $of === 'curl' ? 'ext/curl' : $name, number_format(512 * 1.048576 / ($wall / 1e9)), time_text($user), time_text($both),
                number_format(max($values[3])) . ' KiB', $of !== 'curl' ? implode(', ', array_filter([ratio($user, $peer[1]), ratio($both, $peer[2])])) : '',
                $of !== 'curl' ? '≤ 2,048 KiB' : '']), " |\n";
        }
    }
}
