--TEST--
curl_*: Symfony's CurlHttpClient through nginx: requests, 50 at once, streaming, upload, redirects, cookies, proxy, timeouts, TLS
--EXTENSIONS--
native
pcntl
posix
--INI--
native.curl=auto
--SKIPIF--
<?php
require __DIR__ . '/library.inc';
library_skip('/usr/share/php/Symfony/Component/HttpClient/autoload.php', 'squid', 'openssl');
?>
--FILE--
<?php
use Symfony\Component\HttpClient\{CurlHttpClient, HttpClient};
use Symfony\Contracts\HttpClient\Exception\ExceptionInterface;
use Symfony\Contracts\HttpClient\ResponseInterface;
require __DIR__ . '/library.inc';
require '/usr/share/php/Symfony/Component/HttpClient/autoload.php';

error_reporting(E_ALL & ~E_DEPRECATED); // the library's business
[$nginx, $fpm, $ca] = site();
$http = HttpClient::create(['base_uri' => $nginx->url(), 'timeout' => 30, 'no_proxy' => '']);
echo $http::class, "\n";
$say = function (string $what, callable $call) {
    try {
        $r = $call();
        $r = $r instanceof ResponseInterface ? $r->getStatusCode() . ' ' . $r->getContent() : (is_string($r) ? $r : json_encode($r, JSON_UNESCAPED_SLASHES));
        echo "$what: $r\n";
    } catch (ExceptionInterface $e) {
        echo "$what: ", $e::class, ': ', plain(strtok($e->getMessage(), "\n")), "\n";
    }
};
echo "-- one at a time\n";
$say('get', fn () => $http->request('GET', 'echo?a=b', ['headers' => ['X-Test' => 'one'], 'query' => ['c' => 'd e']]));
$say('form', fn () => $http->request('POST', 'echo', ['body' => ['a' => 'b c', 'd' => ['e' => 'f']]]));
$say('json', fn () => $http->request('PUT', 'echo', ['json' => ['a' => [1, 2]]]));
$say('patch', fn () => $http->request('PATCH', 'echo', ['body' => 'raw', 'headers' => ['Content-Type' => 'text/plain']]));
$say('options', fn () => $http->request('OPTIONS', 'echo'));
$say('head', fn () => $http->request('HEAD', 'bytes/1000')->getHeaders()['content-length']);
$say('basic', fn () => $http->request('GET', 'private', ['auth_basic' => 'u:p'])->getStatusCode());
$say('basic, wrong', fn () => $http->request('GET', 'private', ['auth_basic' => ['u', 'no']]));
$say('bearer', fn () => $http->request('GET', 'echo', ['auth_bearer' => 'token'])->getStatusCode());
$say('gzip', fn () => $http->request('GET', 'gzip'));
$say('not found', fn () => $http->request('GET', 'status/404'));
$say('not found, no errors', fn () => $http->request('GET', 'status/404')->getContent(false));
$say('no content', fn () => $http->request('GET', 'status/204')->getStatusCode());
echo "-- redirects, cookies, infos\n";
$say('redirects', function () use ($http) {
    $r = $http->request('GET', 'redirect/3');
    return [$r->getStatusCode(), plain($r->getInfo('url')), $r->getInfo('redirect_count')];
});
$say('too many', fn () => $http->request('GET', 'redirect/9', ['max_redirects' => 3]));
$say('none', function () use ($http) {
    $r = $http->request('GET', 'redirect/9', ['max_redirects' => 0]);
    return [$r->getStatusCode(), plain($r->getInfo('redirect_url'))];
});
$say('cookie', fn () => $http->request('GET', 'echo', ['headers' => ['Cookie' => 'a=1; b=2']]));
$say('infos', function () use ($http) {
    $r = $http->request('GET', 'fast?n=1', ['user_data' => 'mine']);
    $r->getContent();
    $infos = $r->getInfo();
    return [$infos['http_code'], $infos['http_method'], $infos['user_data'], $infos['primary_ip'], $infos['size_download'], $infos['total_time'] > 0, str_contains($infos['debug'], '> GET /fast?n=1 HTTP/1.1'), count($infos['response_headers']) > 3];
});
echo "-- streams\n";
$large = str_repeat(random_bytes(1000), 3000);
file_put_contents(scratch() . '/large', $large);
$say('stream', function () use ($http) {
    $hash = hash_init('md5');
    $pieces = $first = $last = 0;
    foreach ($http->stream($http->request('GET', 'bytes/3000000', ['buffer' => false])) as $chunk) {
        $first += $chunk->isFirst();
        $last += $chunk->isLast();
        $pieces++;
        hash_update($hash, $chunk->getContent());
    }
    return [$first, $last, $pieces > 3, hash_final($hash) === md5(str_repeat('0123456789abcdef', 187500))];
});
$say('as a stream of PHP', fn () => md5(stream_get_contents($http->request('GET', 'bytes/3000000')->toStream())) === md5(str_repeat('0123456789abcdef', 187500)));
$say('progress', function () use ($http) {
    $most = 0;
    $http->request('GET', 'bytes/500000', ['on_progress' => function ($now, $total, $info) use (&$most) { $most = max($most, $now); }])->getContent();
    return $most;
});
$say('progress throws', fn () => $http->request('GET', 'bytes/500000', ['on_progress' => fn ($now) => $now > 0 ? throw new DomainException('enough') : null]));
$say('upload of a file', fn () => $http->request('PUT', 'echo', ['body' => fopen(scratch() . '/large', 'r')])->toArray()['body'] === '3000000 bytes ' . md5($large));
$say('upload of a generator', fn () => $http->request('POST', 'echo', ['headers' => ['Content-Type: a/b'], 'body' => (function () use ($large) { yield from str_split($large, 12345); })()])->toArray()['body'] === '3000000 bytes ' . md5($large));
$say('upload of a closure', fn () => $http->request('POST', 'echo', ['headers' => ['Content-Length: 3000000', 'Content-Type: a/b'], 'body' => function (int $n) use ($large) { static $at = 0; $piece = substr($large, $at, $n); $at += strlen($piece); return $piece; }])->toArray()['body'] === '3000000 bytes ' . md5($large));
echo "-- many\n";
$say('50 at once', function () use ($http) {
    $responses = [];
    for ($i = 0; $i < 50; $i++) {
        $responses[] = $http->request('GET', "fast?n=$i", ['user_data' => $i]);
    }
    $good = 0;
    foreach ($http->stream($responses) as $response => $chunk) {
        if ($chunk->isLast()) {
            $good += $response->getContent() === (string) $response->getInfo('user_data');
        }
    }
    return $good;
});
$say('some fail', function () use ($http, $nginx) {
    $got = [];
    $responses = [$http->request('GET', 'fast?n=1', ['user_data' => 'good']), $http->request('GET', 'http://127.0.0.1:1/', ['user_data' => 'nobody']), $http->request('GET', 'status/500', ['user_data' => '500'])];
    foreach ($http->stream($responses) as $response => $chunk) {
        try {
            if ($chunk->isFirst()) {
                $got[$response->getInfo('user_data')] = $response->getStatusCode();
            }
        } catch (ExceptionInterface $e) {
            $got[$response->getInfo('user_data')] = strrchr($e::class, '\\');
        }
    }
    ksort($got);
    return $got;
});
$say('cancelled', function () use ($http) {
    $r = $http->request('GET', 'slow');
    $r->getStatusCode();
    $r->cancel();
    return [$r->getInfo('canceled'), $r->getInfo('error')];
});
$say('silent for a while', function () use ($http) {
    $r = $http->request('GET', 'slow');
    foreach ($http->stream($r, 0.1) as $chunk) {
        if ($chunk->isTimeout()) {
            return 'told';
        }
    }
});
echo "-- proxy\n";
$squid = squid();
$say('proxy', fn () => str_contains($http->request('GET', 'echo', ['proxy' => $squid->url('')])->getHeaders()['via'][0], 'squid'));
$say('proxy and TLS', fn () => $http->request('GET', $nginx->url('/fast?n=3', 1, 'https', 'localhost'), ['proxy' => $squid->url(''), 'cafile' => $ca->file('ca.crt')]));
$say('no proxy', fn () => $http->request('GET', 'echo', ['proxy' => 'http://127.0.0.1:1', 'no_proxy' => '127.0.0.1'])->getStatusCode());
$say('proxy away', fn () => $http->request('GET', 'echo', ['proxy' => 'http://127.0.0.1:1']));
echo "-- TLS, time\n";
$say('verified', fn () => $http->request('GET', $nginx->url('/fast?n=4', 1, 'https'), ['cafile' => $ca->file('ca.crt')]));
$say('not verified', fn () => $http->request('GET', $nginx->url('/fast?n=5', 1, 'https'), ['verify_peer' => false, 'verify_host' => false]));
$say('unknown CA', fn () => (function () use ($http, $nginx) { try { $http->request('GET', $nginx->url('/fast', 1, 'https'))->getContent(); } catch (ExceptionInterface $e) { return strrchr($e::class, '\\'); } })());
$say('resolved', fn () => $http->request('GET', $nginx->url('/fast?n=6', 0, 'http', 'some.test'), ['resolve' => ['some.test' => '127.0.0.1']]));
$say('time of silence', fn () => (function () use ($http) { try { $http->request('GET', 'slow', ['timeout' => 0.2])->getContent(); } catch (ExceptionInterface $e) { return strrchr($e::class, '\\'); } })());
$say('time in all', fn () => $http->request('GET', 'slow', ['max_duration' => 0.3]));
$say('nobody there', fn () => $http->request('GET', 'http://127.0.0.1:1/'));
$say('no such name', fn () => $http->request('GET', 'http://name.invalid/'));
whose_curl();
?>
--EXPECT--
Symfony\Component\HttpClient\CurlHttpClient
-- one at a time
get: 200 {"method":"GET","uri":"/echo?a=b&c=d%20e","fields":{"HTTP_X_TEST":"one"}}
form: 200 {"method":"POST","uri":"/echo","fields":{"CONTENT_TYPE":"application/x-www-form-urlencoded","CONTENT_LENGTH":"16"},"post":{"a":"b c","d":{"e":"f"}},"body":"a=b+c&d%5Be%5D=f"}
json: 200 {"method":"PUT","uri":"/echo","fields":{"CONTENT_TYPE":"application/json","CONTENT_LENGTH":"11"},"body":"{\"a\":[1,2]}"}
patch: 200 {"method":"PATCH","uri":"/echo","fields":{"CONTENT_TYPE":"text/plain","CONTENT_LENGTH":"3"},"body":"raw"}
options: 200 {"method":"OPTIONS","uri":"/echo"}
head: ["1000"]
basic: 200
basic, wrong: Symfony\Component\HttpClient\Exception\ClientException: HTTP/1.1 401 Unauthorized returned for "http://HOST/private".
bearer: 200
gzip: 200 {"method":"GET","uri":"/gzip"}
not found: Symfony\Component\HttpClient\Exception\ClientException: HTTP/1.1 404 Not Found returned for "http://HOST/status/404".
not found, no errors: status 404
no content: 204
-- redirects, cookies, infos
redirects: [200,"http://HOST/echo?redirected",3]
too many: Symfony\Component\HttpClient\Exception\RedirectionException: HTTP/1.1 302 Found returned for "http://HOST/redirect/6".
none: [302,"http://HOST/redirect/8"]
cookie: 200 {"method":"GET","uri":"/echo","cookie":{"a":"1","b":"2"}}
infos: [200,"GET","mine","127.0.0.1",1,true,true,true]
-- streams
stream: [1,1,true,true]
as a stream of PHP: true
progress: 500000
progress throws: Symfony\Component\HttpClient\Exception\TransportException: enough
upload of a file: true
upload of a generator: true
upload of a closure: true
-- many
50 at once: 50
some fail: {"500":500,"good":200,"nobody":"\\TransportException"}
cancelled: [true,"Response has been canceled."]
silent for a while: told
-- proxy
proxy: true
proxy and TLS: 200 3
no proxy: 200
proxy away: Symfony\Component\HttpClient\Exception\TransportException: Failed to connect to 127.0.0.1 port 1 after N ms: Couldn't connect to server for "http://HOST/echo".
-- TLS, time
verified: 200 4
not verified: 200 5
unknown CA: \TransportException
resolved: 200 6
time of silence: \TimeoutException
time in all: Symfony\Component\HttpClient\Exception\TransportException: Operation timed out after N milliseconds with N out of N bytes received for "http://HOST/slow".
nobody there: Symfony\Component\HttpClient\Exception\TransportException: Failed to connect to 127.0.0.1 port 1 after N ms: Couldn't connect to server for "http://HOST/".
no such name: Symfony\Component\HttpClient\Exception\TransportException: Could not resolve host: name.invalid for "http://name.invalid/".
curl: there, no libcurl is mapped
