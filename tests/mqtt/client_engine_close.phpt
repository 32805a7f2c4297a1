--TEST--
Client: a peer that reads nothing does not hold up disconnect() or connect(), even without connectTimeout
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions};
require __DIR__ . '/server/script.inc';

$deaf = function (Peer $p) {
    $p->accept();
    pcntl_sigprocmask(SIG_BLOCK, [SIGUSR1]);
    pcntl_sigwaitinfo([SIGUSR1]); // until the test ends
};

foreach ([0.0, 0.3] as $timeout) {
    $server = new ScriptedServer([$deaf]);
    $client = new Client($server->uri(), new ClientOptions(connectTimeout: 0, keepAlive: 0, reconnect: false));
    $client->connect();
    $delivery = $client->publish('big', str_repeat('x', 12 << 20)); // more than sockets hold
    $before = hrtime(true);
    $client->disconnect(timeout: $timeout);
    $seconds = (hrtime(true) - $before) / 1e9;
    echo $seconds >= $timeout && $seconds < $timeout + 3 ? 'in time' : "after $seconds s", ', ';
    var_dump($client->isConnected(), $client->getStream(), $client->nextTimeout());
}

// A client that is left in the middle of closing is closed by connect().
$server = new ScriptedServer([$deaf, function (Peer $p) { $p->accept(); $p->drain(); }]);
$client = new Client($server->uri(), new ClientOptions(connectTimeout: 0, keepAlive: 0, reconnect: false));
$client->connect();
$client->publish('big', str_repeat('x', 12 << 20));
$client->onDisconnect(fn () => print("closed\n"));
$client->disconnect(timeout: 0.1);
posix_kill((fn () => $this->pid)->call($server), SIGUSR1); // the first peer goes, another one listens
$client->connect();
var_dump($client->isConnected());
?>
--EXPECT--
in time, bool(false)
NULL
NULL
in time, bool(false)
NULL
NULL
closed
bool(true)
