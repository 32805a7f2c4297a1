--TEST--
Two php-fpm pools of different users share neither the default segment, nor named ones, nor apcu; a reload keeps what is a user's
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php
require __DIR__ . '/../support/fpm.inc';
fpm_skip();
posix_geteuid() === 0 && is_executable('/usr/bin/setpriv') && posix_getpwnam('www-data') || die('skip needs root, setpriv and the user www-data');
?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
require __DIR__ . '/../support/fpm.inc';
$folder = scratch();
mkdir("$folder/shm", 0700);
chmod("$folder/shm", 01777);
$name = 'pools.' . getmypid();
file_put_contents("$folder/page.php", <<<'PHP'
<?php
$default = Native\Shm\Cache::default();
$named = Native\Shm\Segment::open($_SERVER['SEGMENT'], 2 << 20)->cache();
if (isset($_SERVER['STORE'])) {
    $default->store('who', $_SERVER['STORE']);
    $named->store('who', $_SERVER['STORE']);
    apcu_store('who', $_SERVER['STORE']);
}
echo json_encode(['user' => posix_getpwuid(posix_geteuid())['name'], 'default' => $default->fetch('who'), 'named' => $named->fetch('who'), 'apcu' => apcu_fetch('who'),
    'master' => posix_getppid(), 'me' => getmypid()]);
PHP);
$fpm = new Fpm("php_admin_value[apc.shm_size] = 4M\n[other]\nuser = www-data\ngroup = www-data\nlisten.mode = 0666\nlisten = $folder/other.sock\n"
    . "pm = static\npm.max_children = 1\nsecurity.limit_extensions =\nphp_admin_value[apc.shm_size] = 4M\n");
// The second pool's socket: Fpm asks the first.
$other = new class("$folder/other.sock") {
    public function __construct(private string $socket) {}
    public function request(string $script, array $variables): string
    {
        $p = proc_open(guarded(['/usr/bin/cgi-fcgi', '-bind', '-connect', $this->socket]), [['file', '/dev/null', 'r'], ['pipe', 'w'], ['file', '/dev/null', 'a']],
            $pipes, null, $variables + ['SCRIPT_FILENAME' => $script, 'REQUEST_METHOD' => 'GET', 'SCRIPT_NAME' => '/page']);
        $all = stream_get_contents($pipes[1]);
        proc_close($p);
        return preg_replace('/^.*?\r?\n\r?\n/s', '', $all, 1);
    }
};
$ask = fn (object $pool, array $variables = []) => json_decode(@$pool->request("$folder/page.php", $variables + ['SEGMENT' => $name]), true) ?? [];
$show = function (array $answer): array {
    unset($answer['master'], $answer['me']);
    echo json_encode($answer), "\n";
    return $answer;
};
$first = $ask($fpm, ['STORE' => 'first']);
$show($first);
$show($ask($other));
$second = $ask($other, ['STORE' => 'second']);
$show($second);
$show($ask($fpm));
echo "-- commands of the two users\n";
foreach (['nobody', 'www-data', 'daemon'] as $user) {
    echo php("echo json_encode([Native\\Shm\\Cache::default()->fetch('who'), Native\\Shm\\Segment::open('$name', 2 << 20)->cache()->fetch('who')]), \"\\n\";",
        prefix: ['/usr/bin/setpriv', '--reuid', $user, '--clear-groups', '--']);
}
echo "-- after a reload\n";
posix_kill($first['master'], SIGUSR2);
foreach ([[$fpm, $first], [$other, $second]] as [$pool, $old]) {
    do {
        usleep(20000);
        $answer = $ask($pool);
    } while (!$answer || $answer['me'] === $old['me']);
    $show($answer);
}
$fpm->stop();
echo count(glob('/dev/shm/native.*/apcu.' . dechex($first['master']) . '.*')), " files of apcu are left\n";
foreach (['nobody', 'www-data', 'daemon'] as $user) {
    php("Native\\Shm\\Segment::unlink('$name'); Native\\Shm\\Cache::default()->delete('who');", prefix: ['/usr/bin/setpriv', '--reuid', $user, '--clear-groups', '--']);
}
?>
--EXPECT--
{"user":"nobody","default":"first","named":"first","apcu":"first"}
{"user":"www-data","default":null,"named":null,"apcu":false}
{"user":"www-data","default":"second","named":"second","apcu":"second"}
{"user":"nobody","default":"first","named":"first","apcu":"first"}
-- commands of the two users
["first","first"]
["second","second"]
[null,null]
-- after a reload
{"user":"nobody","default":"first","named":"first","apcu":false}
{"user":"www-data","default":"second","named":"second","apcu":false}
0 files of apcu are left
