--TEST--
Preloading: classes that use the module's, and what the preloading script itself left behind - connections, memory - in workers that are forked later
--EXTENSIONS--
native
pcntl
posix
openssl
--SKIPIF--
<?php
require __DIR__ . '/../support/fpm.inc';
fpm_skip();
$opcache = PHP_VERSION_ID >= 80500 ? '' : '-d zend_extension=opcache ';
exec(escapeshellarg(PHP_BINARY) . " -n $opcache-m 2>&1", $modules);
in_array('Zend OPcache', $modules) || die('skip no opcache');
posix_geteuid() === 0 || die('skip needs root, to be two users');
?>
--FILE--
<?php
require __DIR__ . '/../http/server.inc';
require __DIR__ . '/../support/fpm.inc';

$ca = new TestCa('CA of the preloader');
$ca->issue('server', ['127.0.0.1']);
$server = new HttpServer(fn (Seen $s) => answer("connection $s->connection"), $ca);
$folder = scratch();
chmod($folder, 0755);
mkdir("$folder/shm");
chmod("$folder/shm", 01777);
file_put_contents("$folder/settings.php", '<?php const URL = ' . var_export($server->url(), true) . ', CA = ' . var_export($ca->file('ca.crt'), true) . ';');
chmod($ca->file('ca.crt'), 0644);
file_put_contents("$folder/preload.php", <<<'PHP'
<?php
require_once __DIR__ . '/settings.php';

enum Kind: int { case State = 1; const CODE = Native\Mqtt\ReasonCode::Success; }
final class Device
{
    public const VERSION = Native\Mqtt\Version::V5;
    public static ?Native\Http\Client $http = null;

    public function __construct(public readonly string $id, private ?Native\Mqtt\TopicFilter $filter = new Native\Mqtt\TopicFilter('devices/+/state')) {}

    public function has(string $topic): bool
    {
        return $this->filter->matches($topic);
    }

    public static function ask(): string
    {
        self::$http ??= new Native\Http\Client(new Native\Http\Options(caFile: CA, timeout: 30, proxy: ''));
        $response = self::$http->get(URL);
        return ($response->reused ? 'kept ' : 'new ') . $response->body;
    }

    public static function curl(): string
    {
        $ch = curl_init(URL);
        curl_setopt_array($ch, [CURLOPT_RETURNTRANSFER => true, CURLOPT_CAINFO => CA, CURLOPT_PROXY => '', CURLOPT_TIMEOUT => 30]);
        return curl_exec($ch) ?: curl_error($ch);
    }
}
final class NotFound extends Native\Http\Exception {}
file_put_contents(__DIR__ . '/shm/preloaded', json_encode([getmypid(), Device::ask(), Device::curl(), (new Device('a'))->has('devices/a/state'), apcu_store('of the preloader', 1)]));
PHP);
file_put_contents("$folder/page.php", <<<'PHP'
<?php
require_once __DIR__ . '/settings.php';
$device = new Device('a');
echo json_encode([getmypid(), Device::ask(), Device::curl(), $device->has('devices/b/state') && !$device->has('devices'), Device::VERSION->name, Kind::CODE->name,
    is_subclass_of('NotFound', Native\Http\Exception::class, true), count(opcache_get_status()['preload_statistics']['classes'] ?? []), apcu_inc('count')]);
PHP);
array_map(fn ($f) => chmod($f, 0644), glob("$folder/*.php"));
$settings = [...(PHP_VERSION_ID >= 80500 ? [] : ['zend_extension=opcache']), 'opcache.enable=1', 'opcache.enable_cli=1', 'opcache.jit=tracing', 'opcache.jit_buffer_size=16M',
    "opcache.preload=$folder/preload.php", "native.shm_dir=$folder/shm", 'apc.enable_cli=1', 'apc.shm_size=4M'];
function look(string $json, array $preloaded, array &$connections): string
{
    [$pid, $client, $curl, $matches, $version, $code, $subclass, $classes, $count] = json_decode($json, true) ?? die("no answer: $json");
    // A preloader's own process may serve afterwards: then its connections may too. A child of it needs its own.
    $theirs = [substr(strrchr($preloaded[1], ' '), 1), substr(strrchr($preloaded[2], ' '), 1)];
    $own = [substr(strrchr($client, ' '), 1), substr(strrchr($curl, ' '), 1)];
    if (isset($connections[$pid]) && !str_starts_with($client, 'kept ')) {
        return "no connection was kept\n";
    }
    $connections[$pid] = [...$connections[$pid] ?? [], ...$own];
    return ($pid !== $preloaded[0] && array_intersect($own, $theirs) ? "a connection of the preloader's, " : '') . "$version, $code, "
        . ($matches && $subclass ? 'as declared' : 'not as declared') . ', ' . ($classes >= 2 ? 'preloaded' : "$classes classes preloaded") . ", counted $count\n";
}
$preloaded = fn () => json_decode(file_get_contents("$folder/shm/preloaded"), true);
$said = fn () => implode(', ', array_map(fn ($x) => is_string($x) ? preg_replace('/\d+/', 'N', $x) : json_encode($x), array_slice($preloaded(), 1)));

