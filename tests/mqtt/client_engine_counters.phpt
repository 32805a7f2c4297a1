--TEST--
Client::stats() and Native\status() count packets, messages, bytes and reconnects; a forked child begins anew
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Packet};
require __DIR__ . '/server/script.inc';

function show(array $counters): void
{
    foreach ($counters as $name => $n) {
        echo "$name=$n ";
    }
    echo "\n";
}

show(Native\status()['mqtt']);
$server = new ScriptedServer([
    function (Peer $p) {
        $p->accept();
        $p->send(new Packet\PubAck($p->packet()->packetId), new Packet\Publish('a', 'x', 1, 7));
        $p->packet(); // PUBACK; then the connection is closed
    },
    function (Peer $p) { $p->accept(); $p->drain(); },
]);
$client = new Client($server->uri(), new ClientOptions(clientId: 'c', reconnectMin: 0.01));
$client->connect();
$client->publish('topic', 'payload', 1)->wait();
$client->receive(5);
while ($client->stats()['connections'] < 2) {
    $client->loop(0.1);
}
$client->publish('topic', 'payload');
show($client->stats());
show(Native\status()['mqtt']);
$client->disconnect();
show(array_slice($client->stats(), 0, 4));
unset($client);
show(array_slice(Native\status()['mqtt'], 0, 4));
if (($child = pcntl_fork()) === 0) {
    show(Native\status()['mqtt']);
    posix_kill(posix_getpid(), SIGKILL);
}
pcntl_waitpid($child, $status);
?>
--EXPECT--
bytesSent=0 bytesReceived=0 packetsSent=0 packetsReceived=0 messagesPublished=0 messagesReceived=0 connections=0 reconnects=0 clients=0 connected=0 inFlight=0 deliveriesWaiting=0 bytesWaiting=0 
bytesSent=78 bytesReceived=23 packetsSent=5 packetsReceived=4 messagesPublished=2 messagesReceived=1 connections=2 reconnects=1 bytesWaiting=0 deliveriesWaiting=0 messagesWaiting=0 
bytesSent=78 bytesReceived=23 packetsSent=5 packetsReceived=4 messagesPublished=2 messagesReceived=1 connections=2 reconnects=1 clients=1 connected=1 inFlight=0 deliveriesWaiting=0 bytesWaiting=0 
bytesSent=80 bytesReceived=23 packetsSent=6 packetsReceived=4 
bytesSent=80 bytesReceived=23 packetsSent=6 packetsReceived=4 
bytesSent=0 bytesReceived=0 packetsSent=0 packetsReceived=0 messagesPublished=0 messagesReceived=0 connections=0 reconnects=0 clients=0 connected=0 inFlight=0 deliveriesWaiting=0 bytesWaiting=0
