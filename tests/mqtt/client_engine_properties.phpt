--TEST--
Client: 300 KiB of user properties before a payload; more than maximumPacketSize or memory_limit is refused
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Packet};
require __DIR__ . '/server/script.inc';

/** A PUBLISH with so many user properties of 1024 bytes (name, value and lengths). */
function publish(int $properties, string $payload, int $qos = 0, int $id = 0): string
{
    $block = '';
    for ($i = 0; $i < $properties; $i++) {
        $block .= "\x26" . pack('n', 4) . sprintf('%04d', $i) . pack('n', 1015) . str_repeat(chr(97 + $i % 26), 1015);
    }
    $body = pack('n', 1) . 't' . ($qos ? pack('n', $id) : '') . varint(strlen($block)) . $block . $payload;
    return chr(0x30 | $qos << 1) . varint(strlen($body)) . $body;
}

function varint(int $n): string
{
    for ($out = ''; ; $n >>= 7) {
        if ($n < 128) {
            return $out . chr($n);
        }
        $out .= chr($n & 127 | 128);
    }
}

$pages = [publish(300, 'small'), publish(300, str_repeat('x', 1 << 20), 1, 7), publish(1, 'last', 2, 8)];
$server = new ScriptedServer([
    function (Peer $p) use ($pages) {
        $p->accept();
        $p->send(...$pages);
        $p->report($p->drain());
    },
    function (Peer $p) use ($pages) { $p->accept(); $p->send($pages[0]); $p->report($p->drain()); },
    function (Peer $p) { // only what stands before 100 MB of properties
        $p->accept();
        $p->send("\x30" . varint(100 << 20) . pack('n', 1) . 't' . varint((100 << 20) - 100) . "\x26");
        $p->report($p->drain());
    },
]);
$client = new Client($server->uri(), new ClientOptions(reconnect: false));
$client->connect();
for ($i = 0; $i < 3; $i++) {
    $m = $client->receive(10);
    $properties = $m->properties->userProperties;
    [$name, $value] = end($properties);
    echo count($properties), " properties, the last is $name => ", strlen($value), ' times ', $value[0], ', ', strlen($m->payload), " bytes of payload\n";
}
$client->disconnect();
echo $server->report(), "\n";

foreach ([['maximumPacketSize' => 200000], []] as $options) {
    try {
        $client = new Client($server->uri(), new ClientOptions(...$options, reconnect: false));
        ini_set('memory_limit', '64M');
        $client->connect();
        $client->receive(10);
        echo "fine\n";
    } catch (Native\Mqtt\Exception $e) {
        echo $e::class, ': ', $e->getMessage(), "\n";
    }
    unset($client, $e);
    echo $server->report(), "\n";
}
?>
--EXPECT--
300 properties, the last is 0299 => 1015 times n, 5 bytes of payload
300 properties, the last is 0299 => 1015 times n, 1048576 bytes of payload
1 properties, the last is 0000 => 1015 times a, 4 bytes of payload
PubAck PubRec Disconnect(0x00)
Native\Mqtt\ProtocolException: packet: the packet is larger than the client's maximum packet size at byte 1 [MQTT-3.1.2-24]
Disconnect(0x95)
Native\Mqtt\QuotaExceededException: The server sent a packet whose properties do not fit memory_limit (see maximumPacketSize)
Disconnect(0x95)
