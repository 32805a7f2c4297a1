--TEST--
Cache::entry(): computed once; exceptions, recursion, fibers, exit and kill leave nothing behind
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$s = segment();
$c = $s->cache();
var_dump($c->entry('k', fn ($key) => "made $key"), $c->entry('k', fn () => 'again'), $c->entry('null', fn () => null), $c->entry('null', fn () => 'again'));
try {
    $c->entry('throws', function () { throw new DomainException('mine'); });
} catch (DomainException $e) {
    echo $e->getMessage(), "\n";
}
try {
    $c->entry('closure', fn () => ['x' => fn () => 1]);
} catch (Native\Shm\EncodeException $e) {
    echo $e->getMessage(), "\n";
}
var_dump($c->exists('throws'), $c->entry('throws', fn () => 'now'), $c->entry('closure', fn () => 'now'));

// The same key inside: no waiting for oneself.
$start = microtime(true);
var_dump($c->entry('again', fn () => 'outer ' . $c->entry('again', fn () => 'inner')), microtime(true) - $start < 1);

// A fiber suspended inside; another one wants the same key.
$f = new Fiber(fn () => $c->entry('fiber', function () { Fiber::suspend(); return 'one'; }));
$f->start();
var_dump($c->entry('fiber', fn () => 'two'));
$f->resume();
var_dump($f->getReturn());
$g = new Fiber(fn () => $c->entry('dropped', fn () => Fiber::suspend()));
$g->start();
unset($g);
gc_collect_cycles();
var_dump($c->entry('dropped', fn () => 'fine', lease: 5));

// Two processes: one computes, the other waits for its value.
$counter = new Native\Shm\Counter('computed', 0, $s);
$children = [];
for ($i = 0; $i < 4; $i++) {
    $children[] = child(function () use ($c, $counter) {
        $v = $c->entry('slow', function () use ($counter) { $counter->add(); usleep(200000); return range(1, 1000); });
        exit(count($v) === 1000 ? 0 : 1);
    });
}
foreach ($children as $wait) {
    echo $wait(), ' ';
}
echo $counter->get(), "\n";

// The one that computes ends otherwise: exit(), a fatal error, kill -9. The next takes over at once.
$ends = [
    'exit' => fn () => exit(3),
    'kill' => function () { posix_kill(getmypid(), SIGKILL); },
];
foreach ($ends as $name => $end) {
    $how = child(fn () => $c->entry($name, $end, lease: 60))();
    $start = microtime(true);
    echo "$name: $how, ", $c->entry($name, fn () => 'taken over', lease: 60), microtime(true) - $start < 2 ? '' : ' late', "\n";
}
// Whoever does not want to wait computes.
$wait = child(fn () => $c->entry('long', function () { sleep(30); }));
usleep(100000);
$start = microtime(true);
var_dump($c->entry('long', fn () => 'own', wait: 0.2), microtime(true) - $start < 5);
$wait(SIGKILL);
?>
--EXPECT--
string(6) "made k"
string(6) "made k"
NULL
NULL
mine
value['x'] is a Closure
bool(false)
string(3) "now"
string(3) "now"
string(11) "outer inner"
bool(true)
string(3) "two"
string(3) "one"
string(4) "fine"
exit 0 exit 0 exit 0 exit 0 1
exit: exit 3, taken over
kill: signal 9, taken over
string(3) "own"
bool(true)
