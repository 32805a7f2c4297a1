<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// socks.php - SOCKS proxies: what is sent to them, and what their answers come to.

require __DIR__ . '/compare.inc';

// Stock libcurl offers GSSAPI too, unless it is told not to.
const PLAIN = [CURLOPT_NOPROXY => '', CURLOPT_SOCKS5_AUTH => CURLAUTH_BASIC];

/** A proxy whose client asks as these steps expect; then it is the server. */
function socks(string $scheme, array $steps, array $options = [], string $url = 'http://a.test:81/path'): void
{
    $s = script([...$steps, request(), send(ok('through'))]);
    $result = fetch($url, $options + PLAIN + [CURLOPT_PROXY => "$scheme://127.0.0.1:$s->port", CURLOPT_TIMEOUT_MS => 3000], CURLINFO_HTTP_CODE, CURLINFO_PROXY_ERROR,
        CURLINFO_HTTP_CONNECTCODE);
    if ($result === false) {
        $s->wait(); // it may have been sent something more
    }
    $s->show();
}

const GOOD4 = "\0\x5a\0\0\0\0\0\0";
const GOOD5 = "\5\0\0\1\x7f\0\0\1\0\0";

it('SOCKS5h', fn () => socks('socks5h', [take(3), send("\5\0"), take(13), send(GOOD5)]));
it('SOCKS5h and an address', fn () => socks('socks5h', [take(3), send("\5\0"), take(10), send(GOOD5)], url: 'http://127.0.0.9/'));
it('SOCKS5h and an IPv6 address', fn () => socks('socks5h', [take(3), send("\5\0"), take(22), send(GOOD5)], url: 'http://[::1]/'));
it('SOCKS5', fn () => socks('socks5', [take(3), send("\5\0"), take(10), send(GOOD5)], [CURLOPT_RESOLVE => ['a.test:81:10.1.2.3']]));
it('SOCKS5 and a name that is not there', fn () => socks('socks5', [take(3), send("\5\0"), take(10)], url: 'http://no-such-host.invalid/'));
it('SOCKS5 with a name in the reply', fn () => socks('socks5h', [take(3), send("\5\0"), take(13), send("\5\0\0\3\4name\0\x50")]));
it('SOCKS5 with an IPv6 address in the reply', fn () => socks('socks5h', [take(3), send("\5\0"), take(13), send("\5\0\0\4" . str_repeat("\0", 16) . "\0\x50")]));
it('SOCKS5 in pieces', fn () => socks('socks5h', [take(3), send("\5"), pause(20), send("\0"), take(13), send("\5\0"), pause(20), send("\0\1\x7f\0"), pause(20), send("\0\1\0\0")]));
it('SOCKS4', fn () => socks('socks4', [take(9), send(GOOD4)], [CURLOPT_RESOLVE => ['a.test:81:10.1.2.3']]));
it('SOCKS4a', fn () => socks('socks4a', [take(16), send(GOOD4)]));
it('SOCKS4 with a user', fn () => socks('socks4', [take(11), send(GOOD4)], [CURLOPT_RESOLVE => ['a.test:81:10.1.2.3'], CURLOPT_PROXYUSERPWD => 'me:secret']));
it('SOCKS4a with a user', fn () => socks('socks4a', [take(18), send(GOOD4)], [CURLOPT_PROXYUSERPWD => 'me:secret']));
it('SOCKS4 and an IPv6 address', fn () => socks('socks4', [take(9)], url: 'http://[::1]/'));

it('SOCKS5 with a login', fn () => socks('socks5h', [take(4), send("\5\2"), take(11), send("\1\0"), take(13), send(GOOD5)], [CURLOPT_PROXYUSERPWD => 'me:secret']));
it('SOCKS5 with a login in the URL', function () {
    $s = script([take(4), send("\5\2"), take(11), send("\1\0"), take(13), send(GOOD5), request(), send(ok('through'))]);
    fetch('http://a.test:81/', PLAIN + [CURLOPT_PROXY => "socks5h://m%65:secret@127.0.0.1:$s->port"]);
    $s->show();
});
it('SOCKS5 with a login that nobody wants', fn () => socks('socks5h', [take(4), send("\5\0"), take(13), send(GOOD5)], [CURLOPT_PROXYUSERPWD => 'me:secret']));
it('SOCKS5 with a login that is refused', fn () => socks('socks5h', [take(4), send("\5\2"), take(11), send("\1\1")], [CURLOPT_PROXYUSERPWD => 'me:secret']));
it('SOCKS5 that wants a login', fn () => socks('socks5h', [take(3), send("\5\2")], [CURLOPT_TIMEOUT_MS => 400]));
it('SOCKS5 that takes none of the ways', fn () => socks('socks5h', [take(3), send("\5\xff")]));
it('SOCKS5 that takes a way that was not offered', fn () => socks('socks5h', [take(3), send("\5\x09")]));
it('SOCKS5 and what is offered by default', function () {
    $s = script([take(4), send("\5\0"), take(13), send(GOOD5), request(), send(ok('through'))]);
    fetch('http://a.test:81/', [CURLOPT_NOPROXY => '', CURLOPT_PROXY => "socks5h://127.0.0.1:$s->port", CURLOPT_TIMEOUT_MS => 500]);
    $s->show();
});
it('SOCKS5_AUTH', function () {
    socks('socks5h', [take(3), send("\5\0"), take(13), send(GOOD5)], [CURLOPT_PROXYUSERPWD => 'me:secret', CURLOPT_SOCKS5_AUTH => CURLAUTH_NONE]);
    $ch = easy();
    foreach ([0, 1, 4, 5, 2, 8, -1] as $bits) {
        set($ch, 'CURLOPT_SOCKS5_AUTH', $bits);
    }
});

