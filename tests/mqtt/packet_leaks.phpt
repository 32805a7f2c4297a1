--TEST--
Packets by the thousand take no memory, and the collector sees no cycle in them
--EXTENSIONS--
native
--SKIPIF--
<?php
if (getenv('USE_ZEND_ALLOC') === '0') echo 'skip measures PHP\'s allocator';
?>
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Parser, Version};
use Native\Mqtt\Packet\{Publish, Connect, Subscribe, SubAck};
use Native\Mqtt\Will;

function round_trip(): void
{
    $p = new Publish('a/b', 'payload', 1, 7, properties: new Properties(contentType: 'x', userProperties: [['a', 'b']]));
    $q = Packet::decode($p->encode());
    $q->properties->userProperties;
    clone $q;
    $c = Packet::decode((new Connect('id', will: new Will('w', 'x', properties: new Properties(willDelayInterval: 1))))->encode());
    $c->will->properties->willDelayInterval;
    Packet::decode((new Subscribe(1, ['a', 'b']))->encode())->subscriptions;
    Packet::decode((new SubAck(1, [0, 1]))->encode())->reasonCodes;
    $parser = new Parser(Version::V5);
    $parser->feed($p->encode() . "\x30\x10\0");
    foreach ($parser as $packet);
    try {
        Packet::decode("\x30\x05\0\x01#\0x");
    } catch (Native\Mqtt\ProtocolException) {
    }
    $holder = new stdClass();
    $holder->self = $holder;
    $holder->packet = $q;
}
for ($i = 0; $i < 2000; $i++) round_trip();
gc_collect_cycles();
$before = memory_get_usage();
for ($i = 0; $i < 2000; $i++) round_trip();
var_dump(gc_collect_cycles() > 0);
gc_mem_caches();
var_dump(memory_get_usage() - $before < 1000 ?: memory_get_usage() - $before);
?>
--EXPECT--
bool(true)
bool(true)
