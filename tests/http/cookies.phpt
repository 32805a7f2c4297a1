--TEST--
Http\CookieJar: kept between requests, sent where they belong, read from and written to files
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, CookieJar, Options};
require __DIR__ . '/server.inc';

$server = new HttpServer(fn (Seen $s) => answer('cookie: ' . $s->field('cookie'), 200, 'Set-Cookie: seen=' . $s->connection . '; Path=/', 'Set-Cookie: deep=1; Path=/a'));
$jar = new CookieJar();
$http = new Client(new Options(cookies: $jar, timeout: 20, proxy: ''));
echo $http->get($server->url('/'))->body, "\n";
echo $http->get($server->url('/a/b'))->body, "\n";
echo count($jar), ' ', $jar->get($server->url('/a')), "\n";
var_dump($jar->set('mine=x; Secure; Path=/', 'http://example.org/'), $jar->set('mine=x; Max-Age=60; Path=/', 'https://example.org/'));
$jar->save($file = scratch() . '/jar');
echo preg_match('/^# Netscape HTTP Cookie File/', file_get_contents($file)), ' ', decoct(fileperms($file) & 0777), "\n";
$jar->clear(sessionOnly: true);
foreach ($jar as $cookie) {
    echo "$cookie[name]=$cookie[value] $cookie[domain] ", var_export($cookie['expires'] > time(), true), "\n";
}
$jar->clear();
echo count($jar), ' ', $jar->load($file), ' ', count($jar), "\n";
try {
    $jar->load('/no/such/file');
} catch (Native\Http\Exception $e) {
    echo $e->getMessage(), "\n";
}
try {
    $jar->get('relative');
} catch (ValueError $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECTF--
cookie: 
cookie: deep=1; seen=1
2 deep=1; seen=1
bool(false)
bool(true)
1 600
mine=x example.org true
0 3 3
Cannot read the cookie file /no/such/file: No such file or directory
Native\Http\CookieJar::get(): Argument #1 ($url) must be an absolute URL: %s
