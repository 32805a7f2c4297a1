<?php
// mqtt_codec.php [ROUNDS | list | CASE CODEC COUNT] - what PHP takes for one packet: ours, and the codecs in pure PHP that are there.
// NATIVE_BENCH_PEERS names an autoload.php that knows them (simps/mqtt, php-mqtt/client). Prints one line a measurement:
// case, codec, round, nanoseconds of CPU time per packet. Codecs take turns within a round. `list` prints the pairs of case and codec;
// with a pair and a count it runs that and prints nothing, for a counter of instructions.

use Native\Mqtt\{Packet, Properties, TopicFilter, Version};
use Native\Mqtt\Packet\{PubAck, Publish};

if (is_file($peers = (string)getenv('NATIVE_BENCH_PEERS'))) {
    require $peers;
}
error_reporting(E_ALL & ~E_DEPRECATED);
$rounds = (int)($argv[1] ?? 9);

const TOPIC = 'plant/7/machine/42/temperature';
const PAYLOAD = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
const TRACE = '0123456789abcdef';

$v3 = Version::V3_1_1;
$bytes = [
    'q0' => (new Publish('a/b/c', '23.5', version: $v3))->encode(),
    'q1' => (new Publish(TOPIC, PAYLOAD, 1, 10))->encode(),
    'q1v3' => (new Publish(TOPIC, PAYLOAD, 1, 10, version: $v3))->encode(),
    'props' => (new Publish(TOPIC, PAYLOAD, 1, 10, properties: new Properties(messageExpiryInterval: 60, userProperties: [['trace', TRACE]])))->encode(),
    'ack' => (new PubAck(10, version: $v3))->encode(),
    'big' => (new Publish('big', str_repeat('x', 1 << 20), 1, 10))->encode(),
    'bigv3' => (new Publish('big', str_repeat('x', 1 << 20), 1, 10, version: $v3))->encode(),
];

/** The least that pure PHP can do: no checks at all, the fields into an array. A floor for every codec in PHP. */
function least_decode(string $b, bool $v5): array
{
    $length = $shift = 0;
    $at = 1;
    do {
        $digit = ord($b[$at++]);
        $length |= ($digit & 0x7f) << $shift;
        $shift += 7;
    } while ($digit & 0x80);
    $flags = ord($b[0]);
    $topic_length = ord($b[$at]) << 8 | ord($b[$at + 1]);
    $topic = substr($b, $at + 2, $topic_length);
    $at += 2 + $topic_length;
    $qos = $flags >> 1 & 3;
    $id = 0;
    if ($qos) {
        $id = ord($b[$at]) << 8 | ord($b[$at + 1]);
        $at += 2;
    }
    if ($v5) {
        $at += 1 + ord($b[$at]);
    }
    return ['topic' => $topic, 'payload' => substr($b, $at), 'qos' => $qos, 'id' => $id, 'retain' => $flags & 1, 'dup' => $flags >> 3 & 1];
}

function least_encode(string $topic, string $payload, int $qos, int $id, bool $v5): string
{
    $body = pack('n', strlen($topic)) . $topic . ($qos ? pack('n', $id) : '') . ($v5 ? "\0" : '') . $payload;
    $length = strlen($body);
    $head = chr(0x30 | $qos << 1);
    do {
        $head .= chr($length & 0x7f | ($length > 0x7f ? 0x80 : 0));
    } while ($length >>= 7);
    return $head . $body;
}

$simps = class_exists('Simps\MQTT\Protocol\V5');
$processor = class_exists('PhpMqtt\Client\MessageProcessors\Mqtt311MessageProcessor')
    ? new PhpMqtt\Client\MessageProcessors\Mqtt311MessageProcessor('bench', new Psr\Log\NullLogger()) : null;

$decode = fn(string $b, ?Version $v) => function (int $n) use ($b, $v) {
    if ($v) {
        for ($i = 0; $i < $n; $i++) { $p = Packet::decode($b, $v); $t = $p->topic; $l = $p->payload; }
    } else {
        for ($i = 0; $i < $n; $i++) { $p = Packet::decode($b); $t = $p->topic; $l = $p->payload; }
    }
};
$simps_decode = fn(string $b, string $class) => match ($class) {
    'V5' => function (int $n) use ($b) { for ($i = 0; $i < $n; $i++) { $p = Simps\MQTT\Protocol\V5::unpack($b); $t = $p['topic']; $l = $p['message']; } },
    'V3' => function (int $n) use ($b) { for ($i = 0; $i < $n; $i++) { $p = Simps\MQTT\Protocol\V3::unpack($b); $t = $p['topic']; $l = $p['message']; } },
};
$processor_decode = fn(string $b) => function (int $n) use ($b, $processor) {
    for ($i = 0; $i < $n; $i++) {
        $processor->tryFindMessageInBuffer($b, strlen($b), $found);
        $p = $processor->parseAndValidateMessage($found);
        $t = $p->getTopic();
        $l = $p->getContent();
    }
};
$least = fn(string $b, bool $v5) => function (int $n) use ($b, $v5) { for ($i = 0; $i < $n; $i++) { $p = least_decode($b, $v5); $t = $p['topic']; $l = $p['payload']; } };
$small = ['topic' => 'a/b/c', 'message' => '23.5', 'qos' => 0];
$array = ['topic' => TOPIC, 'message' => PAYLOAD, 'qos' => 1, 'id' => 10];

