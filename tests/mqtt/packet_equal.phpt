--TEST--
== compares packets by value: bytes as bytes, whatever was touched before
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{Publish, PubAck, Connect, SubAck, Subscribe};

$p = fn($payload = 'x') => new Publish('a', $payload, 1, 7, properties: new Properties(contentType: 'c'));
var_dump($p() == $p(), $p() === $p(), $p('10') == $p('1e1'), $p() == clone $p());
$bytes = $p()->encode();
$touched = Packet::decode($bytes);
$touched->properties->contentType;
$touched->type;
var_dump($touched == Packet::decode($bytes), $p() == $touched);
var_dump($p() == new Publish('a', 'x', 1, 7), $p() == new Publish('a', 'x', 1, 8, properties: new Properties(contentType: 'c')));
var_dump(new PubAck(1) == new PubAck(1, version: Version::V3_1_1), new PubAck(1) == new PubAck(1, 0x10), new PubAck(1) == Packet::decode("\x40\x02\0\x01"));
var_dump(new Connect(will: new Will('a', 'b')) == new Connect(will: new Will('a', 'b')), new Connect(will: new Will('a', 'b')) == new Connect(will: new Will('a', 'c')),
    new Connect() == new Connect(will: new Will('a', 'c')));
var_dump(new SubAck(1, [1, 2]) == new SubAck(1, [1, 2]), new SubAck(1, [1, 2]) == new SubAck(1, [2, 1]));
var_dump(new Subscribe(1, ['a']) == new Subscribe(1, [new Subscription('a')]), new Subscribe(1, ['a']) == new Subscribe(1, ['b']));
var_dump($p() == new PubAck(1), $p() < $p(), $p() > $p());
?>
--EXPECT--
bool(true)
bool(false)
bool(false)
bool(true)
bool(true)
bool(true)
bool(false)
bool(false)
bool(false)
bool(false)
bool(true)
bool(true)
bool(false)
bool(false)
bool(true)
bool(false)
bool(true)
bool(false)
bool(false)
bool(false)
bool(false)
