<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// sensor.php - the coffee machine's side: publishes the level of its water tank five times a second, and obeys
// the valve. Run alone it talks to any broker: php sensor.php mqtt://localhost
declare(strict_types=1);

use Native\Mqtt\{Client, ClientOptions, Message, Properties, Will};

function sensor(string $uri): never
{
    $level = 45;
    $valve = 'closed';

    $client = new Client($uri, new ClientOptions(
        clientId: 'coffee-maker',
        keepAlive: 5,
        // What the broker tells everybody if this process dies.
        will: new Will('kitchen/coffee/state', 'gone', qos: 1, retain: true),
    ));
    $client->connect();
    $client->subscribe('kitchen/coffee/valve', function (Message $message) use (&$valve): void {
        $valve = $message->payload;
    }, qos: 1);
    $client->publish('kitchen/coffee/state', 'ready', qos: 1, retain: true);

    for (;;) {
        $client->publish('kitchen/coffee/water', (string) $level, qos: 1, properties: new Properties(
            contentType: 'text/plain',
            userProperties: ['unit' => 'percent', 'valve' => $valve],
        ));
        // Wait for the next tick; whatever comes meanwhile (the valve) is handled.
        $tick = microtime(true) + 0.2;
        while (($left = $tick - microtime(true)) > 0) {
            $client->loop($left);
        }
        $level = $valve === 'open' ? min(100, $level + 20) : max(0, $level - 8); // somebody makes coffee
    }
}

if (realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    sensor($argv[1] ?? 'mqtt://localhost');
}
