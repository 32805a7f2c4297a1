--TEST--
Http\Client: 512 MB down and up in constant memory; less over TLS, from a stream and in chunks
--EXTENSIONS--
native
pcntl
posix
openssl
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
servers_skip('nginx', 'openssl');
?>
--FILE--
<?php
use Native\Http\{Body, Client, Options};
require __DIR__ . '/servers.inc';
require __DIR__ . '/../server.inc';

// Under valgrind and sanitizers, and over TLS, less will do: memory that grows shows as well.
$plain = in_array(getenv('NATIVE_TEST_MODE'), ['', false, 'plain'], true);
$size = $plain ? 512 << 20 : 64 << 20;
// kB; valgrind's own grows with the code that has run, and under ASan what is freed waits for long.
$limit = ['valgrind' => 32768, 'asan-stock' => PHP_INT_MAX, 'sanitized' => PHP_INT_MAX][(string) getenv('NATIVE_TEST_MODE')] ?? 4096;
$sparse = fopen(scratch() . '/large', 'w');
ftruncate($sparse, $size);
fclose($sparse);
$sparse = fopen(scratch() . '/less', 'w');
ftruncate($sparse, $size >> 4);
fclose($sparse);

$ca = new TestCa('CA of https');
$ca->issue('server', ['localhost']);
$nginx = nginx("sendfile on;\nserver { listen 127.0.0.1:{port}; }\nserver { listen 127.0.0.1:{port2} ssl;\n"
    . "ssl_certificate {$ca->file('server.crt')};\nssl_certificate_key {$ca->file('server.key')}; }", 2);
// Reads a body to its end, and says how much it was.
$discard = fn (bool $tls) => function ($c) use ($tls, $ca) {
    if ($tls && !RawServer::tls($c, $ca)) {
        return;
    }
    for ($left = -1, $chunked = false; !in_array($line = fgets($c), ["\r\n", false], true);) {
        $left = preg_match('/^content-length: (\d+)/i', $line, $m) ? (int) $m[1] : $left;
        $chunked = $chunked || stripos($line, 'transfer-encoding: chunked') === 0;
    }
    for ($seen = 0; $chunked && ($n = hexdec(trim((string) fgets($c)))) > 0; fgets($c)) {
        for (; $n > 0; $n -= $got) {
            $seen += $got = strlen((string) fread($c, min($n, 1 << 20))) ?: exit;
        }
    }
    for (; $left > 0; $left -= $got) {
        $seen += $got = strlen((string) fread($c, min($left, 1 << 20))) ?: exit;
    }
    fwrite($c, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " . strlen($seen) . "\r\n\r\n$seen");
};
$server = new RawServer($discard(false));
$tls = new RawServer($discard(true));

/** The most memory that this process has had, in kB. */
function peak(): int
{
    return preg_match('/^VmHWM:\s+(\d+)/m', (string) @file_get_contents('/proc/self/status'), $m) ? (int) $m[1] : 0;
}
$options = new Options(timeout: 100, proxy: '', caFile: $ca->file('ca.crt'), expectContinue: -1);
$http = new Client($options);
$http->get($nginx->url('/nothing'));
$http->get($nginx->url('/nothing', 1, 'https', 'localhost'));
$before = peak();
function steady(string $what, callable $request, int $size): void
{
    global $before, $limit;
    $result = $request();
    $more = peak() - $before;
    echo "$what: ", $result === $size ? 'all' : var_export($result, true), $more > $limit ? " with $more kB" : '', memory_get_peak_usage() > 8 << 20 ? ' and ' . memory_get_peak_usage() : '', "\n";
}
steady('down, to a closure', function () use ($http, $nginx, $options) {
    $seen = 0;
    $http->get($nginx->url('/large'), [], $options->with(sink: function (string $piece) use (&$seen) { $seen += strlen($piece); }));
    return $seen;
}, $size);
steady('down, to a file', function () use ($http, $nginx, $options) {
    $file = fopen('/dev/null', 'w');
    return (int) $http->get($nginx->url('/less'), [], $options->with(sink: $file))->header('content-length');
}, $size >> 4);
steady('down, TLS', function () use ($http, $nginx, $options) {
    $seen = 0;
    $http->get($nginx->url('/less', 1, 'https', 'localhost'), [], $options->with(sink: function (string $piece) use (&$seen) { $seen += strlen($piece); }));
    return $seen;
}, $size >> 4);
steady('up, a file', fn () => (int) $http->put($server->url(), Body::file(scratch() . '/large'))->body, $size);
steady('up, a stream', fn () => (int) $http->put($server->url(), fopen(scratch() . '/less', 'r'))->body, $size >> 4);
steady('up, a closure, in chunks', function () use ($http, $server, $size) {
    $left = $size >> 4;
    return (int) $http->post($server->url(), function (int $length) use (&$left) {
        $left -= $n = min($length, $left);
        return str_repeat('x', $n);
    })->body;
}, $size >> 4);
steady('up, TLS', fn () => (int) $http->put($tls->url('/', 'https', 'localhost'), Body::file(scratch() . '/less'))->body, $size >> 4);
?>
--EXPECT--
down, to a closure: all
down, to a file: all
down, TLS: all
up, a file: all
up, a stream: all
up, a closure, in chunks: all
up, TLS: all
