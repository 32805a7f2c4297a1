--TEST--
Http\Client under php-fpm: the system's roots are parsed before workers are forked; a file that changes is read again
--EXTENSIONS--
native
pcntl
posix
openssl
--SKIPIF--
<?php
require __DIR__ . '/../support/fpm.inc';
fpm_skip();
if (posix_geteuid() !== 0) {
    die('skip workers must be another user than who may read the file');
}
?>
--FILE--
<?php
require __DIR__ . '/server.inc';
require __DIR__ . '/../support/fpm.inc';

$ca = new TestCa('CA of the system');
$ca->issue('server', ['127.0.0.1']);
$server = new HttpServer(fn (Seen $s) => answer('there'), $ca);
file_put_contents(scratch() . '/page.php', <<<'PHP'
<?php
$http = new Native\Http\Client(new Native\Http\Options(timeout: 30, proxy: '', fresh: true));
try {
    echo $http->get($_SERVER['URL'])->body, "\n";
} catch (Native\Http\TlsException $e) {
    echo $e->reason, "\n";
}
PHP);
$roots = scratch() . '/roots.pem';
copy($ca->file('ca.crt'), $roots);
$fpm = new Fpm('clear_env = no', ['SSL_CERT_FILE' => $roots]);
chmod($roots, 0600); // the worker may not read it, and need not
$ask = fn () => $fpm->request(scratch() . '/page.php', ['URL' => $server->url()]);
echo 'roots of the parent: ', $ask();
touch($roots, time() - 1000);
usleep(1100000); // files are looked at once a second
echo 'changed, and not to be read: ', $ask();
chmod($roots, 0644);
echo 'readable: ', $ask();
$fpm->stop();
?>
--EXPECT--
roots of the parent: there
changed, and not to be read: config
readable: there
