--TEST--
CONNECT on the wire: versions, will, user name, password, properties
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{Connect};
function hex(Packet $p): void { echo chunk_split(bin2hex($p->encode()), 2, " "), "\n"; }

hex(new Connect('me', keepAlive: 60, version: Version::V3_1));
hex(new Connect('me', false, version: Version::V3_1_1));
hex(new Connect(password: 'p'));
hex(new Connect('c', true, 10, 'u', 'p', new Will('w', 'gone', 2, true, new Properties(willDelayInterval: 5)),
    new Properties(sessionExpiryInterval: 0xffffffff, receiveMaximum: 20)));
$c = Packet::decode((new Connect('c', userName: '', will: new Will('w', 'x', 1)))->encode(), null);
var_dump($c->clientId, $c->cleanStart, $c->keepAlive, $c->userName, $c->password, $c->version);
var_dump($c->will->topic, $c->will->payload, $c->will->qos, $c->will->retain, $c->will->properties->isEmpty(), $c->properties->isEmpty());
var_dump(Packet::decode((new Connect('c'))->encode(), null)->will);
?>
--EXPECT--
10 10 00 06 4d 51 49 73 64 70 03 02 00 3c 00 02 6d 65 
10 0e 00 04 4d 51 54 54 04 00 00 00 00 02 6d 65 
10 10 00 04 4d 51 54 54 05 42 00 00 00 00 00 00 01 70 
10 2b 00 04 4d 51 54 54 05 f6 00 0a 08 11 ff ff ff ff 21 00 14 00 01 63 05 18 00 00 00 05 00 01 77 00 04 67 6f 6e 65 00 01 75 00 01 70 
string(1) "c"
bool(true)
int(0)
string(0) ""
NULL
enum(Native\Mqtt\Version::V5)
string(1) "w"
string(1) "x"
int(1)
bool(false)
bool(true)
bool(true)
NULL
