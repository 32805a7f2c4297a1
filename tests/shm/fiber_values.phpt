--TEST--
Cache: a fiber that suspends inside __serialize() or __unserialize() hinders nobody, also when it never goes on
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$s = segment();
$c = $s->cache();
class Slow
{
    public $list;
    public function __serialize(): array
    {
        Fiber::getCurrent() && Fiber::suspend('writing');
        return ['list' => $this->list];
    }
    public function __unserialize(array $data): void
    {
        Fiber::getCurrent() && Fiber::suspend('reading');
        $this->list = $data['list'];
    }
}
$slow = new Slow;
$slow->list = range(1, 100);
$big = array_map(fn ($i) => ['id' => $i, 'name' => "name $i"], range(0, 2000));
// Meanwhile the same key, others, large arrays (they share a buffer), and serialize() itself.
$meanwhile = function () use ($c, $big, $slow) {
    $c->store('slow', 'meanwhile') && $c->store('big', $big) && $c->storeMany(['a' => $big, 'b' => 1]);
    if ($c->fetch('big') !== $big || $c->fetch('a') !== $big || unserialize(serialize([$slow, $slow]))[1]->list !== $slow->list) {
        echo "another value\n";
    }
};
$fiber = new Fiber(fn () => $c->storeMany(['first' => $big, 'slow' => ['rows' => $big, 'slow' => $slow], 'last' => $big]));
echo $fiber->start(), "\n";
$meanwhile();
$fiber->resume();
var_dump($fiber->isTerminated(), $c->fetch('first') === $big, $c->fetch('last') === $big, $c->fetch('slow')['slow'] == $slow, $c->fetch('slow')['rows'] === $big);

$fiber = new Fiber(fn () => $c->fetch('slow'));
echo $fiber->start(), "\n";
$meanwhile();
$fiber->resume();
var_dump($fiber->getReturn()['slow'] == $slow, $c->fetch('slow'));

// Fibers that are dropped, and one that is left over at the end.
$c->store('slow', $slow);
for ($i = 0; $i < 50; $i++) {
    foreach ([fn () => $c->store('slow', [$slow, $big]), fn () => $c->fetch('slow')] as $f) {
        $fiber = new Fiber($f);
        $fiber->start();
        unset($fiber);
    }
}
var_dump($c->fetch('slow') == $slow);
$meanwhile();
// A child that forks while one is suspended: both go on.
$fiber = new Fiber(fn () => $c->store('forked', [$slow, $big]));
$fiber->start();
echo child(function () use ($fiber, $c, $big) {
    $fiber->resume();
    exit($c->fetch('forked')[1] === $big ? 7 : 1);
})(), "\n";
$fiber->resume();
var_dump($c->fetch('forked')[0] == $slow);
$left = new Fiber(fn () => $c->store('left', $slow));
echo $left->start(), "\n";
?>
--EXPECT--
writing
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
reading
bool(true)
string(9) "meanwhile"
bool(true)
exit 7
bool(true)
writing
