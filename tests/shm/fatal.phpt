--TEST--
A fatal error (memory, time, an exception that nobody catches) leaves no lease, lock, permit or message held
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php if (!in_array(getenv('NATIVE_TEST_MODE'), ['plain'])) echo 'skip a fatal error leaks what was on the C stack, and there is no memory limit without PHP\'s allocator'; ?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\{Channel, Mutex, Semaphore};
$s = segment();
$c = $s->cache();
$channel = new Channel('c', segment: $s);
ini_set('display_errors', '0');
$ends = [
    'memory' => function () { ini_set('memory_limit', '8M'); str_repeat('x', 100 << 20); },
    'time' => function () { set_time_limit(1); for (;;); },
    'exception' => function () { throw new Exception('nobody catches this'); },
    'class' => function () { eval('final class Parental {} class Filial extends Parental {}'); },
];
foreach ($ends as $name => $end) {
    echo "$name: ", child(fn () => $c->entry($name, $end, lease: 60))();
    $start = microtime(true);
    echo ', ', $c->entry($name, fn () => 'taken over', lease: 60), microtime(true) - $start < 2 ? '' : ' late';

    echo '; ', child(function () use ($s, $end) { $m = new Mutex('m', $s); $m->lock(); $end(); })();
    $m = new Mutex('m', $s);
    $m->lock(5);
    echo ', ', $m->abandoned() ? 'told' : 'not told';
    $m->unlock();

    echo '; ', child(function () use ($s, $end) { $m = new Semaphore('s', 2, $s); $m->acquire(); $m->acquire(); $end(); })();
    echo ', ', (new Semaphore('s', 2, $s))->available(), ' permits';

    $channel->send($name);
    echo '; ', child(function () use ($s, $end) { $m = (new Channel('c', segment: $s))->receive(5, true); $end(); })();
    $m = $channel->receive(10, true);
    echo ', ', $m->value, $m->redelivered ? ' again' : '', "\n";
    $m->ack();
}
?>
--EXPECT--
memory: exit 255, taken over; exit 255, told; exit 255, 2 permits; exit 255, memory again
time: exit 255, taken over; exit 255, told; exit 255, 2 permits; exit 255, time again
exception: exit 255, taken over; exit 255, told; exit 255, 2 permits; exit 255, exception again
class: exit 255, taken over; exit 255, told; exit 255, 2 permits; exit 255, class again
