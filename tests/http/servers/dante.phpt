--TEST--
Http\Client through Danted: SOCKS 4, 5 and 5h, names resolved here and there, users that it does not know, refusals, TLS
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
servers_skip('danted', 'nginx', 'openssl');
?>
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/servers.inc';

$ca = new TestCa('CA of https');
$ca->issue('server', ['localhost', '127.0.0.1']);
$nginx = nginx("server { listen 127.0.0.1:{port}; location / { return 200 \"\$request_method \$host\"; } }\n"
    . "server { listen 127.0.0.1:{port2} ssl; ssl_certificate {$ca->file('server.crt')}; ssl_certificate_key {$ca->file('server.key')};\n"
    . "location / { return 200 \"TLS \$host\"; } }\n"
    . "server { listen 127.0.0.1:{port3}; location / { return 200 \"not reached\"; } }\n", 3);
$proxy = dante(<<<CONF
    clientmethod: none
    socksmethod: none
    client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
    socks block { from: 0.0.0.0/0 to: 0.0.0.0/0 port = {$nginx->port(2)} }
    socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 protocol: tcp }

    CONF);
$options = new Options(timeout: 30, caFile: $ca->file('ca.crt'));
$http = new Client($options);
$show = function (string $what, callable $request) {
    try {
        $r = $request();
        echo "$what: $r->status $r->body", $r->reused ? ' +' : '', "\n";
    } catch (Native\Http\Exception $e) {
        echo "$what: ", outcome(fn () => throw $e), "\n";
    }
};
$guarded = dante(<<<CONF
    clientmethod: none
    socksmethod: username
    client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
    socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 protocol: tcp }

    CONF);
$at = '127.0.0.1:' . $proxy->port(); // Danted takes 4a for 4: see socks.phpt
foreach (['socks4', 'socks5', 'socks5h'] as $scheme) {
    $with = $options->with(proxy: "$scheme://$at");
    $show("$scheme, an address", fn () => $http->get($nginx->url(), [], $with));
    $show("$scheme, once more", fn () => $http->get($nginx->url(), [], $with));
    $show("$scheme, a name", fn () => $http->post($nginx->url('/', 0, 'http', 'localhost'), 'x', [], $with->with(family: 4)));
    $show("$scheme, TLS", fn () => $http->get($nginx->url('/', 1, 'https', 'localhost'), [], $with->with(family: 4)));
    $show("$scheme, blocked", fn () => $http->get($nginx->url('/', 2), [], $with));
}
$show('nobody there', fn () => $http->get('http://127.0.0.1:' . free_port() . '/', [], $options->with(proxy: "socks5://$at")));
$show('an address of version 6', fn () => $http->get('http://[::1]:1/', [], $options->with(proxy: "socks4://$at")));
$show('no proxy there', fn () => $http->get($nginx->url(), [], $options->with(proxy: 'socks5://127.0.0.1:' . free_port())));
$show('a proxy that is none', fn () => $http->get($nginx->url(), [], $options->with(proxy: 'socks5://127.0.0.1:' . $nginx->port())));
$show('a proxy of another version', fn () => $http->get($nginx->url(), [], $options->with(proxy: "http://$at")));
$show('a user it does not ask for', fn () => $http->get($nginx->url(), [], $options->with(proxy: "socks5://u:p@$at")));
// Its users are the system's: one that is none is refused, who brings none has no way in.
$show('a user it does not know', fn () => $http->get($nginx->url(), [], $options->with(proxy: 'socks5://native-no-such-user:p@127.0.0.1:' . $guarded->port())));
$show('no user where one is asked for', fn () => $http->get($nginx->url(), [], $options->with(proxy: 'socks5://127.0.0.1:' . $guarded->port())));
?>
--EXPECT--
socks4, an address: 200 GET 127.0.0.1
socks4, once more: 200 GET 127.0.0.1 +
socks4, a name: 200 POST localhost
socks4, TLS: 200 TLS localhost
socks4, blocked: ProxyException (proxy, 91): the SOCKS proxy: it refused the connection: request rejected or failed
socks5, an address: 200 GET 127.0.0.1
socks5, once more: 200 GET 127.0.0.1 +
socks5, a name: 200 POST localhost
socks5, TLS: 200 TLS localhost
socks5, blocked: ProxyException (proxy, 2): the SOCKS proxy: it refused the connection: connection not allowed by ruleset
socks5h, an address: 200 GET 127.0.0.1
socks5h, once more: 200 GET 127.0.0.1 +
socks5h, a name: 200 POST localhost
socks5h, TLS: 200 TLS localhost
socks5h, blocked: ProxyException (proxy, 2): the SOCKS proxy: it refused the connection: connection not allowed by ruleset
nobody there: ProxyException (proxy, 5): the SOCKS proxy: it refused the connection: Connection refused
an address of version 6: ResolveException (proxy): ::1 has no IPv4 address, and SOCKS 4 knows no other
no proxy there: ConnectException (connect): cannot connect to 127.0.0.1:PORT: Connection refused
a proxy that is none: ProxyException (proxy): the SOCKS proxy: its answer is not SOCKS of this version
a proxy of another version: TransferException (wait): the connection ended without a byte of a response
a user it does not ask for: 200 GET 127.0.0.1
a user it does not know: ProxyException (proxy, 1): the SOCKS proxy: it refused the user or the password
no user where one is asked for: ProxyException (proxy, 255): the SOCKS proxy: it wants another way of authentication
