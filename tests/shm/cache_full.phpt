--TEST--
Cache: a full segment evicts one by one; a value of a tenth of it still fits; pinned ones stay; what never fits is false
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$c = segment(8 << 20)->cache();
for ($i = 0; $i < 20; $i++) {
    $c->store("pinned $i", str_repeat('p', 1000), pinned: true);
}
$failed = 0;
for ($i = 0; $i < 20000; $i++) {
    $failed += $c->store("k$i", str_repeat(chr($i % 256), 1000)) ? 0 : 1;
    $c->fetch('k0');
}
$info = $c->info();
var_dump($failed, $info['evictions'] > 10000, $info['entries'] > 4000, $info['evict_steps'] > 0);
var_dump($c->exists('k0'), $c->exists('k19999'));
$wrong = 0;
foreach ($c->iterate('k') as $key => $value) {
    $wrong += $value !== str_repeat(chr((int) substr($key, 1) % 256), 1000);
}
var_dump($wrong);
$big = random_bytes(800 << 10);
var_dump($c->store('big', $big), $c->fetch('big') === $big);
var_dump($c->store('big', str_repeat('x', 3 << 20)), $c->store('big', range(1, 600000)), $c->fetch('big') === $big);
for ($i = 0; $i < 20; $i++) {
    $c->exists("pinned $i") || print("pinned $i is gone\n");
}
var_dump($c->clear(), $c->info()['entries'], $c->info()['used']);
?>
--EXPECT--
int(0)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
int(0)
bool(true)
bool(true)
bool(false)
bool(false)
bool(true)
bool(true)
int(0)
int(0)
