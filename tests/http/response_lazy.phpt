--TEST--
Http\Response: headers and times, made when they are first looked at, are there for every way to look
--EXTENSIONS--
native
--FILE--
<?php
use Native\Http\{Client, Options, Response};
require __DIR__ . '/server.inc';

$server = new HttpServer(fn (Seen $s) => answer('body', 200, 'X-Time: ' . hrtime(true), 'X-Many: 1', 'x-many: 2', 'X-Unusual-' . str_repeat('n', 300) . ': ' . str_repeat('v', 3000)));
$http = new Client(new Options(timeout: 20, proxy: ''));
$get = fn (): Response => $http->get($server->url('/'));
$same = fn (array $headers, string $how) => print($how . ': '
    . ($headers['x-many'] === ['1', '2'] && strlen($headers['x-unusual-' . str_repeat('n', 300)][0]) === 3000 ? 'all' : json_encode($headers)) . "\n");
const PROPERTIES = ['status', 'version', 'url', 'body', 'headers', 'redirects', 'reused', 'times'];

$same($get()->headers, 'read');
$name = 'headers';
$same($get()->$name, 'read by a name');
$same($get()?->headers, 'nullsafe');
$same(((array)$get())['headers'], 'array');
$same(get_object_vars($get())['headers'], 'get_object_vars');
$same(array_column([$get()], 'headers')[0], 'array_column');
$same((new ReflectionProperty(Response::class, 'headers'))->getValue($get()), 'reflection');
$same(json_decode(json_encode($get()), true)['headers'], 'json');
foreach ($get() as $key => $value) {
    $keys[] = $key;
    $key !== 'headers' || $same($value, 'foreach');
}
var_dump($keys === PROPERTIES);
ob_start();
var_dump($get());
print_r($get());
var_export($get());
$text = ob_get_clean();
var_dump(substr_count($text, str_repeat('v', 3000)), array_keys(get_object_vars($get())['times']) === ['name', 'connect', 'tls', 'send', 'first', 'total']);

$r = $get();
var_dump(isset($r->headers['x-many'][1]), isset($r->headers['none']), empty($r->times), property_exists($r, 'times'));
var_dump((new ReflectionProperty(Response::class, 'times'))->isInitialized($get()));
var_dump($get()->times['total'] > 0, $get()->header('X-MANY'), $get()->headerValues('x-many'));

// Equal by value, headers too, though they were never looked at: no two responses have the same X-Time.
var_dump($r == $r, $get() == $get(), $get() == new stdClass());

// None of them can be changed, whether it was looked at or not.
foreach ([
    fn ($r) => $r->headers = [], fn ($r) => $r->headers['a'] = ['b'], function ($r) { unset($r->times); }, function ($r) { $x = &$r->headers; },
    fn ($r) => (new ReflectionProperty(Response::class, 'headers'))->setValue($r, []), fn ($r) => $r->other = 1, fn ($r) => clone $r, fn ($r) => serialize($r),
    function ($r) { foreach ($r as $k => &$v) { $v = 1; } },
] as $try) {
    try {
        $try($r2 = $get());
        echo "no error\n";
    } catch (Throwable $e) {
        echo $e::class, ': ', str_replace('indirectly ', '', $e->getMessage()), "\n"; // a word of PHP 8.4
    }
    $same($r2->headers, 'still');
}

// What was never looked at is freed; what was outlives the response. The collector makes nothing.
$kept = $get()->headers;
$cycle = new stdClass();
$cycle->self = $cycle;
$cycle->response = $get();
unset($cycle);
gc_collect_cycles();
$same($kept, 'kept');
?>
--EXPECT--
read: all
read by a name: all
nullsafe: all
array: all
get_object_vars: all
array_column: all
reflection: all
json: all
foreach: all
bool(true)
int(3)
bool(true)
bool(true)
bool(false)
bool(false)
bool(true)
bool(true)
bool(true)
string(4) "1, 2"
array(2) {
  [0]=>
  string(1) "1"
  [1]=>
  string(1) "2"
}
bool(true)
bool(false)
bool(false)
Error: Cannot modify readonly property Native\Http\Response::$headers
still: all
Error: Cannot modify readonly property Native\Http\Response::$headers
still: all
Error: Cannot unset readonly property Native\Http\Response::$times
still: all
Error: Cannot modify readonly property Native\Http\Response::$headers
still: all
Error: Cannot modify readonly property Native\Http\Response::$headers
still: all
Error: Cannot create dynamic property Native\Http\Response::$other
still: all
Error: Trying to clone an uncloneable object of class Native\Http\Response
still: all
Exception: Serialization of 'Native\Http\Response' is not allowed
still: all
Error: Cannot acquire reference to readonly property Native\Http\Response::$status
still: all
kept: all
