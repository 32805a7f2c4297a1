--TEST--
DISCONNECT and AUTH on the wire
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{Disconnect, Auth};
function hex(Packet $p): void { echo chunk_split(bin2hex($p->encode()), 2, " "), "\n"; }
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

hex(new Disconnect());
hex(new Disconnect(version: Version::V3_1_1));
hex(new Disconnect(ReasonCode::NormalDisconnection, new Properties(sessionExpiryInterval: 0)));
hex(new Disconnect(ReasonCode::ServerMoved, new Properties(serverReference: 'b:1883')));
hex(new Auth(ReasonCode::ContinueAuthentication, new Properties(authenticationMethod: 'M', authenticationData: "\0\1")));
$a = Auth::decode("\xf0\x0c\x19\x0a\x15\0\x01M\x16\0\x03abc");
var_dump($a->reasonCode, $a->code, $a->properties->authenticationMethod, $a->properties->authenticationData);
attempt(fn() => (new Auth(ReasonCode::ContinueAuthentication))->encode());
attempt(fn() => (new Auth())->encode());
attempt(fn() => Packet::decode("\xf0\0", Version::V5));
echo Packet::decode("\xf0\0", Version::V5, strictness: Strictness::Lenient)->reasonCode->name, "\n";
attempt(fn() => Packet::decode("\xf0\0", Version::V3_1_1));
attempt(fn() => (new Disconnect(ReasonCode::PacketIdentifierInUse))->encode());
?>
--EXPECT--
e0 00 
e0 00 
e0 07 00 05 11 00 00 00 00 
e0 0b 9d 09 1c 00 06 62 3a 31 38 38 33 
f0 0b 18 09 15 00 01 4d 16 00 02 00 01 
enum(Native\Mqtt\ReasonCode::ReAuthenticate)
int(25)
string(1) "M"
string(3) "abc"
Native\Mqtt\ProtocolException: AUTH: AUTH without an authentication method at byte 2 [MQTT-4.12.0-5]
Native\Mqtt\ProtocolException: AUTH: AUTH without an authentication method at byte 2 [MQTT-4.12.0-5]
Native\Mqtt\ProtocolException: AUTH: AUTH without an authentication method at byte 2 [MQTT-4.12.0-5]
Success
Native\Mqtt\ProtocolException: AUTH: no packet has this type in this version of MQTT at byte 0
Native\Mqtt\ProtocolException: DISCONNECT: DISCONNECT never has this reason code at byte 2 [MQTT-3.14.2-1]
