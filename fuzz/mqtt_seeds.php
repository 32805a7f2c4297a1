<?php
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_seeds.php - make the seeds in fuzz/corpus/ from the test vectors and the tables of
 * tests/c/mqtt_topic.c: php fuzz/mqtt_seeds.php. Packets of more than 512 bytes are left out. */

$root = dirname(__DIR__);

/** The bytes of one line of words (tests/vectors/README.md). */
function bytes(string $line): string
{
    $out = '';
    preg_match_all('/("(?:\\\\.|[^"\\\\])*"|[0-9a-f]{2})(?:\*(\d+))?/', $line, $words, PREG_SET_ORDER);
    foreach ($words as $word) {
        $text = $word[1][0] === '"' ? stripcslashes(substr($word[1], 1, -1)) : hex2bin($word[1]);
        $out .= str_repeat($text, (int) ($word[2] ?? 1));
    }
    return $out;
}

/** Write each seed to a file named after its content, and remove seeds of an earlier run. */
function write(string $folder, array $seeds): void
{
    @mkdir($folder, 0777, true);
    array_map('unlink', glob("$folder/*"));
    foreach ($seeds as $seed) {
        file_put_contents("$folder/" . substr(sha1($seed), 0, 16), $seed);
    }
    printf("%s: %d seeds, %d bytes\n", basename($folder), count($seeds), strlen(implode('', $seeds)));
}

$packets = [];
$topics = [];
foreach (glob("$root/tests/vectors/*.txt") as $file) {
    $more = false;
    $packet = '';
    foreach ([...file($file, FILE_IGNORE_NEW_LINES), '['] as $line) {
        $line = preg_replace('/^((?:[^"#]|"(?:\\\\.|[^"\\\\])*")*)#.*/', '$1', $line);
        $new = preg_match('/^\s*([\w.]+) = ?(.*)/', $line, $m) === 1;
        if ($new || str_starts_with($line, '[')) {
            $packets[] = $packet;
            $packet = '';
            $more = ($m[1] ?? '') === 'hex';
            $line = $m[2] ?? '';
            if (in_array($m[1] ?? '', ['filter', 'topic'], true) && preg_match('/^("(?:\\\\.|[^"\\\\])*")/', $line, $t)) {
                $topics[] = bytes($t[1]);
            }
        }
        $packet .= $more ? bytes($line) : '';
    }
}
$packets = array_unique(array_filter($packets, fn ($p) => $p !== '' && strlen($p) <= 512));
write("$root/fuzz/corpus/mqtt_packet", $packets);

// Streams of three packets: version 5.0, level SPEC, any sender, a buffer of 25 bytes, slices of 8.
$streams = array_map(fn ($some) => "\x03\x01\x00\x14\x07" . implode('', $some), array_chunk($packets, 3));
write("$root/fuzz/corpus/mqtt_parser", $streams);

preg_match_all('/\{("(?:\\\\.|[^"\\\\])*"), ("(?:\\\\.|[^"\\\\])*"), (?:true|false|")/', file_get_contents("$root/tests/c/mqtt_topic.c"), $rows, PREG_SET_ORDER);
$seeds = array_map(fn ($row) => bytes($row[1]) . "\n" . bytes($row[2]), $rows);
foreach (array_unique($topics) as $topic) {
    $seeds[] = "$topic\na/b";
}
write("$root/fuzz/corpus/mqtt_topic", array_unique($seeds));
