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
-- a named one
Full
