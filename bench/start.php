<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// start.php STARTS RAW NAME=MODULE... - start PHP without and with each module in turn (bench/start.sh); RAW gets a line for each.

[, $starts, $raw] = $argv;
$sides = ['nothing' => null];
foreach (array_slice($argv, 3) as $side) {
    [$name, $module] = explode('=', $side, 2);
    exec(escapeshellarg(PHP_BINARY) . ' -n -d extension=' . escapeshellarg($module) . ' -r "exit(7);" 2>&1', $said, $status);
    if ($status === 7 && !$said) {
        $sides[$name] = $module;
    } else {
        echo "# $name does not load: $module\n";
    }
    $said = [];
}

/** @return array{float, int, int} microseconds of CPU time; kB of memory that it has written to at its end; kB with those pages of
 *  files (code) that no other process has mapped */
function start(?string $module): array
{
    $before = getrusage(1);
    $arguments = [PHP_BINARY, '-n', ...($module === null ? [] : ['-d', "extension=$module"]),
        '-r', 'preg_match_all("/^Private_(?:Clean|Dirty): *(\d+)/m", file_get_contents("/proc/self/smaps_rollup"), $m); echo $m[1][1], " ", array_sum($m[1]);'];
    $process = proc_open($arguments, [['file', '/dev/null', 'r'], ['pipe', 'w'], ['file', '/dev/null', 'w']], $pipes);
    [$written, $own] = array_map('intval', explode(' ', stream_get_contents($pipes[1])));
    proc_close($process);
    $after = getrusage(1);
    $time = fn (array $usage) => ($usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec']) * 1e6 + $usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec'];
    return [$time($after) - $time($before), $written, $own];
}

$out = fopen($raw, 'w');
for ($i = -2; $i < $starts; $i++) {
    foreach ($sides as $name => $module) {
        [$time, $written, $own] = start($module);
        if ($i >= 0) { // what was not in the page cache is now
            fwrite($out, "$name\t$time\t$written\t$own\n");
        }
    }
}
