--TEST--
Http\Client and httpbin: methods and bodies, codings, status, streams, ranges, redirects of each kind, cookies
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
httpbin_skip();
?>
--FILE--
<?php
use Native\Http\{Body, Client, CookieJar, Options};
require __DIR__ . '/servers.inc';

$bin = httpbin();
$other = httpbin();
$options = new Options(baseUrl: $bin->url(), timeout: 30, proxy: '');
$http = new Client($options);
$show = fn (mixed $value) => print(json_encode($value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE) . "\n");

file_put_contents(scratch() . '/f.txt', "a file\r\n");
foreach (['get', 'delete'] as $method) {
    $r = $http->$method("$method?a=1&b=x%20y&b=z")->json();
    $show([$method, $r['args']]);
}
foreach (['post', 'put', 'patch'] as $method) {
    $show([$method, array_intersect_key($http->$method($method, ['a' => 'ä b', 'c' => ['d' => '&']])->json(), ['form' => 1, 'data' => 1])]);
    $show(array_intersect_key($http->$method($method, Body::json(['k' => [1, null]]))->json(), ['json' => 1, 'form' => 1]));
}
$r = $http->post('post', Body::multipart(['a' => 'one', 'f' => Body::file(scratch() . '/f.txt', 'text/plain'), 'g' => Body::bytes("\0b", 'x/y')]))->json();
$show([$r['form'], $r['files']]);
$show($http->request('DELETE', 'anything/x%20y', ['X-Two' => ['1', '2']], 'bytes')->json()['data']);
foreach (['gzip' => 'gzipped', 'deflate' => 'deflated', 'brotli' => 'brotli'] as $coding => $key) {
    $r = $http->get($coding);
    $show([$coding, $r->header('content-encoding'), $r->json()[$key]]);
}
foreach ([200, 201, 204, 400, 404, 418, 500, 503] as $status) {
    $r = $http->get("status/$status");
    echo $r->status, $r->reused ? '+' : '-', ' ';
}
echo "\n";
try_it('fails on status', fn () => $http->get('status/418', [], $options->with(failOnStatus: true)));
$r = $http->get('stream/20');
$show([$r->header('transfer-encoding'), count(explode("\n", trim($r->body)))]);
$r = $http->get('stream-bytes/100000?seed=1&chunk_size=777');
$show([strlen($r->body), md5($r->body) === md5($http->get('bytes/100000?seed=1')->body)]);
$show($http->get('range/26', ['Range' => 'bytes=3-5'])->body);
$show($http->get('range/26', ['Range' => 'bytes=30-40'])->status);
$show($http->get('etag/x', ['If-None-Match' => '"x"'])->status);
$show($http->get('etag/x', ['If-Match' => '"y"'])->status);
$show($http->get('response-headers?X-A=b&X-A=c')->headerValues('x-a'));

foreach (['redirect/3', 'relative-redirect/3', 'absolute-redirect/3'] as $path) {
    $r = $http->get($path);
    $show([$path, $r->status, $r->redirects, $r->url === $bin->url('/get')]);
}
foreach ([301, 302, 303, 307, 308] as $status) {
    $r = $http->post('redirect-to?status_code=' . $status . '&url=' . urlencode('/anything'), 'body')->json();
    $show([$status, $r['method'], $r['data'], isset($r['headers']['Content-Type']), $r['headers']['Content-Length'] ?? null]);
}
try_it('too many', fn () => $http->get('redirect/5', [], $options->with(maxRedirects: 4)));
try_it('not followed', fn () => $http->get('redirect/5', [], $options->with(followRedirects: false)));
try_it('to a scheme that is not HTTP', fn () => $http->get('redirect-to?url=' . urlencode('file:///etc/passwd')));
// To another origin (a port is one): no credentials, no Cookie field of the user's. They stay on the way within one.
foreach (['here' => '/anything', 'elsewhere' => $other->url('/anything')] as $where => $url) {
    $r = $http->get('redirect-to?url=' . urlencode($url), ['Cookie' => 'a=b'], $options->with(username: 'u', password: 'p'))->json();
    $show([$where, $r['headers']['Authorization'] ?? null, $r['headers']['Cookie'] ?? null]);
    $r = $http->get('redirect-to?url=' . urlencode($url), ['Authorization' => 'Custom x'], $options->with())->json();
    $show([$where, $r['headers']['Authorization'] ?? null]);
    $r = $http->get('redirect-to?url=' . urlencode($url), [], $options->with(bearer: 'token'))->json();
    $show([$where, $r['headers']['Authorization'] ?? null]);
}

$jar = new CookieJar();
$with = $options->with(cookies: $jar);
$show($http->get('cookies/set?a=1&b=two', [], $with)->json());
$show($http->get('cookies/set/c/three', [], $with)->json());
$show($http->get('cookies', ['Cookie' => 'own=x'], $with)->json());
$show($http->get('cookies/delete?a=', [], $with)->json());
$show($http->get('cookies')->json());
$jar->save(scratch() . '/jar');
$again = new CookieJar();
$show([$again->load(scratch() . '/jar'), $http->get('cookies', [], $options->with(cookies: $again))->json()['cookies']]);
?>
--EXPECT--
["get",{"a":"1","b":["x y","z"]}]
["delete",{"a":"1","b":["x y","z"]}]
["post",{"data":"","form":{"a":"ä b","c[d]":"&"}}]
{"form":[],"json":{"k":[1,null]}}
["put",{"data":"","form":{"a":"ä b","c[d]":"&"}}]
{"form":[],"json":{"k":[1,null]}}
["patch",{"data":"","form":{"a":"ä b","c[d]":"&"}}]
{"form":[],"json":{"k":[1,null]}}
[{"a":"one","g":"\u0000b"},{"f":"a file\r\n"}]
"bytes"
["gzip","gzip",true]
["deflate","deflate",true]
["brotli","br",true]
200+ 201+ 204+ 400+ 404+ 418+ 500+ 503+ 
fails on status: StatusException (): The server answered with status 418
["chunked",20]
[100000,true]
"def"
416
304
412
["b","c"]
["redirect/3",200,3,true]
["relative-redirect/3",200,3,true]
["absolute-redirect/3",200,3,true]
[301,"GET","",false,null]
[302,"GET","",false,null]
[303,"GET","",false,null]
[307,"POST","body",false,"4"]
[308,"POST","body",false,"4"]
too many: RedirectException (receive): more than 4 redirects
not followed: 302
to a scheme that is not HTTP: UrlException (queued): the scheme "file" is not supported or not allowed
["here","Basic dTpw","a=b"]
["here","Custom x"]
["here","Bearer token"]
["elsewhere",null,null]
["elsewhere",null]
["elsewhere",null]
{"cookies":{"a":"1","b":"two"}}
{"cookies":{"a":"1","b":"two","c":"three"}}
{"cookies":{"own":"x"}}
{"cookies":{"b":"two","c":"three"}}
{"cookies":[]}
[2,{"b":"two","c":"three"}]
