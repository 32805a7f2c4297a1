--TEST--
Http\Client through squid: requests, CONNECT and TLS in it, Basic and Digest for the proxy, refusals, the environment's proxies
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
servers_skip('squid', 'nginx', 'openssl');
foreach (['basic_ncsa_auth', 'digest_file_auth'] as $helper) {
    is_executable("/usr/lib/squid/$helper") || die("skip squid has no $helper");
}
?>
--FILE--
<?php
use Native\Http\{Body, Client, Options};
require __DIR__ . '/servers.inc';

foreach (['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'] as $name) {
    putenv($name);
}
$ca = new TestCa('CA of https');
$ca->issue('server', ['localhost', '127.0.0.1']);
$says = "location / { return 200 \"\$request_method \$host via=\$http_via authorization=\$http_authorization proxy=\$http_proxy_authorization\"; }";
$nginx = nginx("server { listen 127.0.0.1:{port}; $says }\n"
    . "server { listen 127.0.0.1:{port2} ssl; ssl_certificate {$ca->file('server.crt')}; ssl_certificate_key {$ca->file('server.key')}; $says }\n"
    . "server { listen 127.0.0.1:{port3}; $says }\n"
    . "server { listen 127.0.0.1:{port4} ssl; ssl_certificate {$ca->file('server.crt')}; ssl_certificate_key {$ca->file('server.key')}; $says }\n", 4);
file_put_contents(scratch() . '/basic', 'user:' . crypt('pa:ss', '$5$rounds=1000$salt$') . "\n");
file_put_contents(scratch() . '/digest', "dig:secret\n");
// Two ports of the origin's are for those who say who they are, one for nobody.
$settings = fn (string $way, string $program) => <<<CONF
    auth_param $way program /usr/lib/squid/$program {folder}/$way
    auth_param $way children 1 startup=1
    auth_param $way realm squid
    acl known proxy_auth REQUIRED
    acl closed port {$nginx->port(2)} {$nginx->port(3)}
    acl forbidden port 1
    http_access deny forbidden
    http_access deny closed !known
    http_access allow all

    CONF;
$proxy = squid($settings('basic', 'basic_ncsa_auth'));
$digest = squid($settings('digest', 'digest_file_auth'));
$at = '127.0.0.1:' . $proxy->port();
$options = new Options(timeout: 30, proxy: "http://$at", caFile: $ca->file('ca.crt'));
$http = new Client($options);
$show = function (string $what, callable $request) use ($proxy) {
    try {
        $r = $request();
        echo "$what: $r->status ", $r->status === 200 ? preg_replace('/via=1.1 squid.test \(.*?\) /', 'via=squid ', $r->body) : $r->header('x-squid-error') ?? '', $r->reused ? ' +' : '', "\n";
    } catch (Native\Http\Exception $e) {
        echo "$what: ", str_replace('405', '400', outcome(fn () => throw $e)), "\n"; // nginx from 1.29 on
    }
};
$show('plain', fn () => $http->get($nginx->url()));
$show('once more', fn () => $http->post($nginx->url(), str_repeat('x', 1000)));
$show('with a password in the URL, for the origin', fn () => $http->get(str_replace('//', '//u:p@', $nginx->url())));
$show('https', fn () => $http->get($nginx->url('/', 1, 'https', 'localhost')));
$show('https once more', fn () => $http->get($nginx->url('/', 1, 'https', 'localhost')));
$show('another name, another tunnel', fn () => $http->get($nginx->url('/', 1, 'https')));
$show('a tunnel for http', fn () => $http->get($nginx->url(), [], $options->with(proxyTunnel: true)));
$show('no proxy for it', fn () => $http->get($nginx->url(), [], $options->with(noProxy: 'localhost,127.0.0.0/8')));
$show('a proxy for it', fn () => $http->get($nginx->url(), [], $options->with(noProxy: 'localhost,10.0.0.0/8')));
$show('certificate of nobody known', fn () => $http->get($nginx->url('/', 1, 'https', 'localhost'), [], $options->with(caFile: null)));

$show('auth: none', fn () => $http->get($nginx->url('/', 2)));
$show('auth: none, https', fn () => $http->get($nginx->url('/', 3, 'https', 'localhost')));
foreach (['basic' => 'user:pa%3Ass', 'wrong' => 'user:other', 'digest' => 'dig:secret', 'digest, wrong' => 'dig:other'] as $what => $login) {
    $with = $options->with(proxy: "http://$login@127.0.0.1:" . ($login[0] === 'd' ? $digest : $proxy)->port());
    $show($what, fn () => $http->get($nginx->url('/', 2), [], $with));
    $show("$what, once more", fn () => $http->get($nginx->url('/', 2), [], $with));
    $show("$what, a body", fn () => $http->put($nginx->url('/', 2), str_repeat('x', 10000), [], $with));
    $show("$what, https", fn () => $http->get($nginx->url('/', 3, 'https', 'localhost'), [], $with));
}

