--TEST--
Copies of arrays that a process keeps: the script may write to them, hold them, drop them; the bytes stay within the cap
--EXTENSIONS--
native
posix
pcntl
--INI--
native.shm_copies=1M
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$c = segment(32 << 20)->cache();
$copies = fn () => Native\status()['shm']['copies'];
$make = fn ($n) => ['n' => $n, 'rows' => array_map(fn ($i) => ['id' => $i, 'name' => "name $n.$i"], range(0, 50)), 'list' => range(0, 50)];
$many = in_array(getenv('NATIVE_TEST_MODE'), ['plain', false], true) ? 600 : 150; // a copy has some 20 KB
$c->store('a', $make(1));
$one = $c->fetch('a');
$two = $c->fetch('a');
var_dump($copies()['arrays'], $copies()['hits'] >= 1);

// Each holder may write.
$one['rows'][3]['name'] = 'changed';
$one['new'] = 1;
sort($one['list']);
foreach ($two['rows'] as &$row) {
    $row['id']++;
}
unset($row);
$two['list'][] = 'more';
$name = $two['rows'][5]['name'];
$name .= '!';
$name[0] = 'N';
var_dump($c->fetch('a') === $make(1), $one['rows'][3], count($two['list']), $two['rows'][5], $name);

// What is held stays as it was when the key gets another value.
$held = $c->fetch('a');
$inner = $held['rows'][7];
$string = $held['rows'][9]['name'];
$key = array_key_last($held['rows'][0]);
unset($held);
for ($i = 2; $i < $many; $i++) {
    $c->store('a', $make($i));
    if ($c->fetch('a') !== $make($i)) {
        echo "another value\n";
    }
}
var_dump($inner, $string, $key);
var_dump($copies()['arrays'] <= 3);
unset($inner, $string, $key);

// Many keys, some held: never more than native.shm_copies, and all values right.
$keep = [];
for ($i = 0; $i < $many; $i++) {
    $c->store("k$i", $make($i));
    $keep[] = $c->fetch("k$i");
    if ($copies()['bytes'] > 1 << 20) {
        echo "too many bytes\n";
    }
}
foreach ($keep as $i => $value) {
    if ($value !== $make($i)) {
        echo "value $i is another\n";
    }
}
$half = [];
foreach ($keep as $i => $value) {
    $half[$i] = $value['rows'][$i % 50]['name'];
}
unset($keep, $value);
for ($round = 0; $round < 3; $round++) {
    for ($i = 0; $i < $many; $i++) {
        if ($c->fetch("k$i") !== $make($i)) {
            echo "key $i is another\n";
        }
    }
}
foreach ($half as $i => $name) {
    if ($name !== 'name ' . $i . '.' . $i % 50) {
        echo "name $i is another\n";
    }
}
var_dump($copies()['bytes'] <= 1 << 20, $copies()['bytes'] > 0);

// Cycles, the garbage collector, serializers and other walkers.
$o = new stdClass;
$o->config = $c->fetch('k1');
$o->self = $o;
unset($o);
gc_collect_cycles();
$v = $c->fetch('k1');
var_dump(serialize($v) === serialize($make(1)), json_encode($v) === json_encode($make(1)), var_export($v, true) === var_export($make(1), true));
array_walk_recursive($v, function (&$x) { $x = 0; });
var_dump($c->fetch('k1') === $make(1));
?>
--EXPECT--
int(1)
bool(true)
bool(true)
array(2) {
  ["id"]=>
  int(3)
  ["name"]=>
  string(7) "changed"
}
int(52)
array(2) {
  ["id"]=>
  int(6)
  ["name"]=>
  string(8) "name 1.5"
}
string(9) "Name 1.5!"
array(2) {
  ["id"]=>
  int(7)
  ["name"]=>
  string(8) "name 1.7"
}
string(8) "name 1.9"
string(4) "name"
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
