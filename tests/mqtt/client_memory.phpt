--TEST--
Client: a message that does not fit memory_limit is refused, not fatal; the connection and the client go on
--EXTENSIONS--
native
posix
pcntl
--INI--
memory_limit=16M
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Packet, Version};
require __DIR__ . '/server/script.inc';

$script = function (Peer $p) {
    $version = $p->accept()->version;
    $head = (new Packet\Publish('big', '', 1, 1, version: $version))->encode();
    // A payload of 20 MB behind the same header, in pieces, so that this process does not need it whole either.
    $rest = strlen($head) - 2 + (20 << 20);
    $length = '';
    for ($n = $rest; $n > 0; $n >>= 7) {
        $length .= chr($n > 127 ? $n & 127 | 128 : $n);
    }
    $p->send($head[0] . $length . substr($head, 2));
    for ($i = 0; $i < 320; $i++) {
        $p->send(str_repeat('x', 65536));
    }
    $p->send(new Packet\Publish('small', 'after it', 1, 2, version: $version));
    $answers = [];
    while ($a = $p->packet()) {
        $answers[] = substr(strrchr($a::class, '\\'), 1) . ($a instanceof Packet\PubAck ? " $a->packetId {$a->reasonCode->name}" : '');
    }
    $p->report(implode(', ', $answers));
};
foreach ([Version::V5, Version::V3_1_1] as $version) {
    $server = new ScriptedServer([$script]);
    $c = new Client($server->uri(), new ClientOptions(version: $version, reconnect: false));
    $c->connect();
    try {
        while (true) {
            $c->loop();
        }
    } catch (Native\Mqtt\QuotaExceededException $e) {
        echo $e->getMessage(), "\n";
    }
    unset($e);
    if ($version === Version::V5) {
        echo $c->receive(10)->payload, "\n";
        $c->disconnect();
    }
    unset($c);
    // Before 5.0 nothing can be refused: the message is not acknowledged, and comes again to who has room.
    echo $server->report(), "\n";
}
?>
--EXPECT--
A message of 20971520 bytes came and was refused: it does not fit memory_limit (see maximumPacketSize)
after it
PubAck 1 QuotaExceeded, PubAck 2 Success, Disconnect
A message of 20971520 bytes came and was refused: it does not fit memory_limit (see maximumPacketSize)
Disconnect
