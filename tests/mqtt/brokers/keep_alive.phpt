--TEST--
Any broker: an idle connection is kept alive
--EXTENSIONS--
native
posix
--SKIPIF--
<?php require __DIR__ . '/../server/broker.inc'; broker_skip(); ?>
--FILE--
<?php
use Native\Mqtt\Version;
require __DIR__ . '/versions.inc';

in_each_version(function (Broker $broker, Version $version, string $root) {
    $client = connected($broker, $version, keepAlive: 1);
    $client->subscribe($root);
    var_dump($client->receive(3), $client->isConnected());
    $client->publish($root, 'still here');
    echo $client->receive(20)->payload, "\n";
});
?>
--EXPECT--
NULL
bool(true)
still here
