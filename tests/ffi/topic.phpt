--TEST--
FFI: topic names and filters
--EXTENSIONS--
ffi
--FILE--
<?php
require __DIR__ . '/../../ffi-decls/autoload.php';

use Native\Ffi\Mqtt\{Codec, MalformedPacket, Topic};

foreach ([['sport/#', 'sport'], ['sport/+', 'sport/tennis'], ['+', '$SYS'], ['a.b/+', 'axb/c'], ['$share/g/a/+', 'a/b'], ['a', 'a/b']] as [$filter, $topic]) {
    echo "$filter $topic: ", Topic::matches($filter, $topic) ? 'yes' : 'no', ' ', json_encode(Topic::capture($filter, $topic)), "\n";
}
echo json_encode(Topic::capture('+/x/+/#', 'a/x//c/d')), "\n";
Topic::checkName('a/b');
Topic::checkFilter('a/#');
foreach ([fn () => Topic::checkName('a/+'), fn () => Topic::checkFilter('a/b#'), fn () => Topic::checkName(''),
    fn () => Topic::checkName("a\x01", Codec::STRICT), fn () => Topic::checkFilter('$share//x')] as $check) {
    try {
        $check();
        echo "accepted\n";
    } catch (MalformedPacket $e) {
        echo "$e->rule at $e->offset, $e->statement: {$e->getMessage()}\n";
    }
}
foreach ([fn () => Topic::checkName(str_repeat('a', 65536)), fn () => Topic::checkName("a\x01", 1 << 32), fn () => Topic::checkFilter('$share//x', version: 261)] as $check) {
    try {
        $check();
        echo "accepted\n";
    } catch (ValueError $e) {
        echo $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
sport/# sport: yes [""]
sport/+ sport/tennis: yes ["tennis"]
+ $SYS: no null
a.b/+ axb/c: no null
$share/g/a/+ a/b: yes ["b"]
a a/b: no null
["a","","c\/d"]
TOPIC_WILDCARD at 2, MQTT-3.3.2-2: Byte 2: the topic name contains a wildcard
FILTER_HASH at 3, MQTT-4.7.1-1: Byte 3: # is not alone in the last level of the topic filter
TOPIC_EMPTY at 0, MQTT-4.7.3-1: Byte 0: the topic is empty
UTF8_DISCOURAGED at 1, : Byte 1: a string contains a control character or non-character
SHARE_NAME at 7, MQTT-4.8.2-1: Byte 7: a shared subscription has no share name
A topic has at most 65535 bytes
version must be 0, 3, 4 or 5, level one of LENIENT, SPEC and STRICT
version must be 0, 3, 4 or 5, level one of LENIENT, SPEC and STRICT
