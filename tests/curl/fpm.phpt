--TEST--
curl_* in php-fpm: memory and descriptors stay what they are over thousands of requests; connections and TLS sessions are kept; one request changes nothing for the next
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/libraries/library.inc';
servers_skip('nginx', 'openssl');
fpm_skip();
?>
--FILE--
<?php
use Native\Http\{Client, Options, Request};
require __DIR__ . '/libraries/library.inc';

$folder = scratch();
file_put_contents("$folder/work.php", <<<'PHP'
<?php
// Something of everything, and some handles that nobody closes.
[$http, $https, $ca, $way] = explode(' ', $_SERVER['HTTP_X_WORK']);
$fail = function (string $what) { throw new Exception("$what\n"); };
set_exception_handler(fn ($e) => print $e->getMessage());
$ch = curl_init("$https/fast?n=1");
curl_setopt_array($ch, [CURLOPT_RETURNTRANSFER => true, CURLOPT_CAINFO => $ca, CURLOPT_HTTPHEADER => ['X-Test: 1'], CURLOPT_COOKIEFILE => '', CURLOPT_PRIVATE => [1, 2],
    CURLOPT_HEADERFUNCTION => function ($ch, $line) use (&$request) { preg_match('/^X-Request: (\d+)/', $line, $m) && $request = (int) $m[1]; return strlen($line); }]);
curl_exec($ch) === '1' || $fail('https: ' . curl_error($ch));
$share = curl_share_init();
curl_share_setopt($share, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
$multi = curl_multi_init();
for ($i = 0; $i < 5; $i++) {
    $one = $many[] = $i ? curl_copy_handle($many[0]) : curl_init("$http/fast?n=7");
    $seen = 0;
    curl_setopt_array($one, [CURLOPT_RETURNTRANSFER => true, CURLOPT_SHARE => $share, CURLOPT_HEADERFUNCTION => function ($ch, $line) use ($one, &$seen) { $seen++; return strlen($line); }]);
    curl_multi_add_handle($multi, $one);
}
do {
    $status = curl_multi_exec($multi, $running);
    $running && curl_multi_select($multi, 1);
} while ($running && $status === CURLM_OK);
foreach ($many as $one) {
    curl_multi_getcontent($one) === '7' || $fail('multi');
}
$post = curl_init("$http/slow");
curl_setopt_array($post, [CURLOPT_POSTFIELDS => ['a' => 'b', 'f' => new CURLStringFile(str_repeat('x', 5000), 'x.txt')], CURLOPT_TIMEOUT_MS => 1000, CURLOPT_RETURNTRANSFER => true]);
curl_exec($post);
switch ($way) {
    case 'exit':
        curl_setopt($ch, CURLOPT_WRITEFUNCTION, fn () => exit('done'));
        curl_exec($ch);
        break;
    case 'throw':
        curl_setopt($ch, CURLOPT_HEADERFUNCTION, fn () => throw new Exception('done'));
        curl_exec($ch);
        break;
    case 'fatal':
        ini_set('display_errors', '0');
        echo 'done';
        curl_setopt($ch, CURLOPT_HEADERFUNCTION, function () { ini_set('memory_limit', '4M'); str_repeat('x', 100 << 20); });
        curl_exec($ch);
        break;
    case 'running':
        curl_multi_add_handle($multi, curl_init("$http/slow"));
        curl_multi_exec($multi, $running);
        echo 'done';
        break;
    case 'tell':
        preg_match('/RssAnon:\s+(\d+)/', file_get_contents('/proc/self/status'), $m);
        echo json_encode([getmypid(), (int) $m[1], count(scandir('/proc/self/fd')), $request > 1, (bool) preg_match('~/libcurl~', file_get_contents('/proc/self/maps'))]);
        break;
    default:
        echo 'done';
}
PHP);
$ca = new TestCa('CA of the site');
$ca->issue('site', ['localhost', '127.0.0.1'], 'site');
$fpm = new Fpm(ini: "native.curl=auto\n");
$nginx = nginx(<<<NGINX
    server {
        listen 127.0.0.1:{port};
        keepalive_requests 1000000;
        location /fast { return 200 "\$arg_n"; }
        location /slow { limit_rate 1k; }
        location /work {
            fastcgi_pass unix:$fpm->socket;
            fastcgi_param SCRIPT_FILENAME {folder}/work.php;
            fastcgi_param REQUEST_METHOD GET;
            fastcgi_param HTTP_X_WORK \$http_x_work;
        }
    }
    server {
        listen 127.0.0.1:{port2} ssl;
        keepalive_requests 1000000;
        ssl_certificate {$ca->file('site.crt')};
        ssl_certificate_key {$ca->file('site.key')};
        location /fast { return 200 "\$arg_n"; }
    }
    NGINX, 2);
file_put_contents("$folder/slow", str_repeat('s', 100000));
chmod($ca->file('ca.crt'), 0644);
chmod($folder, 0755);
$http = new Client(new Options(timeout: 60, proxy: ''));
$work = fn (string $way) => $http->get($nginx->url('/work'), ['X-Work' => implode(' ', [$nginx->url('', 0), $nginx->url('', 1, 'https'), $ca->file('ca.crt'), $way])])->body;
$ways = ['good', 'exit', 'throw', 'running', 'good', 'good'];
$run = function (int $requests) use ($work, $ways): void {
    for ($i = 0; $i < $requests; $i++) {
        $said = $work($way = $ways[$i % count($ways)]);
        if ($said !== 'done') {
            throw new Exception("$way: $said");
        }
    }
};
echo 'fatal: ', $work('fatal'), ', ', $work('good'), "\n";
$run(3000); // the heap takes its form
$work('tell'); // which needs something itself
[$pid, $rss, $descriptors] = json_decode($work('tell'));
$run(10000);
[$pid2, $rss2, $descriptors2, $kept, $libcurl] = json_decode($work('tell'));
echo $pid === $pid2 ? 'one worker' : 'another worker', ', ', $descriptors2 <= $descriptors ? 'no more descriptors' : "$descriptors, then $descriptors2 descriptors", ', ',
    $rss2 - $rss <= 128 ? 'no more memory' : "$rss KiB, then $rss2", "\n";
echo 'connections for https: ', $kept ? 'kept' : 'new ones', ', ', $libcurl ? 'a libcurl' : 'no libcurl', "\n";
?>
--EXPECT--
fatal: done, done
one worker, no more descriptors, no more memory
connections for https: kept, no libcurl
