--TEST--
decode() refuses too few and too many bytes, other kinds, the wrong sender
--EXTENSIONS--
native
--FILE--
<?php
namespace Native\Mqtt;
use Native\Mqtt\Packet\{Publish, Connect};

function refused(callable $f): void
{
    try {
        $f();
        echo "accepted\n";
    } catch (ProtocolException $e) {
        echo $e->getMessage(), "|$e->offset|$e->missing|", $e->reasonCode->name, "\n";
    }
}
refused(fn() => Packet::decode(''));
refused(fn() => Packet::decode("\x30"));
refused(fn() => Packet::decode("\x30\x80"));
refused(fn() => Packet::decode("\x30\x0a\0"));
refused(fn() => Packet::decode("\xc0\0\xd0"));
refused(fn() => Packet::decode("\xc0\0\xd0\0"));
refused(fn() => Connect::decode("\xc0\0"));
refused(fn() => Packet::decode("\xc0\0", null));
refused(fn() => Packet::decode("\xc0\0", sender: Sender::Server));
refused(fn() => Packet::decode("\xc0\0", sender: Sender::Client));
refused(fn() => Packet::decode("\x00\0"));
refused(fn() => Packet::decode("\x36\x04\0\0\0\1"));
refused(fn() => Publish::decode("\x30\x05\0\x01a\0!"));
?>
--EXPECT--
packet: the bytes end early; at least 2 more after byte 0 are missing|0|2|MalformedPacket
PUBLISH: the bytes end early; at least 1 more after byte 1 are missing|1|1|MalformedPacket
PUBLISH: the bytes end early; at least 1 more after byte 2 are missing|2|1|MalformedPacket
PUBLISH: the bytes end early; at least 9 more after byte 3 are missing|3|9|MalformedPacket
PINGREQ: 1 bytes after the packet, which ends at byte 2|2|0|MalformedPacket
PINGREQ: 2 bytes after the packet, which ends at byte 2|2|0|MalformedPacket
PINGREQ: the packet is no Native\Mqtt\Packet\Connect|0|0|ProtocolError
PINGREQ: the first packet is not CONNECT at byte 0 [MQTT-3.1.0-1]|0|0|ProtocolError
PINGREQ: this side of the connection never sends this packet at byte 0|0|0|ProtocolError
accepted
packet: no packet has this type in this version of MQTT at byte 0|0|0|MalformedPacket
PUBLISH: the QoS is 3 at byte 0 [MQTT-3.3.1-4]|0|0|MalformedPacket
accepted
