<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// http_page.php - a page that makes one HTTPS call, as the benchmark's php-fpm runs it. MODE says how: pool, resumed (a connection of
// its own), curl, fresh (curl, a connection of its own), none (what the page costs without a call).
// It prints ns of wall that the call took, then user, and user and system CPU of the worker since its start: what lies between two
// pages is a whole request, with its start and its end.

const PAGE_BODY = 1024;

$begin = hrtime(true);
$url = $_SERVER['BENCH_URL'];
$body = match ($_SERVER['MODE']) {
    'pool' => (new Native\Http\Client(new Native\Http\Options(caFile: $_SERVER['BENCH_CA'], timeout: 30)))->get($url)->body,
    'resumed' => (new Native\Http\Client(new Native\Http\Options(caFile: $_SERVER['BENCH_CA'], timeout: 30, fresh: true)))->get($url)->body,
    'curl', 'fresh' => (function () use ($url) {
        $h = curl_init($url);
        $_SERVER['MODE'] === 'curl' || curl_setopt($h, CURLOPT_FRESH_CONNECT, true);
        curl_setopt_array($h, [CURLOPT_RETURNTRANSFER => true, CURLOPT_CAINFO => $_SERVER['BENCH_CA'], CURLOPT_TIMEOUT => 30]);
        return curl_exec($h);
    })(),
    'none' => str_repeat('x', PAGE_BODY),
};
$took = hrtime(true) - $begin;
strlen($body) === PAGE_BODY || exit('the response is not as it should be');
$r = getrusage();
$user = $r['ru_utime.tv_sec'] * 1000000000 + $r['ru_utime.tv_usec'] * 1000;
printf("%d\t%d\t%d\n", $took, $user, $user + $r['ru_stime.tv_sec'] * 1000000000 + $r['ru_stime.tv_usec'] * 1000);
