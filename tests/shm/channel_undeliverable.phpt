--TEST--
Channel: a message that ends three receivers is not tried again: it goes to the dead letters, or is dropped, and those behind it come
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php
if (!in_array(getenv('NATIVE_TEST_MODE'), ['plain'])) echo 'skip there is no memory limit without PHP\'s allocator';
?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\{Channel, Segment};
$name = 'undeliverable.' . getmypid();
$s = Segment::open($name, 64 << 20);
$c = new Channel('c', 24 << 20, segment: $s);
$dead = new Channel('dead', 16 << 20, segment: $s);
$small = new Channel('small', 4096, segment: $s);
class Ends { public function __serialize(): array { return [1]; } public function __unserialize(array $data): void { exit(0); } }
class Dies { public function __serialize(): array { return [1]; } public function __unserialize(array $data): void { posix_kill(getmypid(), SIGKILL); } }

// What receivers are started with, and do; each prints what it got.
$receive = fn (string $call, string $then = '') => php(<<<PHP
    use Native\\Shm\\{Channel, Segment, UndeliverableException};
    ini_set('display_errors', '0');
    class Ends { public function __unserialize(array \$data): void { exit(0); } }
    class Dies { public function __unserialize(array \$data): void { exec('kill -9 ' . getmypid()); } }
    ini_set('memory_limit', '8M');
    \$s = Segment::open('$name');
    \$c = new Channel('c', segment: \$s);
    $then
    try {
        \$m = $call;
        echo is_array(\$m) ? count(\$m) . ' messages' : (is_string(\$m) ? \$m : get_debug_type(\$m));
    } catch (UndeliverableException \$e) {
        echo \$e->getMessage(), ', ', \$e->size, \$e->moved ? ' moved' : '';
    }
    PHP);
$values = [
    'string' => str_repeat('x', 12 << 20),
    'array' => array_map(fn ($i) => ["a$i" => $i, "b$i" => "text $i"], range(1, 60000)),
    'exit' => [new Ends],
    'crash' => [new Dies],
];
$calls = ['receive' => '$c->receive(5)', 'with ack' => '$c->receive(5, true)->value', 'many' => '$c->receiveMany(5, 5)', 'many with ack' => '$c->receiveMany(5, 5, true)'];
foreach ($values as $what => $value) {
    foreach ($calls as $how => $call) {
        $c->send($value);
        echo "$what, $how:";
        for ($i = 1; $i <= 3; $i++) echo ' ', $receive($call) === '' ? 'ended' : 'did not end';
        echo "\n  ", preg_replace('/\d{3,}/', 'N', $receive($call));
        $c->send('good');
        echo "\n  ", $receive($call), "\n";
        while ($c->tryReceive()); // with ack it came back
        $i = $c->info();
        if ($i['used'] || $i['taken']) var_dump($i);
    }
}

echo "dead letters\n";
$c->send($values['string']);
for ($i = 0; $i < 3; $i++) $receive('$c->receive(5)');
echo $receive('$c->receive(5)', '$c->setDeadLetters(new Channel("small", segment: $s));'), "\n";
echo count($c), ' ', count($small), "\n";
echo $receive('$c->receive(5)', '$c->setDeadLetters(new Channel("dead", segment: $s));'), "\n";
echo count($c), ' ', count($dead), ' ', $dead->receive(0) === $values['string'] ? 'whole' : 'another', "\n";

echo "enough memory\n";
$c->send($values['string']);
for ($i = 0; $i < 2; $i++) $receive('$c->receive(5)');
$m = $c->receive(0, true);
echo strlen($m->value), ' ', $m->deliveries, "\n";
$m->giveBack();
$m = $c->receive(0, true);
echo $m->deliveries, "\n";
unset($m);
$m = $c->receive(0, true);
echo $m->deliveries, ' ', json_encode($m->ack()), "\n";

echo "with others before it\n";
foreach (['a', $values['exit'], 'b'] as $value) $c->send($value);
for ($i = 0; $i < 3; $i++) $receive($calls['many with ack']);
foreach ([1, 2, 3] as $i) echo $receive('$c->receiveMany(5, 5)'), "\n";
foreach ([fn () => $c->setDeadLetters($c), fn () => $c->setDeadLetters(new Channel('c', segment: $s))] as $bad) {
    try { $bad(); } catch (ValueError $e) { echo $e->getMessage(), "\n"; }
}
// A cycle of channels is PHP's to find.
$c->setDeadLetters($dead);
$dead->setDeadLetters($c);
unset($c, $dead, $small);
gc_collect_cycles();
Segment::unlink($name);
?>
--EXPECT--
string, receive: ended ended ended
  channel c: a message of N bytes ended 3 receivers before they had it; it was dropped, N
  good
string, with ack: ended ended ended
  channel c: a message of N bytes ended 3 receivers before they had it; it was dropped, N
  good
string, many: ended ended ended
  channel c: a message of N bytes ended 3 receivers before they had it; it was dropped, N
  1 messages
string, many with ack: ended ended ended
  channel c: a message of N bytes ended 3 receivers before they had it; it was dropped, N
  1 messages
array, receive: ended ended ended
  channel c: a message of N bytes ended 3 receivers before they had it; it was dropped, N
  good
array, with ack: ended ended ended
  channel c: a message of N bytes ended 3 receivers before they had it; it was dropped, N
  good
array, many: ended ended ended
  channel c: a message of N bytes ended 3 receivers before they had it; it was dropped, N
  1 messages
array, many with ack: ended ended ended
  channel c: a message of N bytes ended 3 receivers before they had it; it was dropped, N
  1 messages
exit, receive: ended ended ended
  channel c: a message of 33 bytes ended 3 receivers before they had it; it was dropped, 33
  good
exit, with ack: ended ended ended
  channel c: a message of 33 bytes ended 3 receivers before they had it; it was dropped, 33
  good
exit, many: ended ended ended
  channel c: a message of 33 bytes ended 3 receivers before they had it; it was dropped, 33
  1 messages
exit, many with ack: ended ended ended
  channel c: a message of 33 bytes ended 3 receivers before they had it; it was dropped, 33
  1 messages
crash, receive: ended ended ended
  channel c: a message of 33 bytes ended 3 receivers before they had it; it was dropped, 33
  good
crash, with ack: ended ended ended
  channel c: a message of 33 bytes ended 3 receivers before they had it; it was dropped, 33
  good
crash, many: ended ended ended
  channel c: a message of 33 bytes ended 3 receivers before they had it; it was dropped, 33
  1 messages
crash, many with ack: ended ended ended
  channel c: a message of 33 bytes ended 3 receivers before they had it; it was dropped, 33
  1 messages
dead letters
channel c: a message of 12582912 bytes ended 3 receivers before they had it; it stays, because there is no room in channel small, 12582912
1 0
channel c: a message of 12582912 bytes ended 3 receivers before they had it; it is now in channel dead, 12582912 moved
0 1 whole
enough memory
12582912 3
4
5 true
with others before it
1 messages
channel c: a message of 33 bytes ended 3 receivers before they had it; it was dropped, 33
1 messages
Native\Shm\Channel::setDeadLetters(): Argument #1 ($channel) must be another channel
Native\Shm\Channel::setDeadLetters(): Argument #1 ($channel) must be another channel
