--TEST--
Http\Client and nginx: uploads of every kind arrive whole; 413 in the middle and before, Expect: 100-continue
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
use Native\Http\{Body, Client, Options};
require __DIR__ . '/servers.inc';

mkdir(scratch() . '/put');
$nginx = nginx(<<<'NGINX'
    server {
        listen 127.0.0.1:{port};
        client_max_body_size 64m;
        location /put/ { dav_methods PUT DELETE; }
        location /small/ { client_max_body_size 1k; dav_methods PUT; }
        location /refused { return 403 "no"; }
    }
    NGINX);
$options = new Options(baseUrl: $nginx->url(), timeout: 30, proxy: '');
$http = new Client($options);

$bytes = random_bytes(8 << 20);
file_put_contents(scratch() . '/file', $bytes);
$stored = function (string $name, int $status) use ($bytes) {
    $file = scratch() . "/put/$name";
    echo "$name: $status ", file_exists($file) ? (md5_file($file) === md5($bytes) ? 'whole' : 'not the same, ' . filesize($file) . ' bytes') : 'not there', "\n";
};
$stored('bytes', $http->put('put/bytes', $bytes)->status);
$stored('file', $http->put('put/file', Body::file(scratch() . '/file'))->status);
$stored('stream', $http->put('put/stream', fopen(scratch() . '/file', 'r'))->status);
$stored('pipe', $http->put('put/pipe', popen('cat ' . escapeshellarg(scratch() . '/file'), 'r'))->status);
$stored('generator', $http->put('put/generator', (function () use ($bytes) {
    for ($at = 0; $at < strlen($bytes); $at += $n) {
        yield substr($bytes, $at, $n = random_int(1, 100000));
    }
})())->status);
$at = 0;
$stored('closure', $http->put('put/closure', function (int $length) use ($bytes, &$at) {
    $piece = substr($bytes, $at, $length);
    $at += strlen($piece);
    return $piece;
})->status);
$stored('without-100', $http->put('put/without-100', $bytes, [], $options->with(expectContinue: -1))->status);
$stored('with-100', $http->put('put/with-100', $bytes, [], $options->with(expectContinue: 0))->status);
echo 'again: ', $http->put('put/bytes', 'x')->status, ', deleted: ', $http->delete('put/bytes')->status, "\n";

// With Expect nginx says 413 before a byte of the body has gone; without it while the body is on its way.
$asked = 0;
$body = function () use (&$asked) {
    $asked++;
    return $asked > 1000 ? '' : str_repeat('x', 16384);
};
foreach (['refused before' => 0, 'refused in the middle' => -1] as $what => $expect) {
    $r = $http->put('small/x', $bytes, [], $options->with(expectContinue: $expect));
    echo "$what: $r->status ", str_contains($r->body, 'Too Large') ? 'with the page' : $r->body, "\n";
}
$r = $http->put('small/x', $body, [], $options->with(expectContinue: -1));
echo "refused in chunks: $r->status, ", $asked < 1000 ? 'the rest was not sent' : 'all was sent', "\n";
echo 'after that: ', $http->put('put/again', 'x')->status, "\n";
$r = $http->put('refused', $bytes, [], $options->with(expectContinue: 0));
echo "refused by its address: $r->status $r->body\n";
?>
--EXPECT--
bytes: 201 whole
file: 201 whole
stream: 201 whole
pipe: 201 whole
generator: 201 whole
closure: 201 whole
without-100: 201 whole
with-100: 201 whole
again: 204, deleted: 204
refused before: 413 with the page
refused in the middle: 413 with the page
refused in chunks: 413, the rest was not sent
after that: 201
refused by its address: 403 no