function command(array $settings): void
{
    global $folder, $preloaded, $said;
    $connections = [];
    $arguments = array_merge(...array_map(fn ($s) => ['-d', $s], [...$settings, 'extension=' . getenv('NATIVE_MODULE')]));
    $p = proc_open(guarded([PHP_BINARY, '-n', ...$arguments, "$folder/page.php"]), [['file', '/dev/null', 'r'], ['file', "$folder/out", 'w'], ['file', "$folder/out", 'a']], $pipes);
    $status = proc_close($p);
    $page = file_get_contents("$folder/out");
    echo 'a command, ', json_decode($page)[0] === $preloaded()[0] ? 'preloader in its process: ' : 'preloader elsewhere: ', $said(), '; page: ', look($page, $preloaded(), $connections);
    $status === 0 || print("it ended with $status\n");
    unlink("$folder/shm/preloaded");
}

/** Three workers of one master. */
function workers(array $settings): void
{
    global $folder, $preloaded, $said;
    $connections = $lines = [];
    $fpm = new Fpm("pm.max_children = 3\npm.max_requests = 4\n", ini: implode("\n", $settings) . "\n");
    $master = (int) preg_replace('/.*NOTICE: fpm is running, pid (\d+).*/s', '$1', file_get_contents("$folder/fpm.log"));
    for ($i = 0; $i < 12; $i++) {
        $lines[] = look($fpm->request("$folder/page.php"), $preloaded(), $connections);
    }
    echo 'php-fpm, preloader ', $master === $preloaded()[0] ? 'in the master: ' : 'elsewhere: ', $said(), '; 12 pages by ', count($connections) > 1 ? 'several workers' : 'one worker', ', the last: ', end($lines);
    $all = array_merge(...array_map('array_unique', array_values($connections)));
    echo count($all) === count(array_unique($all)) ? 'no connection served two processes' : 'connections served two processes: ' . json_encode($connections), "\n";
    echo implode('', preg_grep("/^(a connection of the preloader's|no connection was kept)/", $lines));
    $fpm->stop();
    unlink("$folder/shm/preloaded");
    // A worker that takes the place of one whose requests are over may begin when the master has closed its socket already.
    echo implode('', preg_grep('/NOTICE|max_children setting|attributes of listening socket, errno: 9|child failed to initialize/', file("$folder/fpm.log"), PREG_GREP_INVERT));
}

// Root must name another user, and the preloader runs in a process of its own.
command([...$settings, 'opcache.preload_user=nobody']);
workers([...$settings, 'opcache.preload_user=nobody']);
// Others have it in the process that serves, or whose children do.
exec('rm -rf ' . escapeshellarg("$folder/shm") . '/native.*');
unlink("$folder/fpm.log");
copy(getenv('NATIVE_MODULE'), "$folder/native.so"); // its own folder need not be open to all
chmod("$folder/native.so", 0755);
exec('chown -R nobody ' . escapeshellarg($folder));
putenv("NATIVE_MODULE=$folder/native.so");
if (($pid = guarded_fork()) === 0) {
    posix_setgid(posix_getpwnam('nobody')['gid']) && posix_setuid(posix_getpwnam('nobody')['uid']) || exit("no other user\n");
    command($settings);
    workers($settings);
    posix_kill(getmypid(), SIGKILL);
}
pcntl_waitpid($pid, $status);
?>
--EXPECT--
a command, preloader elsewhere: new connection N, connection N, true, true; page: V5, Success, as declared, preloaded, counted 1
php-fpm, preloader elsewhere: new connection N, connection N, true, true; 12 pages by several workers, the last: V5, Success, as declared, preloaded, counted 12
no connection served two processes
a command, preloader in its process: new connection N, connection N, true, true; page: V5, Success, as declared, preloaded, counted 1
php-fpm, preloader in the master: new connection N, connection N, true, true; 12 pages by several workers, the last: V5, Success, as declared, preloaded, counted 12
no connection served two processes
