--TEST--
Client: after a restart of a broker that kept no session, subscriptions are made again and messages wait
--EXTENSIONS--
native
posix
--SKIPIF--
<?php require __DIR__ . '/server/broker.inc'; broker_skip('mosquitto'); ?>
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, ConnectionInfo, Message, ReasonCode, Version};
require __DIR__ . '/server/broker.inc';

$broker = broker();
foreach ([Version::V3_1_1, Version::V5] as $version) {
    $client = new Client($broker->uri(), new ClientOptions(version: $version, reconnectMin: 0.02, reconnectMax: 0.1));
    $client->onConnect(function (ConnectionInfo $i) use (&$events) { $events[] = 'connected'; });
    $client->onDisconnect(function (ReasonCode $r, ?Native\Mqtt\Exception $why, ?float $retry) use (&$events) {
        $events[] = ($why ? $why::class : 'we left') . ($retry !== null && $retry <= 0.1 ? ', will retry' : '');
    });
    $events = [];
    $client->connect();
    $got = [];
    $client->subscribe(['r/+', 'gone'], function (Message $m) use (&$got) { $got[] = $m->payload; }, 1);
    $client->subscribe('plain', qos: 1);
    $client->unsubscribe('gone');

    $broker->stop(SIGKILL);
    while (count($events) < 3) { // notices, and fails to connect
        $client->loop(5);
    }
    $d = $client->publish('r/1', 'while down', 1); // waits
    $late = $client->publish('plain', 'too', 1);
    echo $d->isDone() ? 'done?' : 'waits', ', ', $client->isConnected() ? 'connected?' : 'not connected', "\n";
    $broker->start();
    echo $d->wait(10)->name, "\n";
    $client->publish('gone', 'unsubscribed')->wait();
    $m = $client->receive(10);
    echo $m->topic, ' ', $m->payload, ' ', implode(',', $got), "\n";
    echo implode("\n", array_unique($events)), "\n";
    echo implode(' ', array_map(fn ($c) => $c->name, $client->subscriptions())), "\n";
    $client->disconnect();
    echo end($events), "\n";
}
?>
--EXPECT--
waits, not connected
Success
plain too while down
connected
Native\Mqtt\ConnectionLostException, will retry
Native\Mqtt\ConnectException, will retry
GrantedQos1 GrantedQos1
we left
waits, not connected
Success
plain too while down
connected
Native\Mqtt\ConnectionLostException, will retry
Native\Mqtt\ConnectException, will retry
GrantedQos1 GrantedQos1
we left
