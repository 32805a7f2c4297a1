--TEST--
Client: publish and receive at QoS 0, 1 and 2 over MQTT 3.1, 3.1.1 and 5.0, with wildcards, retain and properties
--EXTENSIONS--
native
posix
--SKIPIF--
<?php require __DIR__ . '/server/broker.inc'; broker_skip('v5', 'qos2', 'retain'); ?>
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Message, Properties, Version};
require __DIR__ . '/server/broker.inc';

$broker = broker();
foreach (Version::cases() as $version) {
    echo "== $version->name\n";
    $root = 'test/' . bin2hex(random_bytes(4));
    $client = new Client($broker->uri(), new ClientOptions(version: $version));
    $info = $client->connect();
    var_dump($info->version === $version, $info->sessionPresent, $client->isConnected());

    $got = [];
    $codes = $client->subscribe("$root/+/level/#", function (Message $m, array $wildcards) use (&$got) {
        $got[] = "$m->payload at QoS $m->qos, " . json_encode($wildcards);
    }, 2);
    echo implode(', ', array_map(fn ($c) => $c->name, $codes)), "\n";
    foreach ([0, 1, 2] as $qos) {
        $delivery = $client->publish("$root/kitchen/level/a/b", "water $qos", $qos);
        echo $delivery->wait()->name, $delivery->isDone() ? '' : ' not done', ' id ', $delivery->packetId() > 0 ? 'set' : 0, "\n";
    }
    $end = microtime(true) + 10;
    while (count($got) < 3 && microtime(true) < $end) {
        $client->loop();
    }
    echo implode("\n", $got), "\n";

    // Retained: kept, and marked as such; then removed.
    $client->publish("$root/kept", 'old', 1, true)->wait();
    $client->subscribe("$root/kept", qos: 1);
    $m = $client->receive(10);
    echo $m->topic === "$root/kept" ? 'same topic' : $m->topic, " $m->payload ", $m->retain ? 'retained' : 'live', "\n";
    $client->publish("$root/kept", '', 1, true)->wait();
    $m = $client->receive(10);
    echo $m->payload === '' && !$m->retain ? "removed\n" : "still there\n";

    if ($version === Version::V5) {
        $client->subscribe("$root/props", qos: 1);
        $client->publish("$root/props", '{}', 1, properties: new Properties(contentType: 'application/json',
            payloadFormatIndicator: 1, correlationData: "\0\xff", responseTopic: 'back', messageExpiryInterval: 60,
            userProperties: [['a', '1'], ['a', '2']]))->wait();
        $p = $client->receive(10)->properties;
        echo $p->contentType, ' ', $p->payloadFormatIndicator, ' ', bin2hex($p->correlationData), ' ', $p->responseTopic, ' ',
            json_encode($p->userProperties), "\n";
    }
    print_r(array_map(fn ($c) => $c?->name, array_combine(
        array_map(fn ($f) => substr($f, strlen($root)), array_keys($client->subscriptions())), $client->subscriptions())));
    echo count($client->unsubscribe(["$root/kept", "$root/+/level/#"])), " unsubscribed, ", count($client->subscriptions()), " left\n";
    $client->disconnect();
    var_dump($client->isConnected(), $client->info());
}
?>
--EXPECT--
== V3_1
bool(true)
bool(false)
bool(true)
GrantedQos2
Success id 0
Success id set
Success id set
water 0 at QoS 0, ["kitchen","a\/b"]
water 1 at QoS 1, ["kitchen","a\/b"]
water 2 at QoS 2, ["kitchen","a\/b"]
same topic old retained
removed
Array
(
    [/+/level/#] => GrantedQos2
    [/kept] => GrantedQos1
)
2 unsubscribed, 0 left
bool(false)
NULL
== V3_1_1
bool(true)
bool(false)
bool(true)
GrantedQos2
Success id 0
Success id set
Success id set
water 0 at QoS 0, ["kitchen","a\/b"]
water 1 at QoS 1, ["kitchen","a\/b"]
water 2 at QoS 2, ["kitchen","a\/b"]
same topic old retained
removed
Array
(
    [/+/level/#] => GrantedQos2
    [/kept] => GrantedQos1
)
2 unsubscribed, 0 left
bool(false)
NULL
== V5
bool(true)
bool(false)
bool(true)
GrantedQos2
Success id 0
Success id set
Success id set
water 0 at QoS 0, ["kitchen","a\/b"]
water 1 at QoS 1, ["kitchen","a\/b"]
water 2 at QoS 2, ["kitchen","a\/b"]
same topic old retained
removed
application/json 1 00ff back [["a","1"],["a","2"]]
Array
(
    [/+/level/#] => GrantedQos2
    [/kept] => GrantedQos1
    [/props] => GrantedQos1
)
2 unsubscribed, 1 left
bool(false)
NULL
