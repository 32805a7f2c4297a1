--TEST--
Parser: packets before a fault are given, then every call throws the same, until reset()
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Parser, Packet, Properties, Version, Strictness, Sender, ProtocolException};
use Native\Mqtt\Packet\{Connect, Publish, PingReq, Subscribe};
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

$parser = new Parser(Version::V5);
$parser->feed("\xc0\0\xd0\0\x30\x05\0\x01#\0x\xc0\0");
var_dump(get_class($parser->next()), get_class($parser->next()));
for ($i = 0; $i < 2; $i++) {
    attempt(fn() => $parser->next());
}
attempt(fn() => $parser->feed("\xc0\0"));
attempt(fn() => iterator_to_array($parser));
$parser->reset();
var_dump($parser->pending());
$parser->feed("\xc0\0");
var_dump(get_class($parser->next()), $parser->next());
// The same, cut in the middle of the faulty packet.
$parser->feed("\xc0\0\x30\x05\0");
$parser->feed("\x01#\0x");
var_dump(count(iterator_to_array((function () use ($parser) { yield $parser->next(); })())));
attempt(fn() => $parser->next());
?>
--EXPECT--
string(26) "Native\Mqtt\Packet\PingReq"
string(27) "Native\Mqtt\Packet\PingResp"
Native\Mqtt\ProtocolException: PUBLISH: the topic name contains a wildcard at byte 4 [MQTT-3.3.2-2]
Native\Mqtt\ProtocolException: PUBLISH: the topic name contains a wildcard at byte 4 [MQTT-3.3.2-2]
Native\Mqtt\ProtocolException: PUBLISH: the topic name contains a wildcard at byte 4 [MQTT-3.3.2-2]
Native\Mqtt\ProtocolException: PUBLISH: the topic name contains a wildcard at byte 4 [MQTT-3.3.2-2]
int(0)
string(26) "Native\Mqtt\Packet\PingReq"
NULL
int(1)
Native\Mqtt\ProtocolException: PUBLISH: the topic name contains a wildcard at byte 4 [MQTT-3.3.2-2]
