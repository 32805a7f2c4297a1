--TEST--
Cache: keys of 0 to 65536 bytes; keys of one namespace are not seen in another
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$s = segment();
$plain = $s->cache();
$a = $s->cache('a');
$b = $s->cache(str_repeat('b', 255));
$keys = ['', "\0", "\0\1ak", "\0\0", 'k', str_repeat('x', 300), str_repeat('y', 60000)];
foreach ($keys as $i => $key) {
    $plain->store($key, "plain $i");
    $a->store($key, "a $i");
    $b->store($key, "b $i");
}
foreach ($keys as $i => $key) {
    if ([$plain->fetch($key), $a->fetch($key), $b->fetch($key)] !== ["plain $i", "a $i", "b $i"]) {
        echo "key $i is mixed up\n";
    }
}
foreach ([$plain, $a, $b] as $cache) {
    $seen = [];
    foreach ($cache->iterate() as $key => $value) {
        $seen[$key] = $value;
    }
    echo count($seen), ' ', count(array_diff($keys, array_keys($seen))), "\n";
}
var_dump($a->clear(), $a->exists('k'), $plain->fetch('k'), $b->fetch('k'));
var_dump($plain->store(str_repeat('z', 65536), 1), $plain->exists(str_repeat('z', 65536)));
foreach ([fn () => $plain->store(str_repeat('z', 65537), 1), fn () => $a->fetch(str_repeat('z', 65536)), fn () => $s->cache(str_repeat('n', 256))] as $f) {
    try {
        $f();
    } catch (ValueError $e) {
        echo $e->getMessage(), "\n";
    }
}
var_dump($plain->clear(), $b->exists('k'), $plain->info()['entries'], $plain->info()['used']);
?>
--EXPECT--
7 0
7 0
7 0
bool(true)
bool(false)
string(7) "plain 4"
string(3) "b 4"
bool(true)
bool(true)
Native\Shm\Cache::store(): Argument #1 ($key) must be at most 65536 bytes long
Native\Shm\Cache::fetch(): Argument #1 ($key) must be at most 65533 bytes long
Native\Shm\Segment::cache(): Argument #1 ($namespace) must be at most 255 bytes long
bool(true)
bool(false)
int(0)
int(0)
