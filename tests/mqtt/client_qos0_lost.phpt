--TEST--
Delivery: at QoS 0 done is what left for the network; what did not leave is sent again after the reconnect, once
--EXTENSIONS--
native
posix
pcntl
sockets
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, ConnectionLostException, Packet};
require __DIR__ . '/server/script.inc';

$reset = function (Peer $p) {
    $p->accept();
    socket_set_option(socket_import_stream($p->socket), SOL_SOCKET, SO_LINGER, ['l_onoff' => 1, 'l_linger' => 0]);
    fclose($p->socket);
    $p->report('gone');
};
$takes = function (Peer $p) {
    $p->accept();
    $got = [];
    while ($packet = $p->packet()) {
        if ($packet instanceof Packet\Publish) {
            $got[] = strlen($packet->payload) > 100 ? strlen($packet->payload) . ' ' . md5($packet->payload) : $packet->payload;
        }
    }
    $p->report(implode(', ', $got));
};

echo "The connection is gone, and nobody has looked\n";
$server = new ScriptedServer([$reset, $takes]);
$client = new Client($server->uri(), new ClientOptions(reconnectMin: 0.01));
$client->connect();
echo $server->report(), "\n";
foreach (['l1', 'l2'] as $m) {
    var_dump($client->publish('t/x', $m)->wait()->name);
}
$client->disconnect();
echo $server->report(), "\n";

echo "The same, and no attempt will be made\n";
$server = new ScriptedServer([$reset]);
$client = new Client($server->uri(), new ClientOptions(reconnect: false));
$client->connect();
echo $server->report(), "\n";
$delivery = $client->publish('t/x', 'l1');
var_dump($delivery->isDone());
try {
    var_dump($delivery->wait()->name);
} catch (ConnectionLostException $e) {
    echo get_class($e), "\n";
}

echo "Small ones behind a full socket, and one that is half out\n";
$server = new ScriptedServer([
    function (Peer $p) {
        $p->accept();
        fread($p->socket, 4096);
        pcntl_sigprocmask(SIG_BLOCK, [SIGUSR1]);
        pcntl_sigwaitinfo([SIGUSR1]);
        // The unread rest makes the kernel reset the connection.
    },
    $takes,
]);
$client = new Client($server->uri(), new ClientOptions(reconnectMin: 0.01, bufferLimit: 1 << 26));
$client->connect();
$big = str_repeat('0123456789abcdef', 1 << 20); // more than sockets hold
$deliveries = [$client->publish('t/big', $big), $client->publish('t/x', 'one'), $client->publish('t/x', 'two')];
$sum = strlen($big) . ' ' . md5($big);
unset($big);
var_dump(array_map(fn ($d) => $d->isDone(), $deliveries) === [false, false, false], $client->stats()['deliveriesWaiting']);
posix_kill((fn () => $this->pid)->call($server), SIGUSR1);
foreach ($deliveries as $delivery) {
    var_dump($delivery->wait()->name);
}
$client->disconnect();
var_dump($server->report() === "$sum, one, two", $client->stats()['deliveriesWaiting'], $client->stats()['bytesWaiting']);

echo "A child has a copy of what waits, and sends none of it\n";
$server = new ScriptedServer([function (Peer $p) use ($takes) {
    $p->accept();
    pcntl_sigprocmask(SIG_BLOCK, [SIGUSR1]);
    pcntl_sigwaitinfo([SIGUSR1]);
    $got = [];
    while ($packet = $p->packet()) {
        if ($packet instanceof Packet\Publish) {
            $got[] = strlen($packet->payload);
        }
    }
    $p->report(implode(', ', $got));
}]);
$client = new Client($server->uri(), new ClientOptions(bufferLimit: 1 << 26));
$client->connect();
$deliveries = [$client->publish('t/big', str_repeat('x', 1 << 24)), $client->publish('t/x', 'one')];
if (($child = pcntl_fork()) === 0) {
    try {
        $deliveries[1]->wait(0.1);
    } catch (Native\Mqtt\Exception $e) {
        echo get_class($e), "\n";
    }
    unset($deliveries, $client);
    gc_collect_cycles();
    echo "child\n";
    posix_kill(getmypid(), SIGKILL); // without the server's destructor
}
pcntl_waitpid($child, $status);
posix_kill((fn () => $this->pid)->call($server), SIGUSR1);
$client->disconnect();
var_dump(array_map(fn ($d) => $d->isDone(), $deliveries) === [true, true]);
echo $server->report(), "\n";

echo "Who only publishes keeps nothing\n";
$server = new ScriptedServer([function (Peer $p) { $p->accept(); $p->drain(); }]);
$client = new Client($server->uri());
$client->connect();
$payload = str_repeat('x', 1000);
$before = memory_get_usage();
for ($i = 0; $i < 5000; $i++) {
    $client->publish('t/x', "$payload$i");
}
var_dump($client->stats()['deliveriesWaiting'] < 500, memory_get_usage() - $before < 600000);
$client->disconnect();
var_dump($client->stats()['deliveriesWaiting']);
?>
--EXPECT--
The connection is gone, and nobody has looked
gone
string(7) "Success"
string(7) "Success"
l1, l2
The same, and no attempt will be made
gone
bool(false)
Native\Mqtt\ConnectionLostException
Small ones behind a full socket, and one that is half out
bool(true)
int(3)
string(7) "Success"
string(7) "Success"
string(7) "Success"
bool(true)
int(0)
int(0)
A child has a copy of what waits, and sends none of it
Native\Mqtt\NotConnectedException
child
bool(true)
16777216, 3
Who only publishes keeps nothing
bool(true)
bool(true)
int(0)
