--TEST--
Channel::receive(): what memory_limit, exit() or a fatal error keeps from being received stays for another; also in php-fpm, at once
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php
if (!in_array(getenv('NATIVE_TEST_MODE'), ['plain'])) echo 'skip a fatal error leaks what was on the C stack, and there is no memory limit without PHP\'s allocator';
require __DIR__ . '/../support/fpm.inc'; fpm_skip();
?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
require __DIR__ . '/../support/fpm.inc';
file_put_contents(scratch() . '/page.php', '<?php
    use Native\Shm\{Channel, Segment};
    ini_set("display_errors", "0");
    class Ends { function __serialize(): array { return []; } function __unserialize(array $data): void { $_SERVER["DO"] === "drain" || exit(0); } }
    class Throws { function __serialize(): array { return []; } function __unserialize(array $data): void { throw new LogicException("no"); } }
    $s = Segment::open($_SERVER["SEGMENT"], 64 << 20);
    $c = new Channel("c", 32 << 20, segment: $s);
    switch ($_SERVER["DO"]) {
        case "send":
            $c->send(match ($_SERVER["WHAT"]) {
                "string" => str_repeat("x", 12 << 20),
                "array" => array_map(fn ($i) => ["a" => $i, "b" => "text $i"], range(1, 60000)),
                "ends" => [new Ends],
                "throws" => [new Throws],
            });
            break;
        case "receive": ini_set("memory_limit", "16M"); $GLOBALS["a"] = str_repeat("y", 6 << 20); $c->receive(1); break;
        case "many": ini_set("memory_limit", "16M"); $GLOBALS["a"] = str_repeat("y", 6 << 20); $c->receiveMany(5, 1); break;
        case "take": ini_set("memory_limit", "16M"); $GLOBALS["a"] = str_repeat("y", 6 << 20); $c->receive(1, true); break;
        case "drain":
            while ($c->tryReceive($m, true)) { echo "then ", gettype($m->value), $m->redelivered ? " again" : "", ", "; $m->ack(); }
            break;
    }
    $i = $c->info();
    echo "$i[ready] ready, $i[taken] taken\n";
');
chmod(scratch(), 0777);
$name = 'lost.' . getmypid();
$fpm = new Fpm();
$ask = fn (string $do, string $what = '') => rtrim($fpm->request(scratch() . '/page.php', ['SEGMENT' => $name, 'DO' => $do, 'WHAT' => $what]));
foreach (['string', 'array', 'ends', 'throws'] as $what) {
    foreach (['receive', 'many', 'take'] as $do) {
        $ask('send', $what);
        $ask($do);
        echo "$what, $do: ", $ask('look'), ', ', $ask('drain'), "\n";
    }
}
$fpm->stop();
php("Native\\Shm\\Segment::unlink('$name');", prefix: posix_geteuid() === 0 ? ['/usr/bin/setpriv', '--reuid', 'nobody', '--regid', 'nogroup', '--clear-groups', '--'] : []);
?>
--EXPECT--
string, receive: 1 ready, 0 taken, then string again, 0 ready, 0 taken
string, many: 1 ready, 0 taken, then string again, 0 ready, 0 taken
string, take: 1 ready, 0 taken, then string again, 0 ready, 0 taken
array, receive: 1 ready, 0 taken, then array, 0 ready, 0 taken
array, many: 1 ready, 0 taken, then array, 0 ready, 0 taken
array, take: 1 ready, 0 taken, then array, 0 ready, 0 taken
ends, receive: 1 ready, 0 taken, then array again, 0 ready, 0 taken
ends, many: 1 ready, 0 taken, then array again, 0 ready, 0 taken
ends, take: 1 ready, 0 taken, then array again, 0 ready, 0 taken
throws, receive: 0 ready, 0 taken, 0 ready, 0 taken
throws, many: 0 ready, 0 taken, 0 ready, 0 taken
throws, take: 0 ready, 0 taken, 0 ready, 0 taken
