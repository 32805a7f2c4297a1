--TEST--
Client: receive maximum 1, QoS and size that the server does not take, topic aliases both ways, bufferLimit
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Packet, Properties, ReasonCode};
require __DIR__ . '/server/script.inc';

echo "-- receive maximum 1: the next message goes out when the last one is acknowledged\n";
$server = new ScriptedServer([function (Peer $p) {
    $p->accept(properties: new Properties(receiveMaximum: 1));
    for ($i = 0; $i < 4; $i++) {
        $m = $p->packet();
        // Nothing else may have come: what is there is read without waiting.
        stream_set_blocking($p->socket, false);
        $more = fread($p->socket, 100);
        stream_set_blocking($p->socket, true);
        $p->report("$m->payload at QoS $m->qos" . ($more === '' || $more === false ? '' : ' and MORE'));
        if ($m->qos === 1) {
            $p->send(new Packet\PubAck($m->packetId));
        } else {
            $p->send(new Packet\PubRec($m->packetId));
            $p->packet();
            $p->send(new Packet\PubComp($m->packetId));
        }
    }
    $p->report($p->drain());
}]);
$client = new Client($server->uri());
echo $client->connect()->receiveMaximum, "\n";
$all = [];
foreach ([1, 2, 1, 2] as $i => $qos) {
    $all[] = $client->publish('t', "m$i", $qos);
}
foreach ($all as $d) {
    echo $d->wait()->name, ' ', $server->report(), "\n";
}
$client->disconnect();
echo $server->report(), "\n";

echo "-- what the server does not take is refused before it is sent\n";
$server = new ScriptedServer([function (Peer $p) {
    $p->accept(properties: new Properties(maximumQos: 1, retainAvailable: false, maximumPacketSize: 100));
    $p->report($p->drain());
}]);
$client = new Client($server->uri());
$client->connect();
foreach ([['t', 'x', 2, false], ['t', 'x', 0, true], ['t', str_repeat('x', 200), 1, false]] as $args) {
    try {
        $client->publish(...$args)->wait();
    } catch (Native\Mqtt\RefusedException $e) {
        echo $e->reasonCode->name, ': ', $e->getMessage(), "\n";
    }
}
$client->disconnect();
echo $server->report(), "\n";

echo "-- topic aliases\n";
$server = new ScriptedServer([function (Peer $p) {
    $p->accept(properties: new Properties(topicAliasMaximum: 2));
    for ($i = 0; $i < 6; $i++) {
        $m = $p->packet();
        $p->report(json_encode($m->topic) . ' ' . json_encode($m->properties->topicAlias));
    }
    $p->send(new Packet\Publish('in/long', '1', properties: new Properties(topicAlias: 3)), new Packet\Publish('', '2', properties: new Properties(topicAlias: 3)),
        new Packet\Publish('other', '3', properties: new Properties(topicAlias: 3)), new Packet\Publish('', '4', properties: new Properties(topicAlias: 3)));
    $p->report($p->drain());
}]);
$client = new Client($server->uri(), new ClientOptions(topicAliases: 10, topicAliasMaximum: 3));
$client->connect();
foreach (['a', 'b', 'c', 'a', 'b', 'c'] as $topic) {
    $client->publish($topic, 'x');
    echo $server->report(), "\n";
}
for ($i = 0; $i < 4; $i++) {
    $m = $client->receive(5);
    echo "$m->topic $m->payload\n";
}
$client->disconnect();
echo $server->report(), "\n";

echo "-- bufferLimit: publish() waits for room, or throws with start()\n";
$script = function (Peer $p) {
    $p->accept();
    while ($m = $p->packet()) {
        if ($m instanceof Packet\Publish) {
            $p->send(new Packet\PubAck($m->packetId));
        }
    }
};
$server = new ScriptedServer([$script, function (Peer $p) { $p->accept(); $p->drain(); }]);
$client = new Client($server->uri(), new ClientOptions(bufferLimit: 5000));
$client->connect();
$most = 0;
for ($i = 0; $i < 100; $i++) {
    $client->publish('t', str_repeat('x', 1000), 1);
    $most = max($most, $client->stats()['bytesWaiting']);
}
echo $most <= 5000 ? 'never more than 5000' : $most, "\n";
$client->disconnect();
$client = new Client($server->uri(), new ClientOptions(bufferLimit: 5000));
$client->start();
try {
    for ($i = 0; $i < 100; $i++) {
        $client->publish('t', str_repeat('x', 1000), 1);
    }
} catch (Native\Mqtt\QuotaExceededException $e) {
    echo "$i: ", $e->getMessage(), "\n";
}
?>
--EXPECTF--
-- receive maximum 1: the next message goes out when the last one is acknowledged
1
Success m0 at QoS 1
Success m1 at QoS 2
Success m2 at QoS 1
Success m3 at QoS 2
Disconnect(0x00)
-- what the server does not take is refused before it is sent
QosNotSupported: The message was refused with 0x9b, before it was sent
RetainNotSupported: The message was refused with 0x9a, before it was sent
PacketTooLarge: The message was refused with 0x95, before it was sent
Disconnect(0x00)
-- topic aliases
"a" 1
"b" 2
"c" null
"" 1
"" 2
"c" null
in/long 1
in/long 2
other 3
other 4
Disconnect(0x00)
-- bufferLimit: publish() waits for room, or throws with start()
never more than 5000
4: %d bytes of messages wait to be delivered (bufferLimit)
