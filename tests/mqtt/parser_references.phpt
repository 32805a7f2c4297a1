--TEST--
Parser: what is fed is not copied, and not kept longer than needed
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Parser, Packet, Properties, Version, Strictness, Sender, ProtocolException};
use Native\Mqtt\Packet\{Connect, Publish, PingReq, Subscribe};

$stream = str_repeat((new Publish('a/b', str_repeat('x', 1000)))->encode(), 5000);
$parser = new Parser(Version::V5);
$before = memory_get_usage();
memory_reset_peak_usage();
$parser->feed($stream);
var_dump(memory_get_usage() - $before < 1000);
$count = 0;
foreach ($parser as $packet) {
    $count++;
}
unset($packet);
var_dump($count, memory_get_peak_usage() - $before < 20000, memory_get_usage() - $before < 1000);
// Changing the variable afterwards does not change what was fed.
$bytes = str_repeat("\xc0\0", 2);
$parser->feed($bytes);
$bytes[0] = "\0";
var_dump($parser->next()->type->name, $parser->next()->type->name);
// After a big slice that ends in a part of a packet only that part is kept.
$parser->feed($stream . "\x30");
foreach ($parser as $packet);
unset($packet);
var_dump(memory_get_usage() - $before < 2000, $parser->pending());
?>
--EXPECT--
bool(true)
int(5000)
bool(true)
bool(true)
string(7) "PingReq"
string(7) "PingReq"
bool(true)
int(1)
