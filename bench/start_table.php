<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// start_table.php FOLDER - make the table of the raw data that start.sh left in FOLDER.

function median(array $values): float
{
    sort($values);
    return ($values[intdiv(count($values) - 1, 2)] + $values[intdiv(count($values), 2)]) / 2;
}

$times = $memory = $mapped = [];
foreach (file("$argv[1]/starts.tsv", FILE_IGNORE_NEW_LINES) as $line) {
    [$name, $time, $written, $own] = explode("\t", $line);
    $times[$name][] = (float) $time;
    $memory[$name][] = (float) $written;
    $mapped[$name][] = (float) $own;
}
$starts = count($times['nothing']);
$sides = array_keys($times);
$added = fn (array $values, string $name) => median(array_map(fn ($with, $without) => $with - $without, $values[$name], $values['nothing']));
printf("PHP %s alone: %s µs of CPU time, %s kB written to; median of %d starts\n\n", PHP_VERSION, number_format(median($times['nothing'])),
    number_format(median($memory['nothing'])), $starts);
echo "| module | adds CPU time | of ext/curl's | adds memory that is written to | with pages of files that no other process has |\n|---|---|---|---|---|\n";
foreach ($sides as $name) {
    if ($name !== 'nothing') {
        $curl = isset($times['ext/curl']) ? sprintf('%.2f', $added($times, $name) / $added($times, 'ext/curl')) : '';
        printf("| %s | %s µs | %s | %s kB | %s kB |\n", $name, number_format($added($times, $name)), $curl, number_format($added($memory, $name)),
            number_format($added($mapped, $name)));
    }
}
