<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// report_ratios.php - what bench/report.php draws: from the raw data of each benchmark, ours divided by a peer's.

function rows(string $file): array
{
    return is_file($file) ? array_map(fn ($line) => explode("\t", $line), file($file, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES)) : [];
}

function median(array $values): float
{
    sort($values);
    return ($values[intdiv(count($values) - 1, 2)] + $values[intdiv(count($values), 2)]) / 2;
}

/** The medians of a column: [key of the first columns, joined by "|"] => median. */
function medians(array $rows, array $keys, int $column): array
{
    $values = [];
    foreach ($rows as $row) {
        $values[implode('|', array_map(fn ($i) => $row[$i], $keys))][] = (float) $row[$column];
    }
    return array_map(median(...), $values);
}

/** How far rounds of the same thing lie apart, (most - least) / median, in the middle of all things: under 0.3 on an idle machine. */
function unrest(array $rows, array $keys, int $column): float
{
    $values = $unrest = [];
    foreach ($rows as $row) {
        $values[implode('|', array_map(fn ($i) => $row[$i], $keys))][] = (float) $row[$column];
    }
    foreach ($values as $of) {
        $unrest[] = median($of) > 0 ? (max($of) - min($of)) / median($of) : 0.0;
    }
    return $unrest ? median($unrest) : 0.0;
}

/** Ours by ext/curl's of what is told for [side|case|mode]; ext/curl has the mode "-" but for the first call of a process. */
function ratios_of_requests(array $values, string $ours): array
{
    $found = [];
    foreach ($values as $key => $value) {
        [$side, $case, $mode] = explode('|', $key);
        $peer = $values["curl|$case|" . ($mode === 'first call' ? $mode : '-')] ?? null;
        if ($side === $ours && $peer) {
            $found[] = ["$case: $mode", $value / $peer];
        }
    }
    return $found;
}

/** dev/bench http and curl: user and system CPU of a request, of a page of php-fpm, of a download. */
function ratios_http(string $raw, string $ours): array
{
    $found = ratios_of_requests(medians(rows("$raw/times.tsv"), [0, 1, 2], 6), $ours);
    // A worker's CPU counts from its start: what lies between two pages is one of them.
    $pages = [];
    foreach (rows("$raw/pages.tsv") as [$side, $mode, $page, , , $cpu]) {
        (int) $page > 0 && $pages["$side $mode"][] = (float) $cpu - $last;
        $last = (float) $cpu;
    }
    $mean = array_map(fn ($values) => array_sum($values) / count($values), $pages);
    $modes = $ours === 'native' ? ['pool' => 'pool', 'resumed' => 'resumed'] : ['curl' => 'pool', 'fresh' => 'resumed'];
    foreach (isset($mean['curl curl'], $mean["$ours none"]) ? $modes : [] as $mode => $name) {
        $found[] = ["a call in a page of php-fpm: $name", max($mean["$ours $mode"] - $mean["$ours none"], 1) / ($mean['curl curl'] - $mean['curl none'])];
    }
    $downloads = medians(rows("$raw/downloads.tsv"), [0, 1], 4);
    foreach ($downloads as $key => $time) {
        [$side, $case] = explode('|', $key);
        if ($side === $ours && isset($downloads["curl|$case"])) {
            $found[] = [$case, $time / $downloads["curl|$case"]];
        }
    }
    return $found;
}

/** dev/bench start: what loading adds, beside what ext/curl adds. */
function ratios_start(string $raw): array
{
    $found = [];
    foreach (['user and system CPU' => 1, 'memory that is written to' => 2, "... with files' pages that nobody else has" => 3] as $what => $column) {
        $is = [];
        foreach (rows("$raw/starts.tsv") as $row) {
            $is[$row[0]][] = (float) $row[$column];
        }
        $more = fn (string $side) => median(array_map(fn ($with, $without) => $with - $without, $is[$side], $is['nothing']));
        if (isset($is['ext/curl'])) {
            $found[] = [$what, $more('native') / $more('ext/curl')];
        }
    }
    return $found;
}

