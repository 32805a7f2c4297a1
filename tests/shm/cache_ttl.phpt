--TEST--
Cache: entries expire; the wrong time to live is refused
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$c = segment()->cache();
$c->store('short', 'x', 0.2);
$c->store('array', range(1, 1000), 0.2);
$c->store('long', 'y', 1000);
$c->store('ever', 'z');
$c->inc('n', 1, 0, 0.2);
var_dump($c->fetch('short'), count($c->fetch('array')), count($c->fetch('array')), $c->fetch('n'));
$left = $c->keyInfo('long')['ttl'];
var_dump($left > 998 && $left < 1000.2, $c->keyInfo('ever')['ttl']);
usleep(500000);
var_dump($c->fetch('short'), $c->fetch('array'), $c->exists('n'), $c->fetch('long'), $c->fetch('ever'), $c->add('short', 'again'));
foreach ([-1, NAN] as $ttl) {
    try {
        $c->store('k', 1, $ttl);
    } catch (ValueError $e) {
        echo $e->getMessage(), "\n";
    }
}
var_dump($c->store('k', 1, INF), $c->fetch('k'), $c->store('k', 2, 1e-9), $c->store('huge', 1, 1e12), $c->fetch('huge'));
?>
--EXPECT--
string(1) "x"
int(1000)
int(1000)
int(1)
bool(true)
NULL
NULL
NULL
bool(false)
string(1) "y"
string(1) "z"
bool(true)
Native\Shm\Cache::store(): Argument #3 ($ttl) must be greater than or equal to 0
Native\Shm\Cache::store(): Argument #3 ($ttl) must be greater than or equal to 0
bool(true)
int(1)
bool(true)
bool(true)
int(1)
