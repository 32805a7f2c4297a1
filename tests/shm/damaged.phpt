--TEST--
A damaged segment: random bits flipped under a reader never crash it, and it goes on after clear()
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$s = segment(1 << 20);
$path = $s->path();
$size = filesize($path);
mt_srand(getenv('NATIVE_SHM_SEED') ?: 7);
$values = [
    'rows' => array_map(fn ($i) => ['id' => $i, 'name' => "name $i", 'x' => [1, [2, ['y' => 3.5]]]], range(0, 60)),
    'list' => range(0, 300), 'string' => str_repeat('s', 20000), 'int' => 5, 'strings' => array_fill_keys(array_map(fn ($i) => "key $i", range(0, 99)), 'v'),
    'object' => new ArrayObject([1, [2]]),
];
$walk = function ($v) { @serialize($v); if (is_array($v)) { $v['more'] = 1; foreach ($v as $k => $x) { isset($v[$k]); } @sort($v); } };
$rounds = in_array(getenv('NATIVE_TEST_MODE'), ['plain', false]) ? 60 : 15;
$bad = [];
for ($round = 0; $round < $rounds; $round++) {
    $how = child(function () use ($s, $values, $path, $size, $walk, $round) {
        ini_set('display_errors', '0');
        ini_set('memory_limit', '256M');
        pcntl_alarm(40);
        mt_srand($round);
        $c = Native\Shm\Segment::open($s->name())->cache();
        foreach ($values as $k => $v) {
            $c->store($k, $v);
        }
        $f = fopen($path, 'r+');
        for ($i = 0; $i < 40; $i++) {
            // Behind the header and the locks' areas as well as in them; the values are near the end of what is used.
            for ($n = 0; $n < 20; $n++) {
                $at = mt_rand(0, 3) ? mt_rand(0, $size - 1) : mt_rand(4096, 300000);
                fseek($f, $at);
                $byte = fread($f, 1);
                fseek($f, $at);
                fwrite($f, mt_rand(0, 2) ? chr(ord($byte ?: "\0") ^ (1 << mt_rand(0, 7))) : chr(mt_rand(0, 255)));
            }
            fflush($f);
            foreach ($values as $k => $v) {
                try {
                    $walk($c->fetch($k));
                    $c->store($k, $v);
                    $c->inc('int');
                } catch (Throwable) {
                    // What unserialize() of the object's class says is its own.
                }
            }
            try {
                foreach ($c->iterate() as $k => $v) {
                }
            } catch (Throwable) {
            }
            $c->info();
            if ($i % 10 === 9) {
                $c->clear();
            }
        }
        exit(0);
    })();
    $how === 'exit 0' || $bad[$how] = ($bad[$how] ?? '') . " $round";
    Native\Shm\Segment::unlink($s->name());
    Native\Shm\Segment::open($s->name(), 1 << 20);
}
var_dump($bad);
?>
--EXPECT--
array(0) {
}