/** A table of [case, side, ...] where each case has one of ours and some peers. */
function ratios_of_sides(array $medians, string $ours, callable $label): array
{
    $found = [];
    foreach ($medians as $key => $time) {
        [$case, $side] = explode('|', $key);
        if ($side !== $ours && isset($medians["$case|$ours"]) && ($name = $label($case, $side)) !== null) {
            $found[] = [$name, $medians["$case|$ours"] / $time];
        }
    }
    return $found;
}

/** $file is php.tsv, or the instructions that were counted. */
function ratios_mqtt(string $raw, string $file = 'php.tsv', int $column = 3): array
{
    return ratios_of_sides(medians(rows("$raw/$file"), [0, 1], $column), 'native', fn ($case, $side) => "$case / $side");
}

/** [way and QoS, client, wall] */
function messages_mqtt_client(string $raw): array
{
    return array_map(fn ($row) => [($row[0] === 'pub' ? 'publish' : 'receive') . ", QoS $row[2]", $row[1], $row[3]], rows("$raw/raw.tsv"));
}

function ratios_mqtt_client(string $raw): array
{
    $names = ['php_mqtt' => 'php-mqtt/client', 'mosquitto' => "mosquitto's programs"];
    return ratios_of_sides(medians(messages_mqtt_client($raw), [0, 1], 2), 'native', fn ($case, $side) => "$case / " . ($names[$side] ?? $side));
}

/** $calls and $messages: times, or the one file with the instructions of both. */
function ratios_shm(string $raw, string $calls = 'calls.tsv', string $messages = 'messages.tsv', int $column = 3): array
{
    $call = fn ($case, $side) => $side === 'apcu default' && !preg_match('/^an empty|^igbinary/', $case) ? "$case / APCu" : null;
    $message = fn ($case, $side) => $side === 'batch' ? null : "message, $case / $side";
    return [...ratios_of_sides(medians(rows("$raw/$calls"), [0, 1], $column), 'native', $call),
        ...ratios_of_sides(medians(rows("$raw/$messages"), [0, 1], $column), 'channel', $message)];
}

/**
 * Times, if the machine was quiet; else instructions where they were counted: they are the same whoever else runs.
 *
 * @return array{string, list<array{string, float}>, string} what is compared; [label, ours / peer]; what is to be known about it
 */
function ratios(string $name, string $raw): array
{
    $requests = fn (string $ours) => [unrest(rows("$raw/times.tsv"), [0, 1, 2], 6), fn () => ratios_http($raw, $ours),
        fn () => ratios_of_requests(medians(rows("$raw/instructions.tsv"), [0, 1, 2], 3), $ours)];
    [$what, $unit, [$unrest, $times, $counts]] = match ($name) {
        'http' => ['Native\Http\Client / ext/curl', 'user and system CPU', $requests('native')],
        'curl' => ["native's curl_* / ext/curl", 'user and system CPU', $requests('dropin')],
        // The median of a hundred starts: no round to compare.
        'start' => ['native with its curl and apcu / ext/curl', 'what the start of PHP takes more', [0.0, fn () => ratios_start($raw), null]],
        'mqtt' => ['the codec / others in PHP', 'CPU time of a packet', [unrest(rows("$raw/php.tsv"), [0, 1], 3), fn () => ratios_mqtt($raw),
            fn () => ratios_mqtt($raw, 'php.instructions.tsv', 2)]],
        'mqtt_client' => ['Native\Mqtt\Client / others', 'time of a message', [unrest(messages_mqtt_client($raw), [0, 1], 2), fn () => ratios_mqtt_client($raw), null]],
        'shm' => ['Native\Shm / APCu, System V queues, socket pairs', 'time of a call', [unrest(rows("$raw/calls.tsv"), [0, 1], 3), fn () => ratios_shm($raw),
            fn () => ratios_shm($raw, 'instructions.tsv', 'instructions.tsv', 2)]],
    };
    $remark = sprintf('Something else ran on the machine meanwhile: times of the same thing lie %.0f %% apart from round to round. ', $unrest * 100)
        . 'Take them as an order of magnitude; [the page with the figures](../benchmarks.md) says on what machine its own were measured.';
    if ($unrest <= 0.3) {
        return ["$what, $unit", $times(), ''];
    }
    $counted = $counts ? $counts() : [];
    return $counted ? ["$what, instructions", $counted, "$remark\nThe chart has instructions, of the process, not of the kernel: they are counted."] : ["$what, $unit", $times(), $remark];
}
