--TEST--
The default segment: nothing is opened before the first use; a foreign folder or a full one is one warning
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$maps = fn () => preg_match_all('~native\.\d+/~', file_get_contents('/proc/self/maps'));
var_dump(Native\status()['shm']['segments'], $maps());
$dir = scratch() . '/shm';
mkdir($dir);
$set = ['-d', "native.shm_dir=$dir", '-d', 'native.shm_size=2M'];
$code = '$c = Native\Shm\Cache::default(); var_dump($c->store("k", "v"), $c->fetch("k"), Native\Shm\Segment::default()->path() !== null);';
echo php('var_dump(Native\status()["shm"]["segments"]);', [], $set);
var_dump(is_dir("$dir/native." . posix_geteuid()));
echo php($code, [], $set);
echo php('var_dump(Native\Shm\Cache::default()->fetch("k"), Native\Shm\Segment::default()->info()["size"] >= 2 << 20);', [], $set);
$files = array_values(array_diff(scandir("$dir/native." . posix_geteuid()), ['.', '..']));
var_dump(count(preg_grep('/^default\.\d+\.[0-9a-f]+$/', $files)));
// The folder is somebody else's (or what it would be is a file).
exec('rm -rf ' . escapeshellarg("$dir/native." . posix_geteuid()));
file_put_contents("$dir/native." . posix_geteuid(), '');
echo preg_replace('/ private one: .*/', ' private one: ...', php($code . $code . 'pcntl_fork() ? pcntl_wait($s) : var_dump(Native\Shm\Cache::default()->fetch("k"));', [], $set));
?>
--EXPECTF--
array(0) {
}
int(0)
array(0) {
}
bool(false)
bool(true)
string(1) "v"
bool(true)
string(1) "v"
bool(true)
int(1)

Warning: %snative: the shared segment of this user cannot be used, this process has a private one: ...
bool(true)
string(1) "v"
bool(false)
bool(true)
string(1) "v"
bool(false)
string(1) "v"
