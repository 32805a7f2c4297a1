--TEST--
Http\Options: resolve and connectTo lead elsewhere, and are connections of their own
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/server.inc';

$one = new HttpServer(fn (Seen $s) => answer("one, {$s->field('host')}, connection $s->connection"));
$two = new HttpServer(fn (Seen $s) => answer("two, {$s->field('host')}, connection $s->connection"));
$http = new Client(new Options(timeout: 60, proxy: ''));
$name = "name.invalid:$one->port";

function get(string $url, mixed ...$options): void
{
    global $http, $one, $two;
    try {
        $r = $http->get($url, [], new Options(...$options, timeout: 60, proxy: ''));
        $said = "$r->body, reached {$r->info()['remoteAddress']}";
    } catch (Native\Http\Exception $e) {
        $said = $e::class;
    }
    echo str_replace([":$one->port", ":$two->port"], [':1', ':2'], $said), "\n";
}

echo "-- resolve\n";
get("http://$name/", resolve: [$name => '127.0.0.1']);
get("http://$name/", resolve: [$name => '127.0.0.1']);
get("http://$name/", resolve: [$name => ['127.0.0.2', '127.0.0.1']]);
get("http://other.invalid:$one->port/", resolve: ["*:$one->port" => '127.0.0.1']);
get("http://NAME.invalid:$one->port/", resolve: ["x.invalid:1" => '127.0.0.9', $name => '127.0.0.1', "*:$one->port" => '127.0.0.9']);
get("http://$name/", resolve: ["name.invalid:1" => '127.0.0.1']);

echo "-- connectTo\n";
get("http://$name/", connectTo: [$name => "127.0.0.1:$two->port"]);
get("http://$name/", connectTo: ['name.invalid' => '127.0.0.1']);
get("http://127.0.0.1:$one->port/", connectTo: ['*' => "*:$two->port"]);
get("http://127.0.0.1:$one->port/", connectTo: ['other.invalid' => "127.0.0.1:$two->port"]);
get("http://$name/", connectTo: [$name => "second.invalid:$two->port"], resolve: ["second.invalid:$two->port" => '127.0.0.1']);

echo "-- what is refused\n";
foreach ([['resolve' => ['a' => '127.0.0.1']], ['resolve' => ['a:80' => 'b']], ['resolve' => ['a:80' => []]], ['resolve' => ['a:0' => '127.0.0.1']], ['resolve' => ['a:65536' => '127.0.0.1']],
    ['resolve' => ['::1:80' => '127.0.0.1']], ['resolve' => ['127.0.0.1']], ['resolve' => ['a:80' => array_fill(0, 17, '127.0.0.1')]], ['resolve' => ["a\0:80" => '127.0.0.1']],
    ['connectTo' => ['a' => '']], ['connectTo' => ['a' => 1]], ['connectTo' => ['a:x' => 'b']], ['connectTo' => ['b']], ['connectTo' => ['a' => ':80']]] as $bad) {
    try {
        new Options(...$bad);
        echo 'no exception: ', json_encode($bad), "\n";
    } catch (ValueError $e) {
        echo $e->getMessage(), "\n";
    }
}
new Options(resolve: ['[::1]:80' => '::1', '[fe80::1]:443' => ['fe80::2', '192.0.2.1']], connectTo: ['[::1]' => '[::2]:80', '*:80' => 'x']);

echo "-- what stands behind a reference may change meanwhile\n";
$to = "127.0.0.1:$two->port";
$n = 0;
$o = new Options(timeout: 60, proxy: '', connectTo: [$name => &$to], onProgress: function () use (&$to, &$n) { $to = str_repeat('x', ++$n); });
echo str_replace(":$one->port", ':1', $http->get("http://$name/", [], $o)->body), "\n";
try {
    $http->get("http://$name/", [], $o);
} catch (Native\Http\ResolveException $e) {
    echo $e::class, "\n";
}
?>
--EXPECT--
-- resolve
one, name.invalid:1, connection 1, reached 127.0.0.1:1
one, name.invalid:1, connection 1, reached 127.0.0.1:1
one, name.invalid:1, connection 2, reached 127.0.0.1:1
one, other.invalid:1, connection 3, reached 127.0.0.1:1
one, NAME.invalid:1, connection 1, reached 127.0.0.1:1
Native\Http\ResolveException
-- connectTo
two, name.invalid:1, connection 1, reached 127.0.0.1:2
one, name.invalid:1, connection 4, reached 127.0.0.1:1
two, 127.0.0.1:1, connection 2, reached 127.0.0.1:2
one, 127.0.0.1:1, connection 5, reached 127.0.0.1:1
two, name.invalid:1, connection 3, reached 127.0.0.1:2
-- what is refused
Native\Http\Options::__construct(): Argument #48 ($resolve) must be "host:port" => IP address, or up to 16 of them
Native\Http\Options::__construct(): Argument #48 ($resolve) must be "host:port" => IP address, or up to 16 of them
Native\Http\Options::__construct(): Argument #48 ($resolve) must be "host:port" => IP address, or up to 16 of them
Native\Http\Options::__construct(): Argument #48 ($resolve) must be "host:port" => IP address, or up to 16 of them
Native\Http\Options::__construct(): Argument #48 ($resolve) must be "host:port" => IP address, or up to 16 of them
Native\Http\Options::__construct(): Argument #48 ($resolve) must be "host:port" => IP address, or up to 16 of them
Native\Http\Options::__construct(): Argument #48 ($resolve) must be "host:port" => IP address, or up to 16 of them
Native\Http\Options::__construct(): Argument #48 ($resolve) must be "host:port" => IP address, or up to 16 of them
Native\Http\Options::__construct(): Argument #48 ($resolve) must be "host:port" => IP address, or up to 16 of them
Native\Http\Options::__construct(): Argument #51 ($connectTo) must be "host:port" => "host:port"
Native\Http\Options::__construct(): Argument #51 ($connectTo) must be "host:port" => "host:port"
Native\Http\Options::__construct(): Argument #51 ($connectTo) must be "host:port" => "host:port"
Native\Http\Options::__construct(): Argument #51 ($connectTo) must be "host:port" => "host:port"
Native\Http\Options::__construct(): Argument #51 ($connectTo) must be "host:port" => "host:port"
-- what stands behind a reference may change meanwhile
two, name.invalid:1, connection 1
Native\Http\ResolveException
