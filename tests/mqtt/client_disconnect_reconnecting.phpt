--TEST--
Client::disconnect() waits for what was published while there is no connection, as long as one may come
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Packet};
require __DIR__ . '/server/script.inc';

$gone = function (Peer $p) { $p->accept(); };
$takes = function (Peer $p) {
    $p->accept();
    $got = [];
    while ($packet = $p->packet()) {
        $got[] = substr(strrchr($packet::class, '\\'), 1) . ($packet instanceof Packet\Publish ? " $packet->payload" : '');
        if ($packet instanceof Packet\Publish && $packet->qos === 1) {
            $p->send(new Packet\PubAck($packet->packetId));
        }
    }
    $p->report(implode(', ', $got));
};

/** A client whose connection the server has just ended. */
function lost(ScriptedServer $server, mixed ...$options): Client
{
    $client = new Client($server->uri(), new ClientOptions(...$options + ['reconnectMin' => 0.3]));
    $client->connect();
    while ($client->isConnected()) {
        try {
            $client->loop(1.0);
        } catch (Native\Mqtt\ConnectionLostException) { // reconnect: false
        }
    }
    return $client;
}

function seconds(callable $do): float
{
    $before = hrtime(true);
    $do();
    return (hrtime(true) - $before) / 1e9;
}

echo "The next connection is awaited\n";
foreach ([0, 1] as $qos) {
    $server = new ScriptedServer([$gone, $takes]);
    $client = lost($server);
    $delivery = $client->publish('t/x', "m$qos", $qos);
    $client->disconnect();
    var_dump($delivery->isDone());
    echo $server->report(), "\n";
}

echo "Nothing to wait for\n";
$server = new ScriptedServer([$gone, $takes]);
$client = lost($server, reconnectMin: 60.0);
var_dump(seconds(fn () => $client->disconnect()) < 1.0);

echo "Not in time\n";
foreach ([0.0, 0.3] as $timeout) {
    $server = new ScriptedServer([$gone, $takes]);
    $client = lost($server, reconnectMin: 60.0);
    $delivery = $client->publish('t/x', 'late', 1);
    $took = seconds(fn () => $client->disconnect(timeout: $timeout));
    var_dump($took > $timeout - 0.01 && $took < $timeout + 1.0, $delivery->isDone());
    try {
        $delivery->wait();
    } catch (Native\Mqtt\Exception $e) {
        echo get_class($e), "\n";
    }
    $client->connect(); // goes on with it
    $client->disconnect();
    var_dump($delivery->isDone());
    echo $server->report(), "\n";
}

echo "No attempt will be made\n";
$server = new ScriptedServer([
    function (Peer $p) { $p->accept(); $p->packet(); }, // takes the message, and goes
    $takes,
]);
$client = new Client($server->uri(), new ClientOptions(reconnect: false));
$client->connect();
$delivery = $client->publish('t/x', 'lost', 1);
var_dump(seconds(fn () => $client->disconnect()) < 4.0, $delivery->isDone());
try {
    $delivery->wait();
} catch (Native\Mqtt\Exception $e) {
    echo get_class($e), "\n";
}

echo "Refused again and again\n";
$refuses = function (Peer $p) {
    $p->packet();
    $p->send(new Packet\ConnAck(reasonCode: Native\Mqtt\ReasonCode::ServerUnavailable));
};
$server = new ScriptedServer([$gone, $refuses]);
$client = lost($server, reconnectMin: 0.01, reconnectMax: 0.05);
$delivery = $client->publish('t/x', 'refused', 1);
$took = seconds(fn () => $client->disconnect(timeout: 0.5));
var_dump($took > 0.49 && $took < 2.0, $delivery->isDone());
$client = lost($server = new ScriptedServer([$gone, $refuses]), reconnectMin: 0.01, reconnectMax: 0.05, reconnect: 3);
$client->publish('t/x', 'refused', 1);
var_dump(seconds(fn () => $client->disconnect(timeout: 5)) < 4.0);

echo "A callback or a signal handler that disconnects ends the wait\n";
$client = lost($server = new ScriptedServer([$gone, $refuses]), reconnectMin: 0.01, reconnectMax: 0.05);
$client->publish('t/x', 'x', 1);
$calls = 0;
$client->onDisconnect(function () use ($client, &$calls) { $calls++; $client->disconnect(); });
var_dump(seconds(fn () => $client->disconnect()) < 4.0, $calls); // refused, and left
pcntl_async_signals(true);
$client = lost($server = new ScriptedServer([$gone, $takes]), reconnectMin: 60.0);
$client->publish('t/x', 'x', 1);
pcntl_signal(SIGALRM, fn () => $client->disconnect());
pcntl_alarm(1);
var_dump(seconds(fn () => $client->disconnect(timeout: 30)) < 10.0);

echo "What a signal handler throws comes out, and the client goes on\n";
$client = lost($server = new ScriptedServer([$gone, $takes]), reconnectMin: 2.0);
$delivery = $client->publish('t/x', 'after all', 1);
pcntl_signal(SIGALRM, fn () => throw new Exception('enough'));
pcntl_alarm(1);
try {
    $client->disconnect(timeout: 30);
} catch (Exception $e) {
    echo $e->getMessage(), "\n";
}
$client->disconnect(timeout: 30);
var_dump($delivery->isDone());
echo $server->report(), "\n";

echo "Who is dropped does not wait\n";
$client = lost($server = new ScriptedServer([$gone, $takes]), reconnectMin: 60.0);
$client->publish('t/x', 'x', 1);
var_dump(seconds(function () use (&$client) { $client = null; }) < 1.0);

echo "In an event loop, before the first connection; a callback is suspended meanwhile\n";
$server = new ScriptedServer([$takes]);
$client = new Client($server->uri());
$connected = false;
$client->onConnect(function () use (&$connected) { $connected = true; Fiber::suspend(); });
$client->start();
$delivery = $client->publish('t/x', 'started', 1);
$fiber = new Fiber(function () use ($client, &$connected) {
    while (!$connected) {
        $client->loop(0.1);
    }
});
$fiber->start();
$client->disconnect();
var_dump($delivery->isDone());
echo $server->report(), "\n";
$fiber->resume();
?>
--EXPECT--
The next connection is awaited
bool(true)
Publish m0, Disconnect
bool(true)
Publish m1, Disconnect
Nothing to wait for
bool(true)
Not in time
bool(true)
bool(false)
Native\Mqtt\NotConnectedException
bool(true)
Publish late, Disconnect
bool(true)
bool(false)
Native\Mqtt\NotConnectedException
bool(true)
Publish late, Disconnect
No attempt will be made
bool(true)
bool(false)
Native\Mqtt\ConnectionLostException
Refused again and again
bool(true)
bool(false)
bool(true)
A callback or a signal handler that disconnects ends the wait
bool(true)
int(2)
bool(true)
What a signal handler throws comes out, and the client goes on
enough
bool(true)
Publish after all, Disconnect
Who is dropped does not wait
bool(true)
In an event loop, before the first connection; a callback is suspended meanwhile
bool(true)
Publish started, Disconnect
