--TEST--
Any broker: a payload of 1 MB comes back as it went
--EXTENSIONS--
native
posix
--SKIPIF--
<?php require __DIR__ . '/../server/broker.inc'; broker_skip(); ?>
--FILE--
<?php
use Native\Mqtt\Version;
require __DIR__ . '/versions.inc';

$payload = random_bytes(1 << 20);
in_each_version(function (Broker $broker, Version $version, string $root) use ($payload) {
    $client = connected($broker, $version);
    $client->subscribe($root, qos: 1);
    $client->publish($root, $payload, 1)->wait();
    var_dump($client->receive(20)?->payload === $payload);
});
?>
--EXPECT--
bool(true)
