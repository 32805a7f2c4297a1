--TEST--
FFI: HTTP requests, responses, kept connections; what cannot be sent; what fails, and how that is told
--EXTENSIONS--
ffi
pcntl
posix
--FILE--
<?php
require __DIR__ . '/../../ffi-decls/autoload.php';
require __DIR__ . '/../http/server.inc';

use Native\Ffi\Http\{Client, HttpException, Options, Response};

$big = str_repeat(implode('', array_map('chr', range(0, 255))), 20000); // 5 MB with all bytes
$server = new HttpServer(function (Seen $s) use ($big): ?string {
    switch (explode(' ', $s->line)[1]) {
        case '/echo':
            return answer(json_encode([$s->line, $s->field('x-one'), $s->field('user-agent'), $s->field('content-type'), strlen($s->body), $s->body, $s->connection]),
                200, 'Content-Type: application/json', 'Set-Cookie: a=1', 'set-cookie: b=2', 'X-Empty:');
        case '/to':
            return answer('old', 302, 'Location: /echo');
        case '/cookie':
            return answer((string) $s->field('cookie'), 404);
        case '/big':
            return answer($big);
        case '/sum':
            return answer(md5($s->body));
        case '/gzip':
            return answer(gzencode('unpacked'), 200, 'Content-Encoding: gzip');
        case '/cut':
            return null;
        case '/bad':
            return "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n";
        case '/slow':
            usleep(3000000);
            return null;
    }
    return answer('?', 404);
});
$plain = new Options(timeout: 60, proxy: '');
$http = new Client($plain);

$r = $http->request('GET', $server->url('/echo'), ['X-One' => ['a', 'b'], 'User-Agent' => null]);
echo json_encode([$r->status, $r->version, $r->url === $server->url('/echo'), $r->redirects, $r->reused, $r->json()]), "\n";
echo json_encode([$r->headers['set-cookie'], $r->header('SET-COOKIE'), $r->headerValues('x-empty'), $r->header('x-none')]), "\n";
echo json_encode([array_keys($r->times), $r->times['connect'] > 0 && $r->times['first'] >= $r->times['connect'] && $r->times['total'] >= $r->times['first']]), "\n";

$r = $http->post($server->url('/echo'), ['a' => ['b' => 'c d'], 'e' => '&']);
echo json_encode([$r->reused, $r->times['connect'], $r->json()]), "\n";
echo $http->put($server->url('/echo'), "a\0b", ['Content-Type' => 'x/y', 'X-One' => ''])->body, "\n";
$r = $http->head($server->url('/echo'));
echo json_encode([$r->status, $r->body, (int) $r->header('content-length') > 0]), "\n";
echo $http->request('PROPFIND', $server->url('/echo'), options: new Options(timeout: 60, proxy: '', headers: ['x-ONE' => 'default'], userAgent: null))->json()[0], "\n";
echo $http->get($server->url('/echo'), ['X-One' => 'own'], $plain->with(headers: ['x-ONE' => 'default']))->json()[1], "\n";

// Another client finds the same connection: it is the process that keeps it.
unset($http);
$http = new Client($plain);
$r = $http->get(str_replace('//', '//user:pass@', $server->url('/to')));
echo json_encode([$r->reused, $r->redirects, $r->url === $server->url('/echo'), $r->json()[6]]), "\n";
echo $http->get($server->url('/to'), options: $plain->with(followRedirects: false))->status, "\n";
echo json_encode([$http->get($server->url('/echo'), options: $plain->with(fresh: true))->json()[6], $http->get($server->url('/echo'))->json()[6]]), "\n";

$cookies = new Client($plain->with(cookies: true));
$cookies->get($server->url('/echo'));
echo json_encode([$cookies->get($server->url('/cookie'))->body, (new Client($plain->with(cookies: true)))->get($server->url('/cookie'))->body]), "\n";

echo json_encode([$http->get($server->url('/big'))->body === $big, $http->post($server->url('/sum'), $big)->body === md5($big),
    $http->get($server->url('/gzip'))->body, strlen($http->get($server->url('/gzip'), options: $plain->with(decode: false))->body)]), "\n";

// A child has a copy of the client, and connections of its own.
$parent = $http->get($server->url('/echo'))->json()[6];
$pid = guarded_fork();
if ($pid === 0) {
    $r = $http->get($server->url('/echo'));
    echo json_encode([$r->reused, $r->json()[6] > $parent]), "\n";
    posix_kill(getmypid(), SIGKILL);
}
pcntl_waitpid($pid, $status);
echo json_encode($http->get($server->url('/echo'))->json()[6] === $parent), "\n";

