<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// report.php NAME RAW TO - write TO/NAME.md and TO/NAME.svg of the raw data that a benchmark left in RAW: the machine, the chart, the
// tables (dev/bench report). RAW/machine.tsv is what bench/machine.php told. Exit status 3: nobody has said yet how that benchmark is drawn.
declare(strict_types=1);

require __DIR__ . '/report_ratios.php';
require __DIR__ . '/report_chart.php';

[, $name, $raw, $to] = $argv;
$about = [
    'http' => 'an HTTP request with `Native\Http\Client` beside ext/curl, against an nginx on loopback',
    'curl' => "the same `curl_*` calls on the module's functions and on ext/curl, against an nginx on loopback",
    'start' => 'what `extension=native` and `extension=curl` add to the start and end of `php -n`',
    'mqtt' => 'MQTT packets, encoded and decoded',
    'mqtt_client' => 'messages of `Native\Mqtt\Client`, other clients beside it, through a mosquitto on loopback',
    'shm' => '`Native\Shm` beside APCu, System V queues and socket pairs',
];
$table = [
    'http' => ['http_table.php', $raw, 'native'],
    'curl' => ['http_table.php', $raw, 'dropin'],
    'start' => ['start_table.php', $raw],
    'mqtt' => ['mqtt_codec_table.php', $raw],
    'mqtt_client' => ['mqtt_client.php', 'table', "$raw/raw.tsv"],
    'shm' => ['shm_table.php', $raw],
];
isset($table[$name]) || exit(3);
$table[$name][0] = __DIR__ . '/' . $table[$name][0];
exec(escapeshellarg(PHP_BINARY) . ' -n ' . implode(' ', array_map('escapeshellarg', $table[$name])), $lines, $status);
$status === 0 || exit(1);
$tables = trim(implode("\n", $lines));
if (!str_contains($tables, "\n|")) {
    $tables = "```\n$tables\n```";
}

[$title, $ratios, $remark] = ratios($name, $raw);
$page = "# Benchmark: $name\n\nMeasured is $about[$name]. How, and what the figures say: [benchmarks.md](../benchmarks.md). `dev/bench report` makes this page of\n"
    . "the raw data that `dev/bench $name` leaves.\n\n| | |\n|---|---|\n";
foreach ([...rows("$raw/machine.tsv"), ...rows("$raw/peers.tsv")] as [$what, $how]) {
    $page .= "| $what | $how |\n";
}
$page .= $remark !== '' ? "\n$remark\n" : '';
if ($ratios) {
    file_put_contents("$to/$name.svg", chart($title, $ratios));
    $page .= "\n![$title; the numbers are in the tables]($name.svg)\n\nGreen and left of the line: ours takes less. The scale is logarithmic.\n";
} else {
    $page .= "\nNo peer was there, so there is no chart.\n";
    @unlink("$to/$name.svg");
}
file_put_contents("$to/$name.md", "$page\n$tables\n");
