--TEST--
Native\status() and Native\metrics(): the channels of each segment and their depth, whoever has them open
--EXTENSIONS--
native
--FILE--
<?php
use Native\Shm\{Channel, Policy, Segment};

$name = 'status-' . getmypid();
$segment = Segment::open($name, 1 << 20);
$mine = fn () => array_column(Native\status()['shm']['segments'], null, 'path')[$segment->path()];
echo json_encode($mine()['channels']), "\n";

$jobs = new Channel('jobs', 8192, segment: $segment);
$jobs->sendMany(['a', 'b', 'c']);
$message = $jobs->receive(ack: true);
$odd = new Channel("o\"d\xff\n", 4096, Policy::DropOldest, 1, $segment);
$odd->send('x');
$odd->send('y');
$odd->close();
new Native\Shm\Counter('no channel', 0, $segment);
unset($odd); // not open any more
$channels = array_column($mine()['channels'], null, 'name');
ksort($channels);
foreach ($channels as $channel) {
    echo json_encode($channel, JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_UNICODE), "\n";
}
var_dump(array_diff_assoc($jobs->info(), $channels['jobs']));
$label = preg_quote("segment=\"{$segment->path()}\",channel=", '/');
preg_match_all("/^native_shm_channel_(\w+)\{{$label}(\"(?:[^\"\\\\]|\\\\.)*\")\} (\d+)$/m", Native\metrics(), $m, PREG_SET_ORDER);
$lines = [];
foreach ($m as [, $metric, $channel, $value]) {
    $lines[$metric][] = "$metric $channel $value\n";
}
foreach ($lines as $of) {
    sort($of); // the order of channels is by hash
    echo implode($of);
}
$segment->remove('jobs');
echo count($mine()['channels']), "\n";
unset($message, $jobs);
Segment::unlink($name);
?>
--EXPECTF--
[]
{"name":"jobs","capacity":8192,"used":96,"ready":2,"taken":1,"sent":3,"received":1,"dropped":0,"closed":false}
{"name":"o\"d�\n","capacity":4096,"used":32,"ready":1,"taken":0,"sent":2,"received":0,"dropped":1,"closed":true}
array(1) {
  ["largest"]=>
  int(%d)
}
ready_messages "jobs" 2
ready_messages "o\"d\\xFF\n" 1
taken_messages "jobs" 1
taken_messages "o\"d\\xFF\n" 0
used_bytes "jobs" 96
used_bytes "o\"d\\xFF\n" 32
capacity_bytes "jobs" 8192
capacity_bytes "o\"d\\xFF\n" 4096
sent_messages_total "jobs" 3
sent_messages_total "o\"d\\xFF\n" 2
received_messages_total "jobs" 1
received_messages_total "o\"d\\xFF\n" 0
dropped_messages_total "jobs" 0
dropped_messages_total "o\"d\\xFF\n" 1
closed "jobs" 0
closed "o\"d\\xFF\n" 1
1
