<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// http_download.php SIDE URL BYTES CA - read a large body piece by piece and keep none of it. Prints ns of wall, of user CPU, of user and system
// CPU, and by how many KiB the peak of the resident memory rose over what it was after a small request.

use Native\Http\{Client, Options, Request};

[, $side, $url, $bytes, $ca] = $argv;
$small = dirname($url) . '/1k';
if ($side === 'native') {
    $client = new Client(new Options(caFile: $ca));
    $client->get($small);
    $read = function () use ($client, $url): int {
        $n = 0;
        foreach ($client->start(new Request('GET', $url)) as $piece) {
            $n += strlen($piece);
        }
        return $n;
    };
} else {
    $h = curl_init($small);
    curl_setopt_array($h, [CURLOPT_RETURNTRANSFER => true, CURLOPT_CAINFO => $ca]);
    curl_exec($h);
    $read = function () use ($h, $url): int {
        $n = 0;
        curl_setopt_array($h, [CURLOPT_URL => $url, CURLOPT_WRITEFUNCTION => function ($h, $piece) use (&$n) {
            $n += strlen($piece);
            return strlen($piece);
        }]);
        curl_exec($h) || throw new Exception(curl_error($h));
        return $n;
    };
}

/** "VmRSS", "VmHWM" of this process, in KiB. */
function memory(string $what): int
{
    preg_match("/^$what:\s*(\d+)/m", file_get_contents('/proc/self/status'), $m);
    return (int)$m[1];
}

file_put_contents('/proc/self/clear_refs', '5'); // the peak starts anew
$idle = memory('VmRSS');
$r = getrusage();
$wall = hrtime(true);
$n = $read();
$wall = hrtime(true) - $wall;
$r2 = getrusage();
$n === (int)$bytes || throw new Exception("$n bytes came, not $bytes");
$user = ($r2['ru_utime.tv_sec'] - $r['ru_utime.tv_sec']) * 1000000000 + ($r2['ru_utime.tv_usec'] - $r['ru_utime.tv_usec']) * 1000;
$system = ($r2['ru_stime.tv_sec'] - $r['ru_stime.tv_sec']) * 1000000000 + ($r2['ru_stime.tv_usec'] - $r['ru_stime.tv_usec']) * 1000;
printf("%d\t%d\t%d\t%d\n", $wall, $user, $user + $system, memory('VmHWM') - $idle);
