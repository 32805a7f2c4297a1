--TEST--
FFI: many packets in one call, cut and broken ends, and the way back
--EXTENSIONS--
ffi
--FILE--
<?php
require __DIR__ . '/../../ffi-decls/autoload.php';

use Native\Ffi\Mqtt\{Codec, Packet};

$codec = new Codec(5);
$packets = [];
for ($i = 1; $i <= 1000; $i++) {
    $packets[] = new Packet(Packet::PUBLISH, topic: "t/$i", payload: str_repeat('x', $i), qos: $i % 3, packetId: $i % 3 ? $i : 0,
        retain: $i % 5 === 0, properties: $i % 7 ? [] : [[0x26, ['n', "$i"]]]);
    $packets[] = new Packet(Packet::PUBACK, packetId: $i, reasonCode: 0x10, form: 1);
}
$stream = $codec->encodeBatch($packets);
var_dump($stream === implode('', array_map($codec->encode(...), $packets)));

$batch = $codec->decodeBatch($stream, 5000);
var_dump(count($batch), $batch->used === strlen($stream), $batch->need, $batch->error, iterator_to_array($batch) == $packets);
var_dump($batch->topic(998), strlen($batch->payload(998)), $batch->qos(998), $batch->properties(1960 - 2), $batch->reasonCode(1));

echo "-- few records\n";
$batch = $codec->decodeBatch($stream, 3);
var_dump(count($batch), $batch->used === strlen($codec->encodeBatch(array_slice($packets, 0, 3))), $batch->need);

echo "-- any limit\n"; // where PHP's FFI would cut a length to 32 bits, C would write behind the records
foreach ([PHP_INT_MAX, 1 << 40, (1 << 32) + 1, 1, 0, PHP_INT_MIN] as $max) {
    echo count($codec->decodeBatch(str_repeat("\xd0\0", 20000), $max)), ' ', count($codec->decodeBatch('', $max)), "\n";
}

echo "-- cut\n";
var_dump($codec->decodeBatch("\xd0\0\xd0\0\xd0", PHP_INT_MAX)->need);
$batch = $codec->decodeBatch(substr($stream, 0, -1), 5000);
var_dump(count($batch), $batch->need);

echo "-- no such packet\n";
foreach (['type', 'packetId', 'reasonCode', 'topic', 'payload', 'qos', 'properties', 'bytes', 'packet'] as $getter) {
    foreach ([1999, -1, PHP_INT_MAX, PHP_INT_MIN] as $i) {
        try {
            $batch->$getter($i);
            echo "$getter($i)\n";
        } catch (ValueError $e) {
            echo $getter === 'type' ? $e->getMessage() . "\n" : '';
        }
    }
}

echo "-- broken\n";
$batch = $codec->decodeBatch("\xd0\0\xd0\0\x36\0", 10);
var_dump(count($batch), $batch->used, $batch->error?->rule, $batch->error?->offset);

echo "-- nothing\n";
var_dump(count($codec->decodeBatch('')), $codec->encodeBatch([]));
foreach ([new Packet(Packet::CONNECT), new Packet(Packet::PUBLISH, topic: str_repeat('x', 65536))] as $packet) {
    try {
        $codec->encodeBatch([new Packet(Packet::PINGREQ), $packet]);
    } catch (ValueError $e) {
        echo $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
bool(true)
int(2000)
bool(true)
int(0)
NULL
bool(true)
string(5) "t/500"
int(500)
int(2)
array(1) {
  [0]=>
  array(2) {
    [0]=>
    int(38)
    [1]=>
    array(2) {
      [0]=>
      string(1) "n"
      [1]=>
      string(3) "980"
    }
  }
}
int(16)
-- few records
int(3)
bool(true)
int(0)
-- any limit
20000 0
20000 0
20000 0
1 0
1 0
1 0
-- cut
int(1)
int(1999)
int(1)
-- no such packet
There is no packet number 1999 in a batch of 1999
There is no packet number -1 in a batch of 1999
There is no packet number 9223372036854775807 in a batch of 1999
There is no packet number -9223372036854775808 in a batch of 1999
-- broken
int(2)
int(4)
string(3) "QOS"
int(0)
-- nothing
int(0)
string(0) ""
MQTT cannot express packet number 1, or it is a CONNECT
MQTT cannot express packet number 1, or it is a CONNECT
