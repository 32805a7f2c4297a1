--TEST--
SUBACK and UNSUBACK on the wire
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{SubAck, UnsubAck};
function hex(Packet $p): void { echo chunk_split(bin2hex($p->encode()), 2, " "), "\n"; }
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

hex(new SubAck(10, [ReasonCode::GrantedQos0, 2, ReasonCode::NotAuthorized]));
hex(new SubAck(10, [0x80], version: Version::V3_1_1));
hex(new UnsubAck(11, [ReasonCode::Success, ReasonCode::NoSubscriptionExisted], new Properties(userProperties: ['k' => 'v'])));
hex(new UnsubAck(11, version: Version::V3_1_1));
$s = Packet::decode("\x90\x06\0\x0a\0\0\x01\x8f");
var_dump($s->packetId, $s->codes, $s->reasonCodes);
var_dump(Packet::decode("\x90\x04\0\x0a\0\x55", strictness: Strictness::Lenient)->reasonCodes);
var_dump(Packet::decode("\xb0\x02\0\x0a", Version::V3_1_1)->reasonCodes);
attempt(fn() => (new SubAck(1, []))->encode());
attempt(fn() => (new SubAck(1, [0x55]))->encode());
attempt(fn() => new SubAck(1, [-1]));
attempt(fn() => new SubAck(1, ['x']));
attempt(fn() => new SubAck(1));
attempt(fn() => new UnsubAck(1, [0], version: Version::V3_1_1));
?>
--EXPECT--
90 06 00 0a 00 00 02 87 
90 03 00 0a 80 
b0 0c 00 0b 07 26 00 01 6b 00 01 76 00 11 
b0 02 00 0b 
int(10)
array(3) {
  [0]=>
  int(0)
  [1]=>
  int(1)
  [2]=>
  int(143)
}
array(3) {
  [0]=>
  enum(Native\Mqtt\ReasonCode::Success)
  [1]=>
  enum(Native\Mqtt\ReasonCode::GrantedQos1)
  [2]=>
  enum(Native\Mqtt\ReasonCode::TopicFilterInvalid)
}
array(1) {
  [0]=>
  NULL
}
array(0) {
}
Native\Mqtt\ProtocolException: SUBACK: SUBACK without a reason code at byte 5 [MQTT-3.8.4-6]
Native\Mqtt\ProtocolException: SUBACK: SUBACK never has this reason code at byte 5 [MQTT-3.9.3-2]
ValueError: Native\Mqtt\Packet\SubAck::__construct(): Argument #2 ($reasonCodes) must hold ReasonCode cases or integers between 0 and 255
ValueError: Native\Mqtt\Packet\SubAck::__construct(): Argument #2 ($reasonCodes) must hold ReasonCode cases or integers between 0 and 255
ArgumentCountError: Native\Mqtt\Packet\SubAck::__construct() expects at least 2 arguments, 1 given
ValueError: Native\Mqtt\Packet\UnsubAck::__construct(): Argument #2 ($reasonCodes) must be empty before MQTT 5.0
