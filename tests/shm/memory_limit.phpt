--TEST--
Memory that runs out at any place inside a store or fetch: the process leaks nothing, holds no lock, and the next request is fine
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php if (!in_array(getenv('NATIVE_TEST_MODE'), ['plain'])) echo 'skip there is no memory limit without PHP\'s allocator'; ?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$s = segment(16 << 20);
$c = $s->cache();
class Thing { public $list; public function __construct($list) { $this->list = $list; } }
$rows = array_map(fn ($i) => ['id' => $i, 'name' => "name $i", str_repeat('k', $i % 7 + 2) => $i / 7, 'in' => ["in $i", [$i]]], range(0, 1200));
$c->store('rows', $rows);
$c->store('objects', [new Thing(array_slice($rows, 0, 300))]);
file_put_contents(scratch() . '/page.php', '<?php
    class Thing { public $list; public function __construct($list = []) { $this->list = $list; } }
    $c = Native\Shm\Segment::open($_GET["s"])->cache();
    ini_set("display_errors", "0");
    $free = (int) ($_GET["free"] ?? 0) << 10;
    $do = $_GET["do"];
    $rows = $do === "store" || $do === "objects" ? array_map(fn ($i) => ["id" => $i, "name" => "name $i", str_repeat("k", $i % 7 + 2) => $i, "in" => ["in", [$i]]], range(0, 500)) : null;
    if ($do === "objects") {
        $rows = [new Thing($rows)];
    }
    if ($do === "rss") {
        gc_collect_cycles();
        exit((string) preg_replace("/.*VmRSS:\s*(\d+).*/s", "$1", file_get_contents("/proc/self/status")));
    }
    $hits = 0;
    if ($free) { // all memory is used but for some
        $most = 6 << 20;
        ini_set("memory_limit", (string) $most);
        $fill = [];
        while (memory_get_usage() + $free + (96 << 10) < $most) {
            $fill[] = str_repeat("x", 20000);
        }
        while (memory_get_usage() + $free + (28 << 10) < $most) {
            $fill[] = str_repeat("x", 3000);
        }
        echo "tried";
    }
    echo match ($do) {
        "fetch" => count($c->fetch("rows")),
        "fetch objects" => count($c->fetch("objects")),
        "store", "objects" => (int) $c->store("page", $rows) . (int) $c->store("page2", [$rows, $rows]),
    };
    echo " done";
');
function serve(string $copies): array
{
    for ($try = 0; $try < 20; $try++) {
        $candidate = mt_rand(20000, 60000);
        $server = proc_open(guarded([getenv('TEST_PHP_EXECUTABLE') ?: PHP_BINARY, '-n', '-d', 'extension=' . getenv('NATIVE_MODULE'), '-d', "native.shm_copies=$copies", '-S', "127.0.0.1:$candidate", '-t', scratch()]),
            [['file', '/dev/null', 'r'], ['file', scratch() . '/log', 'w'], ['file', scratch() . '/log', 'a']], $pipes);
        for ($i = 0; $i < 1000 && proc_get_status($server)['running']; $i++) {
            usleep(10000);
            if (@fsockopen('127.0.0.1', $candidate)) {
                return [$server, $candidate];
            }
        }
    }
    exit('no server');
}
foreach (['8M', '0'] as $copies) {
    [$server, $port] = serve($copies);
    $ask = fn (string $do, int $free = 0) => file_get_contents("http://127.0.0.1:$port/page.php?" . http_build_query(['s' => $s->name(), 'do' => $do, 'free' => $free]), false, stream_context_create(['http' => ['ignore_errors' => true]]));
    $fatal = $good = 0;
    foreach (['fetch', 'fetch objects', 'store', 'objects'] as $do) {
        for ($round = 0; $round < 3; $round++) {
            for ($free = 24; $free < 500; $free += $free < 150 ? 24 : 100) {
                $answer = $ask($do, $free);
                // With very little it is the filling itself that ends.
                $fatal += $answer === 'tried';
                $good += str_ends_with($answer, ' done');
            }
            $rss[$round] = (int) $ask('rss');
        }
        if ($rss[2] > $rss[1] + 200) {
            echo "$do: from $rss[1] to $rss[2] KiB\n";
        }
        // Another process at once, and the same one.
        $start = microtime(true);
        if (!$c->store('page', 1) || !$c->store('page2', 2) || microtime(true) - $start > 2 || $c->fetch('rows') !== $rows) {
            echo "$do: something is held\n";
        }
        if ($ask($do) !== ['fetch' => '1201', 'fetch objects' => '1', 'store' => '11', 'objects' => '11'][$do] . ' done') {
            echo "$do: the next request is not fine\n";
        }
    }
    var_dump($fatal > 8 ?: $fatal, $good > 8 ?: $good);
    $c->clear();
    var_dump($c->info()['used']);
    $c->store('rows', $rows);
    $c->store('objects', [new Thing(array_slice($rows, 0, 300))]);
    proc_terminate($server, SIGINT);
}
?>
--EXPECT--
bool(true)
bool(true)
int(0)
bool(true)
bool(true)
int(0)
