--TEST--
Http\Client: a peer that stalls is timed out at the phase where it does: connect, proxy, TLS, sending, first byte, body
--EXTENSIONS--
native
pcntl
posix
openssl
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
servers_skip('openssl');
?>
--FILE--
<?php
use Native\Http\{Client, Options, TimeoutException};
require __DIR__ . '/servers.inc';
require __DIR__ . '/../server.inc';

// Under valgrind the limits are longer, so that what comes before is over by then; they are shown as the others are.
define('SLOW', getenv('NATIVE_TEST_MODE') === 'valgrind' ? 3 : 1);
$options = new Options(timeout: 30, proxy: '', fresh: true);
$http = new Client($options);
function stalls(string $what, callable $request): void
{
    $begin = hrtime(true);
    try {
        $status = $request()->status;
        echo "$what: $status\n";
    } catch (TimeoutException $e) {
        $took = (hrtime(true) - $begin) / 1e9;
        echo "$what: $e->phase: ", preg_replace_callback('/(?<= of )\d+(?= ms )/', fn ($m) => round($m[0] / SLOW), preg_replace('/(127\.0\.0\.1|localhost)(:| port )\d+/', '$1$2PORT', $e->getMessage())),
            $took < 0.19 || $took > (getenv('NATIVE_TEST_MODE') === 'plain' ? 3 : 20) ? sprintf(' after %.2f s', $took) : '', "\n";
    } catch (Native\Http\Exception $e) {
        echo "$what: ", outcome(fn () => throw $e), "\n";
    }
}
$drain = function ($c) {
    while (!in_array(fgets($c), ["\r\n", false], true));
};
$hang = function ($c) {
    while (!in_array(@fread($c, 8192), ['', false], true));
};
$short = ['connectTimeout' => 0.2 * SLOW];

// A queue that is full: Linux drops further SYNs.
$full = socket_create(AF_INET, SOCK_STREAM, 0);
socket_bind($full, '127.0.0.1');
socket_listen($full, 0);
socket_getsockname($full, $address, $port);
$waiting = [];
for ($i = 0; $i < 4; $i++) {
    $waiting[$i] = socket_create(AF_INET, SOCK_STREAM, 0);
    socket_set_nonblock($waiting[$i]);
    @socket_connect($waiting[$i], '127.0.0.1', $port);
}
stalls('connect', fn () => $http->get("http://127.0.0.1:$port/", [], $options->with(...$short)));
stalls('connect, the whole time', fn () => $http->get("http://127.0.0.1:$port/", [], $options->with(timeout: 0.2 * SLOW)));

$silent = new RawServer($hang);
stalls('TLS', fn () => $http->get($silent->url('/', 'https'), [], $options->with(...$short)));
$half = new RawServer(function ($c) use ($hang) { fread($c, 10); fwrite($c, "\x16\x03\x03\x00\x40\x02\x00"); $hang($c); });
stalls('TLS, half a record', fn () => $http->get($half->url('/', 'https'), [], $options->with(...$short)));
stalls('CONNECT', fn () => $http->get('https://example.test/', [], $options->with(...$short, proxy: $silent->url())));
stalls('SOCKS', fn () => $http->get('http://example.test/', [], $options->with(...$short, proxy: "socks5h://127.0.0.1:$silent->port")));
$tunnel = new RawServer(function ($c) use ($drain, $hang) { $drain($c); fwrite($c, "HTTP/1.1 200 OK\r\n\r\n"); $hang($c); });
stalls('TLS in a tunnel', fn () => $http->get('https://example.test/', [], $options->with(...$short, proxy: $tunnel->url())));

stalls('first byte', fn () => $http->get($silent->url(), [], $options->with(firstByteTimeout: 0.2 * SLOW)));
stalls('first byte, the whole time', fn () => $http->get($silent->url(), [], $options->with(timeout: 0.2 * SLOW)));
stalls('connectTimeout is over by then', fn () => $http->get($silent->url(), [], $options->with(connectTimeout: 0.1 * SLOW, timeout: 0.3 * SLOW)));
$head = new RawServer(function ($c) use ($drain, $hang) { $drain($c); fwrite($c, "HTTP/1.1 200 OK\r\nContent-Le"); $hang($c); });
stalls('half a head', fn () => $http->get($head->url(), [], $options->with(timeout: 0.2 * SLOW)));
$information = new RawServer(function ($c) use ($drain, $hang) { $drain($c); fwrite($c, "HTTP/1.1 103 Early Hints\r\n\r\n"); $hang($c); });
stalls('after 103', fn () => $http->get($information->url(), [], $options->with(timeout: 0.2 * SLOW)));
$body = new RawServer(function ($c) use ($drain, $hang) { $drain($c); fwrite($c, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"); $hang($c); });
stalls('body', fn () => $http->get($body->url(), [], $options->with(timeout: 0.2 * SLOW)));
stalls('the first byte was there', fn () => $http->get($body->url(), [], $options->with(firstByteTimeout: 0.1 * SLOW, timeout: 0.3 * SLOW)));
$drops = new RawServer(function ($c) use ($drain) { $drain($c); fwrite($c, "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"); while (@fwrite($c, '.')) { usleep(50000); } });
stalls('a slow body', fn () => $http->get($drops->url(), [], $options->with(lowSpeedLimit: 500, lowSpeedTime: 1)));

// Who reads nothing: what the kernel's buffers take goes out, the rest cannot.
$deaf = new RawServer(function ($c) use ($drain) { $drain($c); sleep(60); });
stalls('upload', fn () => $http->put($deaf->url(), str_repeat('x', 32 << 20), [], $options->with(timeout: 0.5 * SLOW, expectContinue: -1)));
stalls('upload, too slow', fn () => $http->put($deaf->url(), str_repeat('x', 32 << 20), [], $options->with(lowSpeedLimit: 1000, lowSpeedTime: 1, expectContinue: -1)));
stalls('100 that does not come, and no answer either', fn () => $http->put($silent->url(), 'x', [], $options->with(timeout: 0.3 * SLOW, expectContinue: 0)));
?>
--EXPECT--
connect: connect: the time limit for connecting of 200 ms ran out while connecting
connect, the whole time: connect: the time limit of 200 ms ran out while connecting
TLS: tls: the time limit for connecting of 200 ms ran out while in the TLS handshake
TLS, half a record: tls: the time limit for connecting of 200 ms ran out while in the TLS handshake
CONNECT: proxy: the time limit for connecting of 200 ms ran out while talking to the proxy
SOCKS: proxy: the time limit for connecting of 200 ms ran out while talking to the proxy
TLS in a tunnel: tls: the time limit for connecting of 200 ms ran out while in the TLS handshake
first byte: wait: the time limit for the first byte of 200 ms ran out while waiting for the response
first byte, the whole time: wait: the time limit of 200 ms ran out while waiting for the response
connectTimeout is over by then: wait: the time limit of 300 ms ran out while waiting for the response
half a head: receive: the time limit of 200 ms ran out while receiving the response
after 103: receive: the time limit of 200 ms ran out while receiving the response
body: receive: the time limit of 200 ms ran out while receiving the response
the first byte was there: receive: the time limit of 300 ms ran out while receiving the response
a slow body: receive: less than 500 bytes a second for 1 seconds
upload: send: the time limit of 500 ms ran out while sending the request
upload, too slow: send: less than 1000 bytes a second for 1 seconds
100 that does not come, and no answer either: send: the time limit of 300 ms ran out while sending the request
