<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// timeouts.php - TIMEOUT and its relatives: when they strike, and what is said then.
// dev/curl-compare: long.

require __DIR__ . '/compare.inc';

/** Perform, and say whether it took as long as it should. */
function within(float $from, float $to, CurlHandle $ch, int ...$infos): void
{
    $begun = microtime(true);
    perform($ch, ...$infos);
    $took = microtime(true) - $begun;
    say('in time', $took >= $from && $took <= $to ?: $took);
}

it('no answer', function () {
    $s = serve(['*' => [pause(5000)]]);
    within(0.2, 2, easy($s->url(), [CURLOPT_TIMEOUT_MS => 250]), CURLINFO_HTTP_CODE, CURLINFO_OS_ERRNO);
});

it('half an answer', function () {
    $s = serve(['*' => [send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"), pause(5000)]]);
    within(0.2, 2, easy($s->url(), [CURLOPT_TIMEOUT_MS => 250]), CURLINFO_HTTP_CODE, CURLINFO_SIZE_DOWNLOAD);
});

it('half a head', function () {
    $s = serve(['*' => [send("HTTP/1.1 200 OK\r\nX-"), pause(5000)]]);
    within(0.2, 2, easy($s->url(), [CURLOPT_TIMEOUT_MS => 250]), CURLINFO_HTTP_CODE);
});

it('a body without a length', function () {
    $s = serve(['*' => [send("HTTP/1.1 200 OK\r\n\r\nhalf"), pause(5000)]]);
    within(0.2, 2, easy($s->url(), [CURLOPT_TIMEOUT_MS => 250]), CURLINFO_HTTP_CODE, CURLINFO_SIZE_DOWNLOAD);
});

it('chunks that stop', function () {
    $s = serve(['*' => [send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"), pause(5000)]]);
    within(0.2, 2, easy($s->url(), [CURLOPT_TIMEOUT_MS => 250]), CURLINFO_HTTP_CODE, CURLINFO_SIZE_DOWNLOAD);
});

it('TIMEOUT in seconds', function () {
    $s = serve(['*' => [pause(5000)]]);
    within(0.9, 2.5, easy($s->url(), [CURLOPT_TIMEOUT => 1]));
});

it('TIMEOUT and TIMEOUT_MS: the last one', function () {
    $s = serve(['*' => [pause(5000)]]);
    $ch = easy($s->url());
    curl_setopt($ch, CURLOPT_TIMEOUT, 10);
    curl_setopt($ch, CURLOPT_TIMEOUT_MS, 200);
    within(0.1, 2, $ch);
    $ch = easy($s->url());
    curl_setopt($ch, CURLOPT_TIMEOUT_MS, 200);
    curl_setopt($ch, CURLOPT_TIMEOUT, 1);
    within(0.9, 2.5, $ch);
});

it('a timeout over redirects', function () {
    $s = serve(['/a' => [pause(150), send(redirect(302, '/b'))], '/b' => [pause(150), send(redirect(302, '/c'))], '/c' => [pause(2000), send(ok())]]);
    within(0.3, 1.5, easy($s->url('/a'), [CURLOPT_TIMEOUT_MS => 400, CURLOPT_FOLLOWLOCATION => true]), CURLINFO_REDIRECT_COUNT, CURLINFO_EFFECTIVE_URL);
});

it('a timeout while a body is sent', function () {
    $s = script([head(), pause(5000)]);
    within(0.2, 2, easy($s->url(), [CURLOPT_POSTFIELDS => str_repeat('x', 20000000), CURLOPT_HTTPHEADER => ['Expect:'], CURLOPT_TIMEOUT_MS => 300]), CURLINFO_HTTP_CODE);
});

it('0 is none', function () {
    $s = serve(['*' => [pause(300), send(ok())]]);
    within(0.2, 2, easy($s->url(), [CURLOPT_TIMEOUT => 0, CURLOPT_TIMEOUT_MS => 0, CURLOPT_CONNECTTIMEOUT => 0]));
});

it('a connection that is not made', function () {
    // The queue of this listener is full: the kernel drops what else comes.
    $full = stream_socket_server('tcp://127.0.0.1:0', $e, $t, context: stream_context_create(['socket' => ['backlog' => 1]]));
    $port = (int) substr(strrchr(stream_socket_get_name($full, false), ':'), 1);
    name_port($port, 'FULL');
    $clients = [];
    for ($i = 0; $i < 4; $i++) {
        $clients[] = @stream_socket_client("tcp://127.0.0.1:$port", $e, $t, 0.1, STREAM_CLIENT_CONNECT | STREAM_CLIENT_ASYNC_CONNECT);
    }
    usleep(50000);
    within(0.2, 2, easy("http://127.0.0.1:$port/", [CURLOPT_CONNECTTIMEOUT_MS => 300]), CURLINFO_HTTP_CODE, CURLINFO_CONNECT_TIME, CURLINFO_NUM_CONNECTS, CURLINFO_PRIMARY_IP);
    within(0.2, 2, easy("http://127.0.0.1:$port/", [CURLOPT_TIMEOUT_MS => 300]), CURLINFO_HTTP_CODE);
    within(0.9, 2.5, easy("http://127.0.0.1:$port/", [CURLOPT_CONNECTTIMEOUT => 1]), CURLINFO_HTTP_CODE);
    within(0.1, 2, easy("http://127.0.0.1:$port/", [CURLOPT_CONNECTTIMEOUT_MS => 5000, CURLOPT_TIMEOUT_MS => 200]), CURLINFO_HTTP_CODE);
});

it('a TLS handshake that is not answered', function () {
    $s = script([pause(5000)]);
    within(0.2, 2, easy($s->url('/', 'https'), [CURLOPT_CONNECTTIMEOUT_MS => 300]), CURLINFO_HTTP_CODE, CURLINFO_APPCONNECT_TIME);
});

it('CONNECTTIMEOUT does not hold for what comes later', function () {
    $s = serve(['*' => [pause(500), send(ok('late'))]]);
    within(0.4, 3, easy($s->url(), [CURLOPT_CONNECTTIMEOUT_MS => 200]));
});

it('LOW_SPEED_LIMIT and LOW_SPEED_TIME', function () {
    $s = serve(['*' => [send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nslow"), pause(6000)]]);
    within(0.9, 4, easy($s->url(), [CURLOPT_LOW_SPEED_LIMIT => 100, CURLOPT_LOW_SPEED_TIME => 1]), CURLINFO_HTTP_CODE, CURLINFO_SIZE_DOWNLOAD);
});

it('MAX_RECV_SPEED_LARGE', function () {
    // libcurl takes what it finds in its first turn, and waits afterwards.
    $s = serve(['*' => ok(str_repeat('x', 3000000))]);
    $begun = microtime(true);
    $result = curl_exec(easy($s->url(), [CURLOPT_MAX_RECV_SPEED_LARGE => 1000000]));
    say('slower', strlen($result), microtime(true) - $begun > 0.7);
});

it('MAX_SEND_SPEED_LARGE', function () {
    $s = serve(['*' => ok()]);
    $begun = microtime(true);
    $result = curl_exec(easy($s->url(), [CURLOPT_MAX_SEND_SPEED_LARGE => 100000, CURLOPT_POSTFIELDS => str_repeat('x', 200000)]));
    say('slower', $result, microtime(true) - $begun > 0.7);
});

it('what they take', function () {
    $ch = easy();
    foreach (['TIMEOUT', 'TIMEOUT_MS', 'CONNECTTIMEOUT', 'CONNECTTIMEOUT_MS', 'LOW_SPEED_LIMIT', 'LOW_SPEED_TIME', 'EXPECT_100_TIMEOUT_MS', 'DNS_CACHE_TIMEOUT', 'HAPPY_EYEBALLS_TIMEOUT_MS'] as $name) {
        foreach ([-1, 0, 1, 2147483, 2147484, 2147483647, PHP_INT_MAX, '2', 1.9] as $value) {
            set($ch, "CURLOPT_$name", $value);
        }
    }
});

it('a timeout below a second and NOSIGNAL', function () {
    $s = serve(['*' => [pause(5000)]]);
    within(0.05, 1.5, easy($s->url(), [CURLOPT_TIMEOUT_MS => 100, CURLOPT_NOSIGNAL => true]));
});

it('times are in their order', function () {
    $s = serve(['*' => [pause(60), send(ok('late'))]]);
    $ch = easy($s->url());
    curl_exec($ch);
    $i = curl_getinfo($ch);
    say('order', $i['namelookup_time'] <= $i['connect_time'], $i['connect_time'] <= $i['pretransfer_time'], $i['pretransfer_time'] <= $i['starttransfer_time'],
        $i['starttransfer_time'] <= $i['total_time'], $i['starttransfer_time'] >= 0.06, $i['appconnect_time_us']);
    say('in microseconds', abs($i['total_time_us'] / 1e6 - $i['total_time']) < 0.001, is_int($i['total_time_us']), is_float($i['total_time']));
});
