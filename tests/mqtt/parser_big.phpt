--TEST--
Parser: a payload of 100 MB in slices of 64 KiB and less is assembled once, in linear time
--EXTENSIONS--
native
--SKIPIF--
<?php
if (in_array(getenv('NATIVE_TEST_MODE'), ['valgrind', 'sanitized', 'asan-stock'])) echo 'skip measures time and memory';
?>
--FILE--
<?php
use Native\Mqtt\{Parser, Packet, Properties, Version, Strictness, Sender, ProtocolException};
use Native\Mqtt\Packet\{Connect, Publish, PingReq, Subscribe};

ini_set('memory_limit', '400M');
$header = (new Publish('big', str_repeat("\0", 100 << 20), 1, 7, version: Version::V3_1_1))->encodeHeader();
$parser = new Parser(Version::V3_1_1);
$slice = str_repeat('0123456789abcdef', 4096);
$parser->feed($header);
$before = memory_get_usage();
memory_reset_peak_usage();
$start = getrusage();
for ($left = 100 << 20; $left > 0; $left -= strlen($slice)) {
    $parser->feed($slice);
    if ($left > strlen($slice) && $parser->next()) {
        echo "too early\n";
    }
}
$packet = $parser->next();
$end = getrusage();
$seconds = $end['ru_utime.tv_sec'] - $start['ru_utime.tv_sec'] + ($end['ru_utime.tv_usec'] - $start['ru_utime.tv_usec']) / 1e6
    + $end['ru_stime.tv_sec'] - $start['ru_stime.tv_sec'] + ($end['ru_stime.tv_usec'] - $start['ru_stime.tv_usec']) / 1e6;
var_dump(strlen($packet->payload), $packet->payload === str_repeat($slice, 1600), $packet->packetId, $packet->topic);
// 1.5 times: while a buffer doubles the old one is there, too; but never two whole copies.
var_dump((memory_get_peak_usage() - $before) / (100 << 20) < 2.05);
var_dump($seconds < 10 ?: $seconds);
// Byte by byte: four times the bytes take about four times as long, not sixteen.
function seconds(int $size): float
{
    $parser = new Parser(Version::V3_1_1);
    $parser->feed((new Publish('big', str_repeat("\0", $size), version: Version::V3_1_1))->encodeHeader());
    $start = getrusage();
    for ($i = 0; $i < $size; $i++) {
        $parser->feed('x');
    }
    $end = getrusage();
    if (strlen($parser->next()->payload) !== $size) {
        echo "lost\n";
    }
    return $end['ru_utime.tv_sec'] - $start['ru_utime.tv_sec'] + ($end['ru_utime.tv_usec'] - $start['ru_utime.tv_usec']) / 1e6;
}
$small = min(seconds(2000000), seconds(2000000));
$large = min(seconds(8000000), seconds(8000000));
var_dump($large / $small < 9 ?: "$small, $large");
?>
--EXPECT--
int(104857600)
bool(true)
int(7)
string(3) "big"
bool(true)
bool(true)
bool(true)
