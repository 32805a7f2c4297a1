--TEST--
Client: a fork that returns from a callback, fatal errors in callbacks, options past their constructor
--EXTENSIONS--
native
posix
pcntl
--INI--
memory_limit=64M
--ENV--
ASAN_OPTIONS=detect_leaks=0:exitcode=139:verify_asan_link_order=0
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Message, Packet, Properties};
require __DIR__ . '/server/script.inc';

// Ends the request from where it stands, with no allocator's help: a class that no compiler takes. What was on the C
// stack is lost then, and LeakSanitizer shall not count it.
function fatal(): never
{
    eval('final class Parental {} class Filial extends Parental {}');
    exit(1);
}

function child(callable $f): void
{
    $pid = guarded_fork();
    if ($pid === 0) {
        ini_set('display_errors', '0');
        ini_set('log_errors', '0');
        $f();
    } else {
        pcntl_waitpid($pid, $status);
        echo 'child: ', pcntl_wifsignaled($status) ? 'signal ' . pcntl_wtermsig($status) : 'exit ' . pcntl_wexitstatus($status), "\n";
    }
}

echo "-- the child's callback returns: the connection stays the parent's\n";
$server = new ScriptedServer([function (Peer $p) {
    $p->accept();
    $p->send(new Packet\Publish('t', 'fork', 1, 1));
    $p->packet(); // the answer to it: the child is at work or gone
    for ($i = 2; $i <= 20; $i++) {
        $p->send(new Packet\Publish('t', "m$i", 1, $i));
        usleep(2000);
    }
    $p->report($p->drain());
}]);
$c = new Client($server->uri());
$parent = posix_getpid();
$n = 0;
$c->onMessage(function (Message $m) use ($c, &$n) {
    if ($m->payload === 'fork') {
        guarded_fork();
    }
    if (++$n === 20) {
        $c->stop();
    }
});
$c->connect();
try {
    $c->loopForever();
} catch (Throwable $e) {
    if (posix_getpid() !== $parent) {
        posix_kill(posix_getpid(), $e instanceof Native\Mqtt\NotConnectedException ? 9 : 15);
    }
    throw $e;
}
if (posix_getpid() !== $parent) {
    posix_kill(posix_getpid(), 15);
}
$c->disconnect();
var_dump($n);
pcntl_wait($status);
var_dump(pcntl_wtermsig($status));

echo "-- a fatal error while a message is handled: it is not acknowledged\n";
$server = new ScriptedServer([function (Peer $p) {
    $p->accept();
    $p->send(new Packet\Publish('t', '', 1, 7));
    $p->report($p->drain());
}]);
child(function () use ($server) {
    $c = new Client($server->uri());
    $c->onMessage(fatal(...));
    $c->connect();
    $c->loopForever();
});
echo $server->report(), "\n";

echo "-- a fatal error in request(); a shutdown function polls, and the answer comes then\n";
$server = new ScriptedServer([function (Peer $p) {
    $p->accept();
    while ($q = $p->packet()) {
        if ($q instanceof Packet\Subscribe) {
            $p->send(new Packet\SubAck($q->packetId, [0]));
        } elseif ($q instanceof Packet\Publish && $q->topic === 'question') {
            $question = $q->properties;
            $p->send(new Packet\Publish('fatal'));
        } elseif ($q instanceof Packet\Publish) {
            $p->send(new Packet\Publish($question->responseTopic, 'answer', properties: new Properties(correlationData: $question->correlationData)));
            $p->report('answered ' . $p->drain());
        }
    }
}]);
child(function () use ($server) {
    $c = new Client($server->uri());
    $c->onMessage(fatal(...));
    $c->connect();
    register_shutdown_function(function () use ($c) {
        $numbers = range(1, 100); // much use of the stack
        usort($numbers, fn ($a, $b) => array_sum(array_map(fn ($x) => (int) preg_replace_callback('/./', fn () => '1', "$x"), [$a])) <=> $b);
        $c->publish('now');
        while ($c->stats()['messagesReceived'] < 2) {
            $c->loop();
        }
    });
    (fn () => array_map(fn () => $c->request('question'), [1]))();
});
echo $server->report(), "\n";

echo "-- options that no constructor has seen\n";
foreach ([
    fn () => (new ReflectionClass(ClientOptions::class))->newInstanceWithoutConstructor(),
    fn () => @new ArrayObject(new ClientOptions()),
    function () {
        $list = ['name'];
        $list[1] = &$list;
        Client::persistent('mqtt://127.0.0.1:1', new ClientOptions(userProperties: [$list]));
    },
] as $bad) {
    try {
        $bad();
        echo "no exception\n";
    } catch (Throwable $e) {
        echo $e::class, ': ', $e->getMessage(), "\n";
    }
}
$copy = clone new ClientOptions(clientId: 'copied');
echo $copy->clientId, ' ', $copy->with(keepAlive: 5)->clientId, ' ', count((array) $copy) > 40 ? 'all' : 'some', "\n";
?>
--EXPECT--
-- the child's callback returns: the connection stays the parent's
int(20)
int(9)
-- a fatal error while a message is handled: it is not acknowledged
child: exit 255
Disconnect(0x00)
-- a fatal error in request(); a shutdown function polls, and the answer comes then
child: exit 255
answered Disconnect(0x00)
-- options that no constructor has seen
ReflectionException: Class Native\Mqtt\ClientOptions is an internal class marked as final that cannot be instantiated without invoking its constructor
InvalidArgumentException: Overloaded object of type Native\Mqtt\ClientOptions is not compatible with ArrayObject
ValueError: Native\Mqtt\Client::persistent(): Argument #2 ($options) holds a value that cannot be compared
copied copied all
