--TEST--
Two workers of php-fpm: connections are kept from request to request, and the second worker resumes the first one's TLS session
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/shared.inc';
require __DIR__ . '/../support/fpm.inc';
fpm_skip();
servers_skip('nginx');
?>
--FILE--
<?php
require __DIR__ . '/shared.inc';
require __DIR__ . '/../support/fpm.inc';

$ca = new TestCa('CA of two workers');
$ca->issue('server', ['127.0.0.1']);
$nginx = shared_nginx($ca);
$here = scratch() . '/here';
mkdir($here);
chmod($here, 0777);
file_put_contents(scratch() . '/page.php', <<<'PHP'
<?php
// A worker that waits here lets the next request go to the other one.
touch("$_SERVER[HERE]/" . getmypid());
while (count(scandir($_SERVER['HERE'])) - 2 < $_SERVER['WORKERS']) {
    usleep(5000);
    clearstatcache();
}
$http = new Native\Http\Client(new Native\Http\Options(caFile: $_SERVER['CA_FILE'], timeout: 30, proxy: ''));
$response = $http->get($_SERVER['URL']);
echo $response->header('x-connection'), $response->body, $response->reused ? ' kept' : ' new',
    ($response->info()['tls']['resumed'] ?? false) !== ($response->body === 'r') ? ' (info() says something else)' : '', "\n";
PHP);
$fpm = new Fpm("pm.max_children = 2\nphp_admin_value[native.shm_dir] = " . shared_folder());
$ask = fn (int $workers) => $fpm->request(scratch() . '/page.php', ['URL' => $nginx->url(scheme: 'https'), 'CA_FILE' => $ca->file('ca.crt'), 'HERE' => $here, 'WORKERS' => (string) $workers]);
/** The server has numbered its connections; the first one that we see is 1. */
function numbered(string $line): string
{
    static $first = null;
    $first ??= (int) $line;
    return (int) $line - $first + 1 . substr($line, strspn($line, '0123456789'));
}

echo 'the first worker: ', numbered($ask(1));
$answers = scratch() . '/answers';
if (($pid = guarded_fork()) === 0) {
    file_put_contents($answers, $ask(2), FILE_APPEND | LOCK_EX);
    posix_kill(getmypid(), SIGKILL);
}
file_put_contents($answers, $ask(2), FILE_APPEND | LOCK_EX);
pcntl_waitpid($pid, $status);
$lines = array_map('numbered', file($answers));
sort($lines);
echo "both at once:\n", implode($lines);
$seen = [];
for ($i = 0; $i < 20; $i++) {
    $seen[] = numbered(trim($ask(2)));
}
sort($seen);
echo 'then: ', array_diff($seen, ['1. kept', '2r kept']) ? implode(', ', array_unique($seen)) : '20 requests over these two connections', "\n";
$fpm->stop();
echo "the server's log: ", count(shared_log()), ' requests, connections and whether resumed: ', implode(', ', array_unique(array_map('numbered', shared_log()))), "\n";
?>
--EXPECT--
the first worker: 1. new
both at once:
1. kept
2r new
then: 20 requests over these two connections
the server's log: 23 requests, connections and whether resumed: 1 ., 2 r
