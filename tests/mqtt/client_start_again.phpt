--TEST--
Client: start() after an attempt that a callback ended, and while the last connection is still closing
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, ReasonCode};
require __DIR__ . '/server/script.inc';

$talk = function (Peer $p) {
    $p->accept();
    while ($p->packet()) {
    }
};

function until(Client $c, callable $done): void
{
    for ($end = microtime(true) + 10; !$done() && microtime(true) < $end;) {
        $c->loop(0.05);
    }
}

foreach (['connect', 'start'] as $first) {
    echo "-- $first() with credentials that throw once, then start()\n";
    $server = new ScriptedServer([$talk, $talk]);
    $asked = 0;
    $c = new Client($server->uri(), new ClientOptions(credentials: function () use (&$asked) {
        if (++$asked === 1) {
            throw new DomainException('no token yet');
        }
        return ['me', 'token'];
    }));
    try {
        $c->$first();
        $c->loop(1);
        echo "no exception\n";
    } catch (DomainException $e) {
        echo $e->getMessage(), "\n";
    }
    $c->start();
    until($c, fn() => $c->isConnected());
    var_dump($c->isConnected(), $asked);
    $c->disconnect();
    unset($c, $server);
}

echo "-- start() in an onDisconnect() of one's own disconnect()\n";
$server = new ScriptedServer([$talk, $talk]);
$c = new Client($server->uri());
$told = 0;
$c->onDisconnect(function () use (&$told, $c) {
    if (++$told === 1) {
        $c->start();
    }
});
$c->connect();
$c->disconnect();
until($c, fn() => $c->isConnected());
var_dump($c->isConnected(), $told);
$c->disconnect();
var_dump($c->isConnected(), $told);

echo "-- disconnect() after start() that had to wait: it stays down\n";
$server = new ScriptedServer([$talk]);
$c = new Client($server->uri(), new ClientOptions(credentials: fn() => throw new DomainException('never')));
try {
    $c->connect();
} catch (DomainException) {
}
try {
    $c->start();
} catch (DomainException $e) {
    echo $e->getMessage(), "\n";
}
$c->disconnect();
try {
    $c->loop(0.1);
} catch (Native\Mqtt\NotConnectedException $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECT--
-- connect() with credentials that throw once, then start()
no token yet
bool(true)
int(2)
-- start() with credentials that throw once, then start()
no token yet
bool(true)
int(2)
-- start() in an onDisconnect() of one's own disconnect()
bool(true)
int(1)
bool(false)
int(2)
-- disconnect() after start() that had to wait: it stays down
never
Not connected: call connect() or start() first
