--TEST--
Client: callbacks in a circle, waiting for oneself, nested iteration, destructors of dropped callbacks
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Packet};
require __DIR__ . '/server/script.inc';

/** Grants everything; after the first SUBSCRIBE sends what is given. */
function granting(string ...$topics): ScriptedServer
{
    return new ScriptedServer([function (Peer $p) use ($topics) {
        $p->accept();
        while ($q = $p->packet()) {
            if ($q instanceof Packet\Subscribe) {
                $p->send(new Packet\SubAck($q->packetId, array_fill(0, count($q->subscriptions), 0)));
                foreach ($topics as $i => $topic) {
                    $p->send(new Packet\Publish($topic, "m$i"));
                }
                $topics = [];
            } elseif ($q instanceof Packet\Unsubscribe) {
                $p->send(new Packet\UnsubAck($q->packetId, array_fill(0, count($q->filters), 0)));
            }
        }
    }]);
}

function attempt(callable $f): void
{
    try {
        $f();
        echo "no exception\n";
    } catch (Throwable $e) {
        echo $e::class, ': ', $e->getMessage(), "\n";
    }
}

echo "-- credentials that wait for the connection that waits for them\n";
$server = new ScriptedServer([fn (Peer $p) => $p->drain()]);
foreach (['connect', 'loopForever', 'receive'] as $method) {
    $c = new Client($server->uri(), new ClientOptions(credentials: function () use (&$c, $method) { $c->$method(); }));
    attempt(fn () => $c->connect());
    $c = null;
    gc_collect_cycles();
}

echo "-- connect() in onDisconnect while there is no server\n";
$c = new Client('mqtt://127.0.0.1:1');
$n = 0;
$c->onDisconnect(function () use ($c, &$n) { $n++; $c->connect(); });
attempt(fn () => $c->connect());
var_dump($n);

echo "-- a callback that polls, called by every message\n";
$server = granting(...array_fill(0, 1000, 't'));
$c = new Client($server->uri());
$c->onMessage(function () use ($c) { $c->loop(); });
$c->connect();
attempt(function () use ($c) { $c->subscribe('t'); while (true) $c->loop(); });

echo "-- next() of an iterator that is in next()\n";
$server = granting('t', 'cb', 't', 't');
$c = new Client($server->uri());
$c->connect();
$messages = $c->messages(0.3);
$c->subscribe('cb', function () use ($messages) { $messages->next(); echo "inner ", $messages->current()->payload, "\n"; });
foreach ($messages as $m) {
    echo "outer $m->payload\n";
}

echo "-- callbacks whose destructors call the client\n";
final class Dropped
{
    public function __construct(private Client $c) {}
    public function __destruct()
    {
        $this->c->subscribe('other', fn () => 0);
        $this->c->unsubscribe('unknown');
        $this->c->loop(0.05);
        echo "dropped\n";
    }
}
$server = granting();
$c = new Client($server->uri());
$c->start();
while (!$c->isConnected()) {
    $c->loop();
}
$make = fn () => (fn (Dropped $d) => function () use ($d) {})(new Dropped($c));
for ($i = 0; $i < 3; $i++) {
    $c->subscribe("filter/$i", $make());
}
$c->unsubscribe(['filter/0', 'filter/1', 'filter/2']);
while (count($c->subscriptions()) > 1) {
    $c->loop();
}
$c->subscribe('e', $make());
$c->subscribe(['e', 'f'], fn () => 0, timeout: 5.0);
echo implode(' ', array_keys($c->subscriptions())), "\n";
?>
--EXPECT--
-- credentials that wait for the connection that waits for them
Error: credentials or authenticator of this client is being asked: the connection waits for its answer, and must not be waited for meanwhile
Error: credentials or authenticator of this client is being asked: the connection waits for its answer, and must not be waited for meanwhile
Error: credentials or authenticator of this client is being asked: the connection waits for its answer, and must not be waited for meanwhile
-- connect() in onDisconnect while there is no server
Error: Callbacks of this client are nested 256 deep: they connect or poll in a circle
int(256)
-- a callback that polls, called by every message
Error: Callbacks of this client are nested 256 deep: they connect or poll in a circle
-- next() of an iterator that is in next()
outer m0
inner m2
outer m3
-- callbacks whose destructors call the client
dropped
dropped
dropped
dropped
other e f
