--TEST--
Cache: many at a time, iteration, information about keys
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$c = segment(track: true)->cache();
var_dump($c->storeMany(['a' => 1, 'b' => [1, 2], 7 => 'seven']));
var_dump($c->fetchMany(['b', 7, 'none', 'a']));
var_dump($c->deleteMany(['a', 'none', 7]), $c->exists('a'));
for ($i = 0; $i < 3000; $i++) {
    $c->store("user.$i", $i);
}
$sum = $count = 0;
foreach ($c->iterate('user.') as $key => $value) {
    $count++;
    $sum += $value;
}
var_dump($count, $sum === 2999 * 3000 / 2);
$it = $c->iterate('user.1');
foreach ($it as $key => $value) {
    if (!str_starts_with($key, 'user.1')) {
        echo "$key\n";
    }
    $it->delete();
}
var_dump($c->exists('user.1'), $c->exists('user.1999'), $c->exists('user.2'), $c->info()['entries']);
$c->fetch('b');
$c->fetch('b');
$info = $c->keyInfo('b');
var_dump($info['format'], $info['bytes'] > 0, $info['memory'] >= $info['bytes'], abs($info['stored'] - time()) < 3, $info['ttl'], $info['pinned'], $info['hits'] >= 2,
    abs($info['accessed'] - time()) < 3, $c->keyInfo('none'));
$it = $c->iterate('b');
$c->store('b', 'other');
foreach ($it as $value) {
    var_dump($value);
    $c->store('b', 'newer');
    var_dump($it->delete(), $it->info()['format']);
}
var_dump($c->fetch('b'));
?>
--EXPECT--
array(0) {
}
array(3) {
  ["b"]=>
  array(2) {
    [0]=>
    int(1)
    [1]=>
    int(2)
  }
  [7]=>
  string(5) "seven"
  ["a"]=>
  int(1)
}
int(2)
bool(false)
int(3000)
bool(true)
bool(false)
bool(false)
bool(true)
int(1890)
string(5) "array"
bool(true)
bool(true)
bool(true)
NULL
bool(false)
bool(true)
bool(true)
NULL
string(5) "other"
bool(false)
string(6) "string"
string(5) "newer"
