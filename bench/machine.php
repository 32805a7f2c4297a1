<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// machine.php [ARGUMENT...] - tell on what a benchmark ran, "what<TAB>how" a line: dev/bench keeps it beside the raw data. The arguments are
// those of the benchmark. NATIVE_BENCH_COMMIT: the commit. It tells no name and no address of the machine.

function first(string $pattern, string $file): ?string
{
    return is_readable($file) && preg_match($pattern, file_get_contents($file), $m) ? trim($m[1]) : null;
}

/** A line from a program that may not be there. */
function said(string $command): ?string
{
    exec("PATH=\$PATH:/usr/sbin $command 2>&1", $lines, $status);
    return $status === 0 && $lines ? $lines[0] : null;
}

$cpus = preg_match_all('/^processor\s*:/m', (string) @file_get_contents('/proc/cpuinfo'));
$status = function_exists('Native\status') ? Native\status() : [];
$commit = getenv('NATIVE_BENCH_COMMIT');
$facts = [
    'date' => gmdate('Y-m-d'),
    'arguments' => implode(' ', array_slice($argv, 1)),
    'machine' => implode(', ', array_filter([first('/^model name\s*:\s*(.+)$/m', '/proc/cpuinfo'), $cpus ? "$cpus CPUs" : null,
        ($kib = first('/^MemTotal:\s*(\d+)/m', '/proc/meminfo')) ? round($kib / 1048576) . ' GiB' : null,
        first('/^flags\s*:.*\b(hypervisor)\b/m', '/proc/cpuinfo') ? 'a virtual machine' : null])),
    'load' => ($load = sys_getloadavg()) ? sprintf('%.1f over the last 15 minutes, the benchmark included', $load[2]) : null,
    'system' => implode(', ', array_filter([first('/^PRETTY_NAME="(.+)"$/m', '/etc/os-release'), php_uname('s') . ' ' . preg_replace('/^(\d+\.\d+).*/', '$1', php_uname('r'))])),
    'PHP' => PHP_VERSION . (PHP_ZTS ? ' ZTS' : ' NTS') . (PHP_DEBUG ? ' debug' : ''),
    'native' => isset($status['version']) ? $status['version'] . ($commit ? " (commit $commit)" : '') . ", $status[mbedtls]" : null,
    'compiler' => said(escapeshellarg(getenv('CC') ?: 'cc') . ' --version'),
];
foreach (array_filter($facts) as $what => $how) {
    echo "$what\t$how\n";
}
