--TEST--
Test servers of HTTP: nginx, httpbin, squid, Danted, and servers of closures with their connections end with the test, also when it is killed
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
servers_skip('nginx', 'squid', 'danted');
httpbin_skip();
is_readable('/proc/self/stat') || die('skip there is no /proc');
in_array(getenv('NATIVE_TEST_MODE'), ['', false, 'plain'], true) || die('skip the processes are ' . getenv('NATIVE_TEST_MODE') . "'s");
?>
--FILE--
<?php
require __DIR__ . '/servers.inc';

/** All processes that name the victim's folder, or have it as ancestor. */
function family(int $pid): array
{
    $found = [];
    foreach (glob('/proc/[0-9]*/stat') as $file) {
        if (preg_match('/^(\d+) \(.*\) ([^ZX]) (\d+) /s', (string) @file_get_contents($file), $m)) {
            $parents[(int) $m[1]] = (int) $m[3];
        }
    }
    for ($found = [$pid], $i = 0; $i < count($found); $i++) {
        array_push($found, ...array_keys($parents, $found[$i], true));
    }
    return array_slice($found, 1);
}
function alive(int $pid): bool
{
    return preg_match('/\) [^ZX] /', (string) @file_get_contents("/proc/$pid/stat")) === 1;
}
$victim = <<<'PHP'
    require $argv[1] . '/servers.inc';
    require $argv[1] . '/../server.inc';
    $all = [nginx('server { listen 127.0.0.1:{port}; }'), httpbin(), squid(),
        dante("clientmethod: none\nsocksmethod: none\nclient pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }\nsocks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }\n")];
    $server = new RawServer(function ($c) { fwrite($c, 'x'); sleep(300); });
    $connection = stream_socket_client("tcp://127.0.0.1:$server->port");
    fread($connection, 1);
    echo scratch(), "\n";
    sleep(60);
    PHP;
$extensions = [];
foreach (['posix', 'pcntl'] as $extension) {
    if (file_exists(ini_get('extension_dir') . "/$extension.so")) {
        array_push($extensions, '-d', "extension=$extension");
    }
}
$process = proc_open([getenv('TEST_PHP_EXECUTABLE'), '-n', ...$extensions, '-d', 'extension=' . getenv('NATIVE_MODULE'), '-r', $victim, __DIR__],
    [['file', '/dev/null', 'r'], ['pipe', 'w'], ['redirect', 1]], $pipes);
$line = fgets($pipes[1]);
if (!preg_match('~^/\S+/native-test-\S+$~', trim($line))) {
    die($line . stream_get_contents($pipes[1]));
}
$pids = family(proc_get_status($process)['pid']);
echo count($pids) >= 7 ? 'all are there' : 'there are only ' . count($pids), "\n";
proc_terminate($process, SIGKILL);
stream_set_blocking($pipes[1], false);
for ($i = 0; $i < 800 && (array_filter($pids, 'alive') || fread($pipes[1], 1000) !== '' || !feof($pipes[1])); $i++) {
    usleep(20000);
}
$left = array_filter($pids, 'alive');
echo $left ? 'left: ' . implode(', ', array_map(fn ($pid) => strtr((string) file_get_contents("/proc/$pid/cmdline"), "\0", ' '), $left)) : 'all are gone', "\n";
array_map(fn ($pid) => alive($pid) && posix_kill($pid, SIGKILL), $pids);
foreach (glob(trim($line) . '/squid-*') as $folder) {
    array_map(fn ($f) => @unlink($f), glob('/dev/shm/native' . substr(strrchr($folder, '-'), 1) . '-*'));
}
exec('rm -rf ' . escapeshellarg(trim($line)));
?>
--EXPECT--
all are there
all are gone
