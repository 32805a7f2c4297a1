--TEST--
Native\metrics(): the numbers of Native\status() as OpenMetrics text
--EXTENSIONS--
native
--FILE--
<?php
$text = Native\metrics();
$status = Native\status();
// Each family: its lines, then its samples, and no name twice.
$families = $samples = [];
foreach (explode("\n", rtrim($text)) as $line) {
    if (preg_match('/^# TYPE (\S+) (counter|gauge|info)$/', $line, $m)) {
        [, $name, $type] = $m;
        echo isset($families[$name]) ? "$name again\n" : '';
        $families[$name] = $type;
    } elseif (preg_match('/^# (UNIT|HELP) (\S+) (.+)$/', $line, $m)) {
        echo $m[2] === $name && ($m[1] === 'HELP' || str_ends_with($name, "_$m[3]")) ? '' : "$line\n";
    } elseif (preg_match('/^([a-z0-9_]+)(\{.*\})? (-?\d+)$/', $line, $m)) {
        echo $m[1] === $name . ['counter' => '_total', 'gauge' => '', 'info' => '_info'][$type] ? '' : "$line\n";
        $samples["$m[1]$m[2]"] = (int) $m[3];
    } elseif ($line !== '# EOF') {
        echo "$line\n";
    }
}
var_dump(str_ends_with($text, "\n# EOF\n"));
var_dump($samples["native_info{version=\"$status[version]\",tls=\"$status[mbedtls]\"}"]);
// All numbers of the parts that have one set are there; segments: see below.
$numbers = fn (array $part) => count(array_filter($part, fn ($value) => is_int($value) || is_bool($value)));
foreach (['mqtt' => 'native_mqtt_', 'http' => 'native_http_', 'share' => 'native_share_'] as $part => $prefix) {
    $found = array_filter($samples, fn ($name) => str_starts_with($name, $prefix), ARRAY_FILTER_USE_KEY);
    echo "$part: ", count($found) === $numbers($status[$part]) ? 'all' : count($found), "\n";
}
echo json_encode(preg_grep('/segment/', array_keys($samples))), "\n";

$name = 'metrics-' . getmypid();
$first = Native\Shm\Segment::open("$name-1", 1 << 20);
$second = Native\Shm\Segment::open("$name-2", 1 << 20);
$cache = Native\Shm\Cache::open($second);
$cache->store('a', 1);
$cache->fetch('a');
$cache->fetch('b');
$text = Native\metrics();
foreach (array_reverse(Native\status()['shm']['segments']) as $i => $segment) {
    $labels = "{segment=\"$segment[path]\"}";
    preg_match_all('/^native_shm_segment_(\S+?)(?:_total)?' . preg_quote($labels, '/') . ' (\d+)$/m', $text, $m);
    $told = array_combine($m[1], $m[2]);
    echo basename($segment['path']) === "$name-" . $i + 1 ? '' : "$segment[path]\n";
    echo count($told) === $numbers(array_diff_key($segment, ['removed' => 0])) ? 'all' : count($told), ": $told[stores] stores, $told[hits] hits, $told[misses] misses, $told[size_bytes] bytes\n";
}
// No two samples are the same one, whatever names there are; one that was removed is nobody's any more.
Native\Shm\Segment::unlink("$name-1");
$again = Native\Shm\Segment::open("$name-1", 1 << 20);
foreach (["a\0b", "\xFF\xFE", '\xFF\xFE', 'a\b', "\n\"", 'é'] as $channel) {
    new Native\Shm\Channel($channel, 65536, segment: $again);
}
preg_match_all('/^(\S+?)\{(.*)\} \d+$/m', Native\metrics(), $m);
var_dump(count($m[0]) === count(array_unique($m[0])), array_count_values($m[1])['native_shm_segment_size_bytes']);
$labels = array_filter(array_map(fn ($metric, $label) => $metric === 'native_shm_channel_closed' ? strstr($label, 'channel=') : '', $m[1], $m[2]));
sort($labels);
echo implode(' ', $labels), "\n";
var_dump(array_sum(array_column(Native\status()['shm']['segments'], 'removed')));
Native\Shm\Segment::unlink("$name-1");
Native\Shm\Segment::unlink("$name-2");
try {
    Native\metrics(1);
} catch (ArgumentCountError $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECT--
bool(true)
int(1)
mqtt: all
http: all
share: all
[]
all: 0 stores, 0 hits, 0 misses, 1052672 bytes
all: 1 stores, 1 hits, 1 misses, 1052672 bytes
bool(true)
int(2)
channel="\\x5CxFF\\x5CxFE" channel="\\xFF\\xFE" channel="\n\"" channel="a\\b" channel="a\\x00b" channel="é"
int(1)
Native\metrics() expects exactly 0 arguments, 1 given
