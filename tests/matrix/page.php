<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// page.php - a page that uses the HTTP client, curl, shared memory and apcu, for the tests of web servers: ?url=...&ca=... is a server that tells the number of
// the connection, and the CA of its certificate.
use Native\Http\{Client, Options};
$response = (new Client(new Options(caFile: $_GET['ca'], timeout: 60, proxy: '')))->get($_GET['url']);
$ch = curl_init($_GET['url']);
curl_setopt_array($ch, [CURLOPT_RETURNTRANSFER => true, CURLOPT_PROXY => '', CURLOPT_CAINFO => $_GET['ca'], CURLOPT_TIMEOUT => 60]);
$curl = curl_exec($ch);
$cache = Native\Shm\Segment::open('page', 2 << 20)->cache();
$value = $cache->fetch('value') ?? [];
$cache->store('value', [...array_slice($value, -20), str_repeat('x', 100)]);
usleep(20000); // so that the next request goes to another child
echo json_encode(['sapi' => PHP_SAPI, 'pid' => getmypid(), 'body' => $response->body, 'kept' => $response->reused, 'curl' => $curl ?: curl_error($ch),
    'shared' => $cache->inc('count'), 'apcu' => apcu_inc('count'), 'whole' => strlen(implode('', $value)) % 100,
    'libcurl' => preg_match('~/(libcurl|curl\.so)~', file_get_contents('/proc/self/maps'))]);
