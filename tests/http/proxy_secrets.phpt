--TEST--
Http\Client: CONNECT tells a proxy nothing of the request's fields, cookies and credentials
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, CookieJar, Options};
require __DIR__ . '/server.inc';

$log = tempnam(sys_get_temp_dir(), 'native');
$proxy = new HttpServer(function (Seen $seen) use ($log) {
    file_put_contents($log, $seen->head, FILE_APPEND);
    return answer('', ...$seen->field('Proxy-Authorization') ? [403] : [407, 'Proxy-Authenticate: Basic realm="x"']);
});
$jar = new CookieJar();
$options = new Options(
    headers: ['X-Default' => 'of the client'], userAgent: 'test', bearer: 'token', cookies: $jar, timeout: 10,
    proxy: str_replace('://', '://user:password@', $proxy->url('')),
);
$http = new Client($options);
try {
    $http->post('https://example.test/path?key=secret', 'body', ['Authorization' => 'Basic c2VjcmV0', 'Cookie' => 'a=b', 'X-Api-Key' => 'secret',
        'Content-Length' => '4']);
} catch (Native\Http\ProxyException $e) {
    echo $e->getMessage(), "\n";
}
echo str_replace((string) $proxy->port, 'PORT', file_get_contents($log));
unlink($log);
?>
--EXPECT--
CONNECT tunnel failed, response 403
CONNECT example.test:443 HTTP/1.1
Host: example.test:443
User-Agent: test
Proxy-Connection: Keep-Alive

CONNECT example.test:443 HTTP/1.1
Host: example.test:443
Proxy-Authorization: Basic dXNlcjpwYXNzd29yZA==
User-Agent: test
Proxy-Connection: Keep-Alive
