--TEST--
A thread that ends leaves its segments, locks, permits, messages and leases (ZTS)
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php
PHP_ZTS || die('skip this PHP has no threads');
is_file(dirname(PHP_BINARY) . '/php-config') || die('skip there is no php-config beside this PHP');
?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\Segment;
$so = scratch() . '/thread.so';
exec('cc -shared -fPIC -g -O1 -D_GNU_SOURCE -pthread $(' . escapeshellarg(dirname(PHP_BINARY) . '/php-config') . ' --includes) -o ' . escapeshellarg($so) . ' '
    . escapeshellarg(__DIR__ . '/support/thread.c') . ' 2>&1', $lines, $status);
if ($status) {
    die(implode("\n", $lines));
}
$name = segment()->name();
echo php(str_replace('NAME', "'$name'", <<<'PHP'
$s = Native\Shm\Segment::open(NAME);
$c = $s->cache();
$maps = fn () => preg_match_all('~/' . preg_quote(NAME) . '$~m', file_get_contents('/proc/self/maps'));
$c->store('array', range(1, 5000));
(new Native\Shm\Channel('c', 4096, segment: $s))->send('message');
$before = [count($s->info()['participants']), $maps()];
for ($i = 0; $i < 20; $i++) {
    in_thread(<<<'THREAD'
        $s = Native\Shm\Segment::open(NAME);
        $c = $s->cache();
        if ($c->add('told', 1)) echo "in a thread: ", count($s->info()['participants']), " participants\n";
        if (count($c->fetch('array')) !== 5000) echo "another array\n";
        $c->inc('requests');
        $m = new Native\Shm\Mutex('m', $s);
        $m->lock(1);
        $p = new Native\Shm\Semaphore('s', 2, $s);
        $p->acquire(1);
        $p->acquire(1);
        $q = (new Native\Shm\Channel('c', segment: $s))->receive(1, ack: true);
        $c->entry('made', fn () => exit, lease: 60);
        THREAD);
}
var_dump($before, [count($s->info()['participants']), $maps()], $c->fetch('requests'));
$started = microtime(true);
$m = new Native\Shm\Mutex('m', $s);
$m->lock(1);
$q = (new Native\Shm\Channel('c', segment: $s))->receive(1, ack: true);
var_dump((new Native\Shm\Semaphore('s', 2, $s))->available(), $m->abandoned(), $q->value, $q->redelivered, $c->entry('made', fn () => 'made', lease: 60), microtime(true) - $started < 1);
PHP), after: ['-d', "extension=$so"]);
?>
--EXPECT--
in a thread: 3 participants
array(2) {
  [0]=>
  int(2)
  [1]=>
  int(2)
}
array(2) {
  [0]=>
  int(2)
  [1]=>
  int(2)
}
int(20)
int(2)
bool(true)
string(7) "message"
bool(true)
string(4) "made"
bool(true)
