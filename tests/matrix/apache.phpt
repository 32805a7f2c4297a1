--TEST--
Apache prefork: connections outlive requests in each child, children share memory and apcu, and graceful restarts under load disturb no request
--EXTENSIONS--
native
pcntl
posix
openssl
--SKIPIF--
<?php
require __DIR__ . '/apache.inc';
apache_skip();
?>
--FILE--
<?php
use Native\Http\{Client, Options};
use Native\Shm\Segment;
require __DIR__ . '/../http/server.inc';
require __DIR__ . '/apache.inc';

$ca = new TestCa('CA of Apache');
$ca->issue('server', ['127.0.0.1']);
$server = new HttpServer(fn (Seen $s) => answer("connection $s->connection"), $ca);
$folder = scratch();
mkdir("$folder/www");
mkdir("$folder/shm");
chmod("$folder/shm", 01777);
copy(__DIR__ . '/page.php', "$folder/www/page.php");
$apache = new Apache("native.shm_dir=$folder/shm\napc.shm_size=4M\n");
$http = new Client(new Options(timeout: 100, proxy: ''));
$page = $apache->url('/page.php') . '?' . http_build_query(['url' => $server->url(), 'ca' => $ca->file('ca.crt')]);
chmod($ca->file('ca.crt'), 0644);

/** $count requests, six at once. @return list<array> what the pages said */
function ask(int $count): array
{
    $said = [];
    foreach ($GLOBALS['http']->send(array_fill(0, $count, $GLOBALS['page']), 6) as $r) {
        $one = $r instanceof Throwable ? $r->getMessage() : json_decode($r->body, true) ?? "$r->status: $r->body";
        if (!is_array($one) || !str_starts_with($one['body'], 'connection ') || !str_starts_with($one['curl'], 'connection ') || $one['whole'] !== 0) {
            throw new Exception('a failed request: ' . json_encode($one, JSON_UNESCAPED_SLASHES));
        }
        $said[] = $one;
    }
    return $said;
}
$said = ask(60);
$pids = array_unique(array_column($said, 'pid'));
echo implode(', ', array_unique(array_column($said, 'sapi'))), ', ', count($pids) > 1 ? 'several children' : 'one child', ', ',
    array_sum(array_column($said, 'libcurl')), " with a libcurl\n";
echo 'the client kept its connection but for ', 60 - count(array_filter(array_column($said, 'kept'))) <= count($pids) ? 'the first request of each child' : 'more', "\n";
$curl = [];
foreach ($said as $one) {
    $curl[$one['pid']][$one['curl']] = true;
}
echo 'curl used ', max(array_map('count', $curl)), " connection in a child\n";
echo 'counted in shared memory: ', max(array_column($said, 'shared')), ', by apcu: ', max(array_column($said, 'apcu')), "\n";

// Restarts while another process asks.
if (($load = guarded_fork()) === 0) {
    $asked = 0;
    try {
        $http = new Client(new Options(timeout: 100, proxy: ''));
        while (!file_exists("$folder/enough")) {
            $asked += count(ask(12));
            clearstatcache();
        }
        $asked = "none failed of $asked";
    } catch (Throwable $e) {
        $asked = $e->getMessage();
    }
    file_put_contents("$folder/asked", $asked);
    posix_kill(getmypid(), SIGKILL);
}
$restarts = 0;
for ($deadline = microtime(true) + 120; $restarts < 5 && microtime(true) < $deadline; $restarts++) {
    $before = ask(12);
    $apache->control('graceful');
    do {
        usleep(50000);
    } while (array_intersect(array_column($after = ask(12), 'pid'), array_column($before, 'pid')) && microtime(true) < $deadline);
}
touch("$folder/enough");
pcntl_waitpid($load, $status);
$asked = file_get_contents("$folder/asked");
echo "$restarts graceful restarts under load: ", preg_replace('/\d+/', 'N', $asked), (int) filter_var($asked, FILTER_SANITIZE_NUMBER_INT) < 12 ? ' (too few)' : '', "\n";
$last = ask(60);
echo 'afterwards: ', count(array_intersect(array_column($last, 'pid'), array_column($said, 'pid'))), ' of the first children, shared memory ',
    min(array_column($last, 'shared')) > 120 ? 'counts on' : 'began anew', ', apcu ', max(array_column($last, 'apcu')) < max(array_column($last, 'shared')) ? 'began anew' : 'counts on',
    ', connections ', count(array_filter(array_column($last, 'kept'))) > 20 ? 'are kept' : 'are new', "\n";
$apache->daemon->stop();
echo 'trouble in the log: ', $apache->trouble() ?: 'none', "\n";
$left = array_filter(glob('/proc/[0-9]*/cmdline'), fn ($f) => str_contains((string) @file_get_contents($f), "$folder/apache.conf"));
echo 'left: ', count(glob("$folder/shm/native.*/apcu.*")), ' files of apcu, ', count($left), " processes\n";
?>
--EXPECT--
apache2handler, several children, 0 with a libcurl
the client kept its connection but for the first request of each child
curl used 1 connection in a child
counted in shared memory: 60, by apcu: 60
5 graceful restarts under load: none failed of N
afterwards: 0 of the first children, shared memory counts on, apcu began anew, connections are kept
trouble in the log: none
left: 0 files of apcu, 0 processes
