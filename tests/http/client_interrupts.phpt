--TEST--
Http\Client: signal handlers run while it waits, what they throw comes out of the call; fibers suspend in a body
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/server.inc';

$server = new HttpServer(function (Seen $s) {
    if (str_contains($s->line, '/slow')) {
        usleep(1500000);
    }
    return answer(strlen($s->body) . " bytes of $s->line");
});
$http = new Client(new Options(timeout: 60, proxy: ''));
$child = guarded_fork();
if ($child === 0) {
    usleep(300000);
    posix_kill(posix_getppid(), SIGUSR1);
    usleep(300000);
    posix_kill(posix_getppid(), SIGUSR2);
    posix_kill(getmypid(), SIGKILL);
}
foreach ([false, true] as $async) {
    pcntl_async_signals($async);
    pcntl_signal(SIGUSR1, function () { echo "handled\n"; });
}
pcntl_signal(SIGUSR2, function () { throw new RuntimeException('from the handler'); });
try {
    echo $http->get($server->url('/slow'))->body, "\n";
} catch (RuntimeException $e) {
    echo $e->getMessage(), "\n";
}
pcntl_waitpid($child, $status);
echo $http->get($server->url('/next'))->body, "\n";

// A transfer that is never waited for, because it is slower than its peer, asks for handlers, too.
$listener = stream_socket_server('tcp://127.0.0.1:0');
$child = guarded_fork();
if ($child === 0) {
    $peer = stream_socket_accept($listener);
    fgets($peer);
    fwrite($peer, "HTTP/1.1 200 OK\r\n\r\n");
    $end = hrtime(true) + 800000000;
    for ($sent = false; hrtime(true) < $end; $sent = $sent || (hrtime(true) > $end - 600000000 && posix_kill(posix_getppid(), SIGUSR1))) {
        fwrite($peer, str_repeat('x', 65536));
    }
    posix_kill(getmypid(), SIGKILL);
}
pcntl_async_signals(false);
$handled = $before = $after = 0;
pcntl_signal(SIGUSR1, function () use (&$handled) { $handled++; });
(new Client(new Options(proxy: '', sink: function (string $piece) use (&$handled, &$before, &$after) {
    for ($i = 0; $i < 20; $i++) {
        md5($piece);
    }
    $handled ? $after++ : $before++;
})))->get('http://' . stream_socket_get_name($listener, false) . '/');
echo $before > 0 && $after > 2 ? "handled in the midst\n" : "handled after $before pieces, before $after\n";
pcntl_waitpid($child, $status);

// Two fibers take turns; each has a transfer of its own under way.
$work = function (string $name) use ($http, $server) {
    $n = 0;
    return $http->put($server->url("/$name"), function () use ($name, &$n) {
        Fiber::suspend("$name $n");
        return $n++ < 2 ? str_repeat($name, 1000) : '';
    })->body;
};
$fibers = ['a' => new Fiber($work), 'b' => new Fiber($work)];
foreach ($fibers as $name => $fiber) {
    echo $fiber->start($name), "\n";
}
while (!$fibers['a']->isTerminated() || !$fibers['b']->isTerminated()) {
    foreach ($fibers as $name => $fiber) {
        if (!$fiber->isTerminated() && ($said = $fiber->resume()) !== null) {
            echo "$said\n";
        }
    }
}
echo $fibers['a']->getReturn(), "\n", $fibers['b']->getReturn(), "\n";
// One that is never resumed.
$lost = new Fiber($work);
$lost->start('lost');
unset($lost, $fiber, $fibers);
gc_collect_cycles();
echo $http->get($server->url('/last'))->body, "\n";
?>
--EXPECT--
handled
from the handler
0 bytes of GET /next HTTP/1.1
handled in the midst
a 0
b 0
a 1
b 1
a 2
b 2
2000 bytes of PUT /a HTTP/1.1
2000 bytes of PUT /b HTTP/1.1
0 bytes of GET /last HTTP/1.1
