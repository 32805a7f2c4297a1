--TEST--
Http\Client::send(): results as they come, by key; one that fails loses no other; requests are taken as there is room
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Body, Client, Options, Request, Response};
require __DIR__ . '/server.inc';

$server = new HttpServer(function (Seen $s) {
    if (str_contains($s->line, '/slow')) {
        usleep(1000000);
    }
    return str_contains($s->line, '/cut') ? null : answer(strlen($s->body) . " $s->line", str_contains($s->line, '/404') ? 404 : 200);
});
$http = new Client(new Options(baseUrl: $server->url(), timeout: 60, proxy: '', failOnStatus: true));

function show(iterable $results): void
{
    foreach ($results as $key => $r) {
        echo is_scalar($key) ? $key : gettype($key), ': ', $r instanceof Response ? "$r->status $r->body" : $r::class . ': ' . preg_replace('/:\d+/', ':PORT', $r->getMessage()), "\n";
    }
}

echo "-- an array with keys; the slow one is last\n";
$results = iterator_to_array($http->send(['slow' => new Request('GET', '/slow'), 'url' => '/a', 7 => new Request('PUT', '/b', body: 'four')]));
echo array_key_last($results), "\n";
ksort($results);
show($results);

echo "-- failures are results\n";
$bad = [
    'cut' => '/cut', '404' => '/404', 'url' => 'http://:80/', 'method' => new Request("A\nB", '/'),
    'refused' => new Request('GET', '/', options: new Options(baseUrl: 'http://127.0.0.1:' . free_port(), proxy: '')),
    'field' => new Request('GET', '/', ['X' => "a\r\nb"]), 'file' => new Request('PUT', '/', body: Body::file('/none')),
    'good' => '/',
];
$results = [];
foreach (@$http->send($bad) as $key => $result) {
    $results[$key] = $result;
}
ksort($results, SORT_STRING);
@show($results);

echo "-- the iterable: lazy, any keys, the request of a result\n";
$taken = $given = $most = 0;
$lazy = (function () use (&$taken) {
    for ($i = 0; $i < 200; $i++) {
        $taken++;
        yield [$i] => new Request('GET', "/$i");
    }
})();
foreach ($results = $http->send($lazy, concurrency: 5) as $key => $result) {
    $given++;
    $most = max($most, $taken - $given);
    if ("/$key[0]" !== $results->request()->url || $result->body !== "0 GET /$key[0] HTTP/1.1") {
        echo "mixed up\n";
    }
}
echo "$taken taken, $given given, at most $most ahead\n";
var_dump($results->valid(), $results->current(), $results->key(), $results->request());
$results->next();
var_dump($results->valid());

echo "-- arguments\n";
foreach ([fn () => $http->send([], 0), fn () => $http->send([1])->rewind(), fn () => $http->send([new Options()])->rewind(), fn () => (fn ($x) => $http->send($x))(5),
    fn () => new Request('GET'), fn () => new Request('GET', '/', body: 5), fn () => new Request('GET', '/', body: new stdClass()), fn () => clone $http->send([])] as $f) {
    try {
        $f();
        echo "no exception\n";
    } catch (Error $e) {
        echo $e::class, ': ', $e->getMessage(), "\n";
    }
}
show($http->send([]));
$r = (new Request('GET', '/x', ['A' => 'b']))->with(method: 'PUT', body: 'y');
echo "$r->method $r->url ", json_encode($r->headers), " $r->body ", var_export($r->options, true), "\n";
?>
--EXPECT--
-- an array with keys; the slow one is last
slow
7: 200 4 PUT /b HTTP/1.1
slow: 200 0 GET /slow HTTP/1.1
url: 200 0 GET /a HTTP/1.1
-- failures are results
404: Native\Http\StatusException: The server answered with status 404
cut: Native\Http\TransferException: the connection ended without a byte of a response
field: ValueError: a header line: a header field's value has a control byte
file: Native\Http\Exception: Cannot open the file /none
good: 200 0 GET / HTTP/1.1
method: ValueError: the method: a method is empty or has a byte that is no token
refused: Native\Http\ConnectException: cannot connect to 127.0.0.1:PORT: Connection refused
url: Native\Http\UrlException: the URL: a URL whose host is missing or has a byte that no host has
-- the iterable: lazy, any keys, the request of a result
200 taken, 200 given, at most 4 ahead
bool(false)
NULL
NULL
NULL
bool(false)
-- arguments
ValueError: Native\Http\Client::send(): Argument #2 ($concurrency) must be between 1 and 10000
TypeError: A request must be of type Native\Http\Request or string, int given
TypeError: A request must be of type Native\Http\Request or string, Native\Http\Options given
TypeError: Native\Http\Client::send(): Argument #1 ($requests) must be of type Traversable|array, int given
ArgumentCountError: Native\Http\Request::__construct() expects at least 2 arguments, 1 given
TypeError: Native\Http\Request::__construct(): Argument #4 ($body) must be of type string, array, resource, Closure, iterable, Native\Http\Body or null, int given
TypeError: Native\Http\Request::__construct(): Argument #4 ($body) must be of type string, array, resource, Closure, iterable, Native\Http\Body or null, stdClass given
Error: Trying to clone an uncloneable object of class Native\Http\Results
PUT /x {"A":"b"} y NULL
