--TEST--
native.trace of php.ini: opened when the script begins; what cannot be is one warning, and the script runs
--EXTENSIONS--
native
posix
--SKIPIF--
<?php
getenv('NATIVE_MODULE') || die('skip the module is not named');
?>
--FILE--
<?php
require __DIR__ . '/../support/scratch.inc';

function php(string $setting, string $code): void
{
    $run = proc_open([PHP_BINARY, '-n', '-d', 'extension=' . getenv('NATIVE_MODULE'), '-d', 'display_errors=stderr', '-d', 'html_errors=0', '-d', "native.trace=$setting", '-r', $code],
        [['file', '/dev/null', 'r'], ['pipe', 'w'], ['pipe', 'w']], $pipes);
    echo 'out: ', stream_get_contents($pipes[1]), "\nerr: ", preg_replace(['/127\.0\.0\.1:\d+/', '/^\S+Z \d+ /m'], ['server', ''], trim(stream_get_contents($pipes[2]))), "\n";
    proc_close($run);
}

$connect = 'try { (new Native\Mqtt\Client("mqtt://127.0.0.1:1", new Native\Mqtt\ClientOptions(connectTimeout: 5)))->connect(); } catch (Native\Mqtt\Exception) { echo "refused"; }';
php('', $connect);
php('stderr', $connect);
php('/nowhere/trace', $connect);
$file = scratch() . '/trace';
php($file, $connect);
echo preg_replace('/^\S+Z \d+ /m', '', file_get_contents($file));
php($file, 'echo ini_get("native.trace") === ' . var_export($file, true) . ' ? "named" : "other";');
php('relative', 'echo json_encode(ini_get("native.trace"));');
?>
--EXPECTF--
out: refused
err: 
out: refused
err: mqtt#1 * connecting to server
mqtt#1 * closed
out: refused
err: Warning: PHP Request Startup: native.trace: cannot open /nowhere/trace: No such file or directory in Unknown on line 0
out: refused
err: 
mqtt#1 * connecting to 127.0.0.1:1
mqtt#1 * closed
out: named
err: 
out: ""
err: 
