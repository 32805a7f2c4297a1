--TEST--
Any broker: publish and receive at each QoS, wildcards, unsubscribe
--EXTENSIONS--
native
posix
--SKIPIF--
<?php require __DIR__ . '/../server/broker.inc'; broker_skip(); ?>
--FILE--
<?php
use Native\Mqtt\{Message, ReasonCode, Version};
require __DIR__ . '/versions.inc';

in_each_version(function (Broker $broker, Version $version, string $root) {
    $client = connected($broker, $version);
    $got = [];
    $max = max(levels_of_service());
    $codes = $client->subscribe("$root/+/level/#", function (Message $m, array $wildcards) use (&$got) {
        $got[$m->payload] = [$m->qos, $wildcards];
    }, $max);
    echo 'granted what was asked for: ';
    var_dump(array_values($codes)[0]->value === $max);
    foreach (levels_of_service() as $qos) {
        $delivery = $client->publish("$root/kitchen/level/a/b", "level $qos", $qos);
        $delivery->wait();
        for ($end = microtime(true) + 20; !isset($got["level $qos"]) && microtime(true) < $end;) {
            $client->loop(0.5);
        }
        if (!$delivery->isDone() || ($got["level $qos"] ?? null) !== [$qos, ['kitchen', 'a/b']]) {
            echo "QoS $qos: ", json_encode($got), "\n";
        }
    }
    $client->publish("$root/other", 'not for us', 1)->wait();
    $client->unsubscribe("$root/+/level/#");
    $client->publish("$root/kitchen/level", 'too late', 1)->wait();
    var_dump($client->receive(0.3), count($got) === count(levels_of_service()));
    $client->disconnect();
    var_dump($client->isConnected());
});
?>
--EXPECT--
granted what was asked for: bool(true)
NULL
bool(true)
bool(false)
