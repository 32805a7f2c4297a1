<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// wrong.php - what is wrong, and what PHPStan calls it that knows nothing but the stubs. Nothing here is run.

declare(strict_types=1);

use Native\Http;
use Native\Mqtt;
use Native\Shm;

$cache = new Shm\Cache(); // new.privateConstructor
$cache = Shm\Cache::default();
$cache->fetsch('a'); // method.notFound
$cache->store('a'); // arguments.count
$cache->store(1, 2); // argument.type
$cache->inc('n', step: 2); // argument.unknown
$response = (new Http\Client())->get('https://example.org/');
$response->status = 200; // property.readOnlyAssignOutOfClass
echo $response->code; // property.notFound
strlen($response->header('Content-Type')); // argument.type
class MyClient extends Http\Client {} // class.extendsFinal
$client = new Mqtt\Client(1883); // argument.type
$client->publish('a', ['b']); // argument.type
$client->onMessage('no function'); // argument.type
$version = Mqtt\Version::V6; // classConstant.notFound
$unknown = new Mqtt\Unknown(); // class.notFound
