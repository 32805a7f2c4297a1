--TEST--
Http\Client: every failure has an exception of its own that says what and where; bad arguments are ValueErrors
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Body, Client, CookieJar, Options};
require __DIR__ . '/server.inc';

function fails(string $what, callable $call): void
{
    try {
        $r = $call();
        echo "$what: $r->status\n";
    } catch (Throwable $e) {
        $more = [];
        foreach (['phase', 'reason', 'reply'] as $name) {
            if (!empty($e->$name)) {
                $more[] = "$name " . $e->$name;
            }
        }
        echo "$what: ", $e::class, ': ', preg_replace('/(127\.0\.0\.1|localhost)(:| port )\d+/', '$1$2PORT', $e->getMessage()), $more ? ' [' . implode(', ', $more) . ']' : '', "\n";
    }
}

$server = new HttpServer(fn (Seen $s) => match (strtok(substr($s->line, 4), ' ')) {
    '/nothing' => null,
    '/cut' => "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nabc",
    '/nonsense' => "SSH-2.0-OpenSSH\r\n",
    '/chunk' => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    '/gzip' => answer('not gzip', 200, 'Content-Encoding: gzip'),
    '/large' => answer(str_repeat('x', 5000)),
    '/loop' => answer('', 302, 'Location: /loop'),
    '/slow' => sleep(3) ?: null,
    default => answer('there is nothing', 404),
});
$http = new Client(new Options(timeout: 20, proxy: '', fresh: true));
fails('no host', fn () => $http->get('http:///'));
fails('a scheme', fn () => $http->get('gopher://example.org/'));
fails('a space', fn () => $http->get('http://exa mple/'));
fails('a name', fn () => $http->get('http://no-such-name.invalid/'));
fails('nobody', fn () => $http->get('http://127.0.0.1:1/'));
fails('nothing', fn () => $http->get($server->url('/nothing')));
fails('not HTTP', fn () => $http->get($server->url('/nonsense')));
fails('a bad chunk', fn () => $http->get($server->url('/chunk')));
fails('not gzip', fn () => $http->get($server->url('/gzip')));
fails('too large', fn () => $http->get($server->url('/large'), [], new Options(maxBody: 1000, proxy: '')));
fails('redirects', fn () => $http->get($server->url('/loop'), [], new Options(maxRedirects: 3, proxy: '')));
fails('not followed', fn () => $http->get($server->url('/loop'), [], new Options(followRedirects: false, proxy: '')));
fails('a status', fn () => $http->get($server->url('/x')));
fails('a status that fails', fn () => $http->get($server->url('/x'), [], new Options(failOnStatus: true, proxy: '')));
try {
    $http->get($server->url('/x'), [], new Options(failOnStatus: true, proxy: ''));
} catch (Native\Http\StatusException $e) {
    echo $e->response->status, ' ', $e->response->body, "\n";
}
fails('time', fn () => $http->get($server->url('/slow'), [], new Options(timeout: 0.3, proxy: '')));
fails('a proxy', fn () => $http->get('http://example.org/', [], new Options(proxy: 'ftp://127.0.0.1/')));
fails('a method', fn () => $http->request("GE\r\nT", $server->url()));
fails('a field', fn () => $http->get($server->url(), ['X' => "a\r\nY: b"]));
fails('a list in a list', fn () => $http->get($server->url(), ['X' => [['y']]]));
fails('a field without a name', fn () => $http->get($server->url(), ['X: y']));
fails('a body', fn () => $http->put($server->url(), 1.5));
fails('a file', fn () => @$http->put($server->url(), Body::file('/no/such/file')));
fails('an exception in a body', fn () => $http->put($server->url(), function () { throw new LogicException('from the body'); }));
fails('not a string', fn () => $http->put($server->url(), fn () => 5));
fails('an exception in onProgress', fn () => $http->get($server->url(), [], new Options(proxy: '', onProgress: function () { throw new LogicException('from progress'); })));
fails('false from onProgress', fn () => $http->get($server->url(), [], new Options(proxy: '', onProgress: fn () => false)));
fails('a range', fn () => new Options(timeout: -1));
fails('a choice', fn () => new Options(auth: 'ntlm'));
fails('twice', fn () => $http->__construct());
echo 'and after all that: ', $http->get($server->url())->status, "\n";
?>
--EXPECTF--
no host: Native\Http\UrlException: the URL: %s
a scheme: Native\Http\UrlException: the scheme "gopher" is not supported or not allowed%S
a space: Native\Http\UrlException: the URL: %s
a name: Native\Http\ResolveException: cannot resolve no-such-name.invalid: %s [phase name]
nobody: Native\Http\ConnectException: cannot connect to 127.0.0.1:PORT: Connection refused [phase connect]
nothing: Native\Http\TransferException: the connection ended without a byte of a response [phase wait]
not HTTP: Native\Http\ProtocolException: the response: %s [phase receive]
a bad chunk: Native\Http\ProtocolException: the response: a chunk's size is not a hexadecimal number [phase receive]
not gzip: Native\Http\CodingException: the content is not good gzip: %s [phase receive]
too large: Native\Http\TooLargeException: the body is larger than 1000 bytes [phase receive]
redirects: Native\Http\RedirectException: more than 3 redirects [phase receive]
not followed: 302
a status: 404
a status that fails: Native\Http\StatusException: The server answered with status 404
404 there is nothing
time: Native\Http\TimeoutException: the time limit of 300 ms ran out while %s [phase wait]
a proxy: Native\Http\UrlException: a proxy that speaks "ftp" is not supported%S
a method: ValueError: the method: a method is empty or has a byte that is no token
a field: ValueError: a header line: a header field's value has a control byte
a list in a list: ValueError: The header field X must have strings or a list of them
a field without a name: ValueError: The names of header fields are the keys of the array
a body: TypeError: Native\Http\Client::put(): Argument #2 ($body) must be of type string, array, resource, Closure, iterable, Native\Http\Body or null, float given
a file: Native\Http\Exception: Cannot open the file /no/such/file
an exception in a body: LogicException: from the body
not a string: TypeError: A body's piece must be of type string, int given
an exception in onProgress: LogicException: from progress
false from onProgress: Native\Http\Exception: aborted at the report of progress%S
a range: ValueError: Native\Http\Options::__construct(): Argument #4 ($timeout) must be between 0 and 4294967 seconds
a choice: ValueError: Native\Http\Options::__construct(): Argument #20 ($auth) must be "basic", "digest" or "any"
twice: Error: Cannot construct a Client again
and after all that: 404
