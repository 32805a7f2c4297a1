--TEST--
curl_*: Composer installs twelve packages from a repository over TLS: downloads at once, redirects, a password, a file that is gone, the cache
--EXTENSIONS--
native
pcntl
posix
--INI--
native.curl=auto
--SKIPIF--
<?php
require __DIR__ . '/library.inc';
library_skip('/usr/share/php/Composer/Autoload/ClassLoader.php', 'openssl', 'composer');
if (!is_file(ini_get('extension_dir') . '/phar.so') && !extension_loaded('phar')) {
    die('skip there is no phar');
}
?>
--FILE--
<?php
require __DIR__ . '/library.inc';

$folder = scratch();
$ca = new TestCa('CA of packages');
$ca->issue('packages', ['localhost', '127.0.0.1'], 'packages');
file_put_contents("$folder/password", 'u:' . crypt('p', '$1$salt') . "\n");
$nginx = nginx(<<<NGINX
    server {
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {$ca->file('packages.crt')};
        ssl_certificate_key {$ca->file('packages.key')};
        access_log {folder}/agents agents;
        location / { auth_basic "packages"; auth_basic_user_file {folder}/password; }
        location /moved/ { rewrite ^/moved/(.*) https://localhost:{port2}/files/\$1 redirect; }
    }
    server {
        listen 127.0.0.1:{port2} ssl;
        ssl_certificate {$ca->file('packages.crt')};
        ssl_certificate_key {$ca->file('packages.key')};
        access_log {folder}/agents agents;
        location /files/ { }
    }
    NGINX, 2, 'log_format agents "$status $uri $http_user_agent";');

// Packages: tar files with a composer.json and one class each, and the metadata of a Composer 2 repository.
$packages = [];
mkdir("$folder/files");
mkdir("$folder/p2/made", recursive: true);
for ($i = 1; $i <= 12; $i++) {
    mkdir("$folder/package");
    file_put_contents("$folder/package/Class$i.php", "<?php\nnamespace Made;\nclass Class$i { const TEXT = '" . str_repeat(chr(96 + $i), 10000 * $i) . "'; }\n");
    exec('tar -C ' . escapeshellarg($folder) . ' -czf ' . escapeshellarg("$folder/files/p$i.tar.gz") . ' package && rm -r ' . escapeshellarg("$folder/package"));
    $package = ['name' => "made/p$i", 'version' => '1.0.0', 'version_normalized' => '1.0.0.0', 'autoload' => ['psr-4' => ['Made\\' => '']],
        'dist' => ['type' => 'tar', 'url' => $nginx->url("/moved/p$i.tar.gz", 0, 'https', 'localhost'), 'shasum' => sha1_file("$folder/files/p$i.tar.gz")]];
    file_put_contents("$folder/p2/made/p$i.json", json_encode(['packages' => ["made/p$i" => [$package]], 'minified' => 'composer/2.0']));
    $packages["made/p$i"] = '^1.0';
}
file_put_contents("$folder/packages.json", json_encode(['packages' => [], 'metadata-url' => '/p2/%package%.json', 'available-package-patterns' => ['made/*']]));
mkdir("$folder/project");
file_put_contents("$folder/project/composer.json", json_encode(['name' => 'my/project', 'require' => $packages,
    'repositories' => [['packagist.org' => false], ['type' => 'composer', 'url' => $nginx->url('', 0, 'https', 'localhost')]],
    'config' => ['cafile' => $ca->file('ca.crt'), 'http-basic' => ['localhost:' . $nginx->port() => ['username' => 'u', 'password' => 'p']]]]));

function composer(string ...$arguments): void
{
    global $folder;
    $extensions = [];
    foreach (['phar', 'ctype', 'iconv', 'tokenizer', 'mbstring', 'posix'] as $name) {
        if (is_file(ini_get('extension_dir') . "/$name.so")) {
            array_push($extensions, '-d', "extension=$name");
        }
    }
    $p = proc_open(guarded([PHP_BINARY, '-n', ...$extensions, '-d', 'extension=' . getenv('NATIVE_MODULE'), '-d', 'native.curl=auto', '-d', 'error_reporting=8191',
        '-d', 'memory_limit=-1', '/usr/bin/composer', '--no-interaction', '--no-ansi', '--no-plugins', '-vvv', ...$arguments]),
        [['file', '/dev/null', 'r'], ['file', "$folder/composer.log", 'w'], ['file', "$folder/composer.log", 'a']], $pipes, "$folder/project",
        ['HOME' => $folder, 'COMPOSER_HOME' => "$folder/home", 'COMPOSER_ALLOW_SUPERUSER' => '1', 'PATH' => getenv('PATH'), 'TMPDIR' => $folder, 'COMPOSER_NO_AUDIT' => '1']);
    $status = proc_close($p);
    $said = file_get_contents("$folder/composer.log");
    echo "composer $arguments[0]: ", $status === 0 ? 'done' : (str_contains($said, '[404]') ? 'failed' : "status $status\n$said"), "\n";
}

composer('update');
$loaded = require "$folder/project/vendor/autoload.php";
echo count(array_filter(range(1, 12), fn ($i) => class_exists("Made\\Class$i") && strlen(constant("Made\\Class$i::TEXT")) === 10000 * $i)), " classes\n";
$log = file("$folder/agents", FILE_IGNORE_NEW_LINES);
$agents = array_unique(preg_replace('/.*cURL ([\d.]+).*/', '$1', array_map(fn ($line) => explode(' ', $line, 3)[2], $log)));
echo 'agents: ', implode(', ', $agents) === curl_version()['version'] ? 'ours' : implode(', ', $agents), "\n";
echo 'files: ', count(preg_grep('~^200 /files/p\d+\.tar\.gz~', $log)), ', moved: ', count(preg_grep('~^302 /moved/~', $log)), ', metadata: ', count(preg_grep('~^200 /p2/~', $log)), "\n";

echo "-- from the cache, with what is gone\n";
exec('rm -rf ' . escapeshellarg("$folder/project/vendor"));
file_put_contents("$folder/agents", '');
composer('install');
$log = file("$folder/agents", FILE_IGNORE_NEW_LINES);
echo 'files: ', count(preg_grep('~/files/~', $log)), "\n";
exec('rm -rf ' . escapeshellarg("$folder/project/vendor") . ' ' . escapeshellarg("$folder/home/cache"));
unlink("$folder/files/p7.tar.gz");
composer('install');
echo 'gone: ', preg_match('~^\[404\] https://localhost:\d+/files/p7\.tar\.gz~m', file_get_contents("$folder/composer.log")) ? 'told' : 'not told', "\n";
whose_curl();
?>
--EXPECT--
composer update: done
12 classes
agents: ours
files: 12, moved: 12, metadata: 12
-- from the cache, with what is gone
composer install: done
files: 0
composer install: failed
gone: told
curl: there, no libcurl is mapped
