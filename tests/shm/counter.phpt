--TEST--
Counter: shared by name, atomic, waited for
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\{Counter, MismatchException, Channel};
$s = segment();
$a = new Counter('n', 5, $s);
$b = new Counter('n', 99, $s);
var_dump($a->get(), $b->add(3), $a->get(), $a->set(1), $b->cas(1, 2), $b->cas(1, 3), $a->get(), $a->add(-10));
$children = [];
for ($i = 0; $i < 4; $i++) {
    $children[] = child(function () use ($a) { for ($j = 0; $j < 10000; $j++) { $a->add(); } });
}
foreach ($children as $wait) {
    $wait();
}
var_dump($b->get());
$start = microtime(true);
var_dump($a->wait($a->get(), 0.1), microtime(true) - $start >= 0.1, $a->wait(0, 0));
$old = $a->get();
$wait = child(function () use ($b) { usleep(100000); $b->add(); });
var_dump($a->wait($old, 20), $a->get() - $old);
$wait();
foreach ([fn () => new Channel('n', 4096, segment: $s), fn () => new Counter('', 0, $s), fn () => new Counter(str_repeat('x', 256), 0, $s), fn () => $a->wait(1, -1)] as $f) {
    try {
        $f();
    } catch (MismatchException | ValueError $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
var_dump($s->objects(), $s->remove('n'), $s->remove('n'), (new Counter('n', 7, $s))->get());
try {
    $a->__construct('m');
} catch (Error $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECT--
int(5)
int(8)
int(8)
int(8)
bool(true)
bool(false)
int(2)
int(-8)
int(39992)
bool(false)
bool(true)
bool(true)
bool(true)
int(1)
Native\Shm\MismatchException: channel n: what has this name is of another kind
ValueError: Native\Shm\Counter::__construct(): Argument #1 ($name) must be 1 to 255 bytes long
ValueError: Native\Shm\Counter::__construct(): Argument #1 ($name) must be 1 to 255 bytes long
ValueError: Native\Shm\Counter::wait(): Argument #2 ($timeout) must be greater than or equal to 0
array(1) {
  ["n"]=>
  string(7) "counter"
}
bool(true)
bool(false)
int(7)
Cannot construct a Counter again
