--TEST--
Any broker: 1,000 messages at each QoS arrive once and in order
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
    foreach (levels_of_service() as $qos) {
        $in = connected($broker, $version);
        $in->subscribe("$root/$qos", qos: $qos);
        $out = connected($broker, $version);
        $got = [];
        for ($i = 0; $i < 1000; $i++) {
            $delivery = $out->publish("$root/$qos", "m$i", $qos);
            if ($i % 50 === 49) { // not faster than they are taken: at QoS 0 a broker may drop what waits
                $delivery->wait();
                $got = [...$got, ...take($in, 50)];
            }
        }
        if ($got !== array_map(fn ($i) => "$root/$qos m$i", range(0, 999))) {
            echo "QoS $qos: ", count($got), " messages\n";
        }
    }
    echo "done\n";
});
?>
--EXPECT--
done
