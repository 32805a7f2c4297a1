--TEST--
native.trace: a line for each HTTP head sent and received, by Native\Http and curl_*, without what is secret
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/../http/server.inc';

$file = scratch() . '/trace';
$server = new HttpServer(fn (Seen $s) => str_contains($s->line, '/from')
    ? answer('', 302, 'Location: /to?access_token=SECRET-3&x=1', 'Set-Cookie: sid=SECRET-4; Path=/')
    : answer("SECRET-body", 200, 'X-Api-Key: SECRET-5', 'X-Plain: a b', 'Link: <http://u:SECRET-6@other/?sig=SECRET-7>; rel="next"'));
ini_set('native.trace', $file);
$http = new Client(new Options(timeout: 20, proxy: ''));
$url = str_replace('://', '://ada:SECRET-1@', $server->url('/from?q=1&password=SECRET-2#token=SECRET-8'));
echo $http->post($url, 'SECRET-body', ['Cookie' => 'c=SECRET-9', 'X-Note' => "plain"])->status, "\n";
if (!str_contains(curl_version()['ssl_version'], 'mbed')) {
    echo "curl is another's\n";
} else {
    $curl = curl_init($server->url('/curl'));
    curl_setopt_array($curl, [CURLOPT_RETURNTRANSFER => true, CURLOPT_HTTPHEADER => ['Authorization: SECRET-10 SECRET-11', 'Proxy-Authorization: Bearer SECRET-12'], CURLOPT_PROXY => '', CURLOPT_REQUEST_TARGET => '/asked?sent=1&sig=SECRET-14',
        CURLOPT_COOKIE => 'x=SECRET-13']);
    echo curl_exec($curl) === 'SECRET-body' ? "curl\n" : curl_error($curl);
}
ini_set('native.trace', '');
$http->get($server->url('/off'));
$lines = file($file, FILE_IGNORE_NEW_LINES);
foreach ($lines as $line) {
    echo preg_replace(['/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ' . getmypid() . ' /', '/127\.0\.0\.1:\d+|localhost:\d+/', '/http#\d+/', '/Accept-Encoding: [^|]+/'], ['', 'server', 'http#N', 'Accept-Encoding: ... '], $line), "\n";
}
var_dump(str_contains(implode($lines), 'SECRET'));
?>
--EXPECT--
200
curl
http#N > POST http://***@server/from?q=1&password=*** HTTP/1.1 | Host: server | Authorization: Basic *** | User-Agent: native | Accept: */* | Accept-Encoding: ... | Cookie: *** | X-Note: plain | Content-Length: 11
http#N < 302 | Content-Length: 0 | Location: /to?access_token=***&x=1 | Set-Cookie: ***
http#N > GET http://***@server/to?access_token=***&x=1 HTTP/1.1 | Host: server | Authorization: Basic *** | User-Agent: native | Accept: */* | Accept-Encoding: ... | Cookie: *** | X-Note: plain
http#N < 200 | Content-Length: 11 | X-Api-Key: *** | X-Plain: a b | Link: <http://***@other/?sig=***; rel=\"next\"
http#N > GET http://server/asked?sent=1&sig=*** HTTP/1.1 | Host: server | Accept: */* | Cookie: *** | Authorization: *** | Proxy-Authorization: Bearer ***
http#N < 200 | Content-Length: 11 | X-Api-Key: *** | X-Plain: a b | Link: <http://***@other/?sig=***; rel=\"next\"
bool(false)
