--TEST--
Channel in fibers: one that is suspended inside __serialize, inside __unserialize, or before ack() blocks nobody
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\Channel;
class Slow
{
    public function __construct(public int $n = 0) { }
    public function __serialize(): array { Fiber::getCurrent() && Fiber::suspend('encoding'); return ['n' => $this->n]; }
    public function __unserialize(array $data): void { Fiber::getCurrent() && Fiber::suspend('decoding'); $this->n = $data['n']; }
}
$s = segment();
$c = new Channel('c', segment: $s);

// Sending: what is sent meanwhile comes first; the suspended one holds nothing.
$fiber = new Fiber(fn () => $c->send(new Slow(7), 1));
var_dump($fiber->start());
$c->send('meanwhile');
var_dump(count($c), child(fn () => $c->receive(5) === 'meanwhile' || exit(1))());
$fiber->resume();
var_dump($fiber->isTerminated(), $c->receive(1)->n);

// Several at once: nothing is sent before all are bytes, and a string that becomes another one meanwhile goes as it was.
$text = str_repeat('before ', 3);
$fiber = new Fiber(fn () => $c->sendMany([&$text, new Slow(8)], 1));
$fiber->start();
var_dump(count($c));
$text = str_repeat('after ', 4);
$fiber->resume();
var_dump($fiber->getReturn(), $c->receive(1), $c->receive(1)->n);

// Receiving: it is nobody else's while it is decoded, and others go on.
$c->sendMany([new Slow(9), 'next']);
$fiber = new Fiber(fn () => $c->receive(1));
var_dump($fiber->start(), $c->info()['taken'], $c->receive(1), $c->tryReceive($x));
$fiber->resume();
var_dump($fiber->getReturn()->n, $c->info()['taken'], $c->info()['used']);

// A fiber that never goes on: the message is for somebody else.
$c->send(new Slow(10));
$fiber = new Fiber(fn () => $c->receive(1));
$fiber->start();
unset($fiber);
gc_collect_cycles();
$m = $c->receive(1, true);
var_dump($m->value->n, $m->redelivered, $m->ack());

// Between receive(ack: true) and ack().
$c->sendMany(['one', 'two']);
$fiber = new Fiber(function () use ($c) {
    $m = $c->receive(1, true);
    Fiber::suspend($m->value);
    return $m->ack();
});
var_dump($fiber->start(), $c->info()['taken'], $c->receive(1), $c->tryReceive($x));
$fiber->resume();
var_dump($fiber->getReturn(), $c->info()['taken']);
$c->send('three');
$fiber = new Fiber(function () use ($c) { $m = $c->receive(1, true); Fiber::suspend($m->value); });
$fiber->start();
unset($fiber);
gc_collect_cycles();
var_dump($c->receive(1), $c->info()['used']);
?>
--EXPECT--
string(8) "encoding"
int(1)
string(6) "exit 0"
bool(true)
int(7)
int(0)
int(2)
string(21) "before before before "
int(8)
string(8) "decoding"
int(1)
string(4) "next"
bool(false)
int(9)
int(0)
int(0)
int(10)
bool(true)
bool(true)
string(3) "one"
int(1)
string(3) "two"
bool(false)
bool(true)
int(0)
string(5) "three"
int(0)
