--TEST--
Http\Transfer: an outer stream_select() loop drives many, without a busy wait
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, Options, Request};
require __DIR__ . '/server.inc';

/** Turn an ordinary loop until all have ended; returns its turns. */
function run(array $transfers): int
{
    for ($turns = 0; $open = array_filter($transfers, fn ($t) => !$t->isFinished()); $turns++) {
        $read = $write = $none = [];
        $wait = 10;
        foreach ($open as $t) {
            if ($stream = $t->getStream()) {
                if ($t->wantsRead()) {
                    $read[] = $stream;
                }
                if ($t->wantsWrite()) {
                    $write[] = $stream;
                }
            }
            $wait = min($wait, $t->nextTimeout() ?? $wait);
        }
        if ($read || $write) {
            stream_select($read, $write, $none, (int) $wait, (int) (fmod($wait, 1) * 1e6));
        } else {
            usleep((int) ($wait * 1e6));
        }
        foreach ($open as $t) {
            $t->step();
        }
    }
    return $turns;
}
function cpu(): float
{
    $u = getrusage();
    return $u['ru_utime.tv_sec'] + $u['ru_stime.tv_sec'] + ($u['ru_utime.tv_usec'] + $u['ru_stime.tv_usec']) / 1e6;
}

$server = new HttpServer(function (Seen $s) {
    if (str_contains($s->line, '/slow')) {
        usleep(1000000);
    }
    return answer(str_contains($s->line, '/large') ? str_repeat('x', 4 << 20) : strlen($s->body) . " $s->line");
});
$http = new Client(new Options(baseUrl: $server->url(), timeout: 60, proxy: ''));

$t = $http->start(new Request('GET', '/a'));
var_dump($t->getStream(), $t->nextTimeout(), $t->isFinished(), $t->wantsWrite(), $t->getStreams());
$transfers = ['get' => $t, 'put' => $http->start(new Request('PUT', '/put', body: str_repeat('y', 3 << 20))), 'large' => $http->start(new Request('GET', '/large'))];
run($transfers);
foreach ($transfers as $t) {
    $r = $t->response();
    echo $r->status, ' ', strlen($r->body) > 100 ? strlen($r->body) : $r->body, ' ', $r === $t->response() ? 'the same again' : 'another', "\n";
}
var_dump($t->getStream(), $t->nextTimeout(), $t->wantsRead(), $t->isFinished(), $t->progress()->received, $t->progress()->receiveTotal);

echo "-- several that wait for a second, and one that takes longer than it may\n";
$transfers = [];
for ($i = 0; $i < 5; $i++) {
    $transfers[] = $http->start(new Request('GET', "/slow/$i"));
}
$transfers[] = $http->start(new Request('GET', '/slow/late', options: new Options(baseUrl: $server->url(), timeout: 0.3, proxy: '')));
$before = cpu();
$turns = run($transfers);
$cpu = cpu() - $before;
echo $turns < 60 ? "few turns\n" : "$turns turns\n", $cpu < (getenv('NATIVE_TEST_MODE') === 'plain' ? 0.2 : 5) ? "no CPU\n" : "$cpu s of CPU\n";
foreach ($transfers as $t) {
    try {
        echo $t->response()->body, "\n";
    } catch (Native\Http\TimeoutException $e) {
        echo $e->getMessage(), ", phase $e->phase\n";
    }
}

echo "-- the stream changes with what it waits for, and is good for waiting only\n";
$t = $http->start(new Request('GET', '/slow'));
$t->step();
$stream = $t->getStream();
var_dump(is_resource($stream), $stream === $t->getStream(), stream_get_meta_data($stream)['stream_type'], @fread($stream, 1));
fclose($stream);
var_dump(is_resource($t->getStream()), $t->isFinished());
$stream = $t->getStream();
$t->abort();
var_dump(is_resource($stream), $t->getStream(), $t->isFinished());
try {
    $t->response();
} catch (Native\Http\Exception $e) {
    echo $e::class, ': ', $e->getMessage(), "\n";
}
?>
--EXPECT--
NULL
float(0)
bool(false)
bool(false)
array(2) {
  [0]=>
  array(0) {
  }
  [1]=>
  array(0) {
  }
}
200 0 GET /a HTTP/1.1 the same again
200 3145728 PUT /put HTTP/1.1 the same again
200 4194304 the same again
NULL
NULL
bool(false)
bool(true)
int(4194304)
int(4194304)
-- several that wait for a second, and one that takes longer than it may
few turns
no CPU
0 GET /slow/0 HTTP/1.1
0 GET /slow/1 HTTP/1.1
0 GET /slow/2 HTTP/1.1
0 GET /slow/3 HTTP/1.1
0 GET /slow/4 HTTP/1.1
the time limit of 300 ms ran out while waiting for the response, phase wait
-- the stream changes with what it waits for, and is good for waiting only
bool(true)
bool(true)
string(11) "native-http"
bool(false)
bool(true)
bool(false)
bool(false)
NULL
bool(true)
Native\Http\Exception: aborted before its end
