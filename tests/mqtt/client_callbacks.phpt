--TEST--
Client: exceptions, fibers, nested polling and refusals in callbacks; nothing is lost and nothing leaks
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Message, Packet, ReasonCode, Version};
require __DIR__ . '/server/script.inc';

/** Sends so many QoS 1 messages, reports how each was answered. */
function sender(int $n): ScriptedServer
{
    return new ScriptedServer([function (Peer $p) use ($n) {
        $p->accept();
        for ($i = 1; $i <= $n; $i++) {
            $p->send(new Packet\Publish('t/' . $i, "m$i", 1, $i));
        }
        $answers = [];
        while ($a = $p->packet()) {
            $answers[] = $a instanceof Packet\PubAck ? "$a->packetId:" . $a->reasonCode->name : substr(strrchr($a::class, '\\'), 1);
        }
        $p->report(implode(' ', $answers));
    }]);
}

echo "-- what a callback throws comes out of the call that polled; the message counts as handled when polling goes on\n";
$server = sender(3);
$c = new Client($server->uri());
$c->onMessage(function (Message $m) { echo "$m->payload\n"; if ($m->payload !== 'm2') throw new DomainException("about $m->payload"); });
$c->connect();
for ($n = 0; $n < 2;) {
    try {
        $c->loop();
    } catch (DomainException $e) {
        echo $e->getMessage(), "\n";
        $n++;
    }
}
$c->loop(0.0);
$c->disconnect();
echo $server->report(), "\n";

echo "-- who dies while handling a message gets it again: it was not acknowledged\n";
$server = sender(2);
$c = new Client($server->uri());
$c->onMessage(function (Message $m) { if ($m->payload === 'm2') throw new DomainException(); });
$c->connect();
try {
    while (true) {
        $c->loop();
    }
} catch (DomainException $e) {
}
unset($e, $c);
echo $server->report(), "\n";

echo "-- a ReasonCode that is returned is the answer\n";
$server = sender(3);
$c = new Client($server->uri());
$c->onMessage(fn (Message $m) => $m->payload === 'm2' ? ReasonCode::NotAuthorized : ReasonCode::Success);
$c->connect();
while ($c->stats()['messagesReceived'] < 3) {
    $c->loop();
}
$c->disconnect();
echo $server->report(), "\n";

echo "-- a callback may poll; the outer message is acknowledged by that\n";
$server = sender(3);
$c = new Client($server->uri());
$depth = 0;
$c->onMessage(function (Message $m) use ($c, &$depth) {
    echo str_repeat('  ', $depth++), "$m->payload\n";
    if ($m->payload !== 'm3') {
        $c->loop();
    }
    $depth--;
    return ReasonCode::NotAuthorized; // too late but for the innermost
});
$c->connect();
$c->loop();
$c->disconnect();
echo $server->report(), "\n";

echo "-- a callback suspends its fiber; another one goes on polling meanwhile\n";
$server = sender(3);
$c = new Client($server->uri());
$c->connect();
$c->onMessage(function (Message $m) {
    echo "begin $m->payload\n";
    $m->payload === 'm1' && Fiber::suspend();
    echo "end $m->payload\n";
});
$fiber = new Fiber(function () use ($c) { while ($c->stats()['messagesReceived'] < 1) $c->loop(); echo "fiber done\n"; });
$fiber->start();
while ($c->stats()['messagesReceived'] < 3) {
    $c->loop();
}
$fiber->resume();
unset($fiber);
echo "-- a suspended fiber that is destroyed\n";
$server2 = sender(1);
$c2 = new Client($server2->uri());
$c2->connect();
$c2->onMessage(function (Message $m) { try { Fiber::suspend(); } finally { echo "unwound\n"; } });
$fiber = new Fiber(fn () => $c2->loopForever());
$fiber->start();
unset($fiber, $c2);
gc_collect_cycles();

