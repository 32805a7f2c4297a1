--TEST--
Any broker: a kept session has the messages that came meanwhile, in their order
--EXTENSIONS--
native
posix
--SKIPIF--
<?php require __DIR__ . '/../server/broker.inc'; broker_skip('session'); ?>
--FILE--
<?php
use Native\Mqtt\Version;
require __DIR__ . '/versions.inc';

in_each_version(function (Broker $broker, Version $version, string $root) {
    $mine = ['clientId' => 'native-' . bin2hex(random_bytes(4)), 'cleanStart' => false, 'sessionExpiry' => 600];
    $client = connected($broker, $version, ...$mine);
    var_dump($client->info()->sessionPresent);
    $client->subscribe("$root/#", qos: 1);
    $client->disconnect();

    $other = connected($broker, $version);
    for ($i = 0; $i < 20; $i++) {
        $other->publish("$root/$i", "m$i", 1)->wait();
    }
    $client = connected($broker, $version, ...$mine);
    // What MQTT 3.1 answers has no such flag.
    var_dump($client->info()->sessionPresent || $version === Version::V3_1);
    $got = take($client, 20);
    var_dump($got === array_map(fn ($i) => "$root/$i m$i", range(0, 19)) ?: $got);
    $client->disconnect();

    $client = connected($broker, $version, ...['cleanStart' => true, 'sessionExpiry' => null] + $mine);
    var_dump($client->info()->sessionPresent);
    $other->publish("$root/x", 'x', 1)->wait();
    var_dump($client->receive(0.5));
});
?>
--EXPECT--
bool(false)
bool(true)
bool(true)
bool(false)
NULL
