--TEST--
encode() refuses what the standard forbids, and says which rule, where, and the reason code
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{Publish, Connect};

function refused(Packet $p, Strictness $level = Strictness::Spec): void
{
    try {
        echo bin2hex($p->encode($level)), "\n";
    } catch (ProtocolException $e) {
        printf("%s|%s|%s|%d|%s|%s|%d\n", $e->getMessage(), $e->rule, $e->ruleName, $e->offset, $e->statement, $e->reasonCode->name, $e->getCode());
    }
}
refused(new Publish('a/+/b'));
refused(new Publish("a\xff"));
refused(new Publish('a', qos: 1, packetId: 0));
refused(new Publish('a', dup: true));
refused(new Publish('a', properties: new Properties(receiveMaximum: 5)));
refused(new Publish('a', properties: new Properties(topicAlias: 0)));
refused(new Connect('', false, version: Version::V3_1_1));
refused(new Publish("a\x01"));
refused(new Publish("a\x01"), Strictness::Strict);
refused(new Publish('a/+/b'), Strictness::Lenient);
?>
--EXPECT--
PUBLISH: the topic name contains a wildcard at byte 6 [MQTT-3.3.2-2]|the topic name contains a wildcard|TOPIC_WILDCARD|6|MQTT-3.3.2-2|MalformedPacket|129
PUBLISH: ill-formed UTF-8 at byte 5 [MQTT-1.5.4-1]|ill-formed UTF-8|UTF8|5|MQTT-1.5.4-1|MalformedPacket|129
PUBLISH: the packet identifier is 0 at byte 5 [MQTT-2.2.1-3]|the packet identifier is 0|PACKET_ID|5|MQTT-2.2.1-3|ProtocolError|130
PUBLISH: DUP is set at QoS 0 at byte 0 [MQTT-3.3.1-2]|DUP is set at QoS 0|DUP|0|MQTT-3.3.1-2|MalformedPacket|129
PUBLISH: this property does not belong into this packet at byte 6|this property does not belong into this packet|PROPERTY_PACKET|6||MalformedPacket|129
PUBLISH: the topic alias is 0 at byte 7 [MQTT-3.3.2-8]|the topic alias is 0|TOPIC_ALIAS|7|MQTT-3.3.2-8|TopicAliasInvalid|148
CONNECT: an empty client identifier asks for a kept session at byte 14 [MQTT-3.1.3-8]|an empty client identifier asks for a kept session|CLIENT_ID|14|MQTT-3.1.3-8|ClientIdentifierNotValid|133
30050002610100
PUBLISH: a string contains a control character or non-character at byte 5|a string contains a control character or non-character|UTF8_DISCOURAGED|5||MalformedPacket|129
30080005612f2b2f6200
