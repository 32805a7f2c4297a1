--TEST--
Any broker: the will of a client that vanishes is delivered, that of one that says goodbye is not
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/../server/broker.inc'; broker_skip('will'); ?>
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, Will};
require __DIR__ . '/versions.inc';

in_each_version(function (Broker $broker, Version $version, string $root) {
    $watch = connected($broker, $version);
    $watch->subscribe("$root/#", qos: 1);
    $will = new Will("$root/gone", 'died', 1);
    connected($broker, $version, will: $will)->disconnect();
    var_dump($watch->receive(0.5));

    // Another process, killed.
    $child = guarded_fork();
    if ($child === 0) {
        $client = connected($broker, $version, will: $will);
        $client->publish("$root/alive", 'yes', 1)->wait();
        posix_kill(getmypid(), SIGKILL);
    }
    $got = str_replace("$root/", '', take($watch, 2));
    sort($got); // a will has no order with what was published before
    echo implode(', ', $got), "\n";
    pcntl_waitpid($child, $status);
});
?>
--EXPECT--
NULL
alive yes, gone died
