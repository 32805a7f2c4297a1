--TEST--
A PUBLISH that MQTT cannot express is refused before memory is taken for it
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{Publish};

ini_set('memory_limit', '600M');
$p = new Publish('a', str_repeat('x', 268435455));
memory_reset_peak_usage();
foreach (['encode', 'encodeHeader'] as $method) {
    try {
        $p->$method();
    } catch (ProtocolException $e) {
        echo $e->getMessage(), ' ', $e->reasonCode->name, "\n";
    }
}
var_dump(memory_get_peak_usage() < 300 << 20);
?>
--EXPECT--
PUBLISH: a packet has 268435460 bytes at most, a string 65535, and AUTH is of MQTT 5.0 PacketTooLarge
PUBLISH: a packet has 268435460 bytes at most, a string 65535, and AUTH is of MQTT 5.0 PacketTooLarge
bool(true)