$cases = [
    'decode QoS 0, 13 bytes' => ['native' => $decode($bytes['q0'], $v3), 'least' => $least($bytes['q0'], false)]
        + ($simps ? ['simps V3' => $simps_decode($bytes['q0'], 'V3')] : []) + ($processor ? ['php-mqtt' => $processor_decode($bytes['q0'])] : []),
    'decode QoS 1, 5.0' => ['native' => $decode($bytes['q1'], null), 'least' => $least($bytes['q1'], true)]
        + ($simps ? ['simps V5' => $simps_decode($bytes['q1'], 'V5')] : []),
    'decode QoS 1, 3.1.1' => ['native' => $decode($bytes['q1v3'], $v3), 'least' => $least($bytes['q1v3'], false)]
        + ($simps ? ['simps V3' => $simps_decode($bytes['q1v3'], 'V3')] : []) + ($processor ? ['php-mqtt' => $processor_decode($bytes['q1v3'])] : []),
    'decode QoS 1 + 2 properties' => ['native' => $decode($bytes['props'], null)] + ($simps ? ['simps V5' => $simps_decode($bytes['props'], 'V5')] : []),
    'decode QoS 1 + 2 properties, both read' => [
        'native' => function (int $n) use ($bytes) {
            for ($i = 0; $i < $n; $i++) { $p = Packet::decode($bytes['props']); $l = $p->payload; $e = $p->properties->messageExpiryInterval; $u = $p->properties->userProperties[0][1]; }
        }]
        + ($simps ? ['simps V5' => function (int $n) use ($bytes) {
            for ($i = 0; $i < $n; $i++) { $p = Simps\MQTT\Protocol\V5::unpack($bytes['props']); $l = $p['message']; $e = $p['properties']['message_expiry_interval']; $u = $p['properties']['trace']; }
        }] : []),
    'decode PUBACK' => ['native' => function (int $n) use ($bytes, $v3) { for ($i = 0; $i < $n; $i++) { $id = Packet::decode($bytes['ack'], $v3)->packetId; } }]
        + ($simps ? ['simps V3' => function (int $n) use ($bytes) { for ($i = 0; $i < $n; $i++) { $id = Simps\MQTT\Protocol\V3::unpack($bytes['ack'])['message_id']; } }] : [])
        + ($processor ? ['php-mqtt' => function (int $n) use ($bytes, $processor) {
            for ($i = 0; $i < $n; $i++) { $processor->tryFindMessageInBuffer($bytes['ack'], 4, $found); $id = $processor->parseAndValidateMessage($found)->getMessageId(); }
        }] : []),
    'decode 1 MiB payload' => ['native' => $decode($bytes['big'], null), 'least' => $least($bytes['big'], true)]
        + ($simps ? ['simps V5' => $simps_decode($bytes['big'], 'V5')] : []) + ($processor ? ['php-mqtt' => $processor_decode($bytes['bigv3'])] : []),
    'encode QoS 0, 13 bytes' => [
        'native' => function (int $n) use ($small, $v3) { for ($i = 0; $i < $n; $i++) { $b = Publish::bytes($small['topic'], $small['message'], version: $v3); } },
        'as object' => function (int $n) use ($small, $v3) { for ($i = 0; $i < $n; $i++) { $b = (new Publish($small['topic'], $small['message'], version: $v3))->encode(); } },
        'least' => function (int $n) use ($small) { for ($i = 0; $i < $n; $i++) { $b = least_encode($small['topic'], $small['message'], 0, 0, false); } }]
        + ($simps ? ['simps V3' => function (int $n) use ($small) { for ($i = 0; $i < $n; $i++) { $b = Simps\MQTT\Protocol\V3::pack(['type' => 3, 'topic' => $small['topic'], 'message' => $small['message']]); } }] : [])
        + ($processor ? ['php-mqtt' => function (int $n) use ($small, $processor) { for ($i = 0; $i < $n; $i++) { $b = $processor->buildPublishMessage($small['topic'], $small['message'], 0, false); } }] : []),
    'encode QoS 1, 5.0' => [
        'native' => function (int $n) use ($array) { for ($i = 0; $i < $n; $i++) { $b = Publish::bytes($array['topic'], $array['message'], 1, $array['id']); } },
        'as object' => function (int $n) use ($array) { for ($i = 0; $i < $n; $i++) { $b = (new Publish($array['topic'], $array['message'], 1, $array['id']))->encode(); } },
        'least' => function (int $n) use ($array) { for ($i = 0; $i < $n; $i++) { $b = least_encode($array['topic'], $array['message'], 1, $array['id'], true); } }]
        + ($simps ? ['simps V5' => function (int $n) use ($array) {
            for ($i = 0; $i < $n; $i++) { $b = Simps\MQTT\Protocol\V5::pack(['type' => 3, 'topic' => $array['topic'], 'message' => $array['message'], 'qos' => 1, 'message_id' => $array['id']]); }
        }] : []),
    'encode QoS 1, 3.1.1' => [
        'native' => function (int $n) use ($array, $v3) { for ($i = 0; $i < $n; $i++) { $b = Publish::bytes($array['topic'], $array['message'], 1, $array['id'], version: $v3); } },
        'as object' => function (int $n) use ($array, $v3) { for ($i = 0; $i < $n; $i++) { $b = (new Publish($array['topic'], $array['message'], 1, $array['id'], version: $v3))->encode(); } },
        'least' => function (int $n) use ($array) { for ($i = 0; $i < $n; $i++) { $b = least_encode($array['topic'], $array['message'], 1, $array['id'], false); } }]
        + ($simps ? ['simps V3' => function (int $n) use ($array) {
            for ($i = 0; $i < $n; $i++) { $b = Simps\MQTT\Protocol\V3::pack(['type' => 3, 'topic' => $array['topic'], 'message' => $array['message'], 'qos' => 1, 'message_id' => $array['id']]); }
        }] : [])
        + ($processor ? ['php-mqtt' => function (int $n) use ($array, $processor) { for ($i = 0; $i < $n; $i++) { $b = $processor->buildPublishMessage($array['topic'], $array['message'], 1, false, $array['id']); } }] : []),
    'encode QoS 1 + 2 properties' => [
        'native' => function (int $n) use ($array) {
            for ($i = 0; $i < $n; $i++) {
                $b = (new Publish($array['topic'], $array['message'], 1, $array['id'],
                    properties: new Properties(messageExpiryInterval: 60, userProperties: [['trace', TRACE]])))->encode();
            }
        }]
        + ($simps ? ['simps V5' => function (int $n) use ($array) {
            for ($i = 0; $i < $n; $i++) {
                $b = Simps\MQTT\Protocol\V5::pack(['type' => 3, 'topic' => $array['topic'], 'message' => $array['message'], 'qos' => 1, 'message_id' => $array['id'],
                    'properties' => ['message_expiry_interval' => 60, 'trace' => TRACE]]);
            }
        }] : []),
    'match plant/+/machine/+/#' => [
        'native' => function (int $n) { $f = new TopicFilter('plant/+/machine/+/#'); for ($i = 0; $i < $n; $i++) { $m = $f->matches(TOPIC); } },
        'regex' => function (int $n) { for ($i = 0; $i < $n; $i++) { $m = preg_match('~^plant/[^/]*/machine/[^/]*(/.*)?$~', TOPIC); } }],
];

