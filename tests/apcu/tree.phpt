--TEST--
The segment is of a process and its children, also when they use it first; it ends with the process, and a killed one's is swept
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php if (!getenv('NATIVE_MODULE')) die('skip NATIVE_MODULE does not say which module to load'); ?>
--INI--
apc.enable_cli=1
--FILE--
<?php
require __DIR__ . '/../shm/support/shm.inc';

/** Another PHP, with a folder of its own for segments. */
function start(string $code, string $folder)
{
    $p = proc_open(guarded([PHP_BINARY, '-n', '-d', 'extension=' . getenv('NATIVE_MODULE'), ...(extension_loaded('pcntl') && !in_array('pcntl', preg_split('/\s+/', shell_exec(PHP_BINARY . ' -n -m'))) ? ['-d', 'extension=pcntl'] : []),
        '-d', 'apc.enable_cli=1', '-d', "native.shm_dir=$folder", '-r', $code]), [['pipe', 'r'], ['pipe', 'w'], ['file', 'php://stderr', 'w']], $pipes);
    return [$p, $pipes];
}
function run(string $code, string $folder): string
{
    [$p, $pipes] = start($code, $folder);
    fclose($pipes[0]);
    $text = stream_get_contents($pipes[1]);
    proc_close($p);
    return $text;
}
function files(string $folder): int
{
    return count(glob("$folder/native.*/apcu.*"));
}
$folder = scratch();

echo "nothing before the first use: ", run('echo count(glob(ini_get("native.shm_dir") . "/*"));', $folder), "\n";

// The child is first, and its parent sees what it stored; a child's end takes nothing away.
echo run(<<<'PHP'
    if (pcntl_fork() === 0) { apcu_store('from', 'child'); exit; }
    pcntl_wait($status);
    var_dump(apcu_fetch('from'));
    if (pcntl_fork() === 0) { apcu_store('from', 'second child'); apcu_inc('count'); exit; }
    pcntl_wait($status);
    var_dump(apcu_fetch('from'), apcu_fetch('count'));
    PHP, $folder);
echo "files left: ", files($folder), "\n";

// Two processes share nothing.
$code = 'apcu_store("mine", getmypid()); echo "ready\n"; fgets(STDIN); var_dump(apcu_fetch("mine") === getmypid());';
$two = [start($code, $folder), start($code, $folder)];
foreach ($two as [, $pipes]) fgets($pipes[1]);
echo "files of two: ", files($folder), "\n";
foreach ($two as [$p, $pipes]) {
    fwrite($pipes[0], "\n");
    echo stream_get_contents($pipes[1]);
    proc_close($p);
}
echo "files left: ", files($folder), "\n";

// Killed: its file stays until the next one begins. One that lives is left alone, even if nobody is attached to it.
[$killed, $pipes] = start('apcu_store("a", 1); echo "ready\n"; fgets(STDIN);', $folder);
fgets($pipes[1]);
proc_terminate($killed, SIGKILL);
proc_close($killed);
[$master, $pipes] = start('if (pcntl_fork() === 0) { apcu_store("a", 1); exit; } pcntl_wait($s); echo "ready\n"; fgets(STDIN); var_dump(apcu_fetch("a"));', $folder);
fgets($pipes[1]);
echo "the killed one's is gone, the idle one's is there: ", files($folder), "\n";
echo run('apcu_store("b", 1);', $folder), "still: ", files($folder), "\n";
fwrite($pipes[0], "\n");
echo stream_get_contents($pipes[1]);
proc_close($master);
echo "files left: ", files($folder), "\n";
?>
--EXPECT--
nothing before the first use: 0
string(5) "child"
string(12) "second child"
int(1)
files left: 0
files of two: 2
bool(true)
bool(true)
files left: 0
the killed one's is gone, the idle one's is there: 1
still: 1
int(1)
files left: 0
