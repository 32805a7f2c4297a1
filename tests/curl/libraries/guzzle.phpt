--TEST--
curl_*: Guzzle's requests through nginx: sync, a pool of 50, streaming, upload, redirects, cookies, proxy, timeouts, TLS
--EXTENSIONS--
native
pcntl
posix
--INI--
native.curl=auto
--SKIPIF--
<?php
require __DIR__ . '/library.inc';
library_skip('/usr/share/php/GuzzleHttp/autoload.php', 'squid', 'openssl');
?>
--FILE--
<?php
use GuzzleHttp\{Client, Cookie\CookieJar, Exception\GuzzleException, Pool, Promise, Psr7, Psr7\Request, RequestOptions, TransferStats};
use Psr\Http\Message\ResponseInterface;
require __DIR__ . '/library.inc';
require '/usr/share/php/GuzzleHttp/autoload.php';

error_reporting(E_ALL & ~E_DEPRECATED); // the library's business
[$nginx, $fpm, $ca] = site();
$base = ['base_uri' => $nginx->url(), 'timeout' => 30, 'handler' => GuzzleHttp\HandlerStack::create(new GuzzleHttp\Handler\CurlMultiHandler())];
$http = new Client($base);
$say = function (string $what, callable $call) {
    try {
        $r = $call();
        $r = $r instanceof ResponseInterface ? $r->getStatusCode() . ' ' . $r->getBody() : (is_string($r) ? $r : json_encode($r, JSON_UNESCAPED_SLASHES));
        echo "$what: $r\n";
    } catch (GuzzleException $e) {
        // Guzzle 8 has a class of its own for what ends while a response comes, and shows the body behind "response:".
        echo "$what: ", str_replace('\ResponseException', '\RequestException', $e::class), ': ', plain(preg_replace('/(response:).*|\n.*/s', '$1', $e->getMessage())), "\n";
    }
};
echo "-- one at a time\n";
foreach ([$http, new Client(['handler' => GuzzleHttp\HandlerStack::create(new GuzzleHttp\Handler\CurlHandler())] + $base)] as $client) {
    $say('get', fn () => $client->get('echo?a=b', ['headers' => ['X-Test' => 'one'], 'query' => ['c' => 'd e']]));
    $say('form', fn () => $client->post('echo', ['form_params' => ['a' => 'b c', 'd' => ['e' => 'f']]]));
    $say('json', fn () => $client->put('echo', ['json' => ['a' => [1, 2]]]));
    $say('options', fn () => $client->request('OPTIONS', 'echo'));
    $say('head', fn () => $client->head('bytes/1000')->getHeaderLine('Content-Length'));
    $say('basic', fn () => $client->get('private', ['auth' => ['u', 'p']])->getStatusCode());
    $say('basic, wrong', fn () => $client->get('private', ['auth' => ['u', 'no']]));
    $say('digest', fn () => $client->get('echo', ['auth' => ['u', 'p', 'digest']])->getStatusCode());
    $say('gzip', fn () => $client->get('gzip', ['headers' => ['Accept-Encoding' => 'gzip']]));
    $say('raw', fn () => bin2hex(substr($client->get('gzip', ['headers' => ['Accept-Encoding' => 'gzip'], 'decode_content' => false])->getBody(), 0, 2)));
    $say('not found', fn () => $client->get('status/404'));
    $say('not found, no errors', fn () => $client->get('status/404', ['http_errors' => false]));
    $say('no content', fn () => $client->get('status/204')->getStatusCode());
}
echo "-- redirects, cookies\n";
$say('redirects', fn () => $http->get('redirect/3', ['allow_redirects' => ['track_redirects' => true, 'referer' => true]])->getHeader('X-Guzzle-Redirect-History') === [$nginx->url('/redirect/2'), $nginx->url('/redirect/1'), $nginx->url('/echo?redirected')]);
$say('too many', fn () => $http->get('redirect/9', ['allow_redirects' => ['max' => 3]]));
$say('none', fn () => $http->get('redirect/9', ['allow_redirects' => false])->getHeaderLine('Location'));
$jar = new CookieJar();
$http->get('cookie/a/1', ['cookies' => $jar]);
$http->get('cookie/b/2', ['cookies' => $jar]);
$say('cookies', fn () => $http->get('echo', ['cookies' => $jar]));
echo "-- streams\n";
$large = str_repeat(random_bytes(1000), 3000);
file_put_contents(scratch() . '/large', $large);
$say('sink', function () use ($http) {
    $http->get('bytes/3000000', ['sink' => scratch() . '/sunk']);
    return [filesize(scratch() . '/sunk'), md5_file(scratch() . '/sunk') === md5(str_repeat('0123456789abcdef', 187500))];
});
$say('on_headers, progress', function () use ($http) {
    $seen = [];
    $most = 0;
    $r = $http->get('bytes/500000', ['on_headers' => function ($r) use (&$seen) { $seen[] = $r->getHeaderLine('Content-Length'); },
        'progress' => function ($total, $now) use (&$most) { $most = max($most, $now); }, 'on_stats' => function (TransferStats $s) use (&$seen) { $seen[] = $s->getHandlerStat('http_code'); $seen[] = $s->hasResponse(); }]);
    return [$seen, $most, strlen($r->getBody())];
});
$say('on_headers throws', fn () => $http->get('bytes/500000', ['on_headers' => fn () => throw new DomainException('too large')]));
$say('upload of a file', fn () => json_decode($http->put('echo', ['body' => fopen(scratch() . '/large', 'r')])->getBody(), true)['body'] === '3000000 bytes ' . md5($large));
$say('upload in chunks', function () use ($http, $large) {
    $body = new Psr7\PumpStream(function ($n) use ($large) { static $at = 0; $piece = substr($large, $at, $n); $at += strlen($piece); return $piece === '' ? false : $piece; });
    $got = json_decode($http->post('echo', ['body' => $body])->getBody(), true);
    return [$got['body'] === '3000000 bytes ' . md5($large)];
});
$say('multipart', function () use ($http, $large) {
    $got = json_decode($http->post('echo', ['multipart' => [['name' => 'a', 'contents' => 'b'], ['name' => 'file', 'contents' => fopen(scratch() . '/large', 'r'), 'filename' => 'l.bin', 'headers' => ['Content-Type' => 'x/y']]]])->getBody(), true);
    return [$got['post'], array_slice($got['files']['file'], 0, 3), $got['files']['file'][3] === md5($large)];
});
echo "-- many\n";
$say('a pool of 50', function () use ($http) {
    $got = $failed = [];
    (new Pool($http, (function () { for ($i = 0; $i < 500; $i++) yield new Request('GET', "fast?n=$i"); })(), ['concurrency' => 50,
        'fulfilled' => function ($r, $i) use (&$got) { $got[$i] = (string) $r->getBody() === (string) $i; }, 'rejected' => function ($e) use (&$failed) { $failed[] = $e->getMessage(); }]))->promise()->wait();
    return [count($got), count(array_filter($got)), $failed];
});
$say('promises', function () use ($http) {
    $all = Promise\Utils::settle(['a' => $http->getAsync('echo?a'), 'b' => $http->getAsync('status/500'), 'c' => $http->getAsync('http://127.0.0.1:1/')])->wait();
    return array_map(fn ($one) => $one['state'] === 'fulfilled' ? $one['value']->getStatusCode() : $one['reason']::class, $all);
});
$say('cancelled', function () use ($http) {
    $p = $http->getAsync('slow');
    $q = $http->getAsync('fast?n=7');
    $p->cancel();
    return [(string) $q->wait()->getBody(), $p->getState()];
});
$say('delayed', function () use ($http) {
    $begin = microtime(true);
    $http->get('fast?n=1', ['delay' => 200]);
    return microtime(true) - $begin >= 0.2;
});
echo "-- proxy\n";
$squid = squid();
$say('proxy', fn () => str_contains($http->get('echo', ['proxy' => $squid->url('')])->getHeaderLine('Via'), 'squid'));
$say('proxy and TLS', fn () => $http->get($nginx->url('/fast?n=3', 1, 'https', 'localhost'), ['proxy' => ['https' => $squid->url('')], 'verify' => $ca->file('ca.crt')]));
$say('no proxy', fn () => $http->get('echo', ['proxy' => ['http' => 'http://127.0.0.1:1', 'no' => ['127.0.0.1']]])->getStatusCode());
$say('proxy away', fn () => $http->get('echo', ['proxy' => 'http://127.0.0.1:1']));
echo "-- TLS, time\n";
$say('verified', fn () => $http->get($nginx->url('/fast?n=4', 1, 'https'), ['verify' => $ca->file('ca.crt')]));
$say('not verified', fn () => $http->get($nginx->url('/fast?n=5', 1, 'https'), ['verify' => false]));
foreach (['unknown CA' => fn () => $http->get($nginx->url('/fast', 1, 'https')), 'timeout' => fn () => $http->get('slow', ['timeout' => 0.3])] as $what => $call) {
    try {
        $call();
    } catch (GuzzleException $e) { // of which class is another matter in Guzzle 8
        echo "$what: ", plain($e->getMessage()), "\n";
    }
}
$say('nobody there', fn () => $http->get('http://127.0.0.1:1/'));
$say('no such name', fn () => preg_match('/cURL error 6/', (function () use ($http) { try { $http->get('http://name.invalid/'); } catch (GuzzleException $e) { return $e->getMessage(); } })()));
whose_curl();
?>
--EXPECT--
-- one at a time
get: 200 {"method":"GET","uri":"/echo?c=d%20e","fields":{"HTTP_X_TEST":"one"}}
form: 200 {"method":"POST","uri":"/echo","fields":{"CONTENT_TYPE":"application/x-www-form-urlencoded","CONTENT_LENGTH":"16"},"post":{"a":"b c","d":{"e":"f"}},"body":"a=b+c&d%5Be%5D=f"}
json: 200 {"method":"PUT","uri":"/echo","fields":{"CONTENT_TYPE":"application/json","CONTENT_LENGTH":"11"},"body":"{\"a\":[1,2]}"}
options: 200 {"method":"OPTIONS","uri":"/echo"}
head: 1000
basic: 200
basic, wrong: GuzzleHttp\Exception\ClientException: Client error: `GET http://HOST/private` resulted in a `401 Unauthorized` response:
digest: 200
gzip: 200 {"method":"GET","uri":"/gzip"}
raw: 1f8b
not found: GuzzleHttp\Exception\ClientException: Client error: `GET http://HOST/status/404` resulted in a `404 Not Found` response:
not found, no errors: 404 status 404
no content: 204
get: 200 {"method":"GET","uri":"/echo?c=d%20e","fields":{"HTTP_X_TEST":"one"}}
form: 200 {"method":"POST","uri":"/echo","fields":{"CONTENT_TYPE":"application/x-www-form-urlencoded","CONTENT_LENGTH":"16"},"post":{"a":"b c","d":{"e":"f"}},"body":"a=b+c&d%5Be%5D=f"}
json: 200 {"method":"PUT","uri":"/echo","fields":{"CONTENT_TYPE":"application/json","CONTENT_LENGTH":"11"},"body":"{\"a\":[1,2]}"}
options: 200 {"method":"OPTIONS","uri":"/echo"}
head: 1000
basic: 200
basic, wrong: GuzzleHttp\Exception\ClientException: Client error: `GET http://HOST/private` resulted in a `401 Unauthorized` response:
digest: 200
gzip: 200 {"method":"GET","uri":"/gzip"}
raw: 1f8b
not found: GuzzleHttp\Exception\ClientException: Client error: `GET http://HOST/status/404` resulted in a `404 Not Found` response:
not found, no errors: 404 status 404
no content: 204
-- redirects, cookies
redirects: true
too many: GuzzleHttp\Exception\TooManyRedirectsException: Will not follow more than 3 redirects
none: /redirect/8
cookies: 200 {"method":"GET","uri":"/echo","cookie":{"a":"1","b":"2"}}
-- streams
sink: [3000000,true]
on_headers, progress: [["500000",200,true],500000,500000]
on_headers throws: GuzzleHttp\Exception\RequestException: An error was encountered during the on_headers event
upload of a file: true
upload in chunks: [true]
multipart: [{"a":"b"},["l.bin","x/y",3000000],true]
-- many
a pool of 50: [500,500,[]]
promises: {"a":200,"b":"GuzzleHttp\\Exception\\ServerException","c":"GuzzleHttp\\Exception\\ConnectException"}
cancelled: ["7","rejected"]
delayed: true
-- proxy
proxy: true
proxy and TLS: 200 3
no proxy: 200
proxy away: GuzzleHttp\Exception\ConnectException: cURL error 7: Failed to connect to 127.0.0.1 port 1 after N ms: Couldn't connect to server (see ...) for http://HOST/echo
-- TLS, time
verified: 200 4
not verified: 200 5
unknown CA: cURL error 60: SSL certificate problem: unable to get local issuer certificate (see ...) for https://HOST/fast
timeout: cURL error 28: Operation timed out after N milliseconds with N out of N bytes received (see ...) for http://HOST/slow
nobody there: GuzzleHttp\Exception\ConnectException: cURL error 7: Failed to connect to 127.0.0.1 port 1 after N ms: Couldn't connect to server (see ...) for http://HOST/
no such name: 1
curl: there, no libcurl is mapped
