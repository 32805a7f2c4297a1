--TEST--
Mutex: owned by the object; the next owner is told of one that died, forgot or was killed
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\{Mutex, TimeoutException};
$s = segment();
$a = new Mutex('m', $s);
$b = new Mutex('m', $s);
$token = $a->lock();
var_dump($a->isOwned(), $b->isOwned(), $a->abandoned(), $a->token() === $token, $b->tryLock(), $b->token());
foreach ([fn () => $a->lock(1), fn () => $b->lock(), fn () => $b->lock(0.1), fn () => $b->lock(0), fn () => $b->unlock(), fn () => $b->lock(-1)] as $f) {
    try {
        $f();
        echo "not thrown\n";
    } catch (Native\Shm\Exception | ValueError $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
$a->unlock();
var_dump($b->lock() > $token, $b->abandoned());
// Forgotten: the object goes away.
unset($b, $f);
var_dump($a->lock(1) > $token, $a->abandoned());
// A child of the owner is not the owner, and its end changes nothing.
$wait = child(function () use ($a) { var_dump($a->isOwned()); });
$wait();
var_dump($a->isOwned());
$a->unlock();
$ends = [
    'unlock' => function ($m) { $m->unlock(); },
    'exit' => function () { exit(0); },
    'kill' => function () { posix_kill(getmypid(), SIGKILL); },
];
foreach ($ends as $name => $end) {
    $how = child(function () use ($s, $end) { $m = new Mutex('m', $s); $m->lock(); $end($m); })();
    $a->lock(5);
    echo "$name: $how, ", $a->abandoned() ? 'told' : 'not told', "\n";
    $a->unlock();
}
// Counted under the lock.
$n = $s->cache();
$n->store('n', 0);
$children = [];
for ($i = 0; $i < 3; $i++) {
    $children[] = child(function () use ($s, $n) {
        $m = new Mutex('m', $s);
        for ($j = 0; $j < 300; $j++) {
            $m->lock(20);
            $n->store('n', $n->fetch('n') + 1);
            $m->unlock();
        }
    });
}
foreach ($children as $wait) {
    $wait();
}
var_dump($n->fetch('n'));
?>
--EXPECT--
bool(true)
bool(false)
bool(false)
bool(true)
bool(false)
NULL
Native\Shm\Exception: This object has the lock already
Native\Shm\Exception: Another object of this process has the lock: waiting for it would never end
Native\Shm\TimeoutException: The lock was not to be had within the time given
Native\Shm\TimeoutException: The lock was not to be had within the time given
Native\Shm\Exception: This object does not have the lock
ValueError: Native\Shm\Mutex::lock(): Argument #1 ($timeout) must be greater than or equal to 0
bool(true)
bool(false)
bool(true)
bool(true)
bool(false)
bool(true)
unlock: exit 0, not told
exit: exit 0, told
kill: signal 9, told
int(900)
