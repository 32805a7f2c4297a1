--TEST--
Without a folder, without room, in a folder of somebody else's: HTTPS works without a word, and each process has its own sessions
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/shared.inc';
servers_skip('nginx');
getenv('NATIVE_TEST_MODE') === 'plain' || die('skip starts PHP in a namespace of its own');
exec('unshare -m sh -c "mount -t tmpfs -o size=1m none /dev/shm" 2>/dev/null', $lines, $status);
$status === 0 || die('skip may not mount');
?>
--FILE--
<?php
require __DIR__ . '/shared.inc';

$ca = new TestCa('CA of trouble');
$ca->issue('server', ['127.0.0.1']);
$nginx = shared_nginx($ca);
$get = shared_request($nginx->url(scheme: 'https'), $ca, "'fresh' => true");
$code = $get . $get . 'echo Native\status()["share"]["failure"] === "" ? " no failure\n" : " a failure is told\n";';
$in = fn (string $folder, string $size, string $first = '') => ['/usr/bin/unshare', '-m', '/bin/sh', '-c', "mount -t tmpfs -o size=$size none $folder && $first exec \"\$@\"", 'sh'];
$folder = shared_folder();
echo 'no folder: ', shared_php($code, ['-d', 'native.shm_dir=/nonexistent']);
echo 'a file in its place: ', shared_php($code, ['-d', 'native.shm_dir=' . $ca->file('ca.crt')]);
echo '64 KB: ', shared_php($code, prefix: $in($folder, '64k'));
echo 'full: ', shared_php($code, prefix: $in($folder, '1m', "{ head -c 2m /dev/zero >$folder/full 2>/dev/null; }; "));
echo '1 MB: ', shared_php($code, prefix: $in($folder, '1m'));
mkdir("$folder/native." . posix_geteuid(), 0777);
chmod("$folder/native." . posix_geteuid(), 0777);
echo 'a folder that others may write: ', shared_php($code);
chmod("$folder/native." . posix_geteuid(), 0700);
echo 'made well: ', shared_php($code), 'and then: ', shared_php($code);
$file = shared_files()[0];
foreach (['cut' => fn ($f) => ftruncate($f, 4000), 'of zeros' => fn ($f) => fwrite($f, str_repeat("\0", 1 << 20)),
    'of noise behind the header' => fn ($f) => fseek($f, 4096 + 1024 * 128) || fwrite($f, random_bytes(1 << 20))] as $what => $damage) {
    $f = fopen($file, 'r+');
    $damage($f);
    fclose($f);
    $out = shared_php($code);
    echo "$what: ", in_array($out, [".r no failure\n", ".r a failure is told\n", "rr no failure\n"], true) ? "works\n" : $out;
}
?>
--EXPECT--
no folder: .r a failure is told
a file in its place: .r a failure is told
64 KB: .r a failure is told
full: .r a failure is told
1 MB: .r no failure
a folder that others may write: .r a failure is told
made well: .r no failure
and then: rr no failure
cut: works
of zeros: works
of noise behind the header: works
