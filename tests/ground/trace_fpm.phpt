--TEST--
native.trace under php-fpm: a file moved away is made anew by the next request; what a request sets ends with it; one warning a worker
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php
require __DIR__ . '/../support/fpm.inc';
fpm_skip();
?>
--FILE--
<?php
require __DIR__ . '/../support/fpm.inc';

$folder = scratch() . '/logs';
mkdir($folder);
chmod($folder, 0777);
file_put_contents(scratch() . '/page.php', <<<'PHP'
<?php
if (isset($_SERVER['SET'])) {
    echo @ini_set('native.trace', $_SERVER['SET'] === 'off' ? '' : $_SERVER['SET']) === false ? 'not set, ' : 'set, ';
}
try {
    (new Native\Mqtt\Client('mqtt://127.0.0.1:1'))->connect();
} catch (Native\Mqtt\ConnectException) {
    echo 'refused';
}
PHP);
$lines = function (string $file): string {
    clearstatcache();
    return is_file($file) ? preg_match_all('/#\d+ \* (connecting|closed)/', file_get_contents($file)) . ' lines' : 'none';
};
$fpm = new Fpm('', [], "native.trace=$folder/trace");
$page = scratch() . '/page.php';
echo $fpm->request($page), ': ', $lines("$folder/trace"), "\n";
rename("$folder/trace", "$folder/trace.1");
echo $fpm->request($page), ': ', $lines("$folder/trace"), ', before ', $lines("$folder/trace.1"), "\n";
echo $fpm->request($page, ['SET' => "$folder/other"]), ': ', $lines("$folder/trace"), ', other ', $lines("$folder/other"), "\n";
echo $fpm->request($page, ['SET' => 'off']), ': ', $lines("$folder/trace"), ', other ', $lines("$folder/other"), "\n";
echo $fpm->request($page), ': ', $lines("$folder/trace"), ', other ', $lines("$folder/other"), "\n";
echo $fpm->request($page, ['SET' => '/nowhere/trace']), ': ', $lines("$folder/trace"), "\n";
echo $fpm->request($page), ': ', $lines("$folder/trace"), "\n";
$fpm->stop();

$fpm = new Fpm('', [], 'native.trace=/nowhere/trace');
echo $fpm->request($page), "\n", $fpm->request($page), "\n";
?>
--EXPECTF--
refused: 2 lines
refused: 2 lines, before 2 lines
set, refused: 2 lines, other 2 lines
set, refused: 2 lines, other 2 lines
refused: 4 lines, other 2 lines
not set, refused: 6 lines
refused: 8 lines
%w
Warning: PHP Request Startup: native.trace: cannot open /nowhere/trace: No such file or directory in Unknown on line 0
refused
refused
