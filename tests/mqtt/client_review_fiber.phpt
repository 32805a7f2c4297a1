--TEST--
Client: fibers that are suspended in credentials, and in onMessage during request(): resumed, thrown into, destroyed
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Message, Packet, Properties};
require __DIR__ . '/server/script.inc';

/** Accepts; answers subscriptions; a question is answered by "noise" and, once "go" was published, by the answer. */
function service(): ScriptedServer
{
    return new ScriptedServer([function (Peer $p) {
        $connect = $p->accept();
        $p->report("user $connect->userName");
        while ($q = $p->packet()) {
            if ($q instanceof Packet\Subscribe) {
                $p->send(new Packet\SubAck($q->packetId, [0]));
            } elseif ($q instanceof Packet\Publish && $q->topic === 'question') {
                $asked = $q->properties;
                $p->send(new Packet\Publish('noise'));
            } elseif ($q instanceof Packet\Publish) {
                $p->send(new Packet\Publish($asked->responseTopic, 'the answer', properties: new Properties(correlationData: $asked->correlationData)));
            } elseif ($q instanceof Packet\Disconnect) {
                $p->report('left');
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

echo "-- credentials: resumed\n";
$server = service();
$c = new Client($server->uri(), new ClientOptions(credentials: fn () => [Fiber::suspend('asked'), 'secret'], connectTimeout: 20));
$fiber = new Fiber(fn () => $c->connect());
echo $fiber->start(), "\n";
$c->loop(0.0);
var_dump($c->isConnected());
attempt(fn () => $c->connect());
attempt(fn () => $c->subscribe('t'));
$c->publish('noted', qos: 1);
$fiber->resume('me');
var_dump($fiber->isTerminated(), $c->isConnected());
echo $server->report(), "\n";
unset($fiber, $c);

echo "-- credentials: thrown into, then connected anew\n";
$server = service();
$n = 0;
$c = new Client($server->uri(), new ClientOptions(credentials: function () use (&$n) { return $n++ ? ['again', ''] : Fiber::suspend(); }));
$fiber = new Fiber(fn () => $c->connect());
$fiber->start();
attempt(fn () => $fiber->throw(new DomainException('no token')));
$c->connect();
echo $server->report(), "\n";

echo "-- credentials: destroyed, then connected anew\n";
$server = service();
$n = 0;
$c = new Client($server->uri(), new ClientOptions(credentials: function () use (&$n) { return $n++ ? ['after', ''] : Fiber::suspend(); }));
$fiber = new Fiber(fn () => $c->connect());
$fiber->start();
$fiber = null;
gc_collect_cycles();
$c->connect();
echo $server->report(), "\n";

echo "-- credentials: disconnect() meanwhile, and the client dropped meanwhile\n";
$server = service();
$c = new Client($server->uri(), new ClientOptions(credentials: fn () => [Fiber::suspend(), '']));
$fiber = new Fiber(fn () => $c->connect());
$fiber->start();
attempt(fn () => $c->disconnect());
attempt(fn () => $fiber->resume('late'));
var_dump($c->isConnected());
$c = new Client($server->uri(), new ClientOptions(credentials: fn () => [Fiber::suspend(), '']));
$fiber = new Fiber(function () use ($c) { $c->connect(); });
$fiber->start();
unset($c);
$weak = WeakReference::create($fiber);
unset($fiber);
gc_collect_cycles();
var_dump($weak->get());

foreach (['resume', 'throw', 'destroy', 'too late', 'disconnect'] as $how) {
    echo "-- request(): $how\n";
    $server = service();
    $c = new Client($server->uri());
    $c->connect();
    $server->report();
    $c->onMessage(function (Message $m) { echo "begin $m->topic\n"; try { Fiber::suspend(); } finally { echo "end $m->topic\n"; } });
    $fiber = new Fiber(fn () => $c->request('question', timeout: $how === 'too late' ? 0.2 : 20)->payload);
    $fiber->start();
    if ($how === 'resume') {
        // The answer comes while the one who asked is suspended.
        $c->publish('go');
        while ($c->stats()['messagesReceived'] < 2) {
            $c->loop();
        }
        $fiber->resume();
        echo $fiber->getReturn(), "\n";
    } elseif ($how === 'throw') {
        attempt(fn () => $fiber->throw(new DomainException('enough')));
    } elseif ($how === 'destroy') {
        $fiber = null;
        gc_collect_cycles();
    } elseif ($how === 'too late') {
        $c->loop(0.3);
        attempt(fn () => $fiber->resume());
    } else {
        $c->disconnect();
        echo $server->report(), "\n";
        attempt(fn () => $fiber->resume());
        continue;
    }
    // What came of it harms no later question.
    $c->onMessage(fn () => $c->publish('go'));
    echo $c->request('question')->payload, "\n";
    unset($fiber);
}
?>
--EXPECT--
-- credentials: resumed
asked
bool(false)
Error: credentials or authenticator of this client is being asked: the connection waits for its answer, and must not be waited for meanwhile
no exception
bool(true)
bool(true)
user me
-- credentials: thrown into, then connected anew
DomainException: no token
user again
-- credentials: destroyed, then connected anew
user after
-- credentials: disconnect() meanwhile, and the client dropped meanwhile
no exception
Native\Mqtt\NotConnectedException: Not connected: call connect() or start() first
bool(false)
NULL
-- request(): resume
begin noise
end noise
the answer
the answer
-- request(): throw
begin noise
end noise
DomainException: enough
the answer
-- request(): destroy
begin noise
end noise
the answer
-- request(): too late
begin noise
end noise
Native\Mqtt\TimeoutException: No answer within the time given
the answer
-- request(): disconnect
begin noise
left
end noise
Native\Mqtt\NotConnectedException: Not connected: call connect() or start() first
