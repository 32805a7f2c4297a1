--TEST--
encodeHeader() and the payload are what encode() gives, and a large payload is not copied
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{Publish};

$payload = str_repeat('x', 3000000);
$p = new Publish('a/b', $payload, 1, 7, properties: new Properties(contentType: 'text/plain'));
var_dump($p->encodeHeader() . $p->payload === $p->encode());
$before = memory_get_usage();
memory_reset_peak_usage();
$header = $p->encodeHeader(Strictness::Strict);
$message = $p->message();
var_dump(strlen($header), memory_get_peak_usage() - $before < 10000);
var_dump($message->topic, $message->payload === $payload, $message->qos, $message->properties->contentType);
?>
--EXPECT--
bool(true)
int(26)
bool(true)
string(3) "a/b"
bool(true)
int(1)
string(10) "text/plain"
