<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// web_request.php - for php-fpm: the connection (TLS, CONNECT) stays open between the requests of a worker.
declare(strict_types=1);

use Native\Mqtt\{Client, ClientOptions};

$client = Client::persistent(getenv('MQTT_URI') ?: 'mqtt://localhost', new ClientOptions(connectTimeout: 2.0));
$client->connect(); // returns at once if the connection stands
$client->publish('orders/new', json_encode(['id' => random_int(1, 1000)]), qos: 1)->wait(2.0);
echo "ok\n";