// A signal's handler runs while a call waits, and may end it.
pcntl_async_signals(true);
pcntl_signal(SIGUSR1, fn () => throw new Exception('from the handler'));
$pid = guarded_fork();
if ($pid === 0) {
    usleep(200000);
    posix_kill(posix_getppid(), SIGUSR1);
    posix_kill(getmypid(), SIGKILL);
}
$tries = [
    'a signal' => fn () => $http->get($server->url('/slow')),
    'nobody listens' => fn () => $http->get('http://127.0.0.1:' . free_port() . '/'),
    'too slow' => fn () => $http->get($server->url('/slow'), options: $plain->with(timeout: 0.2)),
    'no answer' => fn () => $http->get($server->url('/cut'), options: $plain->with(fresh: true)),
    'no HTTP' => fn () => $http->get($server->url('/bad')),
    'no name' => fn () => $http->get('http://no-such-name.invalid/'),
    'no URL' => fn () => $http->get('http://[/'),
    'no such scheme' => fn () => $http->get('ftp://127.0.0.1/'),
    'too large' => fn () => $http->get($server->url('/big'), options: $plain->with(maxBody: 1000)),
    'no proxy there' => fn () => $http->get($server->url('/echo'), options: $plain->with(proxy: 'http://127.0.0.1:' . free_port())),
    'a line break in a value' => fn () => $http->get($server->url('/echo'), ['X-One' => "a\r\nX-Two: b"]),
    'a NUL in a value' => fn () => $http->get($server->url('/echo'), ['X-One' => "a\0b"]),
    'a line break in a name' => fn () => $http->get($server->url('/echo'), ["X: a\r\nY" => 'b']),
    'a line break in a default' => fn () => $http->get($server->url('/echo'), options: $plain->with(headers: ['X' => "a\nb"])),
    'a line of a header' => fn () => $http->get($server->url('/echo'), ['X-One: a']),
    'a length that is none' => fn () => $http->post($server->url('/echo'), 'abc', ['Content-Length' => '4']),
    'a length without a body' => fn () => $http->get($server->url('/echo'), ['Content-Length' => '4']),
    'a list in a list' => fn () => $http->get($server->url('/echo'), options: $plain->with(headers: ['X-One' => [['a']]])),
    'a line break in a method' => fn () => $http->request("GET / HTTP/1.1\r\nX: y", $server->url('/echo')),
    'a line break in a URL' => fn () => $http->get($server->url("/echo\r\nX: y")),
    'a line break in the user agent' => fn () => $http->get($server->url('/echo'), options: $plain->with(userAgent: "a\r\nX: y")),
    'a line break in the token' => fn () => $http->get($server->url('/echo'), options: $plain->with(bearer: "a\r\nX: y")),
    'a family' => fn () => $http->get($server->url('/echo'), options: $plain->with(family: 5)),
    'a time' => fn () => new Options(timeout: -1.0),
    'no time' => fn () => new Options(connectTimeout: NAN),
    'a way' => fn () => new Options(auth: 'ntlm'),
    'versions' => fn () => new Options(tlsMinVersion: '1.3', tlsMaxVersion: '1.2'),
    'a path with NUL' => fn () => $http->get('https://127.0.0.1/', options: $plain->with(caFile: "a\0b")),
    'clone' => fn () => clone $http,
    'serialize' => fn () => serialize($http),
];
foreach ($tries as $what => $try) {
    try {
        $got = $try();
        echo "$what: ", $got instanceof Response ? 'a response' : 'taken', "\n";
    } catch (HttpException $e) {
        echo "$what: ", rtrim("$e->kind, $e->reason, $e->phase", ', '), "\n";
    } catch (Throwable $e) {
        echo "$what: ", $e::class, ': ', str_replace('private method', 'private', $e->getMessage()), "\n"; // PHP 8.5 says method
    }
}
pcntl_waitpid($pid, $status);
echo json_encode($http->get($server->url('/echo'))->status), "\n";
?>
--EXPECT--
[200,"1.1",true,0,false,["GET \/echo HTTP\/1.1","a",null,null,0,"",1]]
[["a=1","b=2"],"a=1, b=2",[""],null]
[["name","connect","tls","send","first","total"],true]
[true,0,["POST \/echo HTTP\/1.1",null,"native","application\/x-www-form-urlencoded",18,"a%5Bb%5D=c+d&e=%26",1]]
["PUT \/echo HTTP\/1.1","","native","x\/y",3,"a\u0000b",1]
[200,"",true]
PROPFIND /echo HTTP/1.1
own
[true,1,true,1]
302
[2,1]
["a=1; b=2",""]
[true,true,"unpacked",28]
[false,true]
true
a signal: Exception: from the handler
nobody listens: connect, connect_refused, connect
too slow: timeout, , wait
no answer: empty, , wait
no HTTP: protocol, , receive
no name: resolve, name, name
no URL: url, , queued
no such scheme: scheme, , queued
too large: too_large, , receive
no proxy there: connect, connect_refused, connect
a line break in a value: ValueError: The header field X-One has a line break or a NUL byte in its value
a NUL in a value: ValueError: The header field X-One has a line break or a NUL byte in its value
a line break in a name: ValueError: The name of a header field is no token
a line break in a default: ValueError: The header field X has a line break or a NUL byte in its value
a line of a header: ValueError: The names of header fields are the keys of the array
a length that is none: ValueError: Content-Length is not what it should be: the body has 3 bytes
a length without a body: ValueError: Content-Length is not what it should be: the body has 0 bytes
a list in a list: ValueError: The header field X-One must have strings or a list of them
a line break in a method: ValueError: the method: a method is empty or has a byte that is no token
a line break in a URL: url, , queued
a line break in the user agent: ValueError: There is a line break or a NUL byte in the user agent
a line break in the token: ValueError: There is a line break or a NUL byte in the bearer token
a family: ValueError: $family: the version of IP cannot be 5
a time: ValueError: $timeout must be between 0 and 2147483 seconds
no time: ValueError: $connectTimeout must be between 0 and 2147483 seconds
a way: ValueError: $auth must be "basic" or "digest"
versions: ValueError: $tlsMaxVersion must not be lower than $tlsMinVersion
a path with NUL: ValueError: There is a NUL byte in the CA file
clone: Error: Call to private Native\Ffi\Http\Client::__clone() from global scope
serialize: LogicException: A client cannot be serialized
200
