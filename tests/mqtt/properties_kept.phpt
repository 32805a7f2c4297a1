--TEST--
A decoded block of properties is encoded as it came: order, repeated user properties
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, Message, ProtocolException};
use Native\Mqtt\Packet\{Publish, ConnAck};

foreach (["\x30\x17\0\x01a\x13\x26\0\x01b\0\x01y\x26\0\x01a\0\x01x\x03\0\x02tx", "\x30\x0a\0\x01a\x04\x0b\x05\x0b\x03xy", "\x30\x0c\0\x01a\x08\x23\0\x09\x02\0\0\0\x05"] as $bytes) {
    $p = Packet::decode($bytes);
    $properties = $p->properties;
    $properties->contentType;
    var_dump((new Publish($p->topic, $p->payload, properties: $properties))->encode() === $bytes);
    var_dump((new Message($p->topic, $p->payload, properties: $properties))->properties === $properties);
}
print_r(Packet::decode("\x30\x17\0\x01a\x13\x26\0\x01b\0\x01y\x26\0\x01a\0\x01x\x03\0\x02tx")->properties->userProperties[0]);
print_r(Packet::decode("\x30\x0a\0\x01a\x04\x0b\x05\x0b\x03xy")->properties->subscriptionIdentifiers);
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
Array
(
    [0] => b
    [1] => y
)
Array
(
    [0] => 5
    [1] => 3
)
