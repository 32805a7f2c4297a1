<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// right.php - what is right, and the types that PHPStan finds for it in the stubs. Nothing here is run.

declare(strict_types=1);

use Native\Http;
use Native\Mqtt;
use Native\Shm;

use function PHPStan\Testing\assertType;

function cache(): void
{
    $cache = Shm\Cache::default();
    assertType('bool', $cache->store('a', [1, 2], ttl: 1.5, pinned: true));
    assertType('mixed', $cache->fetch('a'));
    assertType('array<string, mixed>', $cache->fetchMany(['a', 'b']));
    assertType('list<string>', $cache->storeMany(['a' => 1]));
    assertType('int|null', $cache->inc('n', 2, start: null));
    assertType('float|null', $cache->keyInfo('a')['ttl'] ?? null);
    foreach ($cache->iterate('user/') as $key => $value) {
        assertType('string', $key);
        assertType('mixed', $value);
    }
}

function channel(): void
{
    $jobs = new Shm\Channel('jobs', capacity: 1 << 20, policy: Shm\Policy::DropOldest);
    $jobs->send(['resize', 'cat.jpg']);
    assertType('list<mixed>', $jobs->receiveMany(10, timeout: 0.5));
    assertType('bool', $jobs->tryReceive($job));
    assertType('int<0, max>', $jobs->count());
    $message = $jobs->receive(ack: true);
    if ($message instanceof Shm\Message) {
        assertType('int', $message->deliveries);
        assertType('bool', $message->ack());
    }
}

function http(): void
{
    $client = new Http\Client(new Http\Options(baseUrl: 'https://api.example.org/', timeout: 10));
    $response = $client->get('users/1', ['Accept' => 'application/json']);
    assertType('int', $response->status);
    assertType('string|null', $response->header('Content-Type'));
    assertType('list<string>', $response->headerValues('Set-Cookie'));
    assertType('mixed', $response->json());
    assertType('array<string, float>', $response->times);
    foreach ($client->send([new Http\Request('GET', 'a'), new Http\Request('GET', 'b')]) as $one) {
        assertType('Native\Http\Exception|Native\Http\Response|ValueError', $one);
    }
    try {
        $client->post('users', ['name' => 'Anna']);
    } catch (Http\TlsException $e) {
        assertType('string', $e->getMessage());
    }
}

function mqtt(): void
{
    $client = new Mqtt\Client('mqtts://broker.example.org', new Mqtt\ClientOptions(clientId: 'kitchen'));
    $client->onMessage(function (Mqtt\Message $message): void {
        assertType('string', $message->topic);
    });
    $client->connect();
    assertType('Native\Mqtt\Delivery', $client->publish('kitchen/coffee/level', '0.4', qos: 1));
    $client->subscribe('kitchen/#');
    $parser = new Mqtt\Parser();
    $parser->feed("\xd0\x00");
    foreach ($parser as $packet) {
        assertType('Native\Mqtt\Packet', $packet);
    }
}

function all(): void
{
    assertType('array<string, mixed>', Native\status());
    assertType('string', Native\metrics());
}
