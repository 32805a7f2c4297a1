--TEST--
Copies: what is fetched once gives its memory to the next one; what is fetched again stays, in one long request, too
--EXTENSIONS--
native
posix
pcntl
--INI--
native.shm_copies=4M
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$c = segment(32 << 20)->cache();
$copies = fn () => Native\status()['shm']['copies'];
$make = fn ($n) => array_map(fn ($i) => ['id' => $i, 'name' => "name $n.$i", 'n' => $n], range(0, 49));
for ($n = 0; $n < 500; $n++) {
    $c->store("k$n", $make($n));
}
for ($round = 0; $round < 2; $round++) {
    // A walk over all, each once: they need 500 times as much.
    for ($n = 0; $n < 500; $n++) {
        $value = $c->fetch("k$n");
        if ($value !== $make($n)) {
            echo "$n is another\n";
        }
        if (!$round && $copies()['bytes'] > 300 << 10) {
            exit("too many bytes after $n: {$copies()['bytes']}\n");
        }
    }
}
// The second time they stay, within the limit.
var_dump($copies()['arrays'] > 100, $copies()['bytes'] <= 4 << 20, $copies()['hits'] < 100);
// A small set stays whole.
for ($round = 0; $round < 6; $round++) {
    $hits = $copies()['hits'];
    for ($n = 0; $n < 60; $n++) {
        $c->fetch("k$n");
    }
}
var_dump($copies()['hits'] - $hits);
// Held values are nobody else's memory.
$held = [];
for ($n = 200; $n < 300; $n++) {
    $held[$n] = $c->fetch("k$n")[7];
}
for ($n = 300; $n < 400; $n++) {
    $c->fetch("k$n");
}
foreach ($held as $n => $row) {
    if ($row !== $make($n)[7]) {
        echo "$n is another\n";
    }
}
var_dump($copies()['bytes'] <= 4 << 20);
// A key that changes all the time and is fetched each time, larger and smaller.
for ($i = 0; $i < 300; $i++) {
    $value = array_slice($make($i), 0, 1 + $i * 7 % 50);
    $c->store('changes', $value);
    if ($c->fetch('changes') !== $value || $c->fetch('changes') !== $value) {
        echo "change $i is another\n";
    }
}
var_dump($copies()['bytes'] <= 4 << 20);
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
int(60)
bool(true)
bool(true)