$show('forbidden', fn () => $http->get('http://127.0.0.1:1/'));
$show('forbidden, https', fn () => $http->get('https://127.0.0.1:1/'));
$free = free_port();
$show('nobody there', fn () => $http->get("http://127.0.0.1:$free/"));
$show('nobody there, https', fn () => $http->get("https://127.0.0.1:$free/"));
$show('no proxy there', fn () => $http->get($nginx->url(), [], $options->with(proxy: "http://127.0.0.1:$free")));
$show('no such proxy', fn () => $http->get($nginx->url(), [], $options->with(proxy: 'http://no-such-name.invalid:3128')));
$show('a proxy that is none', fn () => $http->get($nginx->url('/', 1, 'https'), [], $options->with(proxy: 'http://127.0.0.1:' . $nginx->port())));

// The environment, as it is at the time of the request.
$env = new Options(timeout: 30, caFile: $ca->file('ca.crt'));
foreach ([['http_proxy' => "http://$at"], ['http_proxy' => $at], ['HTTP_PROXY' => "http://$at"], ['https_proxy' => "http://$at"], ['all_proxy' => "http://$at"],
    ['ALL_PROXY' => "http://$at"], ['all_proxy' => "http://$at", 'no_proxy' => '127.0.0.1'], ['all_proxy' => "http://$at", 'no_proxy' => '*'],
    ['http_proxy' => "http://$at", 'NO_PROXY' => 'example.org, 127.0.0.0/8'], ['http_proxy' => ''], []] as $set) {
    foreach ($set as $name => $value) {
        putenv("$name=$value");
    }
    $way = [];
    foreach (['http', 'https'] as $n => $scheme) {
        $way[] = $http->get($nginx->url('/', $n, $scheme), [], $env)->info()['proxied'] ? 'proxy' : 'direct';
    }
    echo str_replace($at, 'AT', json_encode($set, JSON_UNESCAPED_SLASHES)), ': ', implode(', ', $way), "\n";
    foreach ($set as $name => $value) {
        putenv($name);
    }
}
?>
--EXPECT--
plain: 200 GET 127.0.0.1 via=squid authorization= proxy=
once more: 200 POST 127.0.0.1 via=squid authorization= proxy= +
with a password in the URL, for the origin: 200 GET 127.0.0.1 via=squid authorization=Basic dTpw proxy= +
https: 200 GET localhost via= authorization= proxy=
https once more: 200 GET localhost via= authorization= proxy= +
another name, another tunnel: 200 GET 127.0.0.1 via= authorization= proxy=
a tunnel for http: 200 GET 127.0.0.1 via= authorization= proxy=
no proxy for it: 200 GET 127.0.0.1 via= authorization= proxy=
a proxy for it: 200 GET 127.0.0.1 via=squid authorization= proxy= +
certificate of nobody known: TlsException (tls, unknown_issuer): certificate of localhost comes from an issuer that is not trusted (CN=CA of https)
auth: none: 407 ERR_CACHE_ACCESS_DENIED 0 +
auth: none, https: ProxyException (proxy, 407): CONNECT tunnel failed, response 407
basic: 200 GET 127.0.0.1 via=squid authorization= proxy= +
basic, once more: 200 GET 127.0.0.1 via=squid authorization= proxy= +
basic, a body: 200 PUT 127.0.0.1 via=squid authorization= proxy= +
basic, https: 200 GET localhost via= authorization= proxy=
wrong: 407 ERR_CACHE_ACCESS_DENIED 0 +
wrong, once more: 407 ERR_CACHE_ACCESS_DENIED 0 +
wrong, a body: 407 ERR_CACHE_ACCESS_DENIED 0 +
wrong, https: ProxyException (proxy, 407): CONNECT tunnel failed, response 407
digest: 200 GET 127.0.0.1 via=squid authorization= proxy= +
digest, once more: 200 GET 127.0.0.1 via=squid authorization= proxy= +
digest, a body: 200 PUT 127.0.0.1 via=squid authorization= proxy= +
digest, https: 200 GET localhost via= authorization= proxy=
digest, wrong: 407 ERR_CACHE_ACCESS_DENIED 0 +
digest, wrong, once more: 407 ERR_CACHE_ACCESS_DENIED 0 +
digest, wrong, a body: 407 ERR_CACHE_ACCESS_DENIED 0 +
digest, wrong, https: ProxyException (proxy, 407): CONNECT tunnel failed, response 407
forbidden: 403 ERR_ACCESS_DENIED 0 +
forbidden, https: ProxyException (proxy, 403): CONNECT tunnel failed, response 403
nobody there: 503 ERR_CONNECT_FAIL 111 +
nobody there, https: ProxyException (proxy, 503): CONNECT tunnel failed, response 503
no proxy there: ConnectException (connect): cannot connect to 127.0.0.1:PORT: Connection refused
no such proxy: ResolveException (name): cannot resolve no-such-name.invalid: Name or service not known
a proxy that is none: ProxyException (proxy, 400): CONNECT tunnel failed, response 400
{"http_proxy":"http://AT"}: proxy, direct
{"http_proxy":"AT"}: proxy, direct
{"HTTP_PROXY":"http://AT"}: direct, direct
{"https_proxy":"http://AT"}: direct, proxy
{"all_proxy":"http://AT"}: proxy, proxy
{"ALL_PROXY":"http://AT"}: proxy, proxy
{"all_proxy":"http://AT","no_proxy":"127.0.0.1"}: direct, direct
{"all_proxy":"http://AT","no_proxy":"*"}: direct, direct
{"http_proxy":"http://AT","NO_PROXY":"example.org, 127.0.0.0/8"}: direct, direct
{"http_proxy":""}: direct, direct
[]: direct, direct
