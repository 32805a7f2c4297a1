--TEST--
Parser: a stream in slices of any length gives the same packets; pending() adds up
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Parser, Packet, Properties, Version, Strictness, Sender, ProtocolException};
use Native\Mqtt\Packet\{Connect, Publish, PingReq, Subscribe};

$stream = (new Connect('x', version: Version::V3_1_1))->encode();
for ($i = 0; $i < 150; $i++) {
    $stream .= (new Publish("a/$i", str_repeat(chr($i), $i * 7), $i % 2, $i % 2 ? $i : null, version: Version::V3_1_1))->encode();
}
$stream .= (new Publish('big', random_bytes(70000), version: Version::V3_1_1))->encode();
foreach ([1, 2, 3, 7, 64, 1000, 65536, strlen($stream)] as $size) {
    $parser = new Parser(sender: Sender::Client);
    $out = '';
    $good = true;
    $fed = 0;
    foreach (str_split($stream, $size) as $slice) {
        $parser->feed($slice);
        $fed += strlen($slice);
        foreach ($parser as $packet) {
            $out .= $packet->encode();
        }
        $good = $good && $parser->pending() === $fed - strlen($out);
    }
    var_dump($good && $out === $stream && $parser->pending() === 0);
}
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
