<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// http_side.php SIDE ROUND DIVISOR [CASE] - run the cases of one side, "native" (the Client), "curl" or "dropin" (curl_* calls on ext/curl or
// on the module), and print what each took.
// A line: case, mode, requests, then for one request ns of wall, of user CPU, of user and system CPU.
// ROUND "count": each case once, with few requests; getrusage() is called before and after what counts, for valgrind.
// ROUND "first": only a call to a verified https server, the first of this process.
// ROUND "calls": CASE (a case and a mode, as in the lines) alone, DIVISOR times: for a tracer of system calls.
// Where the servers are stands in the environment: BENCH_HTTP, BENCH_HTTPS (saves sessions), BENCH_HTTPS_COLD (does not),
// BENCH_CA (a bundle: the system's roots and the test's).

use Native\Http\{Client, Options};

[, $side, $round, $divisor] = $argv;
$http = getenv('BENCH_HTTP');
$https = getenv('BENCH_HTTPS');
$cold = getenv('BENCH_HTTPS_COLD');
$ca = getenv('BENCH_CA');
const BODY = 1024;

/** What came back must be what was asked for: a benchmark of errors would be fast. */
function check(string|bool $body, int $len = BODY): void
{
    if (!is_string($body) || strlen($body) !== $len) {
        throw new Exception('the response has ' . (is_string($body) ? strlen($body) : 'no') . " bytes, not $len");
    }
}

// ---- ours ----------------------------------------------------------------------------------------------

/** A client as a script of php-fpm makes one, for one request. */
function native_new(string $url, mixed ...$options): Closure
{
    return function (int $n) use ($url, $options) {
        for ($i = 0; $i < $n; $i++) {
            $client = $options ? new Client(new Options(...$options)) : new Client();
            check($client->get($url)->body);
        }
    };
}

function native_cases(string $http, string $https, string $cold, string $ca): Generator
{
    $client = new Client();
    yield ['HTTP, same handle', 'pool', 20000, function (int $n) use ($client, $http) {
        for ($i = 0; $i < $n; $i++) {
            check($client->get("$http/1k")->body);
        }
    }];
    yield ['HTTP, new handle', 'pool', 20000, native_new("$http/1k")];
    yield ['HTTP, new handle', 'own connection', 1000, native_new("$http/1k", fresh: true)];
    yield ['HTTPS, new handle, not verified', 'pool', 1000, native_new("$https/1k", verifyPeer: false, verifyHost: false)];
    yield ['HTTPS, new handle, not verified', 'resumed', 200, native_new("$https/1k", verifyPeer: false, verifyHost: false, fresh: true)];
    yield ['HTTPS, new handle, not verified', 'full handshake', 50, native_new("$cold/1k", verifyPeer: false, verifyHost: false, fresh: true)];
    yield ['HTTPS, new handle, system CA', 'pool', 1000, native_new("$https/1k", caFile: $ca)];
    yield ['HTTPS, new handle, system CA', 'resumed', 200, native_new("$https/1k", caFile: $ca, fresh: true)];
    yield ['HTTPS, new handle, system CA', 'full handshake', 50, native_new("$cold/1k", caFile: $ca, fresh: true)];
    $megabyte = str_repeat('0123456789abcdef', 65536);
    yield ['POST 1 MiB', 'pool', 50, function (int $n) use ($client, $http, $megabyte) {
        for ($i = 0; $i < $n; $i++) {
            check($client->post("$http/post", $megabyte)->body, 2);
        }
    }];
    yield ['10 MB into a string', 'pool', 20, function (int $n) use ($client, $http) {
        for ($i = 0; $i < $n; $i++) {
            check($client->get("$http/10m")->body, 10000000);
        }
    }];
    if (method_exists(Client::class, 'send')) {
        yield ['50 at once', 'pool', 5000, function (int $n) use ($http) {
            $client = new Client();
            for ($i = 0; $i < $n; $i += 50) {
                $requests = [];
                for ($k = 0; $k < 50; $k++) {
                    $requests[] = new Native\Http\Request('GET', "$http/1k");
                }
                foreach ($client->send($requests) as $response) {
                    check($response->body);
                }
            }
        }];
    }
}

// ---- curl_* --------------------------------------------------------------------------------------------

function curl_new(string $url, array $options): Closure
{
    return function (int $n) use ($url, $options) {
        for ($i = 0; $i < $n; $i++) {
            $h = curl_init($url);
            curl_setopt_array($h, $options + [CURLOPT_RETURNTRANSFER => true]);
            $body = curl_exec($h);
            $body !== false || throw new Exception(curl_error($h));
            check($body);
            curl_close($h);
        }
    };
}

/** 50 handles on one multi handle, which are used again and again, as is its pool of connections. */
function curl_many(string $url): Closure
{
    return function (int $n) use ($url) {
        $multi = curl_multi_init();
        for ($k = 0; $k < 50; $k++) {
            $handles[$k] = curl_init($url);
            curl_setopt($handles[$k], CURLOPT_RETURNTRANSFER, true);
        }
        for ($i = 0; $i < $n; $i += 50) {
            foreach ($handles as $h) {
                curl_multi_add_handle($multi, $h);
            }
            do {
                curl_multi_exec($multi, $running);
            } while ($running && curl_multi_select($multi, 1.0) >= 0);
            foreach ($handles as $h) {
                check(curl_multi_getcontent($h));
                curl_multi_remove_handle($multi, $h);
            }
        }
    };
}

