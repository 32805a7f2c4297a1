--TEST--
Two php-fpm pools of different users, and commands of theirs, share TLS sessions with their own kind and nothing with others
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php
require __DIR__ . '/shared.inc';
require __DIR__ . '/../support/fpm.inc';
fpm_skip();
servers_skip('nginx');
posix_geteuid() === 0 && is_executable('/usr/bin/setpriv') && posix_getpwnam('www-data') || die('skip needs root, setpriv and the user www-data');
?>
--FILE--
<?php
require __DIR__ . '/shared.inc';
require __DIR__ . '/../support/fpm.inc';

$ca = new TestCa('CA of two users');
$ca->issue('server', ['127.0.0.1']);
$nginx = shared_nginx($ca);
$folder = scratch();
chmod($ca->file('ca.crt'), 0644);
$get = shared_request($nginx->url(scheme: 'https'), $ca, "'fresh' => true");
file_put_contents("$folder/page.php", "<?php echo posix_getpwuid(posix_geteuid())['name'], ' '; $get $get echo \"\\n\";");
$shared = 'php_admin_value[native.shm_dir] = ' . shared_folder();
$fpm = new Fpm("$shared\n[other]\nuser = www-data\ngroup = www-data\nlisten = $folder/other.sock\nlisten.mode = 0666\npm = static\npm.max_children = 1\nsecurity.limit_extensions =\n$shared\n"
    . "[third]\nuser = nobody\ngroup = nogroup\nlisten = $folder/third.sock\nlisten.mode = 0666\npm = static\npm.max_children = 1\nsecurity.limit_extensions =\n$shared\n"
    . "[off]\nuser = nobody\ngroup = nogroup\nlisten = $folder/off.sock\nlisten.mode = 0666\npm = static\npm.max_children = 1\nsecurity.limit_extensions =\n$shared\nphp_admin_value[native.http_share] = 0\n");
$ask = function (string $socket) use ($folder): string {
    $p = proc_open(guarded(['/usr/bin/cgi-fcgi', '-bind', '-connect', $socket]), [['file', '/dev/null', 'r'], ['pipe', 'w'], ['file', "$folder/fcgi.err", 'a']],
        $pipes, null, ['SCRIPT_FILENAME' => "$folder/page.php", 'REQUEST_METHOD' => 'GET', 'SCRIPT_NAME' => '/page']);
    $all = stream_get_contents($pipes[1]);
    proc_close($p);
    return preg_replace('/^.*?\r?\n\r?\n/s', '', $all, 1);
};
echo 'a pool: ', $ask($fpm->socket), 'of another user: ', $ask("$folder/other.sock"), 'of the first user: ', $ask("$folder/third.sock"),
    'of the first user, switched off: ', $ask("$folder/off.sock");
foreach (['nobody', 'www-data', 'daemon', 'daemon'] as $user) {
    echo "a command of $user: ", shared_php($get, prefix: ['/usr/bin/setpriv', '--reuid', $user, '--clear-groups', '--']), "\n";
}
echo 'a command of root: ', shared_php($get), "\n";
$fpm->stop();
foreach (shared_files() as $file) {
    printf("%s: %o in %o\n", posix_getpwuid(fileowner($file))['name'], fileperms($file) & 07777, fileperms(dirname($file)) & 07777);
}
$file = shared_folder() . '/native.' . posix_getpwnam('nobody')['uid'] . '/' . basename(shared_files()[0]);
echo shared_php("var_dump(@file_get_contents('$file'));", prefix: ['/usr/bin/setpriv', '--reuid', 'daemon', '--clear-groups', '--']);
?>
--EXPECTF--
a pool: nobody .r
of another user: www-data .r
of the first user: nobody rr
of the first user, switched off: nobody .r
a command of nobody: r
a command of www-data: r
a command of daemon: .
a command of daemon: r
a command of root: .
%A600 in 700
bool(false)
