--TEST--
Parser: foreach, keys, break, nested, generators, by reference, getIterator()
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Parser, Packet, Properties, Version, Strictness, Sender, ProtocolException};
use Native\Mqtt\Packet\{Connect, Publish, PingReq, Subscribe};
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

$parser = new Parser(Version::V5);
$parser->feed("\xc0\0\xd0\0\xc0\0\xd0\0\xc0");
foreach ($parser as $i => $packet) {
    echo $i, ' ', $packet->type->name, "\n";
    if ($i === 1) {
        break;
    }
}
foreach ($parser as $i => $packet) {
    echo $i, ' ', $packet->type->name, "\n";
    if ($i === 0) {
        $parser->feed("\0");
    }
}
$parser->feed("\xc0\0\xd0\0");
$it = $parser->getIterator();
var_dump($it instanceof Iterator, $it->valid());
$it->rewind();
$it->rewind();
var_dump($it->key(), $it->current()->type->name);
$it->next();
var_dump($it->key(), $it->current()->type->name);
$it->next();
var_dump($it->valid(), $parser->pending());
$parser->feed("\xc0\0\xd0\0");
echo implode(' ', array_map(fn($p) => $p->type->name, [...$parser])), "\n";
attempt(function () use ($parser) { foreach ($parser as &$packet); });
attempt(fn() => clone $parser);
attempt(fn() => serialize($parser));
(function () {
    foreach ((function () { $p = new Parser(Version::V5); $p->feed("\xc0\0\xc0\0"); return $p; })() as $packet) {
        echo $packet->type->name, "\n";
    }
})();
?>
--EXPECT--
0 PingReq
1 PingResp
0 PingReq
1 PingResp
2 PingReq
bool(true)
bool(true)
int(0)
string(7) "PingReq"
int(1)
string(8) "PingResp"
bool(false)
int(0)
PingReq PingResp
Error: An iterator cannot be used with foreach by reference
Error: Trying to clone an uncloneable object of class Native\Mqtt\Parser
Exception: Serialization of 'Native\Mqtt\Parser' is not allowed
PingReq
PingReq
