--TEST--
Client: QoS 2 arrives exactly once although mosquitto is killed and restarted in the middle
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/server/broker.inc'; broker_skip('mosquitto'); ?>
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Message};
require __DIR__ . '/server/broker.inc';

// SIGTERM makes mosquitto write its sessions to disk; killed with SIGKILL it forgets what it had acknowledged. What a
// connection that breaks anywhere does is in client_cut.phpt.
$db = scratch();
$broker = broker(settings: "persistence true\npersistence_location $db/\nmax_inflight_messages 5\nmax_queued_messages 0");
$options = new ClientOptions(cleanStart: false, sessionExpiry: 600, reconnectMin: 0.02, reconnectMax: 0.1, connectTimeout: 5, timeout: 30);

$sub = new Client($broker->uri(), $options->with(clientId: 'sub'));
$pub = new Client($broker->uri(), $options->with(clientId: 'pub'));
$sub->connect();
$pub->connect();
$seen = [];
$sub->subscribe('once', function (Message $m) use (&$seen) { $seen[$m->payload] = ($seen[$m->payload] ?? 0) + 1; }, 2);

$deliveries = [];
for ($round = 0; $round < 4; $round++) {
    for ($i = 0; $i < 50; $i++) {
        $deliveries[] = $pub->publish('once', (string) ($round * 50 + $i), 2);
    }
    // Some of both flows are half done when the broker goes.
    for ($i = 0; $i < 3; $i++) {
        $pub->loop(0.005);
        $sub->loop(0.005);
    }
    $open = count(array_filter($deliveries, fn ($d) => !$d->isDone()));
    echo $open > 0 ? "some are on their way" : "none is on its way", "\n";
    $broker->stop();
    $broker->start();
}
$end = microtime(true) + 30;
while (count($seen) < 200 && microtime(true) < $end) {
    $pub->loop(0.01);
    $sub->loop(0.01);
}
foreach ($deliveries as $d) {
    $d->wait();
}
$sub->loop(0.2);
echo count($seen), ' different, ', array_sum($seen), " messages\n";
echo $pub->stats()['connections'] > 1 && $sub->stats()['connections'] > 1 ? 'both connected again' : 'no reconnect', "\n";
?>
--EXPECT--
some are on their way
some are on their way
some are on their way
some are on their way
200 different, 200 messages
both connected again
