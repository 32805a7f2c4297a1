--TEST--
A request that ends inside a callback (memory, time, exit, exception) leaves no lease, lock, permit or message: the next one gets on at once
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/../support/fpm.inc'; fpm_skip(); ?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
require __DIR__ . '/../support/fpm.inc';
use Native\Shm\Segment;
$folder = scratch();
mkdir("$folder/shm");
chmod("$folder/shm", 01777);
file_put_contents("$folder/page.php", <<<'PHP'
<?php
use Native\Shm\{Cache, Channel, Mutex, Semaphore};
ini_set('display_errors', '0');
$ends = [
    'memory' => function () { ini_set('memory_limit', '8M'); str_repeat('x', 100 << 20); },
    'time' => function () { set_time_limit(1); for (;;); },
    'exit' => function () { exit('exit '); },
    'exception' => function () { throw new Exception('nobody catches this'); },
    'nested' => function () { return Cache::default()->entry('inner', fn () => apcu_entry('innermost', fn () => exit('exit ')), lease: 60); },
];
$m = new Mutex('m');
$s = new Semaphore('s', 2);
$c = new Channel('c');
$begin = function () use ($m, $s, $c, $ends) {
    $m->lock(0.1);
    $s->acquire(0.1);
    $s->acquire(0.1);
    $GLOBALS['got'] = $c->receive(0.1, ack: true);
    return $ends[$_SERVER['END']]();
};
$started = microtime(true);
if (isset($_SERVER['END'])) {
    $c->send($_SERVER['END']);
    $_SERVER['WITH'] === 'apcu' ? apcu_entry('k' . $_SERVER['END'], $begin) : Cache::default()->entry($_SERVER['END'], $begin, lease: 60);
    exit('not reached');
}
$answer = [apcu_entry('k' . $_SERVER['NEXT'], fn () => 'apcu'), Cache::default()->entry($_SERVER['NEXT'], fn () => 'cache', lease: 60),
    Cache::default()->entry('inner', fn () => 'inner', lease: 60), apcu_entry('innermost', fn () => 'innermost')];
$m->lock(0.2);
$answer[] = $m->abandoned() ? 'told' : 'not told';
$m->unlock();
$answer[] = $s->available() . ' permits';
$message = $c->receive(0.2, ack: true);
$answer[] = $message->value . ($message->redelivered ? ' again' : '');
$message->ack();
echo json_encode($answer), microtime(true) - $started < 1 ? '' : ' late', ' ', getmypid(), "\n";
Cache::default()->deleteMany([$_SERVER['NEXT'], 'inner']);
apcu_delete(['k' . $_SERVER['NEXT'], 'innermost']);
PHP);
$fpm = new Fpm("php_admin_value[native.shm_dir] = $folder/shm\nphp_admin_value[apc.shm_size] = 4M\n");
$pids = [];
foreach (['memory', 'time', 'exit', 'exception', 'nested'] as $end) {
    foreach (['cache', 'apcu'] as $with) {
        echo "$end in $with: ", preg_replace('/\A.*\S(?=\z)/s', '$0 ', $fpm->request("$folder/page.php", ['END' => $end, 'WITH' => $with]));
        $next = $fpm->request("$folder/page.php", ['NEXT' => $end]);
        $pids[strrchr($next, ' ')] = true;
        echo preg_replace('/ \d+$/m', '', $next);
    }
}
echo count($pids), " worker\n";
?>
--EXPECT--
memory in cache: ["apcu","cache","inner","innermost","told","2 permits","memory again"]
memory in apcu: ["apcu","cache","inner","innermost","told","2 permits","memory again"]
time in cache: ["apcu","cache","inner","innermost","told","2 permits","time again"]
time in apcu: ["apcu","cache","inner","innermost","told","2 permits","time again"]
exit in cache: exit ["apcu","cache","inner","innermost","told","2 permits","exit again"]
exit in apcu: exit ["apcu","cache","inner","innermost","told","2 permits","exit again"]
exception in cache: ["apcu","cache","inner","innermost","told","2 permits","exception again"]
exception in apcu: ["apcu","cache","inner","innermost","told","2 permits","exception again"]
nested in cache: exit ["apcu","cache","inner","innermost","told","2 permits","nested again"]
nested in apcu: exit ["apcu","cache","inner","innermost","told","2 permits","nested again"]
1 worker
