--TEST--
Channel::receive(ack: true): a message whose holder dies, ends or gives it back comes again, marked
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\{Channel, Message};
$s = segment();
$c = new Channel('c', segment: $s);
$c->sendMany(['one', 'two']);
$m = $c->receive(1, true);
var_dump($m->value, $m->redelivered, $c->info()['taken'], $c->receive(1), $m->ack(), $m->ack(), $m->giveBack(), $c->info()['taken']);
try {
    $m->value = 'x';
} catch (Error $e) {
    echo $e->getMessage(), "\n";
}
$ends = [
    'ack' => fn (Message $m) => $m->ack(),
    'give back' => fn (Message $m) => $m->giveBack(),
    'unset' => function (Message $m) { },
    'exit' => function (Message $m) { $GLOBALS['held'] = $m; exit(0); },
    'kill' => function (Message $m) { posix_kill(getmypid(), SIGKILL); },
];
foreach ($ends as $name => $end) {
    $c->send([$name]);
    $how = child(function () use ($s, $end) { $c = new Channel('c', segment: $s); $end($c->receive(5, true)); })();
    try {
        $m = $c->receive($name === 'ack' ? 0 : 10, true);
        echo "$name: $how, ", $m->value[0], $m->redelivered ? ' again' : '', $m->ack() ? ', done' : '', "\n";
    } catch (Native\Shm\TimeoutException) {
        echo "$name: $how, gone\n";
    }
}
// A forked child of the holder does not give it back.
$c->send('mine');
$m = $c->receive(1, true);
child(function () use ($m) { var_dump($m->ack()); })();
var_dump($c->tryReceive($x), $m->ack());
foreach ($c->receiveMany(3, 0, true) as $none) {
    echo "something\n";
}
var_dump($c->info()['ready'], $c->info()['taken'], $c->info()['used']);
?>
--EXPECT--
string(3) "one"
bool(false)
int(1)
string(3) "two"
bool(true)
bool(false)
bool(false)
int(0)
Cannot modify readonly property Native\Shm\Message::$value
ack: exit 0, gone
give back: exit 0, give back again, done
unset: exit 0, unset again, done
exit: exit 0, exit again, done
kill: signal 9, kill again, done
bool(false)
bool(false)
bool(true)
int(0)
int(0)
int(0)
