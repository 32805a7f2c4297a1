--TEST--
Parser: a packet over the limit is refused as soon as its length is there
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Parser, Packet, Properties, Version, Strictness, Sender, ProtocolException};
use Native\Mqtt\Packet\{Connect, Publish, PingReq, Subscribe};
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

$parser = new Parser(Version::V5, maxPacketSize: 20);
$parser->feed("\x30\x12" . "\0\x01a\0" . str_repeat('x', 14));
var_dump(strlen($parser->next()->payload));
$parser->feed("\x30\x13");
attempt(fn() => $parser->next());
$parser->reset();
$parser->feed("\x30");
var_dump($parser->next());
$parser->feed("\x80");
var_dump($parser->next(), $parser->pending());
$before = memory_get_usage();
$parser->feed("\x80\x01" . str_repeat('x', 1000));
attempt(fn() => $parser->feed(str_repeat('x', 1000000)));
attempt(fn() => $parser->next());
var_dump(memory_get_usage() - $before < 20000);
attempt(fn() => new Parser(maxPacketSize: 1));
attempt(fn() => new Parser(maxPacketSize: 268435461));
attempt(fn() => $parser->__construct());
try {
    $parser->next();
} catch (ProtocolException $e) {
    var_dump($e->reasonCode->name, $e->statement);
}
?>
--EXPECT--
int(14)
Native\Mqtt\ProtocolException: PUBLISH: the packet is larger than the maximum packet size at byte 1 [MQTT-3.2.2-15]
NULL
NULL
int(2)
Native\Mqtt\ProtocolException: PUBLISH: the packet is larger than the maximum packet size at byte 1 [MQTT-3.2.2-15]
Native\Mqtt\ProtocolException: PUBLISH: the packet is larger than the maximum packet size at byte 1 [MQTT-3.2.2-15]
bool(true)
ValueError: Native\Mqtt\Parser::__construct(): Argument #2 ($maxPacketSize) must be between 2 and 268435460
ValueError: Native\Mqtt\Parser::__construct(): Argument #2 ($maxPacketSize) must be between 2 and 268435460
Error: Cannot construct a Native\Mqtt\Parser again
string(14) "PacketTooLarge"
string(13) "MQTT-3.2.2-15"
