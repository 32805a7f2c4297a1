--TEST--
Waiting calls let signal handlers run within 100 ms, go on with the time left, and obey max_execution_time
--EXTENSIONS--
native
posix
pcntl
--ENV--
ASAN_OPTIONS=detect_leaks=0:exitcode=139:verify_asan_link_order=0
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\{Channel, Counter, Mutex, Semaphore};
$s = segment();
$channel = new Channel('c', 4096, segment: $s);
$full = new Channel('f', 4096, segment: $s);
while ($full->trySend(str_repeat('x', 1000)));
$counter = new Counter('n', 0, $s);
$mutex = new Mutex('m', $s);
$other = new Mutex('m', $s);
$other->lock();
$semaphore = new Semaphore('s', 1, $s);
$taken = new Semaphore('s', 1, $s);
$taken->acquire();
$s->cache();
$waits = [
    'receive' => fn ($t) => $channel->receive($t),
    'send' => fn ($t) => $full->send(str_repeat('x', 1000), $t),
    'wait' => fn ($t) => $counter->wait(0, $t),
    'lock' => fn ($t) => $mutex->lock($t),
    'acquire' => fn ($t) => $semaphore->acquire($t),
];
foreach ([true, false] as $async) {
    pcntl_async_signals($async);
    foreach ($waits as $name => $wait) {
        $sent = $ran = 0;
        pcntl_signal(SIGUSR1, function () use (&$ran) { $ran = microtime(true); });
        $parent = getmypid();
        $child = child(function () use ($parent, &$sent) { usleep(100000); posix_kill($parent, SIGUSR1); });
        $start = microtime(true);
        try {
            $wait(0.5);
        } catch (Native\Shm\TimeoutException) {
        }
        $took = microtime(true) - $start;
        $child();
        $late = $ran - $start - 0.1;
        echo $name, $ran && $late < 0.35 ? ' handled' : " late by $late", $took >= 0.49 && $took < 2 ? '' : " took $took", "\n";
        // A handler that throws ends the wait.
        pcntl_signal(SIGUSR1, function () { throw new DomainException('from the handler'); });
        $child = child(function () use ($parent) { usleep(50000); posix_kill($parent, SIGUSR1); });
        try {
            $wait(20);
        } catch (DomainException $e) {
            echo $e->getMessage(), "\n";
        }
        $child();
    }
}
// The limit counts the time that the process works; the signal of its clock comes here by hand.
foreach ($waits as $name => $wait) {
    $parent = getmypid();
    $end = child(function () use ($wait, $name) {
        ini_set('display_errors', '0');
        pcntl_async_signals(false);
        pcntl_alarm(60);
        set_time_limit(1000);
        $wait($name === 'lock' || $name === 'acquire' ? 50 : null);
    });
    usleep(300000);
    echo $name, ' ', $end(SIGPROF), "\n";
}
?>
--EXPECT--
receive handled
from the handler
send handled
from the handler
wait handled
from the handler
lock handled
from the handler
acquire handled
from the handler
receive handled
from the handler
send handled
from the handler
wait handled
from the handler
lock handled
from the handler
acquire handled
from the handler
receive exit 255
send exit 255
wait exit 255
lock exit 255
acquire exit 255
