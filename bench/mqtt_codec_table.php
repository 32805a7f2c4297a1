<?php
// mqtt_codec_table.php FOLDER - make the tables of the raw data that mqtt.sh left in FOLDER.

function median(array $values): float
{
    sort($values);
    $n = count($values);
    return $n % 2 ? $values[$n >> 1] : ($values[$n / 2 - 1] + $values[$n / 2]) / 2;
}

function rows(string $file): array
{
    return is_file($file) ? array_map(fn($line) => explode("\t", $line), file($file, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES)) : [];
}

$folder = $argv[1];
$targets = ['decode QoS 0, 13 bytes' => 15, 'decode QoS 1 + 2 properties' => 45];
$c = $counted = [];
foreach (rows("$folder/c.tsv") as [$case, $ns]) {
    $c[$case][] = (float)$ns;
}
foreach (rows("$folder/c.instructions.tsv") as [$case, $count]) {
    $counted[$case] = $count;
}
echo "C codec, per packet (CPU time: median, least)\n\n";
echo "| case | ns | least ns | instructions | target |\n|---|---|---|---|---|\n";
foreach ($c as $case => $values) {
    $target = $targets[$case] ?? (str_starts_with($case, 'encode') ? 20 : null);
    printf("| %s | %.1f | %.1f | %s | %s |\n", $case, median($values), min($values), $counted[$case] ?? 'not counted', $target ? "≤ $target ns" : '');
}

$php = $counted = [];
foreach (rows("$folder/php.tsv") as [$case, $codec, , $ns]) {
    $php[$case][$codec][] = (float)$ns;
}
foreach (rows("$folder/php.instructions.tsv") as [$case, $codec, $count]) {
    $counted[$case][$codec] = (int)$count;
}
echo "\nPHP ", PHP_VERSION, ", per packet (CPU time, median; peers: how many times ours, in time and in instructions)\n\n";
echo "| case | native | packets/s | instructions | peers |\n|---|---|---|---|---|\n";
foreach ($php as $case => $codecs) {
    $ours = median($codecs['native']);
    unset($codecs['native']);
    $peers = [];
    foreach ($codecs as $codec => $values) {
        $more = isset($counted[$case][$codec]) ? sprintf(', %.1fx', $counted[$case][$codec] / $counted[$case]['native']) : '';
        $peers[] = sprintf('%s %s (%.1fx%s)', $codec, time_text(median($values)), median($values) / $ours, $more);
    }
    printf("| %s | %s | %s | %s | %s |\n", $case, time_text($ours), $ours > 10000 ? '' : sprintf('%.1f M', 1000 / $ours),
        $counted[$case]['native'] ?? 'not counted', implode('; ', $peers));
}

function time_text(float $ns): string
{
    return $ns >= 10000 ? sprintf('%.0f µs', $ns / 1000) : sprintf('%.0f ns', $ns);
}
