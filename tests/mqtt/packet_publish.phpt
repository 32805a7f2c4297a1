--TEST--
PUBLISH on the wire: every QoS, flag and version
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{Publish};
function hex(Packet $p): void { echo chunk_split(bin2hex($p->encode()), 2, " "), "\n"; }

hex(new Publish('a/b', 'xyz', version: Version::V3_1_1));
hex(new Publish('a/b', 'xyz'));
hex(new Publish('a/b', 'xyz', 1, 10, version: Version::V3_1));
hex(new Publish('a/b', 'xyz', 2, 0x1234, retain: true, dup: true));
hex(new Publish('', "\0\xff", properties: new Properties(topicAlias: 7)));
hex(new Publish('a', '', 1, 1, properties: new Properties(payloadFormatIndicator: 1, userProperties: [['k', 'v'], ['k', 'w']])));
$p = Packet::decode("\x3b\x0f\0\x03a/b\x12\x34\x05\x02\0\0\0\x3cyz");
var_dump($p);
?>
--EXPECTF--
30 08 00 03 61 2f 62 78 79 7a 
30 09 00 03 61 2f 62 00 78 79 7a 
32 0a 00 03 61 2f 62 00 0a 78 79 7a 
3d 0b 00 03 61 2f 62 12 34 00 78 79 7a 
30 08 00 00 03 23 00 07 00 ff 
32 16 00 01 61 00 01 10 01 01 26 00 01 6b 00 01 76 26 00 01 6b 00 01 77 
object(Native\Mqtt\Packet\Publish)#%d (9) {
  ["type"]=>
  enum(Native\Mqtt\PacketType::Publish)
  ["version"]=>
  enum(Native\Mqtt\Version::V5)
  ["topic"]=>
  string(3) "a/b"
  ["payload"]=>
  string(2) "yz"
  ["qos"]=>
  int(1)
  ["packetId"]=>
  int(4660)
  ["retain"]=>
  bool(true)
  ["dup"]=>
  bool(true)
  ["properties"]=>
  object(Native\Mqtt\Properties)#%d (1) {
    ["messageExpiryInterval"]=>
    int(60)
  }
}
