--TEST--
Cache: store, fetch, add, exists, delete
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$c = segment()->cache();
var_dump($c->fetch('a'), $c->fetch('a', 'default'), $c->exists('a'), $c->delete('a'));
var_dump($c->store('a', 1), $c->fetch('a'), $c->exists('a'), $c->store('a', 2), $c->fetch('a', 'default'));
var_dump($c->add('a', 3), $c->fetch('a'), $c->add('b', null), $c->exists('b'), $c->fetch('b', 'default'));
var_dump($c->delete('a'), $c->delete('a'), $c->fetch('a'));
$same = Native\Shm\Cache::open($c->segment());
var_dump($same->exists('b'));
?>
--EXPECT--
NULL
string(7) "default"
bool(false)
bool(false)
bool(true)
int(1)
bool(true)
bool(true)
int(2)
bool(false)
int(2)
bool(true)
bool(true)
NULL
bool(true)
bool(false)
NULL
bool(true)
