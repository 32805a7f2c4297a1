--TEST--
PacketType, Version, Strictness and Sender have the numbers of the wire
--EXTENSIONS--
native
--FILE--
<?php
namespace Native\Mqtt;
foreach ([PacketType::class, Version::class, Strictness::class, Sender::class] as $enum) {
    echo $enum, ':';
    foreach ($enum::cases() as $case) {
        echo " $case->name=$case->value";
    }
    echo "\n";
}
?>
--EXPECT--
Native\Mqtt\PacketType: Connect=1 ConnAck=2 Publish=3 PubAck=4 PubRec=5 PubRel=6 PubComp=7 Subscribe=8 SubAck=9 Unsubscribe=10 UnsubAck=11 PingReq=12 PingResp=13 Disconnect=14 Auth=15
Native\Mqtt\Version: V3_1=3 V3_1_1=4 V5=5
Native\Mqtt\Strictness: Lenient=0 Spec=1 Strict=2
Native\Mqtt\Sender: Client=1 Server=2
