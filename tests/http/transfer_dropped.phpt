--TEST--
Http\Transfer: one that is dropped before its end closes its connection, one that has ended has given it back; abort and pauses
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, Options, Request};
require __DIR__ . '/server.inc';

$server = new HttpServer(function (Seen $s) {
    if (str_contains($s->line, '/slow')) {
        usleep(300000);
    }
    return answer(str_contains($s->line, '/large') ? str_repeat('x', 4 << 20) : "connection $s->connection");
});
$http = new Client(new Options(baseUrl: $server->url(), timeout: 600, proxy: ''));
$sockets = fn () => count(array_filter(scandir('/proc/self/fd'), fn ($fd) => str_starts_with((string) @readlink("/proc/self/fd/$fd"), 'socket:')));
$before = $sockets();

$t = $http->start(new Request('GET', '/'));
var_dump($sockets() - $before); // nothing is sent before the first step
echo $t->response()->body, "\n";
unset($t);
var_dump($sockets() - $before); // kept
echo $http->get('/')->body, "\n";

echo "-- dropped while it waits, while its body comes, before it began\n";
$t = $http->start(new Request('GET', '/slow'));
$t->loop(0.05);
unset($t);
var_dump($sockets() - $before);
$t = $http->start(new Request('GET', '/large'));
$t->head();
unset($t);
var_dump($sockets() - $before);
$http->start(new Request('GET', '/'));
echo $http->get('/')->body, "\n";

echo "-- the body is not read to its end\n";
foreach ($http->start(new Request('GET', '/large')) as $piece) {
    break;
}
var_dump($sockets() - $before);

echo "-- aborted, at the begin, in the middle, at the end\n";
foreach ([0, 0.05, 600] as $seconds) {
    $t = $http->start(new Request('GET', '/slow'));
    $t->loop($seconds);
    $t->abort();
    $t->abort();
    try {
        echo $t->response()->status, "\n";
    } catch (Native\Http\Exception $e) {
        echo $e::class, ': ', $e->getMessage(), $seconds > 0 ? ", phase $e->phase" : '', "\n";
    }
    var_dump($t->isFinished(), $t->nextTimeout(), $t->step(), $t->take() === '', $sockets() - $before);
}

echo "-- sending is paused\n";
$t = $http->start(new Request('PUT', '/', body: str_repeat('y', 100000)));
$t->pauseSending();
$t->loop(0.2);
echo $t->progress()->sent, ' sent, ', $t->nextTimeout() > 1 ? "nothing to do\n" : "busy\n";
$t->resumeSending();
var_dump($t->nextTimeout());
echo $t->response()->status, ' ', $t->progress()->sent, " sent\n";

echo "-- a failure is thrown by whoever waits; read() gives what came before\n";
$cut = stream_socket_server('tcp://127.0.0.1:0');
if (guarded_fork() === 0) {
    $c = stream_socket_accept($cut, test_seconds());
    fgets($c);
    fwrite($c, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
    fclose($c);
    posix_kill(getmypid(), SIGKILL);
}
$t = $http->start(new Request('GET', 'http://' . stream_socket_get_name($cut, false) . '/'));
echo $t->head()->status, ' ', $t->read(2), ' ', $t->read(), "\n";
foreach ([fn () => $t->read(), fn () => $t->response(), fn () => iterator_to_array($t), fn () => $t->response()] as $f) {
    try {
        var_dump($f());
    } catch (Native\Http\TransferException $e) {
        echo $e::class, "\n";
    }
}
?>
--EXPECT--
int(0)
connection 1
int(1)
connection 1
-- dropped while it waits, while its body comes, before it began
int(0)
int(0)
connection 3
-- the body is not read to its end
int(0)
-- aborted, at the begin, in the middle, at the end
Native\Http\Exception: aborted before its end
bool(true)
NULL
bool(true)
bool(true)
int(0)
Native\Http\Exception: aborted before its end, phase wait
bool(true)
NULL
bool(true)
bool(true)
int(0)
200
bool(true)
NULL
bool(true)
bool(true)
int(1)
-- sending is paused
0 sent, nothing to do
float(0)
200 100000 sent
-- a failure is thrown by whoever waits; read() gives what came before
200 ab c
Native\Http\TransferException
Native\Http\TransferException
Native\Http\TransferException
Native\Http\TransferException