function user_ns(): float
{
    $r = getrusage();
    return ($r['ru_utime.tv_sec'] + $r['ru_stime.tv_sec']) * 1e9 + ($r['ru_utime.tv_usec'] + $r['ru_stime.tv_usec']) * 1e3;
}

if (($argv[1] ?? '') === 'list') {
    foreach ($cases as $case => $codecs) {
        foreach ($codecs as $codec => $_) {
            echo "$case\t$codec\n";
        }
    }
    exit;
}
if ($argc > 3) {
    $cases[$argv[1]][$argv[2]]((int)$argv[3]);
    exit;
}

// Each measurement takes about 40 ms.
$counts = [];
foreach ($cases as $case => $codecs) {
    foreach ($codecs as $codec => $run) {
        $n = 16;
        do {
            $n *= 4;
            $start = user_ns();
            $run($n);
        } while (user_ns() - $start < 10e6);
        $counts[$case][$codec] = $n * 4;
    }
}
for ($round = 0; $round < $rounds; $round++) {
    foreach ($cases as $case => $codecs) {
        foreach ($codecs as $codec => $run) {
            $n = $counts[$case][$codec];
            $start = user_ns();
            $run($n);
            printf("%s\t%s\t%d\t%.2f\n", $case, $codec, $round, (user_ns() - $start) / $n);
        }
    }
}
