--TEST--
Native\status()['mqtt']: clients, connected ones, messages in flight and waiting, as they are now
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Packet};
require __DIR__ . '/server/script.inc';

function show(string $when): void
{
    $is = array_slice(Native\status()['mqtt'], -5);
    echo "$when: $is[clients] clients, $is[connected] connected, $is[inFlight] in flight, $is[deliveriesWaiting] waiting, ",
        $is['bytesWaiting'] >= 10000 * $is['deliveriesWaiting'] ? 'their bytes' : $is['bytesWaiting'], "\n";
    preg_match_all('/^native_mqtt_(clients|connected_clients|in_flight_messages|waiting_messages|waiting_bytes) (\d+)$/m', Native\metrics(), $m);
    $m[2] == array_values($is) || print("Native\\metrics() has " . implode(', ', $m[2]) . "\n");
}

$acks = function (Peer $p) {
    $p->accept();
    for ($i = 0; $i < 3; $i++) {
        $held[] = new Packet\PubAck($p->packet()->packetId);
    }
    $p->packet(); // QoS 0: now they are wanted
    $p->send(...$held);
    $p->drain();
};
$server = new ScriptedServer([$acks, fn (Peer $p) => $p->accept() . $p->drain()]);
show('at first');
$client = new Client($server->uri(), new ClientOptions(clientId: 'c'));
show('made');
$client->connect();
show('connected');
for ($i = 0; $i < 3; $i++) {
    $last = $client->publish('topic', str_repeat('x', 10000), 1);
}
show('published');
if (($child = pcntl_fork()) === 0) {
    show('in a child');
    unset($client, $last);
    show('... that lets go');
    posix_kill(posix_getpid(), SIGKILL);
}
pcntl_waitpid($child, $status);
show('after it');
$client->publish('go', 'on');
$last->wait();
show('acknowledged');
$client->disconnect();
show('left');
$client->start();
$client->publish('topic', str_repeat('x', 10000), 1);
show('not yet connected');
unset($client, $last);
show('gone');
?>
--EXPECT--
at first: 0 clients, 0 connected, 0 in flight, 0 waiting, their bytes
made: 1 clients, 0 connected, 0 in flight, 0 waiting, their bytes
connected: 1 clients, 1 connected, 0 in flight, 0 waiting, their bytes
published: 1 clients, 1 connected, 3 in flight, 3 waiting, their bytes
in a child: 0 clients, 0 connected, 0 in flight, 0 waiting, their bytes
... that lets go: 0 clients, 0 connected, 0 in flight, 0 waiting, their bytes
after it: 1 clients, 1 connected, 3 in flight, 3 waiting, their bytes
acknowledged: 1 clients, 1 connected, 0 in flight, 0 waiting, their bytes
left: 1 clients, 0 connected, 0 in flight, 0 waiting, their bytes
not yet connected: 1 clients, 0 connected, 0 in flight, 1 waiting, their bytes
gone: 0 clients, 0 connected, 0 in flight, 0 waiting, their bytes
