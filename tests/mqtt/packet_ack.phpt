--TEST--
PUBACK, PUBREC, PUBREL, PUBCOMP: as short as the standard allows, and as long as they came
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{PubAck, PubRec, PubRel, PubComp};
function hex(Packet $p): void { echo chunk_split(bin2hex($p->encode()), 2, " "), "\n"; }
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

hex(new PubAck(1));
hex(new PubRec(2, ReasonCode::QuotaExceeded));
hex(new PubRel(3, ReasonCode::PacketIdentifierNotFound, new Properties(reasonString: 'x')));
hex(new PubComp(65535, version: Version::V3_1_1));
foreach (["\x40\x02\0\x01", "\x40\x03\0\x01\0", "\x40\x04\0\x01\0\0", "\x40\x03\0\x01\x10", "\x40\x04\0\x01\x10\0"] as $bytes) {
    $p = Packet::decode($bytes);
    var_dump($p->packetId === 1 && $p->encode() === $bytes, $p->reasonCode->name);
}
attempt(fn() => (new PubAck(1, ReasonCode::Banned))->encode());
attempt(fn() => (new PubAck(0))->encode());
attempt(fn() => new PubAck(65536));
attempt(fn() => new PubAck(1, ReasonCode::QuotaExceeded, version: Version::V3_1_1));
attempt(fn() => new PubAck(1, 'x'));
?>
--EXPECT--
40 02 00 01 
50 03 00 02 97 
62 08 00 03 92 04 1f 00 01 78 
70 02 ff ff 
bool(true)
string(7) "Success"
bool(true)
string(7) "Success"
bool(true)
string(7) "Success"
bool(true)
string(21) "NoMatchingSubscribers"
bool(true)
string(21) "NoMatchingSubscribers"
Native\Mqtt\ProtocolException: PUBACK: PUBACK never has this reason code at byte 4 [MQTT-3.4.2-1]
Native\Mqtt\ProtocolException: PUBACK: the packet identifier is 0 at byte 2 [MQTT-2.2.1-3]
ValueError: Native\Mqtt\Packet\PubAck::__construct(): Argument #1 ($packetId) must be between 0 and 65535
ValueError: Native\Mqtt\Packet\PubAck::__construct(): Argument #2 ($reasonCode) must be Success before MQTT 5.0
TypeError: Native\Mqtt\Packet\PubAck::__construct(): Argument #2 ($reasonCode) must be of type Native\Mqtt\ReasonCode|int, string given