foreach (range(1, 9) as $code) {
    it("SOCKS5 error $code", fn () => socks('socks5h', [take(3), send("\5\0"), take(13), send("\5" . chr($code) . "\0\1\0\0\0\0\0\0")]));
}
foreach ([0x5b, 0x5c, 0x5d, 0x60] as $code) {
    it("SOCKS4 error $code", fn () => socks('socks4a', [take(16), send("\0" . chr($code) . "\0\0\0\0\0\0")]));
}

it('SOCKS5 of another version', fn () => socks('socks5h', [take(3), send("\4\0")]));
it('SOCKS5 reply of another version', fn () => socks('socks5h', [take(3), send("\5\0"), take(13), send("\4\0\0\1\0\0\0\0\0\0")]));
it('SOCKS5 reply with an unknown kind of address', fn () => socks('socks5h', [take(3), send("\5\0"), take(13), send("\5\0\0\7\0\0\0\0\0\0")]));
it('SOCKS4 reply of another version', fn () => socks('socks4a', [take(16), send("\1\x5a\0\0\0\0\0\0")]));
it('SOCKS5 that closes at once', fn () => socks('socks5h', [take(3), no_more(), rest(200)]));
it('SOCKS5 that closes later', fn () => socks('socks5h', [take(3), send("\5\0"), take(13), no_more(), rest(200)]));
it('SOCKS4 that closes', fn () => socks('socks4a', [take(16), no_more(), rest(200)]));
it('SOCKS5 that says nothing', fn () => socks('socks5h', [take(3), rest()], [CURLOPT_CONNECTTIMEOUT_MS => 300]));
it('SOCKS5 that speaks HTTP', fn () => socks('socks5h', [take(3), send("HTTP/1.1 400 Bad Request\r\n\r\n")]));

it('a name that is too long', fn () => socks('socks5h', [take(3), send("\5\0"), take(10)], url: 'http://' . implode('.', array_fill(0, 5, str_repeat('x', 60))) . '/'));
it('a login that is too long', fn () => socks('socks5h', [take(4), send("\5\2"), rest(300)], [CURLOPT_PROXYUSERNAME => str_repeat('u', 300), CURLOPT_PROXYPASSWORD => 'p']));

it('PROXYTYPE', function () {
    $s = script([take(3), send("\5\0"), take(13), send(GOOD5), request(), send(ok('through'))]);
    fetch('http://a.test:81/', PLAIN + [CURLOPT_PROXY => "127.0.0.1:$s->port", CURLOPT_PROXYTYPE => CURLPROXY_SOCKS5_HOSTNAME]);
    $s->show();
    $s = serve(['*' => ok('by http')]);
    fetch('http://a.test:81/', PLAIN + [CURLOPT_PROXY => "http://127.0.0.1:$s->port", CURLOPT_PROXYTYPE => CURLPROXY_SOCKS5_HOSTNAME, CURLOPT_TIMEOUT_MS => 400]);
});

it('https by SOCKS', function () {
    $s = script([take(3), send("\5\0"), take(5 + strlen('example.test') + 2), send(GOOD5), tls(), request(), send(ok('secret'))]);
    fetch('https://example.test/', PLAIN + [CURLOPT_PROXY => "socks5h://127.0.0.1:$s->port", CURLOPT_CAINFO => certificate('ca.crt')], CURLINFO_SSL_VERIFYRESULT);
    $s->show();
});

it('ALL_PROXY', function () {
    $s = script([take(3), send("\5\0"), take(13), send(GOOD5), request(), send(ok('through'))]);
    putenv("ALL_PROXY=socks5h://127.0.0.1:$s->port");
    $ch = curl_init('http://a.test:81/');
    curl_setopt_array($ch, [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 5, CURLOPT_SOCKS5_AUTH => CURLAUTH_BASIC]);
    perform($ch);
    putenv('ALL_PROXY');
    $s->show();
});

it('the connection is kept', function () {
    $s = script([take(3), send("\5\0"), take(13), send(GOOD5), request(), send(ok('one')), request(), send(ok('two'))]);
    $ch = easy('http://a.test:81/1', PLAIN + [CURLOPT_PROXY => "socks5h://127.0.0.1:$s->port"]);
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt($ch, CURLOPT_URL, 'http://a.test:81/2');
    perform($ch, CURLINFO_NUM_CONNECTS);
});

it('what is told of a connection by SOCKS', function () {
    $s = script([take(3), send("\5\0"), take(13), send(GOOD5), request(), send(ok('one'))]);
    fetch('http://a.test:81/1', PLAIN + [CURLOPT_PROXY => "socks5h://127.0.0.1:$s->port"], CURLINFO_PRIMARY_IP, CURLINFO_PRIMARY_PORT, CURLINFO_LOCAL_IP, CURLINFO_EFFECTIVE_URL);
});
