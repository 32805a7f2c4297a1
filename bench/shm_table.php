<?php
// shm_table.php FOLDER - make the tables of the raw data that shm.sh left in FOLDER.

require __DIR__ . '/shm_side.php';

function rows(string $file): array
{
    return is_file($file) ? array_map(fn($line) => explode("\t", $line), file($file, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES)) : [];
}

function time_text(float $ns): string
{
    return $ns >= 10000 ? number_format($ns / 1000) . ' µs' : number_format($ns) . ' ns';
}

/** Print a table's head, then its rows. */
function head(string ...$names): void
{
    echo '| ', implode(' | ', $names), " |\n|", str_repeat('---|', count($names)), "\n";
}

$folder = $argv[1];
$counted = [];
foreach (rows("$folder/instructions.tsv") as [$case, $side, $count]) {
    $counted[$case][$side] = (int)$count;
}

// ---- calls -------------------------------------------------------------------------------------------

$igbinary = 'igbinary_unserialize() of 102 objects';
$targets = [
    'fetch int' => 40, 'fetch 4 KiB string' => 150, 'fetch 10-key array, first' => 150, 'fetch 10-key array, again' => 50,
    'fetch config of 1,000, first' => 8000, 'fetch config of 1,000, again' => 60, 'fetch config of 10,000, first' => 80000,
    'fetch config of 10,000, again' => 60, 'exists' => 30, 'inc' => 40, 'store int' => 90, 'store config of 10,000' => 250000,
    'fetch config of 1,000, first after a change' => 8000, 'fetch config of 10,000, first after a change' => 80000,
];
$calls = [];
foreach (rows("$folder/calls.tsv") as [$case, $side, , $ns]) {
    $calls[$case][$side][] = (float)$ns;
}
echo 'Calls, PHP ', PHP_VERSION, ": CPU time, median (least) of the rounds; peers: times ours, in time and in instructions\n\n";
head('case', 'native', 'instructions', 'target', 'APCu default', 'APCu php', 'APCu igbinary');
foreach ($calls as $case => $sides) {
    $ours = median($sides['native']);
    $cells = [time_text($ours) . ' (' . time_text(min($sides['native'])) . ')', isset($counted[$case]['native']) ? number_format($counted[$case]['native']) : '', ''];
    if (isset($targets[$case])) {
        $cells[2] = '≤ ' . time_text($targets[$case]);
    } elseif ($case === 'fetch 102 objects') {
        $cells[2] = sprintf('≤ 1.1 x igbinary alone: %.2f', $ours / median($calls[$igbinary]['native']));
    }
    foreach (['apcu default', 'apcu php', 'apcu igbinary'] as $side) {
        $times = isset($sides[$side]) ? sprintf('%.1fx', median($sides[$side]) / $ours) : '';
        $more = isset($counted[$case][$side]) ? sprintf(', %.1fx', $counted[$case][$side] / $counted[$case]['native']) : '';
        $cells[] = $times ? sprintf('%s (%s%s)', time_text(median($sides[$side])), $times, $more) : '';
    }
    echo "| $case | ", implode(' | ', $cells), " |\n";
}

// ---- two processes -----------------------------------------------------------------------------------

$cores = [];
foreach (rows("$folder/cores.tsv") as [$what, $side, , $wall, $cpu]) {
    $cores[$side]['wall'][$what][] = (float)$wall;
    $cores[$side]['CPU'][$what][] = (float)$cpu;
}
echo "\nTwo processes fetch one integer: how much faster than one, beside an empty loop's (median of the rounds)\n\n";
head('side', 'by', 'empty loop', 'fetch', 'fetch / loop', 'target');
foreach ($cores as $side => $clocks) {
    foreach ($clocks as $clock => $speeds) {
        [$loop, $fetch] = [median($speeds['loop']), median($speeds['fetch'])];
        printf("| %s | %s | %.2f | %.2f | %.2f | %s |\n", $side, $clock, $loop, $fetch, $fetch / $loop, $side === 'native' ? '≥ 0.95' : '');
    }
}

// ---- full --------------------------------------------------------------------------------------------

$full = [];
foreach (rows("$folder/full.tsv") as [$side, $what, $value]) {
    $full[$what][$side] = (float)$value;
}
$targets = [
    'store p99.99' => '< 50,000', 'store, CPU time, p99.99' => '< 50,000', 'store, CPU time, worst' => "≤ the idle loop's", 'store worst' => "≤ the idle loop's", 'steps a store' => '≤ 32', 'hit ratio' => '≥ 0.62',
    'overhead, int' => '≤ 64', 'overhead, 200 bytes' => '≤ 64',
];
echo "\nA full cache (times in ns, memory in bytes)\n\n";
head('what', 'native', 'APCu', 'target');
$number = fn(?float $value) => $value === null ? '' : number_format($value, $value == floor($value) || $value > 1000 ? 0 : 3);
foreach ($full as $what => $sides) {
    printf("| %s | %s | %s | %s |\n", $what, $number($sides['native'] ?? null), $number($sides['apcu default'] ?? null), $targets[$what] ?? '');
}

// ---- messages ----------------------------------------------------------------------------------------

$messages = [];
foreach (rows("$folder/messages.tsv") as [$what, $side, , $wall, $cpu]) {
    $messages[$what][$side]['wall'][] = (float)$wall;
    $messages[$what][$side]['CPU'][] = (float)$cpu;
}
$targets = ['one way' => '≤ 200 ns', 'round trip' => '≤ 1.5 µs, both awake', 'to itself' => ''];
echo "\nMessages of 64 bytes: on the wall, median (least) of the rounds; CPU time of both; how many times send() and receive() of ours\n\n";
head('what', 'side', 'wall', 'CPU', 'instructions', 'times ours', 'target');
foreach ($messages as $what => $sides) {
    $ours = median($sides['channel']['wall']);
    foreach ($sides as $side => $clocks) {
        $count = $counted[$what][$side] ?? null;
        printf("| %s | %s | %s (%s) | %s | %s | %s | %s |\n", $what, $side, time_text(median($clocks['wall'])), time_text(min($clocks['wall'])),
            time_text(median($clocks['CPU'])), $count ? number_format($count) : '', $side === 'channel' ? '' : sprintf('%.1fx', median($clocks['wall']) / $ours),
            $side === 'channel' ? $targets[$what] : '');
    }
}
