--TEST--
Publish::bytes() gives what an object of the same arguments encodes to, and refuses the same
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Properties, Strictness, Version};
use Native\Mqtt\Packet\Publish;

function attempt(callable $f): string
{
    try {
        return bin2hex($f());
    } catch (Throwable $e) {
        return get_class($e) . ': ' . str_replace(['::bytes()', '::__construct()'], '', $e->getMessage());
    }
}
$properties = new Properties(contentType: 'c');
foreach ([
    ['a/b'], ['a/b', 'x', 1, 7], ['a', 'x', 2, 65535, true, true, $properties], ['topic' => 'a', 'version' => Version::V3_1_1, 'payload' => 'y'],
    ['topic' => '', 'properties' => new Properties(topicAlias: 3)], ['a', str_repeat('x', 100000)],
    ['a/#'], ['a', 'x', 1], ['a', 'x', 0, 7], ['a', 'x', 3, 7], ['a', 'x', 1, 0], ['a', 'x', 1, 65536], ['a', 'x', 0, null, false, true],
    ['topic' => 'a', 'properties' => $properties, 'version' => Version::V3_1_1], [str_repeat('a', 65536)], [[]],
] as $i => $arguments) {
    $one = attempt(fn() => Publish::bytes(...$arguments));
    $two = attempt(fn() => (new Publish(...$arguments))->encode());
    echo $i, ': ', $one === $two ? 'same' : "$one is not $two", str_contains($one, ':') ? ' error' : '', "\n";
}
echo attempt(fn() => Publish::bytes('a/#', strictness: Strictness::Lenient)), "\n";
echo attempt(fn() => Publish::bytes("a\x01", strictness: Strictness::Strict)), "\n";
?>
--EXPECT--
0: same
1: same
2: same
3: same
4: same
5: same
6: same error
7: same error
8: same error
9: same error
10: same error
11: same error
12: same error
13: same error
14: same error
15: same error
30060003612f2300
Native\Mqtt\ProtocolException: PUBLISH: a string contains a control character or non-character at byte 5
