--TEST--
TopicFilter: what is no filter and no topic name is refused with rule and place
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{TopicFilter, Version, Strictness, ProtocolException};
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

foreach (['', 'a#', 'a/#/b', '#/', 'a+', '+a/b', "a\0", "\xff", '$share/', '$share/w', '$share/w/', '$share//a', '$share/w+/a', str_repeat('a', 65536), "a\x01"] as $filter) {
    attempt(fn() => new TopicFilter($filter));
}
attempt(fn() => new TopicFilter('$share/w', Version::V3_1_1));
attempt(fn() => new TopicFilter("a\x01", strictness: Strictness::Strict));
attempt(fn() => TopicFilter::checkName('a/+'));
attempt(fn() => TopicFilter::checkName(''));
attempt(fn() => TopicFilter::checkName('a/b'));
var_dump(TopicFilter::isValid('a/#'), TopicFilter::isValid('a#'), TopicFilter::isValid('$share/w'), TopicFilter::isValid('$share/w', Version::V3_1_1));
var_dump(TopicFilter::isValidName('a/b'), TopicFilter::isValidName('a/+'), TopicFilter::isValidName(str_repeat('a', 65536)), TopicFilter::isValidName("a\x01"),
    TopicFilter::isValidName("a\x01", Strictness::Strict));
try {
    new TopicFilter('a/b#');
} catch (ProtocolException $e) {
    var_dump($e->offset, $e->statement, $e->rule, $e->ruleName, $e->reasonCode->name);
}
$f = new TopicFilter('a');
attempt(fn() => $f->filter = 'b');
attempt(fn() => serialize(new TopicFilter('a')));
?>
--EXPECT--
Native\Mqtt\ProtocolException: topic filter: the topic is empty at byte 0 [MQTT-4.7.3-1]
Native\Mqtt\ProtocolException: topic filter: # is not alone in the last level of the topic filter at byte 1 [MQTT-4.7.1-1]
Native\Mqtt\ProtocolException: topic filter: # is not alone in the last level of the topic filter at byte 2 [MQTT-4.7.1-1]
Native\Mqtt\ProtocolException: topic filter: # is not alone in the last level of the topic filter at byte 0 [MQTT-4.7.1-1]
Native\Mqtt\ProtocolException: topic filter: + is not alone in its level of the topic filter at byte 1 [MQTT-4.7.1-2]
Native\Mqtt\ProtocolException: topic filter: + is not alone in its level of the topic filter at byte 0 [MQTT-4.7.1-2]
Native\Mqtt\ProtocolException: topic filter: a string contains U+0000 at byte 1 [MQTT-1.5.4-2]
Native\Mqtt\ProtocolException: topic filter: ill-formed UTF-8 at byte 0 [MQTT-1.5.4-1]
Native\Mqtt\ProtocolException: topic filter: a shared subscription has no share name at byte 7 [MQTT-4.8.2-1]
Native\Mqtt\ProtocolException: topic filter: a shared subscription has a wildcard in its name or no topic filter at byte 8 [MQTT-4.8.2-2]
Native\Mqtt\ProtocolException: topic filter: a shared subscription has a wildcard in its name or no topic filter at byte 8 [MQTT-4.8.2-2]
Native\Mqtt\ProtocolException: topic filter: a shared subscription has no share name at byte 7 [MQTT-4.8.2-1]
Native\Mqtt\ProtocolException: topic filter: a shared subscription has a wildcard in its name or no topic filter at byte 8 [MQTT-4.8.2-2]
Native\Mqtt\ProtocolException: topic filter: more than 65535 bytes
nothing thrown
nothing thrown
Native\Mqtt\ProtocolException: topic filter: a string contains a control character or non-character at byte 1
Native\Mqtt\ProtocolException: topic name: the topic name contains a wildcard at byte 2 [MQTT-3.3.2-2]
Native\Mqtt\ProtocolException: topic name: the topic is empty at byte 0 [MQTT-4.7.3-1]
nothing thrown
bool(true)
bool(false)
bool(false)
bool(true)
bool(true)
bool(false)
bool(false)
bool(true)
bool(false)
int(3)
string(12) "MQTT-4.7.1-1"
string(52) "# is not alone in the last level of the topic filter"
string(11) "FILTER_HASH"
string(15) "MalformedPacket"
Error: Cannot modify readonly property Native\Mqtt\TopicFilter::$filter
Exception: Serialization of 'Native\Mqtt\TopicFilter' is not allowed
