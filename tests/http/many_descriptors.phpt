--TEST--
Http: no descriptors left: each request that needs one fails by itself, those that are under way end well, later ones work
--EXTENSIONS--
native
posix
--SKIPIF--
<?php if (getenv('NATIVE_TEST_MODE') === 'valgrind') echo 'skip valgrind has descriptors and limits of its own'; ?>
--FILE--
<?php
use Native\Http\{Client, Options, Request, Response};
require __DIR__ . '/server.inc';

$server = new HttpServer(fn (Seen $s) => answer(str_repeat('y', 1000)));
$options = new Options(baseUrl: $server->url(), timeout: 30, proxy: '');
$http = new Client($options);
$http->get('/');
// Far fewer descriptors than requests at once: poll() itself takes no more places than that.
posix_setrlimit(POSIX_RLIMIT_NOFILE, 24, 24);
$count = [];
foreach ($http->send((function () use ($options) {
    for ($i = 0; $i < 60; $i++) {
        yield new Request('GET', '/', options: $options->with(fresh: true));
    }
})(), 60) as $r) {
    $what = $r instanceof Response ? $r->status : get_class($r) . preg_replace('/.*: /', ': ', $r->getMessage());
    $count[$what] = 1 + ($count[$what] ?? 0);
}
ksort($count);
echo implode(', ', array_keys($count)), '; ', array_sum($count), "\n";
echo $http->get('/')->status, "\n";

$held = [];
while ($file = @fopen('/dev/null', 'r')) {
    $held[] = $file;
}
foreach (['/', str_replace('127.0.0.1', 'localhost', $server->url()), 'https://127.0.0.1:1/'] as $url) {
    try {
        echo $http->get($url, [], $options->with(fresh: true))->status, "\n";
    } catch (\Native\Http\Exception $e) {
        echo get_class($e), preg_replace('/.*: /', ': ', $e->getMessage()), "\n";
    }
}
$held = $file = null;
echo $http->get('/', [], $options->with(fresh: true))->status, "\n";
?>
--EXPECT--
200, Native\Http\ConnectException: Too many open files; 60
200
Native\Http\ConnectException: Too many open files
Native\Http\ConnectException: Too many open files
Native\Http\TlsException: Too many open files
200
