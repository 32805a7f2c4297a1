--TEST--
PINGREQ and PINGRESP on the wire
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{PingReq, PingResp};
function hex(Packet $p): void { echo chunk_split(bin2hex($p->encode()), 2, " "), "\n"; }

hex(new PingReq());
hex(new PingResp(Version::V3_1_1));
var_dump(Packet::decode("\xd0\0", Version::V3_1_1));
?>
--EXPECTF--
c0 00 
d0 00 
object(Native\Mqtt\Packet\PingResp)#%d (2) {
  ["type"]=>
  enum(Native\Mqtt\PacketType::PingResp)
  ["version"]=>
  enum(Native\Mqtt\Version::V3_1_1)
}
