--TEST--
Cache: inc, dec and cas on integers
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$c = segment()->cache();
var_dump($c->inc('n'), $c->inc('n', 5), $c->dec('n', 2), $c->fetch('n'));
var_dump($c->inc('none', 1, null), $c->exists('none'), $c->inc('from', 1, 100), $c->dec('down', 1, 10));
var_dump($c->cas('n', 4, 40), $c->cas('n', 4, 41), $c->cas('none', 0, 1), $c->fetch('n'));
$c->store('max', PHP_INT_MAX);
var_dump($c->inc('max') === PHP_INT_MIN, $c->dec('max', PHP_INT_MIN));
foreach (['1', 1.0, [1], true] as $value) {
    $c->store('v', $value);
    try {
        $c->inc('v');
    } catch (Native\Shm\MismatchException $e) {
        echo $e->getMessage(), "\n";
    }
}
try {
    $c->cas('v', 1, 2);
} catch (Native\Shm\MismatchException $e) {
    echo $e->getMessage(), "\n";
}
// No addition is lost.
$children = [];
for ($i = 0; $i < 4; $i++) {
    $children[] = child(function () use ($c) { for ($j = 0; $j < 5000; $j++) { $c->inc('together'); } });
}
foreach ($children as $wait) {
    $wait();
}
var_dump($c->fetch('together'));
?>
--EXPECT--
int(1)
int(6)
int(4)
int(4)
NULL
bool(false)
int(101)
int(9)
bool(true)
bool(false)
bool(false)
int(40)
bool(true)
int(0)
The value of v is no integer
The value of v is no integer
The value of v is no integer
The value of v is no integer
The value of v is no integer
int(20000)