/** Guzzle as its users have it: a client, 50 requests on their way. */
function guzzle_many(string $url): ?Closure
{
    if (!is_file('/usr/share/php/GuzzleHttp/autoload.php')) {
        return null;
    }
    error_reporting(E_ALL & ~E_DEPRECATED);
    require_once '/usr/share/php/GuzzleHttp/autoload.php';
    $client = new GuzzleHttp\Client();
    return function (int $n) use ($client, $url) {
        (new GuzzleHttp\Pool($client, array_fill(0, $n, new GuzzleHttp\Psr7\Request('GET', $url)), ['concurrency' => 50,
            'fulfilled' => fn ($response) => check((string)$response->getBody()), 'rejected' => fn ($e) => throw $e]))->promise()->wait();
    };
}

/** @param string $mode what the table calls a call without more: "-" for ext/curl, "pool" for ours */
function curl_cases(string $http, string $https, string $cold, string $ca, string $mode): Generator
{
    $again = function (CurlHandle $h, int $len): Closure {
        curl_setopt($h, CURLOPT_RETURNTRANSFER, true);
        return function (int $n) use ($h, $len) {
            for ($i = 0; $i < $n; $i++) {
                check(curl_exec($h), $len);
            }
        };
    };
    yield ['HTTP, same handle', $mode, 20000, $again(curl_init("$http/1k"), BODY)];
    yield ['HTTP, new handle', $mode, 20000, curl_new("$http/1k", [])];
    $any = [CURLOPT_SSL_VERIFYPEER => false, CURLOPT_SSL_VERIFYHOST => 0];
    $verified = [CURLOPT_CAINFO => $ca];
    $few = $mode === '-' ? 1 : 20; // how much cheaper ours is: more of them make a time that can be measured
    yield ['HTTPS, new handle, not verified', $mode, 50 * $few, curl_new("$https/1k", $any)];
    yield ['HTTPS, new handle, system CA', $mode, 10 * $few, curl_new("$https/1k", $verified)];
    if ($mode !== '-') {
        $fresh = [CURLOPT_FRESH_CONNECT => true];
        yield ['HTTP, new handle', 'own connection', 1000, curl_new("$http/1k", $fresh)];
        yield ['HTTPS, new handle, not verified', 'resumed', 200, curl_new("$https/1k", $any + $fresh)];
        yield ['HTTPS, new handle, not verified', 'full handshake', 50, curl_new("$cold/1k", $any + $fresh)];
        yield ['HTTPS, new handle, system CA', 'resumed', 200, curl_new("$https/1k", $verified + $fresh)];
        yield ['HTTPS, new handle, system CA', 'full handshake', 50, curl_new("$cold/1k", $verified + $fresh)];
    }
    $h = curl_init("$http/post");
    curl_setopt($h, CURLOPT_POSTFIELDS, str_repeat('0123456789abcdef', 65536));
    yield ['POST 1 MiB', $mode, 50, $again($h, 2)];
    yield ['10 MB into a string', $mode, 20, $again(curl_init("$http/10m"), 10000000)];
    yield ['50 at once', $mode, 5000, curl_many("$http/1k")];
    if ($guzzle = guzzle_many("$http/1k")) {
        yield ['50 at once, Guzzle', $mode, 1000, $guzzle];
    }
}

// ---- running -------------------------------------------------------------------------------------------

/** User CPU, and user and system CPU together (the kernel knows the sum exactly, the parts by samples), in ns. */
function cpu(): array
{
    $r = getrusage();
    $user = $r['ru_utime.tv_sec'] * 1000000000 + $r['ru_utime.tv_usec'] * 1000;
    return [$user, $user + $r['ru_stime.tv_sec'] * 1000000000 + $r['ru_stime.tv_usec'] * 1000];
}

/** Run it and print what it took. */
function took(string $case, string $mode, int $n, Closure $run): void
{
    [$user, $both] = cpu();
    $wall = hrtime(true);
    $run($n);
    $wall = hrtime(true) - $wall;
    [$user2, $both2] = cpu();
    printf("%s\t%s\t%d\t%.0f\t%.0f\t%.0f\n", $case, $mode, $n, $wall / $n, ($user2 - $user) / $n, ($both2 - $both) / $n);
}

if ($round === 'first') {
    $run = $side === 'native' ? native_new("$cold/1k", caFile: $ca, fresh: true) : curl_new("$cold/1k", [CURLOPT_CAINFO => $ca]);
    took('HTTPS, new handle, system CA', 'first call', 1, $run);
    exit;
}
$cases = $side === 'native' ? native_cases($http, $https, $cold, $ca) : curl_cases($http, $https, $cold, $ca, $side === 'curl' ? '-' : 'pool');
foreach ($cases as [$case, $mode, $n, $run]) {
    if ($round === 'calls') {
        if (in_array("$case/$mode", array_slice($argv, 4), true)) {
            $run((int)$divisor);
        }
        continue;
    }
    $slow = str_starts_with($case, '50') ? 50 : 1;
    $n = $round === 'count' ? ($n >= 1000 ? 100 : ($n > 10 ? 4 : 1)) : max((int)ceil($n / $divisor / $slow) * $slow, 2);
    $run($slow); // warm: connections, sessions, certificates
    took($case, $mode, $n, $run);
}
