--TEST--
Http\Client::send(): what the user's code throws comes out, the others go on; break ends the rest; fibers suspend anywhere; cycles are collected
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, Options, Progress, Request, Response};
require __DIR__ . '/server.inc';

$server = new HttpServer(function (Seen $s) {
    if (str_contains($s->line, '/never')) {
        sleep(100);
    }
    return answer(strlen($s->body) . " $s->line");
});
$options = new Options(baseUrl: $server->url(), timeout: 60, proxy: '');
$http = new Client($options);

/** Go over all results; what is thrown is told, and it goes on. */
function all(iterable $results): void
{
    for ($step = 'rewind';; $step = 'next') {
        try {
            $results->$step();
            if (!$results->valid()) {
                return;
            }
            $r = $results->current();
            echo $results->key(), ': ', $r instanceof Response ? $r->body : $r::class . ': ' . $r->getMessage(), "\n";
        } catch (Exception $e) {
            echo 'thrown: ', $e::class, ': ', $e->getMessage(), "\n";
        }
    }
}

echo "-- the generator throws\n";
all($http->send((function () { yield 'a' => '/a'; throw new LogicException('of the generator'); })(), 1));
echo "-- a body throws, a progress callback throws, a sink throws, progress says no\n";
all($http->send([
    'body' => new Request('PUT', '/', body: (function () { yield 'x'; throw new LogicException('of the body'); })()),
    'a' => '/a',
    'progress' => new Request('GET', '/p', options: $options->with(onProgress: function (Progress $p) { if ($p->received) throw new LogicException('of progress'); })),
    'b' => new Request('PUT', '/b', body: fn () => ''),
    'sink' => new Request('GET', '/s', options: $options->with(sink: function (string $piece) { throw new LogicException('of the sink'); })),
    'c' => '/c',
    'no' => new Request('GET', '/n', options: $options->with(onProgress: fn () => false)),
], 1));
echo "-- the same at once: each is told of, whoever threw\n";
$many = [];
for ($i = 0; $i < 40; $i++) {
    $many[] = new Request('PUT', "/$i", body: $i % 4 ? "body $i" : (function () use ($i) { yield 'x'; throw new LogicException("$i"); })());
}
$thrown = $good = 0;
$results = $http->send($many, 40);
for ($step = 'rewind';; $step = 'next') {
    try {
        $results->$step();
        if (!$results->valid()) {
            break;
        }
        $good += $results->current() instanceof Response;
    } catch (LogicException $e) {
        $thrown += 1 + ($e->getPrevious() ? 1000 : 0);
    }
}
echo "$thrown thrown, $good good\n";

echo "-- break: the rest ends\n";
$before = count(scandir('/proc/self/fd'));
foreach ($http->send(['/a', '/never/1', '/never/2', '/never/3'], 4) as $key => $r) {
    echo "$key $r->body\n";
    break;
}
unset($results);
echo count(scandir('/proc/self/fd')) <= $before + 1 ? "closed\n" : "open\n";

echo "-- a fiber suspends in the generator, in a body, in the foreach\n";
$fiber = new Fiber(function () use ($http) {
    $requests = (function () {
        for ($i = 0; $i < 3; $i++) {
            Fiber::suspend("request $i");
            yield $i => new Request('PUT', "/$i", body: (function () use ($i) { yield 'a'; Fiber::suspend("body $i"); yield 'b'; })());
        }
    })();
    foreach ($http->send($requests, 1) as $key => $r) {
        Fiber::suspend("result $key: $r->body");
    }
    return 'end';
});
for ($said = $fiber->start(); !$fiber->isTerminated(); $said = $fiber->resume()) {
    echo "$said\n";
}
echo $fiber->getReturn(), "\n";

echo "-- another fiber waits for the same results meanwhile; one is never resumed\n";
$results = $http->send([new Request('PUT', '/f', body: (function () { Fiber::suspend(); yield 'f'; })()), '/g'], 1);
$fiber = new Fiber(fn () => $results->rewind());
$fiber->start();
try {
    $results->next();
} catch (Error $e) {
    echo $e->getMessage(), "\n";
}
$fiber->resume();
all($results);
$results = $http->send([new Request('PUT', '/f', body: (function () { Fiber::suspend(); yield 'f'; })())]);
$fiber = new Fiber(fn () => $results->rewind());
$fiber->start();
unset($fiber, $results);

echo "-- a cycle of results, options and closures\n";
$cycle = new stdClass();
$cycle->results = $http->send([new Request('GET', '/never', options: $options->with(onProgress: function () use ($cycle) { throw new LogicException('first step'); })), '/never'], 2);
try {
    $cycle->results->rewind();
} catch (LogicException $e) {
    echo $e->getMessage(), "\n";
}
$watch = WeakReference::create($cycle->results);
unset($cycle, $e);
gc_collect_cycles();
var_dump($watch->get());

echo "-- exit() in a callback\n";
$http->send([new Request('GET', '/never', options: $options->with(onProgress: function () { echo "bye\n"; exit; })), '/never'], 2)->rewind();
?>
--EXPECT--
-- the generator throws
a: 0 GET /a HTTP/1.1
thrown: LogicException: of the generator
-- a body throws, a progress callback throws, a sink throws, progress says no
thrown: LogicException: of the body
a: 0 GET /a HTTP/1.1
thrown: LogicException: of progress
b: 0 PUT /b HTTP/1.1
thrown: LogicException: of the sink
c: 0 GET /c HTTP/1.1
no: Native\Http\Exception: aborted at the report of progress
-- the same at once: each is told of, whoever threw
10 thrown, 30 good
-- break: the rest ends
0 0 GET /a HTTP/1.1
closed
-- a fiber suspends in the generator, in a body, in the foreach
request 0
body 0
result 0: 2 PUT /0 HTTP/1.1
request 1
body 1
result 1: 2 PUT /1 HTTP/1.1
request 2
body 2
result 2: 2 PUT /2 HTTP/1.1
end
-- another fiber waits for the same results meanwhile; one is never resumed
The results are being waited for already
0: 1 PUT /f HTTP/1.1
1: 0 GET /g HTTP/1.1
-- a cycle of results, options and closures
first step
NULL
-- exit() in a callback
bye
