--TEST--
php-fpm: workers that come on demand and go after 50 requests or when idle, reloads under load: no request fails, nothing is left behind
--EXTENSIONS--
native
pcntl
posix
openssl
--SKIPIF--
<?php
require __DIR__ . '/../http/servers/servers.inc';
require __DIR__ . '/../support/fpm.inc';
servers_skip('nginx', 'openssl');
fpm_skip();
?>
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/../http/server.inc';
require __DIR__ . '/../http/servers/servers.inc';
require __DIR__ . '/../support/fpm.inc';

$ca = new TestCa('CA of php-fpm');
$ca->issue('server', ['127.0.0.1']);
$server = new HttpServer(fn (Seen $s) => answer("connection $s->connection"), $ca);
$folder = scratch();
mkdir("$folder/shm");
chmod("$folder/shm", 01777);
copy(__DIR__ . '/page.php', "$folder/page.php");
$fpm = new Fpm("pm = ondemand\npm.max_children = 6\npm.max_requests = 50\npm.process_idle_timeout = 1s\n"
    . "php_admin_value[native.shm_dir] = $folder/shm\nphp_admin_value[apc.shm_size] = 4M\n", ini: "native.shm_dir=$folder/shm\n");
$nginx = nginx(<<<NGINX
    server {
        listen 127.0.0.1:{port};
        location / {
            fastcgi_pass unix:$fpm->socket;
            fastcgi_param SCRIPT_FILENAME {folder}/page.php;
            fastcgi_param REQUEST_METHOD GET;
            fastcgi_param QUERY_STRING \$query_string;
        }
    }
    NGINX);
chmod($folder, 0755);
chmod($ca->file('ca.crt'), 0644);
$page = $nginx->url('/') . '?' . http_build_query(['url' => $server->url(), 'ca' => $ca->file('ca.crt')]);

/** $count requests, six at once. @return list<array> what the pages said */
function ask(Client $http, int $count): array
{
    $said = [];
    foreach ($http->send(array_fill(0, $count, $GLOBALS['page']), 6) as $r) {
        $one = $r instanceof Throwable ? $r->getMessage() : json_decode($r->body, true) ?? "$r->status: $r->body";
        if (!is_array($one) || !str_starts_with($one['body'], 'connection ') || !str_starts_with($one['curl'], 'connection ') || $one['whole'] !== 0) {
            throw new Exception('a failed request: ' . json_encode($one, JSON_UNESCAPED_SLASHES));
        }
        $said[] = $one;
    }
    return $said;
}
function children(int $parent): array
{
    return array_filter(explode(' ', trim((string) @file_get_contents("/proc/$parent/task/$parent/children"))));
}
$http = new Client(new Options(timeout: 100, proxy: ''));
$said = ask($http, 400);
$master = (int) preg_replace('/.*NOTICE: fpm is running, pid (\d+).*/s', '$1', file_get_contents("$folder/fpm.log"));
$each = array_count_values(array_column($said, 'pid'));
echo '400 requests: ', count($each) >= 8 ? 'at least 8 workers' : count($each) . ' workers', ', the busiest had ', max($each), ', counted in shared memory ',
    max(array_column($said, 'shared')), ", by apcu ", max(array_column($said, 'apcu')), "\n";
$kept = count(array_filter(array_column($said, 'kept')));
echo 'connections: ', 400 - $kept <= count($each) ? 'one for each worker' : 400 - $kept . ' for ' . count($each) . ' workers', "\n";

// Reloads while another process asks.
if (($load = guarded_fork()) === 0) {
    $pids = [];
    try {
        $http = new Client(new Options(timeout: 100, proxy: ''));
        for ($asked = 0; !file_exists("$folder/enough"); $asked += 24) {
            $pids += array_flip(array_column(ask($http, 24), 'pid'));
            file_put_contents("$folder/batches", '.', FILE_APPEND);
            clearstatcache();
        }
        $asked = "none failed of $asked";
    } catch (Throwable $e) {
        $asked = $e->getMessage();
    }
    file_put_contents("$folder/asked", json_encode([$asked, array_keys($pids)]));
    posix_kill(getmypid(), SIGKILL);
}
$notices = fn (string $what) => substr_count(file_get_contents("$folder/fpm.log"), $what);
$did = function () use ($folder): int {
    clearstatcache();
    return (int) @filesize("$folder/batches");
};
$reloads = 0;
for ($deadline = microtime(true) + 150; $reloads < 5 && microtime(true) < $deadline; $reloads++) {
    $ready = $notices('ready to handle connections');
    posix_kill($master, SIGUSR2);
    while ($notices('ready to handle connections') === $ready && microtime(true) < $deadline) {
        usleep(20000);
    }
    // The new workers have had something to do when the next reload comes.
    for ($batches = $did(); $did() === $batches && !file_exists("$folder/asked") && microtime(true) < $deadline;) {
        usleep(20000);
    }
}
touch("$folder/enough");
pcntl_waitpid($load, $status);
[$asked, $pids] = json_decode(file_get_contents("$folder/asked"));
echo "$reloads reloads under load: ", preg_replace('/\d+/', 'N', $asked), (int) filter_var($asked, FILTER_SANITIZE_NUMBER_INT) < 48 ? ' (too few)' : '', "\n";
$last = ask($http, 30);
echo 'afterwards shared memory ', min(array_column($last, 'shared')) > 400 ? 'counts on' : 'began anew', ', apcu ',
    max(array_column($last, 'apcu')) < max(array_column($last, 'shared')) ? 'began anew' : 'counts on', "\n";
for ($i = 0; children($master) && $i < 1500; $i++) {
    usleep(10000);
}
echo 'idle: ', count(children($master)), " workers\n";
$fpm->stop();
$left = array_filter([$master, ...$pids, ...array_keys($each), ...array_column($last, 'pid')], fn ($pid) => posix_kill((int) $pid, 0));
echo 'left: ', count($left), ' processes, ', count(glob("$folder/shm/native.*/apcu.*")), " files of apcu\n";
$trouble = preg_grep('/NOTICE|max_children setting|spawned in|child \d+ started/', file("$folder/fpm.log"), PREG_GREP_INVERT);
echo 'trouble in the log: ', $trouble ? implode('', $trouble) : 'none', "\n";
?>
--EXPECT--
400 requests: at least 8 workers, the busiest had 50, counted in shared memory 400, by apcu 400
connections: one for each worker
5 reloads under load: none failed of N
afterwards shared memory counts on, apcu began anew
idle: 0 workers
left: 0 processes, 0 files of apcu
trouble in the log: none
