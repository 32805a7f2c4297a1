<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// publish.php - publish one message and know that it arrived: php publish.php mqtt://localhost some/topic text
declare(strict_types=1);

use Native\Mqtt\{Client, Exception};

[, $uri, $topic, $payload] = $argv + [1 => 'mqtt://localhost', 2 => 'example', 3 => 'hello'];
try {
    $client = new Client($uri);
    $client->connect();
    $reason = $client->publish($topic, $payload, qos: 1)->wait(5.0);
    echo "delivered: {$reason->name}\n";
    $client->disconnect();
} catch (Exception $e) {
    fwrite(STDERR, $e->getMessage() . "\n");
    exit(1);
}
