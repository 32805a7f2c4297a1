--TEST--
A /dev/shm of 1 MB: one warning, values are not stored, nothing crashes; and one that fills up later
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php
getenv('NATIVE_TEST_MODE') === 'plain' || die('skip starts PHP in a namespace of its own');
exec('unshare -m sh -c "mount -t tmpfs -o size=1m none /dev/shm" 2>/dev/null', $lines, $status);
$status === 0 || die('skip may not mount');
?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$in = fn (string $size) => ['/usr/bin/unshare', '-m', '/bin/sh', '-c', 'mount -t tmpfs -o size=' . $size . ' none /dev/shm && exec "$@"', 'sh'];
$code = <<<'PHP'
$c = Native\Shm\Cache::default();
var_dump($c->store('k', str_repeat('x', 100000)), $c->fetch('none', 'default'), $c->exists('none'), $c->inc('n') === null || $c->fetch('n') === 1);
var_dump($c->entry('made', fn () => 'by hand'));
$stored = 0;
for ($i = 0; $i < 2000; $i++) {
    $stored += $c->store("k$i", str_repeat(chr($i), 5000));
    $v = $c->fetch("k$i");
    if ($v !== null && $v !== str_repeat(chr($i), 5000)) {
        echo "value $i is another\n";
    }
}
echo $stored ? 'some' : 'none', "\n";
Native\Shm\Cache::default()->fetch('again');
PHP;
echo "-- 64 KB\n", preg_replace('/cached: .*/', 'cached: ...', php($code, prefix: $in('64k')));
echo "-- 1 MB\n", preg_replace('/cached: .*/', 'cached: ...', php($code, prefix: $in('1m')));
echo "-- 8 MB\n", php($code, prefix: $in('8m'));
$apcu = <<<'PHP'
var_dump(apcu_enabled(), apcu_store('k', str_repeat('x', 100000)), apcu_fetch('none'), apcu_exists('k'), apcu_add('n', 1), apcu_entry('made', fn () => 'by hand'));
$stored = 0;
for ($i = 0; $i < 1000; $i++) {
    $stored += apcu_store("k$i", str_repeat(chr($i), 5000));
    $v = apcu_fetch("k$i", $there);
    if ($there && $v !== str_repeat(chr($i), 5000)) {
        echo "value $i is another\n";
    }
}
echo $stored ? 'some' : 'none', "\n";
var_dump(is_array(@apcu_cache_info()), apcu_inc('again'), count(iterator_to_array(new APCUIterator())) > 0, apcu_clear_cache());
PHP;
foreach (['64k', '1m'] as $size) {
    echo "-- apcu in $size\n", preg_replace('/cached: .*/', 'cached: ...', php($apcu, ['-d', 'apc.enable_cli=1'], prefix: $in($size)));
}
// Filled by somebody else before.
echo "-- apcu and the default one where no byte is free\n", preg_replace('/cached: .*/', 'cached: ...', php('var_dump(apcu_store("k", 1), Native\Shm\Cache::default()->store("k", 1)); echo "started\n";',
    ['-d', 'apc.enable_cli=1'], prefix: ['/usr/bin/unshare', '-m', '/bin/sh', '-c', 'mount -t tmpfs -o size=1m none /dev/shm && head -c 2m /dev/zero >/dev/shm/full 2>/dev/null; exec "$@"', 'sh']));
echo "-- a named one\n", php('try { Native\Shm\Segment::open("x"); } catch (Native\Shm\SegmentException $e) { echo $e->failure->name, "\n"; }', prefix: $in('64k'));
?>
--EXPECT--
-- 64 KB

Warning: Native\Shm\Cache::default(): native: there is no shared memory, so nothing is cached: ...
bool(false)
string(7) "default"
bool(false)
bool(true)
string(7) "by hand"
none
-- 1 MB
bool(true)
string(7) "default"
bool(false)
bool(true)
string(7) "by hand"
some
-- 8 MB
bool(true)
string(7) "default"
bool(false)
bool(true)
string(7) "by hand"
some
-- apcu in 64k

Warning: apcu_store(): nothing is cached: ...
bool(true)
bool(false)
bool(false)
bool(false)
bool(false)
string(7) "by hand"
none
bool(false)
bool(false)
bool(false)
bool(true)
-- apcu in 1m
bool(true)
bool(true)
bool(false)
bool(true)
bool(true)
string(7) "by hand"
some
bool(true)
int(1)
bool(true)
bool(true)
-- apcu and the default one where no byte is free

Warning: apcu_store(): nothing is cached: ...

Warning: Native\Shm\Cache::default(): native: there is no shared memory, so nothing is cached: ...
bool(false)
bool(false)
started
-- a named one
Full
