--TEST--
FFI: the extension's cache in the same segment: what one stores the other reads, keys and namespaces are the same
--EXTENSIONS--
ffi
--FILE--
<?php
require __DIR__ . '/../../ffi-decls/autoload.php';

use Native\Ffi\Shm;
use Native\Shm\{Cache, Segment};

$name = 'ffi-shared-' . getmypid();
$ours = Segment::open($name, 4 << 20);
$segment = Shm\Segment::open($name);
foreach (['', 'space'] as $namespace) {
    $extension = Cache::open($ours, $namespace);
    $ffi = new Shm\Cache($segment, $namespace);
    foreach ([null, true, false, 42, PHP_INT_MIN, 1.5, '', "a\0b", str_repeat('x', 100000)] as $i => $value) {
        foreach (["k$i", "\0k$i", $i ? str_repeat('k', 65000 + $i) : ''] as $key) {
            $extension->store($key, $value);
            $ffi->store("f$key", $value);
            if ($ffi->fetch($key, 'nothing') !== $value || $extension->fetch("f$key", 'nothing') !== $value) {
                echo "$i differs\n";
            }
        }
    }
    $ffi->store('array', [1, 'a' => [2]]);
    $ffi->store('object', new ArrayObject([1]));
    $ffi->inc('n', 5);
    $extension->inc('n', 2);
    echo json_encode([$extension->fetch('array'), $extension->fetch('object')->count(), $ffi->fetch('n')]), "\n";
    $extension->store('theirs', [1, 2]);
    try {
        $ffi->fetch('theirs');
    } catch (Shm\DecodeException $e) {
        echo $e->getMessage(), "\n";
    }
    $extension->store('object', new ArrayObject([1, 2]));
    try {
        echo $ffi->fetch('object')->count(), "\n";
    } catch (Shm\DecodeException $e) {
        echo $e->getMessage() === 'The value was written by igbinary, which is not loaded' ? "2\n" : $e->getMessage();
    }
}
Segment::unlink($name);
var_dump($segment->isCurrent());
?>
--EXPECT--
[{"0":1,"a":[2]},1,7]
The value is an array that the extension has stored in its own format
2
[{"0":1,"a":[2]},1,7]
The value is an array that the extension has stored in its own format
2
bool(false)
