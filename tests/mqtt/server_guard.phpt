--TEST--
Test servers: broker, php-fpm and scripted servers end with the test, also when it is killed, and hold none of its pipes
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php
require __DIR__ . '/server/broker.inc';
broker_skip('mosquitto');
is_readable('/proc/self/stat') || die('skip there is no /proc');
in_array(getenv('NATIVE_TEST_MODE'), ['', false, 'plain'], true) || die('skip the processes are ' . getenv('NATIVE_TEST_MODE') . "'s");
?>
--FILE--
<?php
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/server/script.inc';
require __DIR__ . '/../support/fpm.inc';

/** Whether a process is there and is more than a zombie. */
function alive(int $pid): bool
{
    return preg_match('/\) [^ZX] /', (string) @file_get_contents("/proc/$pid/stat")) === 1;
}

$victim = <<<'PHP'
    require $argv[1] . '/server/broker.inc';
    require $argv[1] . '/server/script.inc';
    require $argv[1] . '/../support/fpm.inc';
    scratch();
    $broker = broker();
    $servers = [];
    for ($i = 0; $i < 3; $i++) {
        $servers[] = new ScriptedServer([fn (Peer $p) => $p->drain()]);
        $sockets[] = stream_socket_client("tcp://127.0.0.1:{$servers[$i]->port}"); // one is being served, the last is not
    }
    $servers[] = new ScriptedServer([fn (Peer $p) => $p->drain()]);
    $pids = array_map(fn ($s) => (fn () => $this->pid)->call($s), $servers);
    $pids[] = $broker->pid();
    if (fpm_binary() !== null && getenv('NATIVE_MODULE')) {
        $fpm = new Fpm();
        $pids[] = $master = proc_get_status((fn () => $this->process)->call($fpm))['pid'];
        array_push($pids, ...preg_split('/\s+/', trim((string) @file_get_contents("/proc/$master/task/$master/children")), -1, PREG_SPLIT_NO_EMPTY));
    }
    echo implode(' ', $pids), ' ', scratch(), "\n";
    sleep(60);
    PHP;
$extensions = [];
foreach (['posix', 'pcntl'] as $extension) {
    if (file_exists(ini_get('extension_dir') . "/$extension.so")) {
        array_push($extensions, '-d', "extension=$extension");
    }
}
foreach (['setpriv', 'shell'] as $how) {
    $env = getenv() + ($how === 'shell' ? ['NATIVE_TEST_NO_SETPRIV' => '1'] : []);
    $process = proc_open([getenv('TEST_PHP_EXECUTABLE'), '-n', ...$extensions, '-d', 'extension=' . getenv('NATIVE_MODULE'), '-r', $victim, __DIR__],
        [['file', '/dev/null', 'r'], ['pipe', 'w'], ['redirect', 1]], $pipes, null, $env);
    $line = fgets($pipes[1]);
    if (!preg_match('~^((?:\d+ )+)(/\S+/native-test-\S+)$~', trim($line), $m)) {
        echo $line, stream_get_contents($pipes[1]);
        continue;
    }
    $pids = array_map('intval', explode(' ', trim($m[1])));
    echo $how, ': ', count($pids) >= 5 && count($pids) === count(array_filter($pids, 'alive')) ? 'all are there' : 'some are missing';
    proc_terminate($process, SIGKILL);
    stream_set_blocking($pipes[1], false);
    for ($i = 0; $i < 500 && fread($pipes[1], 1000) !== false && !feof($pipes[1]); $i++) {
        usleep(20000);
    }
    echo ', ', feof($pipes[1]) ? 'nobody holds the pipe' : 'somebody holds the pipe';
    for ($i = 0; $i < 500 && array_filter($pids, 'alive'); $i++) {
        usleep(20000);
    }
    echo ', ', array_filter($pids, 'alive') ? implode(' ', array_filter($pids, 'alive')) . ' left' : 'all are gone', "\n";
    array_map(fn ($pid) => alive($pid) && posix_kill($pid, SIGKILL), $pids);
    array_map(unlink(...), glob("$m[2]/*"));
    rmdir($m[2]);
}
?>
--EXPECT--
setpriv: all are there, nobody holds the pipe, all are gone
shell: all are there, nobody holds the pipe, all are gone
