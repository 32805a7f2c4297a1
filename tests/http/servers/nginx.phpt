--TEST--
Http\Client and nginx: methods, HEAD, 204, 304, redirects, large fields; 100 requests over one connection; connections that nginx ends
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
servers_skip('nginx');
?>
--FILE--
<?php
use Native\Http\{Client, CookieJar, Options};
require __DIR__ . '/servers.inc';

$piece = str_repeat('0123456789abcdef', 75);
$large = str_repeat($piece, 20);
$twenty = str_repeat('$l', 20);
file_put_contents(scratch() . '/file.txt', "of a file\n");
$nginx = nginx(<<<NGINX
    server {
        listen 127.0.0.1:{port};
        keepalive_requests 1000;
        location /echo { return 200 "\$request_method \$request_uri \$http_user_agent \$http_x_a"; }
        location = /none { return 204; }
        location /moved { return 301 http://127.0.0.1:{port}/echo/a%20b?from=moved; }
        location /relative { absolute_redirect off; return 302 /echo/relative; }
        location /elsewhere { return 307 http://127.0.0.1:{port2}/seen; }
        location /loop { return 303 /loop; }
        location /large { set \$l "$piece"; add_header X-Large "$twenty" always; add_header X-Connection \$connection always; return 200 "ok"; }
        location /gone { if (\$connection_requests = 2) { return 444; } return 200 "connection"; }
        location /empty { return 200 ""; }
    }
    server {
        listen 127.0.0.1:{port2};
        keepalive_requests 3;
        location /seen { return 200 "auth=\$http_authorization cookie=\$http_cookie \$request_method"; }
        location / { return 200 "of few"; }
    }
    server {
        listen 127.0.0.1:{port3};
        keepalive_timeout 0;
        location / { return 200 "of one"; }
    }
    NGINX, 3);
$http = new Client(new Options(baseUrl: $nginx->url(), timeout: 30, proxy: ''));

foreach (['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'] as $method) {
    $r = $http->request($method, "echo?q=$method", ['X-A' => 'b']);
    echo "$r->status $r->body\n";
}
$r = $http->head('file.txt');
echo "HEAD $r->status ", $r->header('content-length'), " '$r->body'\n";
$modified = $r->header('last-modified');
$r = $http->get('file.txt', ['If-Modified-Since' => $modified]);
echo "$r->status '$r->body' ", $r->header('etag') !== null ? 'etag' : '', "\n";
$r = $http->get('none');
echo "$r->status '$r->body'\n";
$r = $http->get('empty');
echo "$r->status '$r->body'\n";
$r = $http->get('file.txt');
echo "$r->status ", json_encode($r->body), ' ', $r->header('content-type'), "\n";
$r = $http->get('no/such');
echo "$r->status ", strlen($r->body) > 100 ? 'with a page' : '', "\n";
$r = $http->get('moved');
echo "$r->status $r->body redirects $r->redirects ", $r->url === $nginx->url('/echo/a%20b?from=moved') ? 'url' : $r->url, "\n";
echo $http->post('moved', 'x')->body, "\n";
echo $http->get('relative')->body, "\n";
try_it('loop', fn () => $http->get('loop'));
$jar = new CookieJar();
$jar->set('c=d; Path=/', $nginx->url());
$r = $http->post('elsewhere', 'x', ['Authorization' => 'Basic YTpi', 'Cookie' => 'a=b'], new Options(baseUrl: $nginx->url(), timeout: 30, proxy: '', cookies: $jar));
echo "$r->status $r->body\n";
$r = $http->get('large');
echo 'large: ', $r->header('x-large') === $large ? strlen($large) : 'differs', "\n";
try_it('too large', fn () => $http->get('large', [], new Options(baseUrl: $nginx->url(), timeout: 30, proxy: '', maxHeader: 8000)));

$seen = $numbers = [];
for ($i = 0; $i < 100; $i++) {
    $r = $http->get("echo?n=$i");
    $seen[] = $r->header('x-connection');
    $numbers[] = (int) $r->header('x-request');
}
echo '100 requests: ', count(array_unique($seen)), ' connection, ', $numbers === range($numbers[0], $numbers[0] + 99) ? 'one after the other' : json_encode($numbers), "\n";
// keepalive_requests 3: nginx says Connection: close in the third.
for ($i = 0, $lines = []; $i < 7; $i++) {
    $r = $http->get($nginx->url('/', 1));
    $lines[] = $r->header('x-request') . ($r->reused ? '+' : '');
}
echo '3 for each connection: ', implode(' ', $lines), "\n";
for ($i = 0, $lines = []; $i < 3; $i++) {
    $r = $http->get($nginx->url('/', 2));
    $lines[] = $r->header('x-request') . ($r->reused ? '+' : '');
}
echo '1 for each: ', implode(' ', $lines), "\n";
// 444: a kept connection ends without a byte of a response. What may be sent twice is, over a new connection.
foreach (['GET', 'PUT', 'DELETE', 'POST'] as $n => $method) {
    $own = new Options(timeout: 30, proxy: '', interface: '127.0.0.' . 2 + $n); // connections of its own
    $http->request($method, $nginx->url('/gone'), [], '', $own);
    try_it("a kept connection ends, $method", fn () => $http->request($method, $nginx->url('/gone'), [], '', $own));
}
?>
--EXPECT--
200 GET /echo?q=GET native b
200 POST /echo?q=POST native b
200 PUT /echo?q=PUT native b
200 DELETE /echo?q=DELETE native b
200 OPTIONS /echo?q=OPTIONS native b
200 PROPFIND /echo?q=PROPFIND native b
HEAD 200 10 ''
304 '' etag
204 ''
200 ''
200 "of a file\n" text/plain
404 with a page
200 GET /echo/a%20b?from=moved native  redirects 1 url
GET /echo/a%20b?from=moved native 
GET /echo/relative native 
loop: RedirectException (receive): more than 20 redirects
200 auth= cookie=c=d POST
large: 24000
too large: TooLargeException (receive): the response: the header section is larger than the limit
100 requests: 1 connection, one after the other
3 for each connection: 2+ 3+ 1 2+ 3+ 1 2+
1 for each: 1 1 1
a kept connection ends, GET: 200
a kept connection ends, PUT: 200
a kept connection ends, DELETE: 200
a kept connection ends, POST: TransferException (wait): the connection ended without a byte of a response
