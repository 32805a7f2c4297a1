--TEST--
FFI: keys and values in a named segment, numbers, namespaces, forks; what is wrong is told
--EXTENSIONS--
ffi
pcntl
--FILE--
<?php
require __DIR__ . '/../../ffi-decls/autoload.php';

use Native\Ffi\Library;
use Native\Ffi\Shm\{Cache, Segment};

$name = 'ffi-cache-' . getmypid();
$segment = Segment::open($name, 4 << 20);
$me = getmypid();
register_shutdown_function(fn () => getmypid() === $me && Library::get('shm')->ffi->native_shm_segment_unlink(null, $name));
foreach (['', 'space'] as $namespace) {
    $cache = new Cache($segment, $namespace);
    $object = new ArrayObject([1]);
    foreach ([null, true, false, 42, PHP_INT_MIN, 1.5, -0.0, '', "a\0b", str_repeat('x', 100000), [1, 'a' => [2]], $object] as $i => $value) {
        $got = $cache->store("k$i", $value) ? $cache->fetch("k$i", 'nothing') : 'not stored';
        if (is_object($value) ? $got != $value : serialize($got) !== serialize($value)) {
            echo "k$i: ", var_export($got, true), "\n";
        }
    }
    echo json_encode([$cache->fetch('none', 'default'), $cache->add('k0', 1), $cache->add('n', 1), $cache->inc('n', 5), $cache->inc('m', 3, 10), $cache->inc('l', 1, null),
        $cache->cas('m', 13, 14), $cache->cas('m', 13, 15), $cache->exists('m'), $cache->delete('m'), $cache->delete('m'), $cache->exists('m')]), "\n";
    $cache->store("\0\5space" . 'odd', "odd in '$namespace'");
    $cache->store('', "empty in '$namespace'");
}
foreach (['', 'space'] as $namespace) {
    $cache = new Cache($segment, $namespace);
    echo $cache->fetch("\0\5spaceodd"), ', ', $cache->fetch(''), ', ', var_export($cache->fetch('odd'), true), "\n";
}

$cache->store('short', 1, ttl: 0.1);
usleep(300000);
var_dump($cache->fetch('short'));

// No room: false, and what was there stays.
var_dump($cache->store('k3', str_repeat('x', 3 << 20)), $cache->fetch('k3'));

if (pcntl_fork() === 0) {
    $cache->inc('n', 100);
    exit(0);
}
pcntl_wait($status);
var_dump($cache->fetch('n'), $segment->isCurrent());

foreach ([fn () => $cache->inc('k8'), fn () => $cache->cas('k8', 1, 2), fn () => $cache->store(str_repeat('k', 65530), 1), fn () => $cache->store('k', 1, -1.0),
    fn () => $cache->store('k', 1, NAN), fn () => new Cache($segment, str_repeat('n', 256)), fn () => Segment::open('../x'), fn () => Segment::open('native.tls', 0, sys_get_temp_dir()), fn () => Segment::open("a\0b"),
    fn () => Segment::open('x', -1), fn () => Segment::open($name, 8 << 20), fn () => Segment::open('x', 0, '/no/such/folder'), fn () => clone $segment,
    fn () => serialize($segment)] as $wrong) {
    try {
        $wrong();
        echo "taken\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', str_replace($name, 'NAME', $e->getMessage()), "\n";
    }
}
?>
--EXPECTF--
["default",false,true,6,13,null,true,false,true,true,false,false]
["default",false,true,6,13,null,true,false,true,true,false,false]
odd in '', empty in '', NULL
odd in 'space', empty in 'space', NULL
NULL
bool(false)
int(42)
int(106)
bool(true)
Native\Ffi\Shm\DecodeException: The value is no integer
Native\Ffi\Shm\DecodeException: The value is no integer
ValueError: A key has at most 65529 bytes here
ValueError: A time to live is 0 to 3,000,000,000 seconds
ValueError: A time to live is 0 to 3,000,000,000 seconds
ValueError: A namespace has at most 255 bytes
Native\Ffi\Shm\SegmentException: Segment "../x": a name is 1 to 64 of A-Z a-z 0-9 . _ - and begins with no dot
ValueError: A name must not begin with "native.", which is this extension's own
ValueError: A name has no NUL byte
ValueError: A size is not negative
Native\Ffi\Shm\SegmentException: Segment "NAME": it has %d bytes, 8388608 were asked for
Native\Ffi\Shm\SegmentException: Segment "x": %s
Error: Call to private%SNative\Ffi\Shm\Segment::__clone() from global scope
LogicException: A segment cannot be serialized
