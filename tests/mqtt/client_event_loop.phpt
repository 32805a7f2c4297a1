--TEST--
Client: an outer stream_select() loop drives it, without a busy wait
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/server/broker.inc'; broker_skip('v5', 'qos2'); ?>
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Message, Packet, Properties};
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/server/script.inc';

$turns = 0;
/** Turn an ordinary loop over all clients until the condition holds. */
function run(array $clients, callable $until, float $seconds = 10): bool
{
    global $turns;
    $end = microtime(true) + $seconds;
    while (!$until()) {
        $read = $write = [];
        $wait = $end - microtime(true);
        if ($wait <= 0) {
            return false;
        }
        foreach ($clients as $c) {
            if ($stream = $c->getStream()) {
                if ($c->wantsRead()) {
                    $read[] = $stream;
                }
                if ($c->wantsWrite()) {
                    $write[] = $stream;
                }
            }
            $wait = min($wait, $c->nextTimeout() ?? $wait);
        }
        $none = null;
        if ($read || $write) {
            stream_select($read, $write, $none, (int) $wait, (int) (fmod($wait, 1) * 1e6));
        } else {
            usleep((int) ($wait * 1e6));
        }
        foreach ($clients as $c) {
            $c->loop(0.0);
        }
        $turns++;
    }
    return true;
}

$broker = broker();
$topic = 'loop/' . bin2hex(random_bytes(4));
$a = new Client($broker->uri());
$b = new Client($broker->uri());
var_dump($a->getStream(), $a->nextTimeout(), $a->wantsWrite());
$a->start();
$b->start();
$got = [];
var_dump($b->subscribe($topic, function (Message $m) use (&$got) { $got[] = strlen($m->payload) > 9 ? strlen($m->payload) : $m->payload; }, 2));
var_dump(run([$a, $b], fn () => array_filter($b->subscriptions()) !== []));
$d = [];
foreach ([0, 1, 2] as $qos) {
    $d[] = $a->publish($topic, "QoS $qos", $qos);
}
$d[] = $a->publish($topic, str_repeat('x', 10 << 20), 1);
var_dump(run([$a, $b], function () use (&$got, $d) { return count($got) === 4 && !array_filter($d, fn ($x) => !$x->isDone()); }, 30));
sort($got); // the QoS 2 message has one more way to go and may come after the large one
echo implode(', ', $got), "\n";
var_dump(is_resource($a->getStream()), $a->getStream() === $a->getStream());

// Idle: nothing to do but for the keep-alive, and no CPU.
$turns = 0;
$before = getrusage();
$none = run([$a, $b], fn () => false, 1.0);
$after = getrusage();
$cpu = ($after['ru_utime.tv_sec'] - $before['ru_utime.tv_sec']) + ($after['ru_utime.tv_usec'] - $before['ru_utime.tv_usec']) / 1e6;
echo $turns <= 2 ? 'at rest' : "$turns turns", ', ', $cpu < 0.1 ? 'no CPU' : "$cpu s of CPU", ', next timeout ', $a->nextTimeout() > 50 ? 'is the keep-alive' : $a->nextTimeout(), "\n";

// The blocking calls neither: a peer that is silent for a second.
$silent = new ScriptedServer([function (Peer $p) { $p->accept(); $p->drain(); }]);
$c = new Client($silent->uri());
$c->connect();
$before = getrusage();
$c->receive(1.0);
$after = getrusage();
$cpu = ($after['ru_utime.tv_usec'] - $before['ru_utime.tv_usec'] + $after['ru_stime.tv_usec'] - $before['ru_stime.tv_usec']) / 1e6 + $after['ru_utime.tv_sec'] - $before['ru_utime.tv_sec'];
$switches = $after['ru_nvcsw'] - $before['ru_nvcsw'];
echo $cpu < 0.1 ? 'no CPU' : "$cpu s of CPU", ', ', $switches < 50 ? 'few wake-ups' : "$switches wake-ups", "\n";

// The connection is refused at first, comes, goes, comes again: the stream changes with it.
$port = free_port();
$c = new Client("mqtt://127.0.0.1:$port", new ClientOptions(reconnectMin: 0.02, reconnectMax: 0.05));
$why = [];
$c->onDisconnect(function ($reason, $e, $retry) use (&$why) { $why[] = $e::class; });
$c->start();
run([$c], function () use (&$why) { return count($why) >= 3; });
echo count(array_unique($why)), ' ', $why[0], "\n";
$turns = 0;
$old = $a->getStream();
$server = new ScriptedServer([function (Peer $p) { $p->accept(); $p->packet(); }, function (Peer $p) { $p->accept(); $p->drain(); }]);
$e = new Client($server->uri(), new ClientOptions(reconnectMin: 0.02, reconnectMax: 0.05));
$e->start();
run([$e], fn () => $e->isConnected());
$first = $e->getStream();
$e->publish('a', 'b', 1);
run([$e], fn () => $e->stats()['connections'] === 2);
var_dump(is_resource($first), $e->getStream() !== $first, is_resource($e->getStream()));
$stream = $e->getStream();
fclose($stream); // is only the stream: the connection stays, and the next one is new
var_dump($e->isConnected(), is_resource($e->getStream()));
$e->disconnect();
var_dump($e->getStream());
?>
--EXPECT--
NULL
NULL
bool(false)
array(0) {
}
bool(true)
bool(true)
10485760, QoS 0, QoS 1, QoS 2
bool(true)
bool(true)
at rest, no CPU, next timeout is the keep-alive
no CPU, few wake-ups
1 Native\Mqtt\ConnectException
bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
NULL
