--TEST--
Message, Will and Subscription: defaults, named arguments, faults, equality
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, Message, ProtocolException};
use Native\Mqtt\Packet\{Publish};
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

$m = new Message('a/b');
var_dump($m->topic, $m->payload, $m->qos, $m->retain, $m->dup, $m->properties->isEmpty());
$w = new Will(topic: 'w', qos: 2, retain: true, payload: 'gone', properties: new Properties(willDelayInterval: 3));
var_dump($w);
var_dump(new Subscription('a/+', 1, retainHandling: Subscription::SEND_RETAINED_IF_NEW));
var_dump(new Message('a', '10') == new Message('a', '1e1'), new Message('a') == new Message('a', ''), clone $w == $w, $w == new Will('w'));
attempt(fn() => new Message('a', qos: 3));
attempt(fn() => new Message('a', qos: -1));
attempt(fn() => new Message(str_repeat('a', 65536)));
attempt(fn() => new Will('a', str_repeat('a', 65536)));
attempt(fn() => new Subscription('a', 3));
attempt(fn() => new Subscription('a', retainHandling: 3));
attempt(fn() => serialize($m));
attempt(fn() => $w->payload = '');
?>
--EXPECTF--
string(3) "a/b"
string(0) ""
int(0)
bool(false)
bool(false)
bool(true)
object(Native\Mqtt\Will)#%d (5) {
  ["topic"]=>
  string(1) "w"
  ["payload"]=>
  string(4) "gone"
  ["qos"]=>
  int(2)
  ["retain"]=>
  bool(true)
  ["properties"]=>
  object(Native\Mqtt\Properties)#%d (1) {
    ["willDelayInterval"]=>
    int(3)
  }
}
object(Native\Mqtt\Subscription)#%d (6) {
  ["filter"]=>
  string(3) "a/+"
  ["qos"]=>
  int(1)
  ["noLocal"]=>
  bool(false)
  ["retainAsPublished"]=>
  bool(false)
  ["retainHandling"]=>
  int(1)
  ["options"]=>
  int(17)
}
bool(false)
bool(true)
bool(true)
bool(false)
ValueError: Native\Mqtt\Message::__construct(): Argument #3 ($qos) must be 0, 1 or 2
ValueError: Native\Mqtt\Message::__construct(): Argument #3 ($qos) must be 0, 1 or 2
ValueError: Native\Mqtt\Message::__construct(): Argument #1 ($topic) must not be longer than 65535 bytes
ValueError: Native\Mqtt\Will::__construct(): Argument #2 ($payload) must not be longer than 65535 bytes
ValueError: Native\Mqtt\Subscription::__construct(): Argument #2 ($qos) must be 0, 1 or 2
ValueError: Native\Mqtt\Subscription::__construct(): Argument #5 ($retainHandling) must be one of the Subscription::SEND_* constants
Exception: Serialization of 'Native\Mqtt\Message' is not allowed
Error: Cannot modify %Sreadonly property Native\Mqtt\Will::$payload
