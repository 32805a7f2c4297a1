--TEST--
Client: QoS 1 at least once and QoS 2 exactly once through a link that breaks after every few hundred bytes
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/server/broker.inc'; broker_skip('v5', 'qos2', 'session'); ?>
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Message, Version};
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/server/script.inc';

$broker = broker(settings: "max_queued_messages 0\nmax_inflight_messages 20");

// A link to the broker that breaks after so many bytes from the broker: one more each time, so that it breaks in
// the middle of every packet, and with whatever the client sent on its way or lost.
$link = function () use ($broker): ScriptedServer {
    $left = 20;
    return new ScriptedServer([function (Peer $p) use ($broker, &$left) {
        $up = stream_socket_client("tcp://$broker->host:$broker->port");
        $budget = $left++;
        while ($budget > 0) {
            $read = [$p->socket, $up];
            $none = null;
            stream_select($read, $none, $none, 30);
            if ($read === [1 => $up]) { // the client shall have time to answer what it got
                $read = [$p->socket];
                stream_select($read, $none, $none, 0, 1000) || $read = [$up];
            }
            foreach ($read as $from) {
                $bytes = stream_socket_recvfrom($from, $from === $up ? min(20, $budget) : 64);
                if ($bytes === '' || $bytes === false) {
                    $budget = 0;
                    break;
                }
                if (!@fwrite($from === $up ? $p->socket : $up, $bytes)) {
                    $budget = 0;
                    break;
                }
                $budget -= $from === $up ? strlen($bytes) : 0;
            }
        }
        fclose($up);
    }]);
};
foreach ([Version::V3_1_1, Version::V5] as $version) {
    $options = new ClientOptions(version: $version, cleanStart: false, sessionExpiry: 600, reconnectMin: 0.001, reconnectMax: 0.01, maxInFlight: 20, timeout: 60);
    $a = $link();
    $b = $link();
    $pub = new Client($a->uri(), $options->with(clientId: "cut-pub-$version->name"));
    $sub = new Client($b->uri(), $options->with(clientId: "cut-sub-$version->name"));
    $sub->start();
    $seen = [1 => [], 2 => []];
    $sub->subscribe(['cut/1' => 1, 'cut/2' => 2], function (Message $m) use (&$seen) {
        $seen[$m->qos][$m->payload] = ($seen[$m->qos][$m->payload] ?? 0) + 1;
    });
    while (array_filter($sub->subscriptions()) === []) {
        $sub->loop();
    }
    $pub->start();
    for ($i = 0; $i < 60; $i++) {
        $pub->publish('cut/1', (string) $i, 1);
        $pub->publish('cut/2', (string) $i, 2);
    }
    $end = microtime(true) + 60;
    while ((count($seen[1]) < 60 || count($seen[2]) < 60 || $pub->stats()['deliveriesWaiting'] > 0) && microtime(true) < $end) {
        $pub->loop(0.005);
        $sub->loop(0.005);
    }
    $sub->loop(0.1);
    echo "$version->name: QoS 1 ", count($seen[1]), ' different; QoS 2 ', count($seen[2]), ' different, ', array_sum($seen[2]), ' messages; ',
        min($pub->stats()['connections'], $sub->stats()['connections']) > 10 ? 'many' : 'few', " connections\n";
    unset($pub, $sub, $a, $b);
}
?>
--EXPECT--
V3_1_1: QoS 1 60 different; QoS 2 60 different, 60 messages; many connections
V5: QoS 1 60 different; QoS 2 60 different, 60 messages; many connections
