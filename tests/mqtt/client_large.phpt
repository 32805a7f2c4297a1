--TEST--
Client: payloads of 1 MB and 10 MB both ways, and 10 MB to a slow peer in partial writes
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/server/broker.inc'; broker_skip('v5', 'qos2'); ?>
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Packet, Version};
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/server/script.inc';

$broker = broker();
$topic = 'large/' . bin2hex(random_bytes(4));
foreach ([Version::V3_1_1, Version::V5] as $version) {
    $client = new Client($broker->uri(), new ClientOptions(version: $version));
    $client->connect();
    $client->subscribe($topic, qos: 2);
    foreach ([1 << 20, 131072 - 20, 131072, 131073, 10 << 20] as $size) {
        $payload = random_bytes(1 << 16);
        $payload = substr(str_repeat($payload, intdiv($size, 1 << 16) + 1), 0, $size);
        foreach ([0, 2] as $qos) {
            $client->publish($topic, $payload, $qos)->wait();
            $m = $client->receive(20);
            echo strlen($m->payload), $m->payload === $payload ? ' same' : ' DIFFERENT', " QoS $m->qos\n";
        }
    }
    // Small messages behind a large one keep their order.
    $client->publish($topic, $payload);
    for ($i = 0; $i < 5; $i++) {
        $client->publish($topic, "small $i");
    }
    $order = [];
    foreach ($client->messages(5) as $m) {
        $order[] = strlen($m->payload) > 100 ? 'large' : $m->payload;
        if (count($order) === 6) {
            break;
        }
    }
    echo implode(', ', $order), "\n";
    $client->disconnect();
}

// The peer takes 64 KB at a time and answers a PINGREQ that goes in between.
$slow = new ScriptedServer([function (Peer $p) {
    $p->accept();
    $hash = hash_init('sha1');
    $bytes = 0;
    $reads = 0;
    while ($bytes < (10 << 20)) {
        $got = fread($p->socket, 65536);
        $bytes += strlen($got);
        hash_update($hash, $got);
        $reads++;
    }
    $rest = stream_get_contents($p->socket);
    $p->report($bytes + strlen($rest) . ' bytes, ' . ($reads > 20 ? 'in pieces' : "$reads reads"));
}]);
$client = new Client($slow->uri());
$client->connect();
$begin = microtime(true);
$d = $client->publish('t', str_repeat('x', 10 << 20));
echo microtime(true) - $begin < 0.5 ? 'publish() does not block' : 'publish() blocked', ', ', $d->isDone() ? 'done' : 'on its way', ', ',
    $client->wantsWrite() ? 'wants to write' : 'does not want to write', "\n";
$d->wait();
$client->disconnect();
echo $slow->report(), "\n";
?>
--EXPECT--
1048576 same QoS 0
1048576 same QoS 2
131052 same QoS 0
131052 same QoS 2
131072 same QoS 0
131072 same QoS 2
131073 same QoS 0
131073 same QoS 2
10485760 same QoS 0
10485760 same QoS 2
large, small 0, small 1, small 2, small 3, small 4
1048576 same QoS 0
1048576 same QoS 2
131052 same QoS 0
131052 same QoS 2
131072 same QoS 0
131072 same QoS 2
131073 same QoS 0
131073 same QoS 2
10485760 same QoS 0
10485760 same QoS 2
large, small 0, small 1, small 2, small 3, small 4
publish() does not block, on its way, wants to write
10485771 bytes, in pieces
