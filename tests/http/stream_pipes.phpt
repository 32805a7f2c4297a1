--TEST--
Http: bodies from and into pipes and sockets that are not ready hold up neither the other transfers nor signal handlers
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Body, Client, Options, Request};
require __DIR__ . '/server.inc';

$server = new HttpServer(fn (Seen $s) => answer(str_contains($s->line, '/large') ? str_repeat('x', 1 << 20) : "$s->line <$s->body>"));
$options = new Options(baseUrl: $server->url(), timeout: 600, proxy: '');
$http = new Client($options);
pcntl_async_signals(true);

/** A pipe whose other end a child works on. */
function other_end(callable $work): mixed
{
    [$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    if (guarded_fork() === 0) {
        fclose($ours);
        $work($theirs);
        posix_kill(getmypid(), SIGKILL);
    }
    fclose($theirs);
    return $ours;
}
$late = function ($end) {
    fwrite($end, 'first ');
    usleep(400000);
    fwrite($end, 'second');
};

echo "-- one request; a signal comes meanwhile\n";
$at = null;
pcntl_signal(SIGUSR1, function () use (&$at) { $at = microtime(true); });
$parent = getmypid();
$body = other_end(function ($end) use ($late, $parent) {
    usleep(100000);
    posix_kill($parent, SIGUSR1);
    $late($end);
});
$r = $http->put('/one', $body);
echo $r->body, ', ', microtime(true) - $at > 0.2 ? "the handler ran meanwhile\n" : "the handler ran late\n";

echo "-- many: the one that waits is last\n";
$bodies = [];
$pipe = other_end(function ($end) {
    fwrite($end, 'first ');
    fread($end, 1);
    fwrite($end, 'second');
});
foreach ($http->send([new Request('PUT', '/pipe', body: $pipe), '/a', new Request('PUT', '/parts', body: 'b')]) as $r) {
    if (array_push($bodies, $r->body) === 2) {
        fwrite($pipe, '!');
    }
}
$last = array_pop($bodies);
sort($bodies);
echo implode("\n", $bodies), "\n$last\n";

echo "-- a child's output as the body, a multipart with a fifo\n";
echo $http->put('/process', popen('sleep 0.2; echo of a process', 'r'))->body, "\n";
posix_mkfifo(scratch() . '/fifo', 0600);
if (guarded_fork() === 0) {
    $end = fopen(scratch() . '/fifo', 'w');
    usleep(200000);
    fwrite($end, 'of a fifo');
    posix_kill(getmypid(), SIGKILL);
}
echo preg_match('/\r\n\r\nof a fifo\r\n--/', $http->post('/multipart', Body::multipart(['f' => Body::file(scratch() . '/fifo')]))->body), "\n";

echo "-- into a pipe whose reader is slow\n";
$go = scratch() . '/go';
$sink = other_end(function ($end) use ($go) {
    while (!file_exists($go)) {
        usleep(1000);
        clearstatcache();
    }
    for ($n = 0; $n < 1 << 20 && ($piece = fread($end, 65536)) !== ''; $n += strlen($piece));
    file_put_contents(scratch() . '/read', $n);
    fwrite($end, '!');
});
$order = [];
foreach ($http->send(['large' => new Request('GET', '/large', options: $options->with(sink: $sink)), 'a' => '/a'], 2) as $key => $r) {
    $order[] = "$key $r->status";
    touch($go);
}
fread($sink, 1);
echo implode(', ', $order), ', ', file_get_contents(scratch() . '/read'), "\n";

echo "-- an event loop waits for these, too, with few turns\n";
$t = $http->start(new Request('PUT', '/loop', body: other_end($late)));
for ($turns = 0; !$t->step(); $turns++) {
    [$read, $write] = $t->getStreams();
    $wait = min(10, $t->nextTimeout() ?? 10);
    if ($read || $write) {
        $none = null;
        stream_select($read, $write, $none, (int) $wait, (int) (fmod($wait, 1) * 1e6));
    } else {
        usleep((int) ($wait * 1e6));
    }
}
echo $t->response()->body, ', ', $turns < 30 ? "few turns\n" : "$turns turns\n";

echo "-- a sink that cannot be written, one that is closed, one that says no\n";
$closed = fopen('php://memory', 'w');
$gone = $options->with(sink: $closed);
fclose($closed);
foreach ([fn () => $http->get('/a', [], $options->with(sink: fopen('php://memory', 'r'))), fn () => $http->get('/a', [], $gone), fn () => $http->get('/a', [], $options->with(sink: fn () => false)),
    fn () => $options->with(sink: 5)] as $f) {
    try {
        @$f();
        echo "no exception\n";
    } catch (Throwable $e) {
        echo $e::class, ': ', $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
-- one request; a signal comes meanwhile
PUT /one HTTP/1.1 <first second>, the handler ran meanwhile
-- many: the one that waits is last
GET /a HTTP/1.1 <>
PUT /parts HTTP/1.1 <b>
PUT /pipe HTTP/1.1 <first second>
-- a child's output as the body, a multipart with a fifo
PUT /process HTTP/1.1 <of a process
>
1
-- into a pipe whose reader is slow
a 200, large 200, 1048576
-- an event loop waits for these, too, with few turns
PUT /loop HTTP/1.1 <first second>, few turns
-- a sink that cannot be written, one that is closed, one that says no
Native\Http\Exception: the body was not taken
TypeError: The sink is a resource, but no stream that is open
Native\Http\Exception: aborted at the body
TypeError: Native\Http\Options::__construct(): Argument #52 ($sink) must be a stream, a Closure or null, int given
