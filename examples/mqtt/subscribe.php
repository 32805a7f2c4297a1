<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// subscribe.php - print what comes until SIGINT or SIGTERM; survives restarts of the broker:
// php subscribe.php mqtt://localhost 'sensors/+/temperature'
declare(strict_types=1);

use Native\Mqtt\{Client, ClientOptions, ConnectionInfo, Message, ReasonCode};

[, $uri, $filter] = $argv + [1 => 'mqtt://localhost', 2 => '#'];
$client = new Client($uri, new ClientOptions(keepAlive: 30, reconnectMax: 10.0));
$client->onConnect(fn (ConnectionInfo $info) => print("connected to $info->peer\n"));
$client->onDisconnect(function (ReasonCode $reason, ?Native\Mqtt\Exception $why, ?float $retryIn): void {
    echo $why?->getMessage() ?? 'left', $retryIn === null ? '' : sprintf(', trying again in %.1f s', $retryIn), "\n";
});
foreach ([SIGINT, SIGTERM] as $signal) {
    pcntl_signal($signal, fn () => $client->stop());
}
$client->connect();
$client->subscribe($filter, function (Message $message, array $wildcards): void {
    echo $message->topic, ' (', implode(', ', $wildcards), '): ', $message->payload, "\n";
}, qos: 1);
$client->loopForever();
$client->disconnect();
