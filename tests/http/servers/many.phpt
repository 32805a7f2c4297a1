--TEST--
Http\Client: thousands of requests leave descriptors and memory as they were (100,000 with NATIVE_LONG=1)
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
servers_skip('nginx', 'openssl');
is_dir('/proc/self/fd') || die('skip there is no /proc');
?>
--FILE--
<?php
use Native\Http\{Client, CookieJar, Options, Exception};
require __DIR__ . '/servers.inc';

$plain = in_array(getenv('NATIVE_TEST_MODE'), ['', false, 'plain'], true);
$rounds = $plain ? (getenv('NATIVE_LONG') ? 10000 : 500) : 60; // of 10 requests
file_put_contents(scratch() . '/text.txt', str_repeat('0123456789', 1000));
$ca = new TestCa('CA of https');
$ca->issue('server', ['localhost']);
$nginx = nginx(<<<NGINX
    server {
        listen 127.0.0.1:{port};
        gzip on; gzip_types text/plain;
        location /moved { return 302 /text.txt; }
        location /closes { keepalive_timeout 0; return 200 ok; }
        location /cookie { add_header Set-Cookie "a=\$msec"; return 200 ok; }
        location /gone { return 444; }
    }
    server { listen 127.0.0.1:{port2} ssl; keepalive_requests 50; ssl_certificate {$ca->file('server.crt')}; ssl_certificate_key {$ca->file('server.key')}; location / { return 200 ok; } }
    NGINX, 2);
$options = new Options(baseUrl: $nginx->url(), timeout: 30, proxy: '', caFile: $ca->file('ca.crt'), cookies: new CookieJar());
$http = new Client($options);
$https = $nginx->url('/', 1, 'https', 'localhost');
function round_of_ten(int $n): void
{
    global $http, $https, $options, $nginx;
    $sum = $http->get('text.txt')->status + $http->get('moved')->status + $http->get('closes')->status + $http->get('cookie')->status
        + $http->post('text.txt', ['a' => 'b'])->status + $http->get($https)->status + $http->head('text.txt')->status;
    try {
        $http->get('gone');
        $sum = 0;
    } catch (Exception) {
    }
    try {
        (new Client())->get('http://127.0.0.1:1/', [], $options);
        $sum = 0;
    } catch (Exception) {
    }
    // Now and then a handshake, and a client that goes while its connections wait.
    $sum += $n % 20 ? $http->get('text.txt')->status : (new Client($options->with(fresh: true)))->get($https)->status;
    if ($sum !== 7 * 200 + 405) {
        echo "round $n: $sum\n";
    }
}
function state(): array
{
    gc_collect_cycles();
    preg_match('/^VmRSS:\s+(\d+)/m', file_get_contents('/proc/self/status'), $m);
    return [count(scandir('/proc/self/fd')), memory_get_usage(), (int) $m[1]];
}
for ($n = 0; $n < $rounds / 5; $n++) {
    round_of_ten($n);
}
[$descriptors, $memory, $rss] = state();
for (; $n < $rounds; $n++) {
    round_of_ten($n);
}
[$descriptors2, $memory2, $rss2] = state();
echo 'descriptors: ', $descriptors2 <= $descriptors + 2 ? 'as they were' : "$descriptors, then $descriptors2", "\n";
echo "PHP's memory: ", $memory2 <= $memory + 4096 ? 'as it was' : "$memory, then $memory2", "\n";
echo 'resident: ', !$plain || $rss2 <= $rss + 1024 ? 'as it was' : "$rss kB, then $rss2 kB", "\n";
?>
--EXPECT--
descriptors: as they were
PHP's memory: as it was
resident: as it was
