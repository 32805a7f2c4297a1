--TEST--
CONNACK: reason codes of MQTT 5.0, return codes before
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{ConnAck};
function hex(Packet $p): void { echo chunk_split(bin2hex($p->encode()), 2, " "), "\n"; }
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

hex(new ConnAck());
hex(new ConnAck(ReasonCode::NotAuthorized, properties: new Properties(reasonString: 'no')));
hex(new ConnAck(sessionPresent: true, version: Version::V3_1_1));
hex(new ConnAck(ReasonCode::NotAuthorized, version: Version::V3_1_1));
hex(new ConnAck(4, version: Version::V3_1_1));
foreach (range(0, 5) as $code) {
    $c = Packet::decode("\x20\x02\0" . chr($code), Version::V3_1_1);
    echo $c->code, ' ', $c->reasonCode->name, "\n";
}
$c = Packet::decode("\x20\x02\0\x63", Version::V3_1_1, Strictness::Lenient);
var_dump($c->code, $c->reasonCode);
attempt(fn() => new ConnAck(ReasonCode::Banned, version: Version::V3_1_1));
attempt(fn() => new ConnAck(256));
attempt(fn() => (new ConnAck(ReasonCode::NotAuthorized, true))->encode());
attempt(fn() => (new ConnAck(1))->encode());
?>
--EXPECT--
20 03 00 00 00 
20 08 00 87 05 1f 00 02 6e 6f 
20 02 01 00 
20 02 00 05 
20 02 00 04 
0 Success
1 UnsupportedProtocolVersion
2 ClientIdentifierNotValid
3 ServerUnavailable
4 BadUserNameOrPassword
5 NotAuthorized
int(99)
NULL
ValueError: Native\Mqtt\Packet\ConnAck::__construct(): Argument #1 ($reasonCode) must be a reason code that MQTT 3.1.1 has a return code for
ValueError: Native\Mqtt\Packet\ConnAck::__construct(): Argument #1 ($reasonCode) must be between 0 and 255
Native\Mqtt\ProtocolException: CONNACK: a refused connection has a session present at byte 2 [MQTT-3.2.2-6]
Native\Mqtt\ProtocolException: CONNACK: CONNACK never has this reason code at byte 3 [MQTT-3.2.2-8]
