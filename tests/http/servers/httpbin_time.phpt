--TEST--
Http\Client and httpbin: a delay, drops and a stream that is slow meet the limit that is meant for them
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
httpbin_skip();
?>
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/servers.inc';

$bin = httpbin();
$options = new Options(baseUrl: $bin->url(), timeout: 30, proxy: '');
$http = new Client($options);
function timed(string $what, float $from, float $to, callable $request): void
{
    $begin = hrtime(true);
    $result = outcome($request);
    $took = (hrtime(true) - $begin) / 1e9;
    $to *= getenv('NATIVE_TEST_MODE') === 'plain' ? 1 : 20;
    $from -= 0.002; // limits are in whole milliseconds
    echo "$what: ", preg_replace('/: .*/', '', $result), $took >= $from && $took <= $to ? '' : sprintf(', but after %.2f s', $took), "\n";
}
timed('no limit', 0.2, 8, fn () => $http->get('delay/0.2'));
timed('first byte', 0.2, 0.9, fn () => $http->get('delay/1', [], $options->with(firstByteTimeout: 0.2)));
timed('the whole', 0.2, 0.9, fn () => $http->get('delay/1', [], $options->with(timeout: 0.2)));
timed('the first byte came in time', 0.4, 8, fn () => $http->get('drip?numbytes=5&duration=0.6', [], $options->with(firstByteTimeout: 0.3)));
timed('drops, the whole', 0.3, 0.9, fn () => $http->get('drip?numbytes=10&duration=1', [], $options->with(timeout: 0.3)));
timed('drops, too slow', 0.9, 1.9, fn () => $http->get('drip?numbytes=10&duration=2', [], $options->with(lowSpeedLimit: 100, lowSpeedTime: 1)));
timed('drops, fast enough', 1.0, 8, fn () => $http->get('drip?numbytes=300&duration=1.1', [], $options->with(lowSpeedLimit: 20, lowSpeedTime: 1)));
?>
--EXPECT--
no limit: 200
first byte: TimeoutException (wait)
the whole: TimeoutException (wait)
the first byte came in time: 200
drops, the whole: TimeoutException (receive)
drops, too slow: TimeoutException (receive)
drops, fast enough: 200
