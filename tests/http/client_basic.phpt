--TEST--
Http\Client: methods, fields, bodies of every kind, the response; the connection is kept
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Body, Client, Options};
require __DIR__ . '/server.inc';

$server = new HttpServer(fn (Seen $s) => answer("$s->line | " . $s->field('content-type') . ' | ' . $s->field('x-a') . ' | ' . $s->field('accept')
    . " | $s->body | connection $s->connection", 200, 'X-Many: 1', 'Set-Cookie: a=b', 'x-many: 2', 'Set-Cookie: c=d'));
$http = new Client(new Options(baseUrl: $server->url('/api/v1/'), headers: ['X-A' => 'default', 'Accept' => null], timeout: 20, proxy: ''));

$r = $http->get('x?y=1');
echo "$r->status $r->version $r->body\n";
echo $r->header('X-MANY'), ' ', json_encode($r->headerValues('set-cookie')), ' ', var_export($r->header('none'), true), "\n";
echo $r->url === $server->url('/api/v1/x?y=1') ? 'url' : $r->url, ' ', json_encode(array_keys($r->times)), "\n";
echo $http->delete('/root', ['x-a' => ['one', 'two']])->body, "\n";
$head = $http->head('x');
echo "HEAD $head->status ", var_export($head->body, true), ' ', $head->header('content-length') > 0 ? 'with a length' : '', "\n";
echo $http->post('form', ['a' => 1, 'b' => ['x y', 'z']])->body, "\n";
echo $http->post('bytes', "\0\1\r\n", ['Content-Type' => 'text/x'])->status, "\n";
echo $http->put('json', Body::json(['k' => [1, null]]))->body, "\n";
echo $http->patch('typed', Body::bytes('abc', 'text/plain'))->body, "\n";
file_put_contents(scratch() . '/file.txt', 'of a file');
echo $http->put('file', Body::file(scratch() . '/file.txt', 'text/plain'))->body, "\n";
$stream = fopen(scratch() . '/file.txt', 'r');
fseek($stream, 3);
echo $http->put('stream', $stream)->body, "\n";
echo $http->put('generator', (function () { yield 'a'; yield ''; yield 'bc'; })())->body, "\n";
$n = 0;
echo $http->put('closure', function (int $length) use (&$n) { return $n++ < 3 ? "<$n>" : ''; })->body, "\n";
$r = $http->post('multipart', Body::multipart(['a' => 'one', 'list' => ['x', 'y'], 'f' => Body::file(scratch() . '/file.txt', 'text/plain', 'q"uote.txt')]));
echo preg_replace(['/(--)?-{24}[0-9a-f]{16}(--)?/', '/\r/'], ['BOUNDARY', ''], $r->body), "\n";
echo $http->request('PROPFIND', 'x', [], 'body')->body, "\n";
var_dump($r->reused);
?>
--EXPECT--
200 1.1 GET /api/v1/x?y=1 HTTP/1.1 |  | default |  |  | connection 1
1, 2 ["a=b","c=d"] NULL
url ["name","connect","tls","send","first","total"]
DELETE /root HTTP/1.1 |  | one |  |  | connection 1
HEAD 200 '' with a length
POST /api/v1/form HTTP/1.1 | application/x-www-form-urlencoded | default |  | a=1&b%5B0%5D=x+y&b%5B1%5D=z | connection 1
200
PUT /api/v1/json HTTP/1.1 | application/json | default |  | {"k":[1,null]} | connection 1
PATCH /api/v1/typed HTTP/1.1 | text/plain | default |  | abc | connection 1
PUT /api/v1/file HTTP/1.1 | text/plain | default |  | of a file | connection 1
PUT /api/v1/stream HTTP/1.1 |  | default |  | a file | connection 1
PUT /api/v1/generator HTTP/1.1 |  | default |  | abc | connection 1
PUT /api/v1/closure HTTP/1.1 |  | default |  | <1><2><3> | connection 1
POST /api/v1/multipart HTTP/1.1 | multipart/form-data; boundary=BOUNDARY | default |  | BOUNDARY
Content-Disposition: form-data; name="a"

one
BOUNDARY
Content-Disposition: form-data; name="list"

x
BOUNDARY
Content-Disposition: form-data; name="list"

y
BOUNDARY
Content-Disposition: form-data; name="f"; filename="q%22uote.txt"
Content-Type: text/plain

of a file
BOUNDARY
 | connection 1
PROPFIND /api/v1/x HTTP/1.1 |  | default |  | body | connection 1
bool(true)
