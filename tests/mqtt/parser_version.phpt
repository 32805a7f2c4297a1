--TEST--
Parser: the version comes from CONNECT, or from the constructor; reset() begins anew
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Parser, Packet, Properties, Version, Strictness, Sender, ProtocolException};
use Native\Mqtt\Packet\{Connect, Publish, PingReq, Subscribe};
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

$parser = new Parser();
var_dump($parser->version());
$parser->feed((new Connect('a', version: Version::V3_1))->encode() . (new Subscribe(1, ['a'], version: Version::V3_1))->encode());
var_dump($parser->next()->version, $parser->version(), $parser->next()->version, $parser->next());
$parser->reset();
var_dump($parser->version());
$parser->feed("\xc0\0");
attempt(fn() => $parser->next());
$parser->reset();
$parser->feed((new Connect('a'))->encode());
var_dump($parser->next()->version, $parser->version());
$parser = new Parser(Version::V3_1_1);
var_dump($parser->version());
$parser->feed((new Connect('a'))->encode());
attempt(fn() => $parser->next());
?>
--EXPECT--
NULL
enum(Native\Mqtt\Version::V3_1)
enum(Native\Mqtt\Version::V3_1)
enum(Native\Mqtt\Version::V3_1)
NULL
NULL
Native\Mqtt\ProtocolException: PINGREQ: the first packet is not CONNECT at byte 0 [MQTT-3.1.0-1]
enum(Native\Mqtt\Version::V5)
enum(Native\Mqtt\Version::V5)
enum(Native\Mqtt\Version::V3_1_1)
Native\Mqtt\ProtocolException: CONNECT: the protocol version is not 3, 4 or 5 at byte 8 [MQTT-3.1.2-2]
