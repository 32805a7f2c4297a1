--TEST--
SUBSCRIBE and UNSUBSCRIBE on the wire
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{Subscribe, Unsubscribe};
function hex(Packet $p): void { echo chunk_split(bin2hex($p->encode()), 2, " "), "\n"; }
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

hex(new Subscribe(10, ['a/+', new Subscription('b/#', 2, true, true, Subscription::SEND_NO_RETAINED)], new Properties(subscriptionIdentifiers: [300])));
hex(new Subscribe(1, [new Subscription('a', 1)], version: Version::V3_1_1));
hex(new Unsubscribe(11, ['a/+', 'b']));
$s = Packet::decode("\x82\x0b\0\x0a\0\0\x01a\x2d\0\x01b\0");
foreach ($s->subscriptions as $i => $x) {
    echo "$i $x->filter qos=$x->qos noLocal=", json_encode($x->noLocal), ' rap=', json_encode($x->retainAsPublished), " rh=$x->retainHandling $x->options\n";
}
var_dump(Packet::decode("\xa2\x08\0\x01\0\0\x03a/b")->filters);
attempt(fn() => (new Subscribe(1, []))->encode());
attempt(fn() => (new Subscribe(1, ['a#']))->encode());
attempt(fn() => (new Subscribe(1, [new Subscription('a', noLocal: true)], version: Version::V3_1_1))->encode());
attempt(fn() => (new Subscribe(1, [new Subscription('$share/x/a', noLocal: true)]))->encode());
attempt(fn() => new Subscribe(1, [1]));
attempt(fn() => new Unsubscribe(1, [new Subscription('a')]));
attempt(fn() => new Unsubscribe(1, [str_repeat('a', 65536)]));
attempt(fn() => (new Subscribe(1, ['a', str_repeat('b', 65535)]))->encode() !== '' and print("long filter\n"));
?>
--EXPECT--
82 12 00 0a 03 0b ac 02 00 03 61 2f 2b 00 00 03 62 2f 23 2e 
82 06 00 01 00 01 61 01 
a2 0b 00 0b 00 00 03 61 2f 2b 00 01 62 
0 a qos=1 noLocal=true rap=true rh=2 45
1 b qos=0 noLocal=false rap=false rh=0 0
array(1) {
  [0]=>
  string(3) "a/b"
}
Native\Mqtt\ProtocolException: SUBSCRIBE: SUBSCRIBE without a topic filter at byte 5 [MQTT-3.8.3-2]
Native\Mqtt\ProtocolException: SUBSCRIBE: # is not alone in the last level of the topic filter at byte 8 [MQTT-4.7.1-1]
Native\Mqtt\ProtocolException: SUBSCRIBE: reserved subscription option bits are set at byte 7 [MQTT-3-8.3-4]
Native\Mqtt\ProtocolException: SUBSCRIBE: no local is set on a shared subscription at byte 17 [MQTT-3.8.3-4]
ValueError: Native\Mqtt\Packet\Subscribe::__construct(): Argument #2 ($subscriptions) must hold Subscription objects or strings of at most 65535 bytes
ValueError: Native\Mqtt\Packet\Unsubscribe::__construct(): Argument #2 ($filters) must hold strings of at most 65535 bytes
ValueError: Native\Mqtt\Packet\Unsubscribe::__construct(): Argument #2 ($filters) must hold strings of at most 65535 bytes
long filter
nothing thrown
