--TEST--
What the installed mosquitto_pub and mosquitto_sub say now decodes and encodes identically, in every version
--SKIPIF--
<?php
require __DIR__ . '/server/broker.inc';
broker_skip('mosquitto');
foreach (['mosquitto_pub', 'mosquitto_sub'] as $program) {
    if (!trim((string) shell_exec("command -v $program"))) {
        die("skip $program is not installed");
    }
}
?>
--FILE--
<?php
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/../captures/capture.inc';
require __DIR__ . '/captures.inc';

const SUBACK = 9;
$broker = broker();
$payload = random_bytes(3000); // other bytes in each run
foreach (['mqttv31', 'mqttv311', 'mqttv5'] as $version) {
    $recorder = new Recorder("127.0.0.1:$broker->port");
    $common = ['-h', '127.0.0.1', '-p', (string) $recorder->port, '-V', $version];
    file_put_contents(scratch() . '/payload', $payload);
    $recorder->start('sub', guarded(['mosquitto_sub', ...$common, '-i', 'sub', '-t', 'a/+', '-q', '2', '-C', '3']));
    $recorder->seen(SUBACK);
    foreach ([0, 1, 2] as $qos) {
        $properties = $version === 'mqttv5' ? ['-D', 'publish', 'user-property', 'k', 'v', '-D', 'connect', 'session-expiry-interval', '7'] : [];
        $recorder->run(guarded(['mosquitto_pub', ...$common, '-i', "pub$qos", '-t', 'a/b', '-f', scratch() . '/payload', '-q', (string) $qos, ...$properties]));
    }
    $recorder->finish('sub');
    $seen = [];
    foreach ($recorder->connections as $connection) {
        foreach (replay($connection->all('>'), $connection->all('<')) as $type => $count) {
            $seen[$type] = ($seen[$type] ?? 0) + $count;
        }
    }
    ksort($seen);
    // mosquitto 2.1 closes some connections without one.
    $seen['Disconnect'] = ($seen['Disconnect'] ?? 0) > 1 ? 'some' : 'hardly any';
    echo $version, ': ', http_build_query($seen, arg_separator: ' '), "\n";
}
?>
--EXPECT--
mqttv31: ConnAck=4 Connect=4 Disconnect=some PubAck=2 PubComp=2 PubRec=2 PubRel=2 Publish=6 SubAck=1 Subscribe=1
mqttv311: ConnAck=4 Connect=4 Disconnect=some PubAck=2 PubComp=2 PubRec=2 PubRel=2 Publish=6 SubAck=1 Subscribe=1
mqttv5: ConnAck=4 Connect=4 Disconnect=some PubAck=2 PubComp=2 PubRec=2 PubRel=2 Publish=6 SubAck=1 Subscribe=1
