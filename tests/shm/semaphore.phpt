--TEST--
Semaphore: so many at once; permits of objects and processes that are gone come back
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\{Counter, Semaphore};
$s = segment();
$a = new Semaphore('s', 3, $s);
$b = new Semaphore('s', 3, $s);
$a->acquire();
$b->acquire(1);
var_dump($a->tryAcquire(), $a->tryAcquire(), $b->tryAcquire(), $a->held(), $b->held(), $a->available(), $a->permits());
foreach ([fn () => $a->acquire(), fn () => $a->acquire(0.1), fn () => $b->acquire(0), fn () => $a->acquire(-1), fn () => (new Semaphore('s', 3, $s))->release(),
    fn () => new Semaphore('s', 4, $s), fn () => new Semaphore('t', 0, $s), fn () => new Semaphore('t', 1025, $s), fn () => new Semaphore('', 1, $s),
    fn () => new Native\Shm\Mutex('s', $s), fn () => $a->__construct('t', 1, $s), fn () => clone $a] as $f) {
    try {
        $f();
        echo "not thrown\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
echo "-- given back\n";
$a->release();
var_dump($a->held(), $b->available(), $b->tryAcquire());
unset($b, $f); // forgotten: the object goes away
var_dump($a->available());
for ($i = 0; $i < 2; $i++) {
    $a->acquire();
}
// A child of the owner has none of them, and its end changes nothing.
child(function () use ($a) { echo $a->held(), " in the child\n"; })();
var_dump($a->held(), $a->available());
unset($a, $e);
echo "-- ends\n";
$ends = [
    'release' => function ($m) { $m->release(); $m->release(); },
    'exit' => function () { exit(0); },
    'kill' => function () { posix_kill(getmypid(), SIGKILL); },
];
$a = new Semaphore('s', 3, $s);
foreach ($ends as $name => $end) {
    $how = child(function () use ($s, $end) { $m = new Semaphore('s', 3, $s); $m->acquire(); $m->acquire(); $end($m); })();
    for ($i = 0; $i < 3; $i++) {
        $a->acquire(5);
    }
    echo "$name: $how, ", $a->held(), "\n";
    while ($a->held()) {
        $a->release();
    }
}
echo "-- many\n";
$inside = new Counter('inside', 0, $s);
$most = new Counter('most', 0, $s);
$children = [];
for ($i = 0; $i < 5; $i++) {
    $children[] = child(function () use ($s, $inside, $most) {
        $m = new Semaphore('s', 3, $s);
        for ($j = 0; $j < 100; $j++) {
            $m->acquire(60);
            for ($n = $inside->add(), $was = $most->get(); $n > $was && !$most->cas($was, $n); $was = $most->get());
            usleep(50);
            $inside->add(-1);
            $m->release();
        }
    });
}
foreach ($children as $wait) {
    $wait();
}
$objects = $s->objects();
ksort($objects);
var_dump($most->get() <= 3, $a->available());
echo json_encode($objects), "\n";
?>
--EXPECT--
bool(true)
bool(false)
bool(false)
int(2)
int(1)
int(0)
int(3)
Native\Shm\Exception: This process has all permits: waiting for one would never end
Native\Shm\TimeoutException: No permit was to be had within the time given
Native\Shm\TimeoutException: No permit was to be had within the time given
ValueError: Native\Shm\Semaphore::acquire(): Argument #1 ($timeout) must be greater than or equal to 0
Native\Shm\Exception: This object has no permit
Native\Shm\MismatchException: semaphore s: it was made with another size
ValueError: Native\Shm\Semaphore::__construct(): Argument #2 ($permits) must be between 1 and 1024
ValueError: Native\Shm\Semaphore::__construct(): Argument #2 ($permits) must be between 1 and 1024
ValueError: Native\Shm\Semaphore::__construct(): Argument #1 ($name) must be 1 to 255 bytes long
Native\Shm\MismatchException: mutex s: what has this name is of another kind
Error: Cannot construct a Semaphore again
Error: Trying to clone an uncloneable object of class Native\Shm\Semaphore
-- given back
int(1)
int(1)
bool(true)
int(2)
0 in the child
int(3)
int(0)
-- ends
release: exit 0, 3
exit: exit 0, 3
kill: signal 9, 3
-- many
bool(true)
int(3)
{"inside":"counter","most":"counter","s":"semaphore"}
