--TEST--
Packets cannot be changed, serialized, constructed again or extended
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{Publish};
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

$p = Packet::decode("\x30\x0b\0\x01a\x05\x02\0\0\0\x3cxy"); // properties not made yet
attempt(fn() => $p->topic = 'x');
attempt(fn() => $p->type = Native\Mqtt\PacketType::Connect);
attempt(fn() => $p->properties = new Properties());
attempt(function () use ($p) { $r = &$p->payload; });
attempt(function () use ($p) { foreach ($p as &$v); });
attempt(function () use ($p) { unset($p->version); });
attempt(fn() => $p->more = 1);
attempt(fn() => (new ReflectionProperty($p, 'properties'))->setValue($p, new Properties()));
attempt(fn() => $p->__construct('b'));
attempt(fn() => serialize($p));
attempt(fn() => unserialize('O:26:"Native\Mqtt\Packet\Publish":0:{}'));
attempt(fn() => (new ReflectionClass(Publish::class))->newInstanceWithoutConstructor());
class Mine extends Packet {}
attempt(fn() => new Mine());
attempt(fn() => new Packet());
var_dump((new ReflectionClass(Publish::class))->isFinal());
echo bin2hex($p->encode()), "\n";
?>
--EXPECTF--
Error: Cannot modify %Sreadonly property Native\Mqtt\Packet\Publish::$topic
Error: Cannot modify %Sreadonly property Native\Mqtt\Packet::$type
Error: Cannot modify %Sreadonly property Native\Mqtt\Packet\Publish::$properties
Error: Cannot %Smodify %Sreadonly property Native\Mqtt\Packet\Publish::$payload
Error: Cannot acquire reference to readonly property Native\Mqtt\Packet::$type
Error: Cannot unset %Sreadonly property Native\Mqtt\Packet::$version
Error: Cannot create dynamic property Native\Mqtt\Packet\Publish::$more
Error: Cannot modify readonly property Native\Mqtt\Packet\Publish::$properties
Error: Cannot construct a Native\Mqtt\Packet\Publish again
Exception: Serialization of 'Native\Mqtt\Packet\Publish' is not allowed
Exception: Unserialization of 'Native\Mqtt\Packet\Publish' is not allowed
ReflectionException: Class Native\Mqtt\Packet\Publish is an internal class marked as final that cannot be instantiated without invoking its constructor
Error: Class Mine cannot extend Native\Mqtt\Packet
Error: Cannot instantiate abstract class Native\Mqtt\Packet
bool(true)
300b00016105020000003c7879
