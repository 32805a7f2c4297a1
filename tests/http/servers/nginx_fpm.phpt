--TEST--
Http\Client, nginx and php-fpm: what a page gets of forms, files, raw bodies, chunks, fields and cookies
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
servers_skip('nginx');
require __DIR__ . '/../../support/fpm.inc';
fpm_skip();
?>
--FILE--
<?php
use Native\Http\{Body, Client, CookieJar, Options};
require __DIR__ . '/servers.inc';
require __DIR__ . '/../../support/fpm.inc';

file_put_contents(scratch() . '/echo.php', <<<'PHP'
<?php
$files = [];
foreach ($_FILES as $name => $file) {
    $files[$name] = [$file['name'], $file['type'], $file['error'], is_array($file['tmp_name']) ? array_map(md5_file(...), $file['tmp_name']) : md5_file($file['tmp_name'])];
}
setcookie('seen', (string) (($_COOKIE['seen'] ?? 0) + 1));
header('Content-Type: application/json');
$input = file_get_contents('php://input');
echo json_encode(array_filter(['method' => $_SERVER['REQUEST_METHOD'], 'uri' => $_SERVER['REQUEST_URI'], 'type' => $_SERVER['CONTENT_TYPE'] ?? null,
    'length' => $_SERVER['CONTENT_LENGTH'] ?? null, 'get' => $_GET, 'post' => $_POST, 'files' => $files, 'cookie' => $_COOKIE,
    'x' => $_SERVER['HTTP_X_LIST'] ?? null, 'input' => strlen($input) > 100 ? strlen($input) . ' bytes ' . md5($input) : $input]), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
PHP);
file_put_contents(scratch() . '/status.php', '<?php http_response_code((int) $_GET["s"]); header("X-A: 1"); header("X-A: 2", false); if ($_GET["s"] < 300 || $_GET["s"] >= 400) echo "body"; else header("Location: /echo.php?to");');
file_put_contents(scratch() . '/flush.php', '<?php for ($i = 0; $i < 5; $i++) { echo str_repeat("x", 5000), "\n"; @ob_flush(); flush(); }');
file_put_contents(scratch() . '/dies.php', '<?php echo "some"; flush(); exec("kill -9 " . getmypid()); sleep(5);');
$fpm = new Fpm("php_admin_value[post_max_size] = 32M\nphp_admin_value[upload_max_filesize] = 32M\nphp_admin_value[upload_tmp_dir] = /tmp\n");
$nginx = nginx(<<<NGINX
    server {
        listen 127.0.0.1:{port};
        client_max_body_size 64m;
        location / {
            fastcgi_pass unix:$fpm->socket;
            fastcgi_param SCRIPT_FILENAME {folder}\$uri;
            fastcgi_param REQUEST_METHOD \$request_method;
            fastcgi_param REQUEST_URI \$request_uri;
            fastcgi_param QUERY_STRING \$query_string;
            fastcgi_param CONTENT_TYPE \$content_type;
            fastcgi_param CONTENT_LENGTH \$content_length;
            fastcgi_param SERVER_PROTOCOL \$server_protocol;
        }
    }
    NGINX);
$jar = new CookieJar();
$options = new Options(baseUrl: $nginx->url(), timeout: 60, proxy: '');
$http = new Client($options);
$show = function (string $what, Native\Http\Response $r) {
    echo "$what: ", preg_replace('/-{24}[0-9a-f]{16}/', 'BOUNDARY', $r->body), "\n";
};
$show('get', $http->get('echo.php?a=1&b[]=2&b[]=ä%20+x'));
$show('form', $http->post('echo.php', ['a' => 'b c', 'd' => ['e' => ['f' => "\r\n&="]], 'g' => 'ü']));
$show('json', $http->post('echo.php', Body::json(['a' => 1])));
$large = str_repeat(random_bytes(1024), 1024 * 3);
file_put_contents(scratch() . '/large.bin', $large);
file_put_contents(scratch() . '/small.txt', 'small');
$r = $http->post('echo.php', Body::multipart(['text' => "one\r\ntwo", 'many' => ['x', 'y'], 'file' => Body::file(scratch() . '/large.bin', 'x/large'),
    'odd' => Body::file(scratch() . '/small.txt', 'text/plain', "a \"b\"\r\nc.txt")]), []);
$got = $r->json();
echo 'multipart: ', json_encode([$got['post'], $got['files']['file'][3] === md5($large) ? 'whole' : 'not the same', array_slice($got['files']['odd'], 0, 3)], JSON_UNESCAPED_SLASHES),
    "\n", preg_replace('/=.*/', '', $got['type']), ' ', $got['length'] > strlen($large) ? 'with a length' : '', "\n";
$r = $http->put('echo.php', fopen(scratch() . '/large.bin', 'r'));
echo 'PUT of a stream: ', $r->json()['input'] === strlen($large) . ' bytes ' . md5($large) ? 'whole' : $r->body, "\n";
$r = $http->post('echo.php', (function () use ($large) {
    foreach (str_split($large, 12345) as $piece) {
        yield $piece;
    }
})());
$got = $r->json();
echo 'POST in chunks: ', $got['input'] === strlen($large) . ' bytes ' . md5($large) ? 'whole' : $r->body, "\n";
$show('PATCH', $http->patch('echo.php', 'raw'));
$show('fields', $http->get('echo.php', ['X-List' => 'a, b', 'Cookie' => 'c=d; e="f g"']));
for ($i = 0; $i < 3; $i++) {
    $r = $http->get('echo.php', [], $options->with(cookies: $jar));
}
$show('cookies', $r);
foreach ([200, 204, 304, 404, 500] as $status) {
    $r = $http->get("status.php?s=$status");
    echo $r->status, ' ', json_encode($r->body), ' ', $r->header('x-a'), "\n";
}
$show('redirect', $http->post('status.php?s=302', 'x'));
$r = $http->get('flush.php');
echo 'in pieces: ', strlen($r->body), ' ', $r->header('transfer-encoding'), "\n";
try_it('the page dies', fn () => $http->get('dies.php'));
try_it('the next page', fn () => $http->get('echo.php'));
?>
--EXPECT--
get: {"method":"GET","uri":"/echo.php?a=1&b[]=2&b[]=%C3%A4%20+x","get":{"a":"1","b":["2","ä  x"]}}
form: {"method":"POST","uri":"/echo.php","type":"application/x-www-form-urlencoded","length":"43","post":{"a":"b c","d":{"e":{"f":"\r\n&="}},"g":"ü"},"input":"a=b+c&d%5Be%5D%5Bf%5D=%0D%0A%26%3D&g=%C3%BC"}
json: {"method":"POST","uri":"/echo.php","type":"application/json","length":"7","input":"{\"a\":1}"}
multipart: [{"text":"one\r\ntwo","many":"y"},"whole",["a %22b%22%0D%0Ac.txt","text/plain",0]]
multipart/form-data; boundary with a length
PUT of a stream: whole
POST in chunks: whole
PATCH: {"method":"PATCH","uri":"/echo.php","length":"3","input":"raw"}
fields: {"method":"GET","uri":"/echo.php","cookie":{"c":"d","e":"\"f g\""},"x":"a, b"}
cookies: {"method":"GET","uri":"/echo.php","cookie":{"seen":"2"}}
200 "body" 1, 2
204 "" 1, 2
304 "" 1, 2
404 "body" 1, 2
500 "body" 1, 2
redirect: {"method":"GET","uri":"/echo.php?to","get":{"to":""}}
in pieces: 25005 chunked
the page dies: TransferException (receive): the connection ended before the response did
the next page: 200
