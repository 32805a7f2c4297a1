--TEST--
Http\Client: international host names go out as the DNS has them, the URL is shown as it was; no cookie is for a public suffix
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
foreach (['libidn2.so.0', 'libpsl.so.5'] as $library) {
    if (!glob("/{usr/lib,lib,usr/local/lib}/{*-linux-gnu*/,}$library", GLOB_BRACE)) {
        die("skip there is no $library");
    }
}
?>
--FILE--
<?php
use Native\Http\{Client, CookieJar, Options};
require __DIR__ . '/server.inc';

$server = new HttpServer(function (Seen $s) {
    $fields = match (true) {
        str_contains($s->line, '/moved') => ['Location: http://bücher.example:' . substr(strrchr($s->field('host'), ':'), 1) . '/to'],
        str_contains($s->line, '/cookie') => ['Set-Cookie: all=1; Domain=co.uk', 'Set-Cookie: own=1; Domain=shop.co.uk', 'Set-Cookie: this=1'],
        default => [],
    };
    return answer("{$s->line} at {$s->field('host')}, cookie {$s->field('cookie')}, {$s->field('authorization')}", $fields ? (str_contains($s->line, '/moved') ? 302 : 200) : 200, ...$fields);
});
$names = ['xn--bcher-kva.example', 'xn--fa-hia.example', 'a.b.example', 'shop.co.uk', 'www.shop.co.uk', 'other.co.uk'];
$resolve = array_fill_keys(array_map(fn ($n) => "$n:$server->port", $names), '127.0.0.1');
$http = new Client(new Options(timeout: 60, proxy: '', resolve: $resolve, cookies: new CookieJar()));
$plain = fn (string $text) => str_replace(":$server->port", ':PORT', $text);
foreach (['http://bücher.example', 'http://me:pw@BÜCHER.example', 'http://faß.example', 'http://a。b.example', 'http://b%C3%BCcher.example', 'http://bücher.example'] as $i => $url) {
    $r = $http->get("$url:$server->port/" . ($i ? 'ü' : 'moved'));
    echo $plain("$r->url: $r->body"), "\n";
}
$r = $http->get("http://me:pw@bücher.example:$server->port/moved");
echo $plain($r->body), "\n";
foreach (["http://b\xfccher.example/", 'http://-ü.example/', 'http://me:pw@-ü.example/', 'http://me:pw@127.0.0.1:1/?a@b'] as $url) {
    try {
        $http->get($url);
    } catch (Native\Http\Exception $e) {
        echo $e::class, ': ', preg_match('/URL/', $e->getMessage()) ? $e->getMessage() : '', ', ', json_encode($e->url, JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES), "\n";
    }
}
echo "-- cookies\n";
$http->get("http://shop.co.uk:$server->port/cookie");
foreach (['shop.co.uk', 'www.shop.co.uk', 'other.co.uk'] as $host) {
    echo $plain($http->get("http://$host:$server->port/")->body), "\n";
}
ob_start();
phpinfo(INFO_MODULES);
echo preg_match('/^International names => \d+\.\d.*\nPublic suffixes => \d+\.\d/m', ob_get_clean()) ? "phpinfo() names both\n" : "phpinfo() does not name them\n";
?>
--EXPECT--
http://bücher.example:PORT/to: GET /to HTTP/1.1 at xn--bcher-kva.example:PORT, cookie , 
http://BÜCHER.example:PORT/%C3%BC: GET /%C3%BC HTTP/1.1 at xn--bcher-kva.example:PORT, cookie , Basic bWU6cHc=
http://faß.example:PORT/%C3%BC: GET /%C3%BC HTTP/1.1 at xn--fa-hia.example:PORT, cookie , 
http://a。b.example:PORT/%C3%BC: GET /%C3%BC HTTP/1.1 at a.b.example:PORT, cookie , 
http://bücher.example:PORT/%C3%BC: GET /%C3%BC HTTP/1.1 at xn--bcher-kva.example:PORT, cookie , 
http://bücher.example:PORT/%C3%BC: GET /%C3%BC HTTP/1.1 at xn--bcher-kva.example:PORT, cookie , 
GET /to HTTP/1.1 at xn--bcher-kva.example:PORT, cookie , 
Native\Http\UrlException: the URL: a URL whose host is no international name that can be, "http://b\ufffdcher.example/"
Native\Http\UrlException: the URL: a URL whose host is no international name that can be, "http://-\u00fc.example/"
Native\Http\UrlException: the URL: a URL whose host is no international name that can be, "http://-\u00fc.example/"
Native\Http\ConnectException: , "http://127.0.0.1:1/?a@b"
-- cookies
GET / HTTP/1.1 at shop.co.uk:PORT, cookie own=1; this=1, 
GET / HTTP/1.1 at www.shop.co.uk:PORT, cookie own=1, 
GET / HTTP/1.1 at other.co.uk:PORT, cookie , 
phpinfo() names both
