--TEST--
Client: servers that send garbage, oversize, half packets, unknown ids, floods, or close in the middle
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Packet, Properties, ReasonCode, Version};
require __DIR__ . '/server/script.inc';

const OPTIONS = ['reconnect' => false, 'connectTimeout' => 5, 'timeout' => 5];

/** Connect, run what the test wants, say what came of it and what the server saw. */
function against(string $what, callable $script, ?callable $then = null, array $options = []): void
{
    $server = new ScriptedServer([$script]);
    echo "-- $what\n";
    try {
        $client = new Client($server->uri(), new ClientOptions(...$options + OPTIONS));
        $client->connect();
        $then ? $then($client) : $client->loop(5);
        echo "fine\n";
    } catch (Native\Mqtt\Exception $e) {
        echo substr(strrchr($e::class, '\\'), 1), ': ', $e->getMessage(), isset($e->reasonCode) ? " [{$e->reasonCode->name}]" : '', "\n";
    }
    unset($client, $e); // a trace holds references
    echo 'server saw: ', $server->report(), "\n";
}

// Each script reports what the client sent last.
$tail = fn (string $bytes) => function (Peer $p) use ($bytes) { $p->accept(); $p->send($bytes); $p->report($p->drain()); };

against('garbage instead of CONNACK', function (Peer $p) { $p->packet(); $p->send("HTTP/1.1 400 Bad Request\r\n\r\n"); $p->report($p->drain()); });
against('zeros instead of CONNACK', function (Peer $p) { $p->packet(); $p->send(str_repeat("\0", 100)); $p->report($p->drain()); });
against('garbage later', $tail("\xff\xff\xff\xff\xff"));
against('a length of five bytes', $tail("\x30\xff\xff\xff\xff\x7f"));
against('a packet that only clients send', $tail("\x82\x06\x00\x01\x00\x00\x01a\x00"));
against('CONNACK twice', $tail("\x20\x03\x00\x00\x00"));
against('a wildcard in a topic name', $tail((new Packet\Publish('a/#', 'x'))->encode(Native\Mqtt\Strictness::Lenient)));
against('an alias that was never set', $tail("\x30\x06\x00\x00\x03\x23\x00\x01"));
against('an alias out of range', $tail("\x30\x07\x00\x01a\x03\x23\xff\xff"));
against('a packet over maximumPacketSize', $tail("\x30\xe8\x07\x00\x01a\x00" . str_repeat('x', 996)), null, ['maximumPacketSize' => 500]);
against('a message before CONNACK', function (Peer $p) { $p->packet(); $p->send(new Packet\Publish('a', 'x')); $p->report($p->drain()); });
against('half a packet, then the end', function (Peer $p) { $p->accept(); $p->send("\x30\x20\x00\x01a"); stream_socket_shutdown($p->socket, STREAM_SHUT_WR); $p->report($p->drain()); });
against('half of a large message, then the end', function (Peer $p) {
    $p->accept();
    $p->send(substr((new Packet\Publish('a', str_repeat('x', 1 << 20)))->encode(), 0, 700000));
    stream_socket_shutdown($p->socket, STREAM_SHUT_WR);
    $p->report($p->drain());
}, function (Client $c) { while (true) $c->loop(5); });
against('more QoS 2 messages than we take', function (Peer $p) {
    $p->accept();
    foreach ([1, 2, 3] as $id) {
        $p->send(new Packet\Publish('a', 'x', 2, $id));
    }
    $p->report($p->drain());
}, function (Client $c) { while (true) $c->loop(5); }, ['receiveMaximum' => 2]);
against('acknowledgements of what was never sent', function (Peer $p) {
    $p->accept();
    $p->send(new Packet\PubAck(7), new Packet\PubRec(8), new Packet\PubComp(9), new Packet\SubAck(10, [0]), new Packet\UnsubAck(11, [0]), new Packet\PubRel(12),
        new Packet\Publish('end', 'of it'));
    $p->report($p->drain());
}, function (Client $c) { echo $c->receive(5)->payload, "\n"; $c->disconnect(); });
against('SUBACK with too few codes', function (Peer $p) {
    $p->accept();
    $s = $p->packet();
    $p->send(new Packet\SubAck($s->packetId, [0]));
    $p->report($p->drain());
}, function (Client $c) { $c->subscribe(['a', 'b']); });
against('UNSUBACK with too many codes', function (Peer $p) {
    $p->accept();
    $s = $p->packet();
    $p->send(new Packet\UnsubAck($s->packetId, [0, 0]));
    $p->report($p->drain());
}, function (Client $c) { $c->unsubscribe('a'); });
against('a flood', function (Peer $p) {
    $p->accept();
    $one = (new Packet\Publish('flood', str_repeat('x', 100)))->encode();
    for ($i = 0; $i < 200; $i++) {
        $p->send(str_repeat($one, 500));
    }
    $p->send(new Packet\Publish('end', 'of the flood'));
    $p->report($p->drain());
}, function (Client $c) {
    // loop(0.0) gives the control back in between, and a flood does not keep a deadline from coming.
    $n = 0;
    $c->onMessage(function ($m) use (&$n, &$last) { $n++; $last = $m->payload; });
    $calls = 0;
    while ($last !== 'of the flood') { $c->loop(1); $calls++; }
    echo "$n messages, ", $calls >= 100 ? 'many' : $calls, " calls\n";
    $c->disconnect();
});
against('a flood that nobody takes', function (Peer $p) {
    $p->accept();
    for ($i = 0; $i < 50; $i++) {
        $p->send(new Packet\Publish('flood', str_repeat('x', 10000)));
    }
    $p->report($p->drain());
}, function (Client $c) { while (true) $c->loop(5); }, ['inboxLimit' => 100000]);
?>
--EXPECTF--
-- garbage instead of CONNACK
ProtocolException: %s
server saw: %S
-- zeros instead of CONNACK
ProtocolException: %s
server saw: %S
-- garbage later
ProtocolException: %s [%s]
server saw: Disconnect(0x8%d)
-- a length of five bytes
ProtocolException: %s [MalformedPacket]
server saw: Disconnect(0x81)
-- a packet that only clients send
ProtocolException: %s [%s]
server saw: Disconnect(0x8%d)
-- CONNACK twice
ProtocolException: The server did what the state of the connection forbids: Protocol Error [ProtocolError]
server saw: Disconnect(0x82)
-- a wildcard in a topic name
ProtocolException: %sMQTT-3.3.2-2%s
server saw: Disconnect(0x%d)
-- an alias that was never set
ProtocolException: The server did what the state of the connection forbids: Protocol Error [ProtocolError]
server saw: Disconnect(0x82)
-- an alias out of range
ProtocolException: The server did what the state of the connection forbids: Topic Alias invalid [TopicAliasInvalid]
server saw: Disconnect(0x94)
-- a packet over maximumPacketSize
ProtocolException: %s [PacketTooLarge]
server saw: Disconnect(0x95)
-- a message before CONNACK
ProtocolException: The server did what the state of the connection forbids: Protocol Error [ProtocolError]
server saw: Disconnect(0x82)
-- half a packet, then the end
ConnectionLostException: Connection lost: the server closed the connection
server saw: 
-- half of a large message, then the end
ConnectionLostException: Connection lost: the server closed the connection
server saw: 
-- more QoS 2 messages than we take
ProtocolException: The server did what the state of the connection forbids: Receive Maximum exceeded [ReceiveMaximumExceeded]
server saw: PubRec PubRec Disconnect(0x93)
-- acknowledgements of what was never sent
of it
fine
server saw: PubRel PubComp Disconnect(0x00)
-- SUBACK with too few codes
ProtocolException: SUBACK of the server has not one reason code for each topic filter asked for: Protocol Error [ProtocolError]
server saw: Disconnect(0x82)
-- UNSUBACK with too many codes
ProtocolException: UNSUBACK of the server has not one reason code for each topic filter asked for: Protocol Error [ProtocolError]
server saw: Disconnect(0x82)
-- a flood
100001 messages, many calls
fine
server saw: Disconnect(0x00)
-- a flood that nobody takes
QuotaExceededException: A message of %d bytes came and was refused: nobody takes messages, and inboxLimit is reached; use receive(), messages(), onMessage() or a callback [QuotaExceeded]
server saw: Disconnect(0x00)
