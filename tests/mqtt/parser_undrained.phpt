--TEST--
Parser: bytes may be fed many times before packets are taken, and taken now and then
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Parser, Packet, Properties, Version, Strictness, Sender, ProtocolException};
use Native\Mqtt\Packet\{Connect, Publish, PingReq, Subscribe};

mt_srand(7);
$stream = '';
for ($i = 0; $i < 300; $i++) {
    $stream .= (new Publish("a/$i", str_repeat('x', mt_rand(0, 300))))->encode();
}
for ($round = 0; $round < 20; $round++) {
    $parser = new Parser(Version::V5);
    $out = '';
    for ($at = 0; $at < strlen($stream); $at += $size) {
        $size = mt_rand(1, [3, 50, 5000][$round % 3]);
        $parser->feed(substr($stream, $at, $size));
        while (mt_rand(0, 2) && $packet = $parser->next()) {
            $out .= $packet->encode();
        }
    }
    while ($packet = $parser->next()) {
        $out .= $packet->encode();
    }
    if ($out !== $stream || $parser->pending() !== 0) {
        echo "round $round differs\n";
    }
}
echo "done\n";
?>
--EXPECT--
done
