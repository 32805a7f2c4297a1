--TEST--
php-fpm and a command of the same user share a named segment, also after the worker is gone
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/../support/fpm.inc'; fpm_skip(); is_executable('/usr/bin/setpriv') || die('skip no setpriv'); ?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
require __DIR__ . '/../support/fpm.inc';
file_put_contents(scratch() . '/page.php', '<?php
    $s = Native\Shm\Segment::open($_SERVER["SEGMENT"]);
    $c = $s->cache();
    echo json_encode([$c->fetch("from command"), $c->inc("requests"), (new Native\Shm\Channel("jobs", segment: $s))->trySend("job " . $c->fetch("requests"))]), "\n";
    if (isset($_SERVER["DIE"])) { posix_kill(getmypid(), SIGKILL); }
');
$user = posix_geteuid() === 0 ? ['/usr/bin/setpriv', '--reuid', 'nobody', '--regid', 'nogroup', '--clear-groups', '--'] : [];
$name = 'fpm.' . getmypid();
chmod(scratch(), 0777);
$open = "\$s = Native\\Shm\\Segment::open('$name', 4 << 20); ";
echo php($open . "\$s->cache()->store('from command', ['a' => 1]);", prefix: $user);
$fpm = new Fpm();
for ($i = 0; $i < 3; $i++) {
    echo $fpm->request(scratch() . '/page.php', ['SEGMENT' => $name]);
}
$fpm->request(scratch() . '/page.php', ['SEGMENT' => $name, 'DIE' => '1']);
echo $fpm->request(scratch() . '/page.php', ['SEGMENT' => $name]);
$fpm->stop();
echo php($open . "var_dump(\$s->cache()->fetch('requests'), (new Native\\Shm\\Channel('jobs', segment: \$s))->receiveMany(10, 1)); Native\\Shm\\Segment::unlink('$name');", prefix: $user);
?>
--EXPECT--
[{"a":1},1,true]
[{"a":1},2,true]
[{"a":1},3,true]
[{"a":1},5,true]
int(5)
array(5) {
  [0]=>
  string(5) "job 1"
  [1]=>
  string(5) "job 2"
  [2]=>
  string(5) "job 3"
  [3]=>
  string(5) "job 4"
  [4]=>
  string(5) "job 5"
}
