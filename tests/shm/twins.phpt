--TEST--
Two processes with the same pid in two pid namespaces: the living twin is not taken for the dead one, nor the dead one for the living
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php
getenv('NATIVE_TEST_MODE') === 'plain' || die('skip starts PHP in a namespace of its own');
exec('unshare --pid --fork true 2>/dev/null', $lines, $status);
$status === 0 || die('skip may not make a pid namespace');
?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\{Channel, Counter, Mutex};
$s = segment();
$c = $s->cache();
(new Channel('c', segment: $s))->send('message');
/** A PHP that is the first process of a pid namespace; a function that gives it a line of code and returns a line of its. */
function twin(string $segment): array
{
    $code = '$s = Native\Shm\Segment::open("' . $segment . '"); $c = $s->cache(); while (($line = fgets(STDIN)) !== false) { echo json_encode(eval($line)), "\n"; }';
    $p = proc_open(guarded(['/usr/bin/unshare', '--pid', '--fork', '--kill-child', PHP_BINARY, '-n', '-d', 'extension=' . getenv('NATIVE_MODULE'), '-r', $code]),
        [['pipe', 'r'], ['pipe', 'w']], $pipes);
    return [$p, function (string $line) use ($pipes) { fwrite($pipes[0], "$line\n"); return trim(fgets($pipes[1])); }];
}
[$one, $in_one] = twin($s->name());
[$two, $in_two] = twin($s->name());
echo $in_one('return getmypid();'), ' ', $in_two('return getmypid();'), "\n";
echo $in_one('$m = new Native\Shm\Mutex("m", $s); $m->lock(); $q = (new Native\Shm\Channel("c", segment: $s))->receive(1, ack: true); return $q->value;'), "\n";
// While it lives, its twin gets neither.
echo $in_two('$m = new Native\Shm\Mutex("m", $s); return [$m->tryLock(), (new Native\Shm\Channel("c", segment: $s))->tryReceive(ack: true)];'), "\n";
echo $in_two('return $c->store("k", "v");'), "\n";
proc_terminate($one, SIGKILL); // --kill-child: the PHP dies with it
proc_close($one);
echo $in_two('$m->lock(5); $q = (new Native\Shm\Channel("c", segment: $s))->receive(5, ack: true); return [$m->abandoned(), $q->value, $q->redelivered];'), "\n";
// And what the living one holds stays its own.
[$three, $in_three] = twin($s->name());
echo $in_three('$m = new Native\Shm\Mutex("m", $s); return [getmypid(), $m->tryLock(), (new Native\Shm\Channel("c", segment: $s))->tryReceive(ack: true), $c->fetch("k")];'), "\n";
?>
--EXPECT--
1 1
"message"
[false,false]
true
[true,"message",true]
[1,false,false,"v"]
