--TEST--
Copies of arrays over several requests: as keys, wrapper names, patterns; after a fatal error; superseded
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$s = segment();
$c = $s->cache();
$value = ['key' => str_repeat('k', 40), 'wrapper' => 'shmtest', 'pattern' => '/^(a+)b$/', 'list' => array_map(fn ($i) => ['name' => "name $i"], range(0, 100)), 'const' => 'SHM_CONSTANT'];
$c->store('v', $value);
file_put_contents(scratch() . '/page.php', '<?php
    class W { public $context; function stream_open() { return true; } }
    $v = Native\Shm\Segment::open($_GET["s"])->cache()->fetch("v");
    $GLOBALS["kept"] = $v;
    $mixed = [$v["key"] => 1, "heap " . mt_rand() => 2, str_repeat("k", 40) => 3];
    stream_wrapper_register($v["wrapper"], "W");
    fopen($v["wrapper"] . "://x", "r");
    define($v["const"], $v["list"]);
    ini_set("user_agent", $v["list"][3]["name"]);
    putenv("SHM_TEST=" . $v["key"]);
    setlocale(LC_ALL, "C");
    static $held; $held = $v["list"];
    echo count($mixed), preg_match($v["pattern"], "aaab"), count(SHM_CONSTANT), " ", md5(json_encode($v)), "\n";
    if (isset($_GET["fatal"])) {
        class J implements JsonSerializable { function jsonSerialize(): mixed { eval("final class Parental {} class Filial extends Parental {}"); } }
        ini_set("display_errors", "0");
        $v["last"] = new J;
        echo json_encode([$GLOBALS["kept"], $v]);
    }
    if (isset($_GET["exit"])) {
        exit(0);
    }
');
$port = 0;
for ($try = 0; $try < 20 && !$port; $try++) {
    $candidate = mt_rand(20000, 60000);
    $server = proc_open(guarded([getenv('TEST_PHP_EXECUTABLE') ?: PHP_BINARY, '-n', '-d', 'extension=' . getenv('NATIVE_MODULE'), '-S', "127.0.0.1:$candidate", '-t', scratch()]),
        [['file', '/dev/null', 'r'], ['file', scratch() . '/log', 'w'], ['file', scratch() . '/log', 'a']], $pipes);
    for ($i = 0; $i < 1000 && proc_get_status($server)['running'] && !$port; $i++) {
        usleep(10000);
        $port = @fsockopen('127.0.0.1', $candidate) ? $candidate : 0;
    }
}
$ask = fn (string $query = '') => preg_replace('/\n.*/s', "\n", file_get_contents("http://127.0.0.1:$port/page.php?s={$s->name()}$query", false, stream_context_create(['http' => ['ignore_errors' => true]])));
$expected = '2' . '1' . '101 ' . md5(json_encode($value)) . "\n";
foreach (['', '', '&exit', '', '&fatal', '', '&fatal', '&exit', ''] as $i => $query) {
    echo $ask($query) === $expected ? 'same' : "request $i$query is another", "\n";
}
for ($i = 0; $i < 20; $i++) {
    $value['i'] = $i;
    $c->store('v', $value);
    $expected = '2' . '1' . '101 ' . md5(json_encode($value)) . "\n";
    if ($ask() !== $expected || $ask() !== $expected) {
        echo "value $i is another\n";
    }
}
var_dump(proc_get_status($server)['running']);
proc_terminate($server, SIGINT);
var_dump(str_contains(file_get_contents(scratch() . '/log'), 'AddressSanitizer'));
?>
--EXPECT--
same
same
same
same
same
same
same
same
same
bool(true)
bool(false)
