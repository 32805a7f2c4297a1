--TEST--
php-fpm's workers share a cache, which is empty after a reload, and gone after the end
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
require __DIR__ . '/../shm/support/shm.inc';
require __DIR__ . '/../support/fpm.inc';

$folder = scratch();
file_put_contents("$folder/page.php", <<<'PHP'
<?php
if (isset($_SERVER['HOLD'])) { // until the other worker says so
    apcu_store('holder', getmypid());
    while (!apcu_exists('go')) usleep(1000);
    exit('held');
}
echo json_encode([
    'enabled' => apcu_enabled(), 'holder' => apcu_fetch('holder'), 'me' => getmypid(), 'master' => posix_getppid(),
    'count' => apcu_inc('count'), 'go' => apcu_exists('holder') && apcu_store('go', true),
]);
PHP);
chmod("$folder/page.php", 0644);
$fpm = new Fpm("pm.max_children = 2\nphp_admin_value[apc.shm_size] = 8M\n");

if (guarded_fork() === 0) {
    $fpm->request("$folder/page.php", ['HOLD' => 1]);
    posix_kill(getmypid(), SIGKILL); // php-fpm is the parent's to end
}
do {
    $one = json_decode($fpm->request("$folder/page.php"), true);
} while ($one['holder'] === false);
var_dump($one['enabled'], $one['holder'] !== $one['me'], $one['holder'] > 0);
pcntl_wait($status);

$files = fn () => count(glob('/dev/shm/native.*/apcu.' . dechex($one['master']) . '.*'));
echo "files: ", $files(), "\n";

posix_kill($one['master'], SIGUSR2);
do {
    usleep(20000);
    $two = json_decode(@$fpm->request("$folder/page.php"), true);
} while (!$two || $two['me'] === $one['me'] || $two['me'] === $one['holder']);
var_dump($two['master'] === $one['master'], $two['holder'], $two['count'] < 5);
echo "files: ", $files(), "\n";
$fpm->stop();
echo "files: ", $files(), "\n";
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
files: 1
bool(true)
bool(false)
bool(true)
files: 1
files: 0
