--TEST--
Arrays without kept copies: the same values element by element; bytes of another version are refused, damaged ones, too
--EXTENSIONS--
native
posix
pcntl
--INI--
native.shm_copies=0
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$s = segment(8 << 20);
$c = $s->cache();
$holes = range(0, 20);
unset($holes[3], $holes[20]);
$rows = array_map(fn ($i) => ['id' => $i, 'name' => "row $i", 'tags' => ['a', 'bb', "tag $i"], 'none' => null, 'f' => $i / 3, 'yes' => $i % 2 === 0, '' => []], range(0, 300));
$values = [
    'rows' => $rows, 'apart' => json_decode(json_encode($rows), true), 'holes' => $holes, 'list' => range(-10, 10),
    'longs' => [PHP_INT_MAX, PHP_INT_MIN, 8388607, 8388608, -8388608, -8388609], 'mixed' => [1 => 'x', 'y' => 2, -5 => [[]]],
    'order' => [['a' => 1, 'b' => 2], ['b' => 3, 'a' => 4], ['a' => 5, 'b' => 6], ['a' => 7], ['a' => 8, 'b' => 9, 'c' => 10]],
    'keys' => [['a' => 1, 5 => 2], ['a' => 3, 5 => 4]], 'same' => array_fill(0, 50, ['one' => ['two' => ['three' => 'the same string']]]),
    'wide' => array_fill_keys(array_map(fn ($i) => "key number $i", range(0, 2000)), 'a value'),
    'deep' => array_reduce(range(1, 500), fn ($inner) => ['in' => $inner, 'l' => [1]], 'end'),
];
foreach ($values as $name => $value) {
    $c->store($name, $value) || print("$name was not stored\n");
    $back = $c->fetch($name);
    $back === $value || print("$name is another\n");
    foreach ($value as $k => $v) {
        ($back[$k] ?? null) === $v || print("$name: $k is another\n");
    }
    $back[] = 'next';
    $value[] = 'next';
    $back === $value || print("$name: the next key is another\n");
}
var_dump(Native\status()['shm']['copies']['arrays']);

// The same bytes, in a process that keeps copies and in this one; then of a format that nobody knows.
$image = file_get_contents($s->path());
$look = '$c = Native\Shm\Segment::open("' . $s->name() . '")->cache(); foreach (["rows", "list"] as $k) { for ($i = 0; $i < 2; $i++) try { echo count($c->fetch($k)), " "; } catch (Native\Shm\DecodeException $e) { echo $e->getMessage(), " "; } } echo Native\status()["shm"]["copies"]["arrays"], "\n";';
echo php($look);
$f = fopen($s->path(), 'r+');
for ($at = -1; ($at = strpos($image, 'FLA2', $at + 1)) !== false;) {
    fseek($f, $at + 3);
    fwrite($f, '3');
}
fflush($f);
echo php($look), php($look, [], ['-d', 'native.shm_copies=0']);
var_dump($c->store('rows', 'another'), $c->fetch('rows'));
?>
--EXPECT--
int(0)
301 301 21 21 1
The stored array is damaged, or of a newer version The stored array is damaged, or of a newer version The stored array is damaged, or of a newer version The stored array is damaged, or of a newer version 0
The stored array is damaged, or of a newer version The stored array is damaged, or of a newer version The stored array is damaged, or of a newer version The stored array is damaged, or of a newer version 0
bool(true)
string(7) "another"
