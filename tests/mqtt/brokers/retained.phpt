--TEST--
Any broker: a retained message is kept, marked and removed
--EXTENSIONS--
native
posix
--SKIPIF--
<?php require __DIR__ . '/../server/broker.inc'; broker_skip('retain'); ?>
--FILE--
<?php
use Native\Mqtt\Version;
require __DIR__ . '/versions.inc';

in_each_version(function (Broker $broker, Version $version, string $root) {
    connected($broker, $version)->publish("$root/kept", 'old', 1, true)->wait();
    $client = connected($broker, $version);
    $client->subscribe("$root/kept", qos: 1);
    $m = $client->receive(20);
    echo $m->payload, $m->retain ? ' retained' : ' live', "\n";
    $client->publish("$root/kept", 'new', 1, true)->wait();
    $m = $client->receive(20);
    echo $m->payload, $m->retain ? ' retained' : ' live', "\n";
    $client->publish("$root/kept", '', 1, true)->wait();
    $client->receive(20);
    $late = connected($broker, $version);
    $late->subscribe("$root/kept", qos: 1);
    var_dump($late->receive(0.5));
});
?>
--EXPECT--
old retained
new live
NULL
