--TEST--
native.trace: passwords with quotes, brackets or spaces in them, and the many names that secrets have
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/../http/server.inc';

$file = scratch() . '/trace';
$server = new HttpServer(fn (Seen $s) => answer('', 200, "X-Link: <http://u:a b<SECRET@other/?x=1>"));
ini_set('native.trace', $file);
$http = new Client(new Options(timeout: 20, proxy: ''));
foreach (["a'SECRET", 'a"SECRET', 'a<SECRET', 'a>SECRET'] as $password) {
    $http->get(str_replace('://', "://ada:$password@", $server->url("/?token=$password&end=1")));
}
foreach (['access%5Ftoken', 'password[]', 'user[password]', 'oauth_token', 'accessToken', 'client_assertion', 'PHPSESSID', 'passphrase', 'AWS_SECRET_KEY',
    str_repeat('a', 400) . 'token'] as $name) {
    $http->get($server->url("/?$name=SECRET&end=1"));
}
foreach (['X-Token', 'X-Auth', 'X-Plex-Token', 'X_Api_Key', 'X-Forwarded-Authorization', 'X-Client-Secret', 'Ocp-Apim-Subscription-Key'] as $name) {
    $http->get($server->url('/'), headers: [$name => 'SECRET']);
}
$http->get($server->url('/?monkey=shown-1&cipher=shown-2%'), headers: ['Idempotency-Key' => 'shown-3', 'X-Tokens-Left' => 'shown-4']);
$text = file_get_contents($file);
preg_match_all('/^.*SECRET[^_].*$/m', $text, $m);
echo implode("\n", $m[0]), "\n", substr_count($text, '&end=1'), ' ', substr_count($text, '://***@'), "\n";
preg_match_all('/shown-\d/', $text, $m);
echo implode(' ', $m[0]), "\n";
?>
--EXPECT--

14 26
shown-1 shown-2 shown-3 shown-4
