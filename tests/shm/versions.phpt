--TEST--
Two PHP versions on one named and one default segment: each reads what the other wrote, and none misreads
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php
// NATIVE_OTHER_PHP: a command that runs the other PHP with its module. NATIVE_OTHER_ROOT: the folder that is its root.
getenv('NATIVE_OTHER_PHP') || die('skip no other PHP is named (dev/test trixie names one)');
?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$root = getenv('NATIVE_OTHER_ROOT') ?: '';
$folder = '/tmp/native-versions-' . getmypid();
mkdir($root . $folder, 0700);
register_shutdown_function(fn () => exec('rm -rf ' . escapeshellarg($root . $folder)));
/** Start PHP with $code; a function that waits and returns what it printed. */
function start(array $command, string $folder, string $code): callable
{
    $p = proc_open(guarded([...$command, '-d', "native.shm_dir=$folder", '-d', 'display_errors=1', '-d', 'html_errors=0', '-r', $code]), [['file', '/dev/null', 'r'], ['pipe', 'w'], ['redirect', 1]], $pipes);
    return function () use ($p, $pipes): string {
        $out = stream_get_contents($pipes[1]);
        proc_close($p);
        return $out;
    };
}
$ours = fn (string $code) => start([PHP_BINARY, '-n', '-d', 'extension=' . getenv('NATIVE_MODULE')], $root . $folder, $code);
$other = fn (string $code) => start(explode(' ', getenv('NATIVE_OTHER_PHP')), $folder, $code);
$common = <<<'PHP'
enum Suit: string { case Hearts = 'H'; case Spades = 'S'; }
class Thing { public $a = [1, 2]; protected $b; private ?Thing $c = null; public function __construct(int $n) { $this->b = "b$n"; $n && $this->c = new self($n - 1); } }
function values() {
    $shared = str_repeat('shared ', 3);
    $looped = ['x' => 1]; $looped['y'] = &$looped['x'];
    return ['null' => null, 'false' => false, 'true' => true, 'int' => PHP_INT_MIN, 'float' => 0.1 + 0.2, 'nan' => NAN, 'zero' => -0.0, 'empty' => '', 'string' => "\0\xff" . str_repeat('s', 100),
        'large' => str_repeat('0123456789', 30000), 'list' => range(0, 5000), 'none' => [], 'keys' => ['a' => 1, 5 => 'five', -3 => [true], '' => null, "\0" => ['deep' => ['er' => [1.5]]]],
        'rows' => array_map(fn ($i) => ['id' => $i, 'name' => "name $i", 'tag' => 'shared', 'ok' => $i % 2 === 0], range(0, 400)), 'strings' => array_fill(0, 50, $shared),
        'thing' => new Thing(3), 'mixed' => [Suit::Hearts, new ArrayObject([1, 2]), new DateTimeImmutable('2024-02-29T12:00:00.5Z')], 'enum' => Suit::Spades, 'references' => $looped, 'std' => (object) ['a' => 1]];
}
function caches() { return ['default' => Native\Shm\Cache::default(), 'named' => Native\Shm\Segment::open('versions', 8 << 20)->cache()]; }
function store(string $prefix) { foreach (caches() as $where => $c) foreach (values() as $k => $v) $c->store("$prefix $k", $v) || print("$where does not store $k\n"); }
function compare(string $prefix) {
    $same = 0;
    foreach (caches() as $where => $c) foreach (values() as $k => $v) {
        $got = $c->fetch("$prefix $k", 'missing');
        if (serialize($got) === serialize($v)) $same++; else echo "$where: $k is another: ", substr(json_encode($got), 0, 200), "\n";
        if (is_array($got)) { $got['written'] = 1; ksort($got); }
    }
    return $same;
}
function channel() { return new Native\Shm\Channel('values', 1 << 20, segment: Native\Shm\Segment::open('versions', 8 << 20)); }
function send() { foreach (values() as $v) channel()->send($v); }
function receive() {
    $same = 0;
    foreach (values() as $k => $v) {
        $got = channel()->receive(5);
        if (serialize($got) === serialize($v)) $same++; else echo "message $k is another: ", substr(json_encode($got), 0, 200), "\n";
    }
    return $same;
}
/* Store, read and count beside the other one; each value carries its sum. */
function work(string $me) {
    $c = caches()['named'];
    $channel = new Native\Shm\Channel('work', 65536, segment: Native\Shm\Segment::open('versions'));
    for ($i = 0; $i < 1500; $i++) {
        $body = array_fill(0, $i % 60, "$me $i");
        $c->store('k' . $i % 7, ['sum' => md5(serialize($body)), 'body' => $body]);
        $c->inc('count');
        $got = $c->fetch('k' . ($i * 3 + 1) % 7);
        if ($got && md5(serialize($got['body'])) !== $got['sum']) echo "torn\n";
        $channel->trySend([$me, $i, ['x' => $me]]);
        if ($channel->tryReceive($message) && $message[0] !== $message[2]['x']) echo "a message is another\n";
    }
}

PHP;
echo 'the other is ', PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION === $other('echo PHP_MAJOR_VERSION . "." . PHP_MINOR_VERSION;')() ? 'the same' : 'another', "\n";
echo $ours($common . 'store("ours"); echo compare("ours"), "\n";')();
echo $other($common . 'echo compare("ours"), "\n"; store("other"); echo compare("other"), "\n";')();
echo $ours($common . 'echo compare("other"), "\n";')();
$ours($common . 'send();')();
echo $other($common . 'echo receive(), " messages\n"; send();')();
echo $ours($common . 'echo receive(), " messages\n";')();
$both = [$ours($common . 'work("ours");'), $other($common . 'work("other");')];
echo $both[0](), $both[1]();
echo $ours($common . 'echo caches()["named"]->fetch("count"), "\n";')();
echo count(glob("$root$folder/native." . posix_geteuid() . '/default.*')), " default segment\n";
?>
--EXPECT--
the other is another
40
40
40
40
20 messages
20 messages
3000
1 default segment
