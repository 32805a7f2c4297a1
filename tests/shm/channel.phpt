--TEST--
Channel: values of all kinds and sizes, in order, between processes; policies, close, event loop
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\{Channel, Policy, ClosedException, FullException, TimeoutException, MismatchException};
$s = segment(16 << 20);
$c = new Channel('c', 1 << 20, segment: $s);
$values = [1, 'two', 3.5, null, true, ['a' => [1, 2]], '', str_repeat('x', 500000), new ArrayObject([1]), [], "\0"];
foreach ($values as $v) {
    $c->send($v);
}
var_dump(count($c) === count($values));
foreach ($values as $i => $v) {
    if (($got = $c->receive(0)) != $v || gettype($got) !== gettype($v)) {
        echo "message $i is another\n";
    }
}
function attempt(callable $f): void
{
    try {
        var_dump($f());
    } catch (Native\Shm\Exception | ValueError $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
attempt(fn () => $c->receive(0.05));
attempt(fn () => $c->tryReceive($m));
attempt(fn () => $c->send(str_repeat('y', 2 << 20)));
attempt(fn () => $c->send(fn () => 1));
attempt(fn () => $c->receiveMany(0));
attempt(fn () => count($c->receiveMany(5, 0)));
var_dump($c->sendMany(range(1, 50)), $c->sendMany(['a', 1, 2, [3], [4]]), count($c->receiveMany(50, 1)), $c->receiveMany(10) === ['a', 1, 2, [3], [4]]);
attempt(fn () => new Channel('c', 8192, segment: $s));
attempt(fn () => (new Channel('c', segment: $s))->info()['capacity']);

// Full.
$full = new Channel('full', 4096, segment: $s);
while ($full->trySend(str_repeat('z', 100)));
attempt(fn () => $full->send(str_repeat('z', 100), 0.05));
$fail = new Channel('fail', 4096, Policy::Fail, 3, $s);
var_dump($fail->sendMany([1, 2, 3, 4]));
attempt(fn () => $fail->send(5));
$drop = new Channel('drop', 4096, Policy::DropOldest, 3, $s);
foreach (range(1, 10) as $i) {
    $drop->send($i);
}
var_dump($drop->receiveMany(10, 0), $drop->info()['dropped']);

// Between processes, with the channel much smaller than what goes through it.
$small = new Channel('small', 8192, segment: $s);
$wait = child(function () use ($small) {
    for ($i = 0; $i < 2000; $i++) {
        $small->send([$i, str_repeat(chr($i % 256), $i % 3000)], 20);
    }
    $small->close();
});
for ($i = 0;; $i++) {
    try {
        [$n, $text] = $small->receive(20);
    } catch (ClosedException $e) {
        break;
    }
    if ($n !== $i || $text !== str_repeat(chr($i % 256), $i % 3000)) {
        echo "message $i is another\n";
    }
}
echo $i, ' ', $wait(), "\n";
attempt(fn () => $small->send(1));
attempt(fn () => $small->tryReceive());

// An event loop.
$loop = new Channel('loop', 65536, segment: $s);
$stream = $loop->getStream();
var_dump($loop->tryReceive($m), $m);
$ready = function (float $seconds) use ($stream) { $r = [$stream]; $w = $e = null; return stream_select($r, $w, $e, 0, (int) ($seconds * 1e6)); };
var_dump($ready(0));
$wait = child(fn () => $loop->sendMany(['one', 'two']));
var_dump($ready(20));
$wait();
while ($loop->tryReceive($m)) {
    echo "$m\n";
}
var_dump($ready(0), $loop->getStream() === $stream);
$wait = child(fn () => $loop->close());
var_dump($ready(20));
$wait();
?>
--EXPECT--
bool(true)
Native\Shm\TimeoutException: channel c: no message within the time given
bool(false)
Native\Shm\FullException: channel c: this is larger than it can ever hold
Native\Shm\EncodeException: value is a Closure
ValueError: Native\Shm\Channel::receiveMany(): Argument #1 ($most) must be greater than 0
int(0)
int(50)
int(5)
int(50)
bool(true)
Native\Shm\MismatchException: channel c: it was made with another size
int(1048576)
Native\Shm\TimeoutException: channel full: there was no room within the time given
int(3)
Native\Shm\FullException: channel fail: it is full
array(3) {
  [0]=>
  int(8)
  [1]=>
  int(9)
  [2]=>
  int(10)
}
int(7)
2000 exit 0
Native\Shm\ClosedException: channel small: it was closed or removed
Native\Shm\ClosedException: channel small: it was closed or removed
bool(false)
NULL
int(0)
int(1)
one
two
int(0)
bool(true)
int(1)
