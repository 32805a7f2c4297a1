--TEST--
After posix_seteuid() the default segment is that of the other user, and again after the way back; what is held stays usable
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php if (posix_geteuid() !== 0) echo 'skip needs root'; ?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\{Cache, Segment};
$key = 'euid.' . getmypid();
$become = function (int $user): void { // asked for once a second
    posix_seteuid($user) || die('cannot change');
    until(fn () => str_contains(Segment::default()->path() ?? '', "native.$user/"));
    echo preg_replace('~^.*/native\.(\d+)/.*$~', '$1', Segment::default()->path()), ' ';
};
$nobody = posix_getpwnam('nobody')['uid'];
$old = Cache::default();
$old->store($key, 'root');
$become($nobody);
var_dump(Cache::default()->fetch($key), Cache::default()->store($key, 'nobody'));
var_dump($old->fetch($key), $old->store($key, 'root again')); // its file is open
$become(0);
var_dump(Cache::default()->fetch($key), Cache::default()->delete($key));
$become($nobody);
var_dump(Cache::default()->fetch($key), Cache::default()->delete($key));
posix_seteuid(0);
?>
--EXPECTF--
%d NULL
bool(true)
string(4) "root"
bool(true)
0 string(10) "root again"
bool(true)
%d string(6) "nobody"
bool(true)
