--TEST--
Cache: references inside an array stay shared, those to variables outside do not, recursion comes back
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$c = segment()->cache();
$outside = 1;
$a = ['one' => &$outside, 'two' => 2];
$c->store('a', $a);
$back = $c->fetch('a');
$back['one'] = 5;
var_dump($outside, $c->keyInfo('a')['format']);
$shared = 'x';
$b = ['p' => &$shared, 'q' => ['r' => &$shared]];
$c->store('b', $b);
$back = $c->fetch('b');
$back['p'] = 'changed';
var_dump($back['q']['r'], $shared);
$r = ['self' => null, 'v' => 1];
$r['self'] = &$r;
$c->store('r', $r);
$back = $c->fetch('r');
$back['self']['v'] = 2;
var_dump($back['self']['self']['self']['v']);
?>
--EXPECT--
int(1)
string(5) "array"
string(7) "changed"
string(1) "x"
int(2)
