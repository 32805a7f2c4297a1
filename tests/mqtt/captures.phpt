--TEST--
Captured bytes of mosquitto's programs and the npm client decode and encode identically, both directions
--FILE--
<?php
require __DIR__ . '/../captures/capture.inc';
require __DIR__ . '/captures.inc';

$files = glob(__DIR__ . '/../captures/*.txt');
sort($files);
$types = [];
foreach ($files as $file) {
    $packets = 0;
    foreach (capture_read($file) as $connection) {
        foreach (replay($connection['>'], $connection['<']) as $type => $count) {
            $packets += $count;
            $types[$type] = true;
        }
    }
    echo basename($file), ': ', $packets >= 6 ? 'same' : "only $packets packets", "\n";
}
ksort($types);
echo implode(' ', array_keys($types)), "\n";
?>
--EXPECT--
mosquitto-3.1.1.txt: same
mosquitto-3.1.txt: same
mosquitto-5.0-properties.txt: same
mosquitto-5.0.txt: same
mosquitto-refused.txt: same
npm-mqtt-3.1.1.txt: same
npm-mqtt-5.0.txt: same
ConnAck Connect Disconnect PingReq PingResp PubAck PubComp PubRec PubRel Publish SubAck Subscribe UnsubAck Unsubscribe