echo "-- callbacks that subscribe, unsubscribe, publish, disconnect; and several filters that match\n";
$server = new ScriptedServer([function (Peer $p) {
    $p->accept();
    $seen = [];
    while ($q = $p->packet()) {
        $seen[] = substr(strrchr($q::class, '\\'), 1);
        if ($q instanceof Packet\Subscribe) {
            $p->send(new Packet\SubAck($q->packetId, array_fill(0, count($q->subscriptions), 1)));
            count($seen) === 1 && $p->send(new Packet\Publish('a/b', 'x'));
        } elseif ($q instanceof Packet\Unsubscribe) {
            $p->send(new Packet\UnsubAck($q->packetId, [0]));
            $p->send(new Packet\Publish('a/b', 'y'));
        }
    }
    $p->report(implode(' ', $seen));
}]);
$c = new Client($server->uri());
$c->connect();
$c->onMessage(fn ($m) => print("rest: $m->payload\n"));
$c->subscribe(['a/+', 'a/b', 'c'], function (Message $m, array $w) use ($c) {
    echo "$m->payload ", json_encode($w), "\n";
    if ($m->payload === 'x' && $w) {
        var_dump($c->subscribe('d', fn () => 0)); // does not wait in a callback
        var_dump($c->unsubscribe('a/+'));
        $c->publish('e', 'f');
    }
    if ($m->payload === 'y') {
        $c->disconnect(timeout: 0);
    }
});
while ($c->isConnected()) {
    $c->loop();
}
echo $server->report(), "\n";

echo "-- garbage: a client that only its own callbacks hold\n";
$server = sender(1);
for ($i = 0; $i < 3; $i++) {
    $c = new Client($server->uri(), new ClientOptions(credentials: function () use (&$c) { return 'x'; }));
    $c->onMessage(function () use ($c) {});
    $c->onConnect(function () use ($c) {});
    $c->connect();
    $weak = WeakReference::create($c);
    unset($c);
    gc_collect_cycles();
    var_dump($weak->get());
}
foreach ([fn () => clone new Client('mqtt://h'), fn () => serialize(new Client('mqtt://h')), fn () => (new Client('mqtt://h'))->__construct('mqtt://h'),
    function () { $c = new Client('mqtt://h'); $c->foo = 1; },
    fn () => (new ReflectionClass(ClientOptions::class))->newInstanceWithoutConstructor()->with(keepAlive: 1)] as $bad) {
    try {
        $bad();
    } catch (Throwable $e) {
        echo $e::class, ': ', $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
-- what a callback throws comes out of the call that polled; the message counts as handled when polling goes on
m1
about m1
m2
m3
about m3
1:Success 2:Success 3:Success Disconnect
-- who dies while handling a message gets it again: it was not acknowledged
1:Success Disconnect
-- a ReasonCode that is returned is the answer
1:Success 2:NotAuthorized 3:Success Disconnect
-- a callback may poll; the outer message is acknowledged by that
m1
  m2
    m3
1:Success 2:Success 3:NotAuthorized Disconnect
-- a callback suspends its fiber; another one goes on polling meanwhile
begin m1
begin m2
end m2
begin m3
end m3
end m1
fiber done
-- a suspended fiber that is destroyed
unwound
-- callbacks that subscribe, unsubscribe, publish, disconnect; and several filters that match
x ["b"]
array(0) {
}
array(0) {
}
x []
y []
Subscribe Subscribe Unsubscribe Publish Disconnect
-- garbage: a client that only its own callbacks hold
NULL
NULL
NULL
Error: Trying to clone an uncloneable object of class Native\Mqtt\Client
Exception: Serialization of 'Native\Mqtt\Client' is not allowed
Error: Cannot construct a Native\Mqtt\Client again
Error: Cannot create dynamic property Native\Mqtt\Client::$foo
ReflectionException: Class Native\Mqtt\ClientOptions is an internal class marked as final that cannot be instantiated without invoking its constructor
