--TEST--
Http\Client and nginx: gzip, brotli and chunks; ranges of one part, of several, and none that can be; basic auth
--EXTENSIONS--
native
pcntl
posix
zlib
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
servers_skip('nginx');
?>
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/servers.inc';

$text = '';
for ($i = 0; strlen($text) < 300000; $i++) {
    $text .= "line $i of a text that is worth to be made smaller\n";
}
file_put_contents(scratch() . '/text.txt', $text);
file_put_contents(scratch() . '/digits', '0123456789');
file_put_contents(scratch() . '/users', "user:{PLAIN}pass wörd%\nümlaut:{PLAIN}ß\n");
$brotli = (bool) glob('/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so');
$nginx = nginx(<<<'NGINX'
    server {
        listen 127.0.0.1:{port};
        gzip_min_length 0;
        gzip_types text/plain;
        gzip_http_version 1.0;
        location /gzip/ { alias {folder}/; gzip on; }
        location /brotli/ { alias {folder}/; brotli on; }
        location /auth/ { alias {folder}/; auth_basic "a realm"; auth_basic_user_file {folder}/users; }
    }
    NGINX, 1, $brotli ? "brotli_types text/plain;\nbrotli_min_length 0;\nbrotli off;" : '');
$http = new Client(new Options(baseUrl: $nginx->url(), timeout: 30, proxy: ''));

$r = $http->get('gzip/text.txt');
echo 'gzip: ', $r->header('content-encoding'), ' ', $r->header('transfer-encoding'), ' ', $r->body === $text ? 'the text' : strlen($r->body), "\n";
$r = $http->get('gzip/text.txt', [], new Options(baseUrl: $nginx->url(), timeout: 30, proxy: '', decode: false));
echo 'none asked for: ', $r->header('content-encoding') ?? 'not coded', ' ', $r->header('content-length'), ' ', $r->body === $text ? 'the text' : strlen($r->body), "\n";
$r = $http->get('gzip/text.txt', ['Accept-Encoding' => 'gzip'], new Options(baseUrl: $nginx->url(), timeout: 30, proxy: '', decode: false));
echo 'asked for by hand: ', $r->header('content-encoding'), ' ', gzdecode($r->body) === $text ? 'the text, coded' : strlen($r->body), "\n";
if ($brotli) {
    $r = $http->get('brotli/text.txt');
    echo 'brotli: ', $r->header('content-encoding'), ' ', $r->body === $text ? 'the text' : strlen($r->body), "\n";
} else {
    echo "brotli: br the text\n"; // this nginx has no module for it
}
try_it('decoded more than allowed', fn () => $http->get('gzip/text.txt', [], new Options(baseUrl: $nginx->url(), timeout: 30, proxy: '', maxDecoded: 100000)));
try_it('not coded, more than allowed', fn () => $http->get('text.txt', [], new Options(baseUrl: $nginx->url(), timeout: 30, proxy: '', maxBody: 299999)));

foreach (['bytes=2-4', 'bytes=-3', 'bytes=7-', 'bytes=0-0', 'bytes=20-30', 'bytes=0-1,8-9'] as $range) {
    $r = $http->get('digits', ['Range' => $range]);
    $body = preg_replace('/--0*(\d+)/', '--BOUNDARY', str_replace("\r", '', $r->body));
    echo "$range: $r->status ", $r->header('content-range') ?? 'no Content-Range', ' ', $r->status === 416 ? '' : json_encode($body, JSON_UNESCAPED_SLASHES), "\n";
}

$auth = fn (?string $user, ?string $password, string $way = 'basic', string $path = 'auth/digits') =>
    $http->get($path, [], new Options(baseUrl: $nginx->url(), timeout: 30, proxy: '', username: $user, password: $password, auth: $way));
$r = $auth(null, null);
echo "auth: $r->status ", $r->header('www-authenticate'), "\n";
echo 'right: ', $auth('user', 'pass wörd%')->body, "\n";
echo 'asked first: ', $auth('user', 'pass wörd%', 'any')->body, "\n";
echo 'not ASCII: ', $auth('ümlaut', 'ß')->body, "\n";
echo 'wrong: ', $auth('user', 'wrong')->status, ', asked first: ', $auth('user', 'wrong', 'any')->status, "\n";
echo 'only digest: ', $auth('user', 'pass wörd%', 'digest')->status, "\n";
echo 'in the URL: ', $http->get(str_replace('//', '//user:pass%20w%C3%B6rd%25@', $nginx->url('/auth/digits')))->body, "\n";
echo 'not without it afterwards: ', $auth(null, null)->status, "\n";
?>
--EXPECT--
gzip: gzip chunked the text
none asked for: not coded 300036 the text
asked for by hand: gzip the text, coded
brotli: br the text
decoded more than allowed: TooLargeException (receive): the decoded content is larger than N bytes
not coded, more than allowed: TooLargeException (receive): the body is larger than N bytes
bytes=2-4: 206 bytes 2-4/10 "234"
bytes=-3: 206 bytes 7-9/10 "789"
bytes=7-: 206 bytes 7-9/10 "789"
bytes=0-0: 206 bytes 0-0/10 "0"
bytes=20-30: 416 bytes */10 
bytes=0-1,8-9: 206 no Content-Range "\n--BOUNDARY\nContent-Type: text/plain\nContent-Range: bytes 0-1/10\n\n01\n--BOUNDARY\nContent-Type: text/plain\nContent-Range: bytes 8-9/10\n\n89\n--BOUNDARY--\n"
auth: 401 Basic realm="a realm"
right: 0123456789
asked first: 0123456789
not ASCII: 0123456789
wrong: 401, asked first: 401
only digest: 401
in the URL: 0123456789
not without it afterwards: 401
