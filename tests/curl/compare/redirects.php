<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// redirects.php - FOLLOWLOCATION: which request follows which, what is kept and what is dropped on the way, and when it ends.

require __DIR__ . '/compare.inc';

const FOLLOWED = [CURLINFO_HTTP_CODE, CURLINFO_EFFECTIVE_URL, CURLINFO_EFFECTIVE_METHOD, CURLINFO_REDIRECT_COUNT, CURLINFO_REDIRECT_URL];

/** A redirect with this status, and what is sent for these options. */
function follow(int $status, array $options): void
{
    $s = serve(['/a' => redirect($status, '/b', 'moved'), '/b' => ok('there')]);
    fetch($s->url('/a'), $options + [CURLOPT_FOLLOWLOCATION => true], ...FOLLOWED);
    $s->show();
}

foreach ([300, 301, 302, 303, 304, 305, 306, 307, 308] as $status) {
    it("$status and GET", fn () => follow($status, []));
    it("$status and POST", fn () => follow($status, [CURLOPT_POSTFIELDS => 'a=b']));
    it("$status and HEAD", fn () => follow($status, [CURLOPT_NOBODY => true]));
    it("$status and CUSTOMREQUEST", fn () => follow($status, [CURLOPT_CUSTOMREQUEST => 'DELETE']));
    it("$status and CUSTOMREQUEST with POSTFIELDS", fn () => follow($status, [CURLOPT_CUSTOMREQUEST => 'PATCH', CURLOPT_POSTFIELDS => 'a=b']));
    it("$status and CUSTOMREQUEST POST", fn () => follow($status, [CURLOPT_CUSTOMREQUEST => 'POST', CURLOPT_POSTFIELDS => 'a=b']));
}

foreach ([0, 1, 2, 3, 4, 7, CURL_REDIR_POST_ALL, -1, 8] as $bits) {
    it("POSTREDIR $bits", function () use ($bits) {
        foreach ([301, 302, 303, 307] as $status) {
            follow($status, [CURLOPT_POSTFIELDS => 'a=b', CURLOPT_POSTREDIR => $bits]);
        }
    });
}

foreach (['b', './b', '../b', '/b', '?q', '//127.0.0.1:1/b', 'http://127.0.0.1:1/b', 'HTTP://127.0.0.1:1/b', '/b/../c', '/b/./c//d', 'b c', '/b?x y', '/b?x+y&z=%20', '/b#part', '#part',
    '', ' /spaces ', "/\u{fc}?\u{fc}", '/%zz', '/b;p=1', 'x:y', 'b:c/d', '/a|b"<>^`{}', 'http:/b', 'http:b', 'http:///b', '\\b', '/%2e%2e/x', '...', '?', '/b?#'] as $to) {
    it('Location ' . text($to), function () use ($to) {
        $s = serve(['/base/a' => redirect(302, $to)]);
        fetch($s->url('/base/a?q=1#f'), [], CURLINFO_REDIRECT_URL);
    });
}

foreach (['b', './b', '../b', '/b', '?q', '/b/../c', '/b/./c//d', 'b c', '/b?x y', '/b#part', '#part', "/\u{fc}?\u{fc}", '/b;p=1', '/a|b"<>^`{}', '\\b', '?'] as $to) {
    it('Location followed ' . text($to), function () use ($to) {
        $s = serve(['/base/a' => [redirect(302, $to), ok('again')], '*' => ok()]);
        fetch($s->url('/base/a?q=1#f'), [CURLOPT_FOLLOWLOCATION => true], CURLINFO_EFFECTIVE_URL, CURLINFO_REDIRECT_COUNT);
        $s->show(whole: false);
    });
}

it('an empty Location', function () {
    $s = serve(['/a' => redirect(302, '', 'body'), '*' => ok()]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true], ...FOLLOWED);
});

it('no Location', function () {
    $s = serve(['/a' => answer(302, 'body')]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true], ...FOLLOWED);
});

it('two Locations', function () {
    $s = serve(['/a' => answer(302, 'body', 'Location: /b', 'Location: /c'), '*' => ok()]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true], ...FOLLOWED);
    fetch($s->url('/a'), [], ...FOLLOWED);
    $s->show(whole: false);
});

it('Location without a redirect', function () {
    $s = serve(['/a' => ok('body', 'Location: /b'), '/c' => answer(201, 'created', 'Location: /b'), '*' => ok()]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true], ...FOLLOWED);
    fetch($s->url('/c'), [CURLOPT_FOLLOWLOCATION => true], ...FOLLOWED);
});

it('a chain', function () {
    $s = serve(['/1' => redirect(301, '/2', 'one'), '/2' => redirect(302, '/3', 'two'), '/3' => redirect(307, '/4', 'three'), '/4' => ok('four')]);
    fetch($s->url('/1'), [CURLOPT_FOLLOWLOCATION => true], ...[...FOLLOWED, CURLINFO_NUM_CONNECTS, CURLINFO_SIZE_DOWNLOAD]);
    fetch($s->url('/1'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_POSTFIELDS => 'x=1'], ...FOLLOWED);
    $s->show(whole: false);
});

it('FOLLOWLOCATION 0', function () {
    $s = serve(['/a' => redirect(302, '/b', 'body'), '/b' => ok()]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => false], ...FOLLOWED);
});

it('MAXREDIRS', function () {
    foreach ([0, 1, 2, 3] as $most) {
        $s = serve(['/1' => redirect(302, '/2', 'one'), '/2' => redirect(302, '/3', 'two'), '/3' => ok('three')]);
        fetch($s->url('/1'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_MAXREDIRS => $most], ...FOLLOWED);
        $s->show(whole: false);
    }
});

it('MAXREDIRS and requests that come again', function () {
    $who = answer(401, 'who?', 'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth"');
    foreach ([0, 1, 2] as $most) {
        $login = [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST, CURLOPT_MAXREDIRS => $most];
        say("at most $most, a login");
        $s = script([request(), send($who), request(), send(ok('in'))]);
        fetch($s->url('/a'), $login, ...FOLLOWED);
        $s->show(whole: false);
        say("at most $most, a login and a redirect");
        $s = script([request(), send($who), request(), send(redirect(302, '/next')), request(), send(ok('in'))]);
        fetch($s->url('/a'), $login + [CURLOPT_FOLLOWLOCATION => true], CURLINFO_HTTP_CODE, CURLINFO_REDIRECT_COUNT);
        $s->show(whole: false);
        say("at most $most, a proxy's login");
        $s = script([request(), send(answer(407, 'who?', 'Proxy-Authenticate: Digest realm="r", nonce="n", qop="auth"')), request(), send(ok('in'))]);
        fetch('http://a.test/a', [CURLOPT_PROXY => $s->url(), CURLOPT_NOPROXY => '', CURLOPT_PROXYUSERPWD => 'me:secret', CURLOPT_PROXYAUTH => CURLAUTH_DIGEST, CURLOPT_MAXREDIRS => $most], ...FOLLOWED);
        $s->show(whole: false);
        say("at most $most, a tunnel's login");
        $s = script([request(), send(answer(407, 'who?', 'Proxy-Authenticate: Digest realm="r", nonce="n", qop="auth"')), request(), send("HTTP/1.1 200 Go\r\n\r\n"), request(), send(ok('in'))]);
        fetch('http://a.test/a', [CURLOPT_PROXY => $s->url(), CURLOPT_NOPROXY => '', CURLOPT_HTTPPROXYTUNNEL => true, CURLOPT_PROXYUSERPWD => 'me:secret', CURLOPT_PROXYAUTH => CURLAUTH_DIGEST,
            CURLOPT_MAXREDIRS => $most], ...FOLLOWED);
        $s->show(whole: false);
        say("at most $most, 417");
        $s = script([head(), send(answer(417, 'no')), request(), send(ok('in'))]);
        fetch($s->url('/a'), [CURLOPT_POSTFIELDS => 'body', CURLOPT_HTTPHEADER => ['Expect: 100-continue'], CURLOPT_MAXREDIRS => $most], ...FOLLOWED);
        $s->show(whole: false);
    }
});

it('USERPWD and where a redirect leads', function () {
    foreach ([CURLAUTH_BASIC, CURLAUTH_DIGEST] as $way) {
        $s = serve(['/a' => redirect(302, '/b'), '/b' => ok('in'), '/c' => redirect(302, '/d')]);
        fetch($s->url('/a'), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => $way, CURLOPT_FOLLOWLOCATION => true], ...FOLLOWED);
        fetch($s->url('/c'), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => $way], ...FOLLOWED);
    }
});

it('MAXREDIRS by default, and none', function () {
    $routes = ['/31' => ok('end')];
    for ($i = 0; $i < 31; $i++) {
        $routes["/$i"] = redirect(302, '/' . ($i + 1));
    }
    $s = serve($routes);
    fetch($s->url('/0'), [CURLOPT_FOLLOWLOCATION => true], ...FOLLOWED);
    fetch($s->url('/0'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_MAXREDIRS => -1], ...FOLLOWED);
    $ch = easy();
    set($ch, 'CURLOPT_MAXREDIRS', -2);
});

it('a circle', function () {
    $s = serve(['/a' => redirect(302, '/a', 'again')]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_MAXREDIRS => 5], ...FOLLOWED);
});

it('AUTOREFERER', function () {
    $s = serve(['/a' => redirect(302, '/b'), '/b' => redirect(302, '/c'), '/c' => ok()]);
    fetch('http://me:secret@127.0.0.1:' . $s->port . '/a?q#part', [CURLOPT_FOLLOWLOCATION => true, CURLOPT_AUTOREFERER => true], CURLINFO_REFERER);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_AUTOREFERER => true, CURLOPT_REFERER => 'http://first.test/'], CURLINFO_REFERER);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_REFERER => 'http://first.test/'], CURLINFO_REFERER);
    $s->show();
});

/** Two servers; the first leads to the second. */
function across(array $options, string $host = '127.0.0.1', int $status = 302): void
{
    $b = serve(['*' => ok('other')]);
    $a = serve(['*' => redirect($status, "http://$host:$b->port/there")]);
    fetch($a->url('/here'), $options + [CURLOPT_FOLLOWLOCATION => true], CURLINFO_EFFECTIVE_URL);
    $a->show();
    $b->show();
}

it('another port: USERPWD', fn () => across([CURLOPT_USERPWD => 'me:secret']));
it('another host: USERPWD', fn () => across([CURLOPT_USERPWD => 'me:secret'], 'localhost'));
it('another host: a field Authorization', fn () => across([CURLOPT_HTTPHEADER => ['Authorization: Bearer x', 'X-Other: 1']], 'localhost'));
it('another port: a field Authorization', fn () => across([CURLOPT_HTTPHEADER => ['Authorization: Bearer x', 'X-Other: 1']]));
it('another host: a field Cookie', fn () => across([CURLOPT_HTTPHEADER => ['Cookie: a=b']], 'localhost'));
it('another host: COOKIE', fn () => across([CURLOPT_COOKIE => 'a=b'], 'localhost'));
it('another host: a field Host', fn () => across([CURLOPT_HTTPHEADER => ['Host: mine.test', 'X-Other: 1']], 'localhost'));
it('another host: UNRESTRICTED_AUTH', fn () => across([CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPHEADER => ['Cookie: a=b'], CURLOPT_UNRESTRICTED_AUTH => true], 'localhost'));
it('another host: a bearer', fn () => across([CURLOPT_XOAUTH2_BEARER => 'token', CURLOPT_HTTPAUTH => CURLAUTH_BEARER], 'localhost'));
it('another host: a REFERER', fn () => across([CURLOPT_REFERER => 'http://r.test/'], 'localhost'));

it('the same host: USERPWD and fields', function () {
    $s = serve(['/a' => redirect(302, '/b'), '/b' => ok()]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_USERPWD => 'me:secret']);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_HTTPHEADER => ['Authorization: Bearer x', 'Cookie: c=d', 'Host: mine.test']]);
    $s->show();
});

it('a name and password in Location', function () {
    $b = serve(['*' => ok()]);
    $a = serve(['*' => redirect(302, "http://you:other@127.0.0.1:$b->port/x")]);
    fetch($a->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_USERPWD => 'me:secret'], CURLINFO_EFFECTIVE_URL);
    $b->show();
});

foreach (['file:///etc/passwd', 'ftp://127.0.0.1:1/x', 'gopher://127.0.0.1:1/', 'foo://x/', 'javascript:alert(1)', 'mailto:x@y.test', 'data:,x'] as $to) {
    it('a redirect to ' . strstr($to, ':', true), function () use ($to) {
        $s = serve(['/a' => redirect(302, $to, 'body')]);
        fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_CONNECTTIMEOUT_MS => 500], CURLINFO_HTTP_CODE, CURLINFO_REDIRECT_COUNT);
    });
}

it('REDIR_PROTOCOLS', function () {
    $s = serve(['/a' => redirect(302, '/b', 'body'), '/b' => ok('b')]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_REDIR_PROTOCOLS => CURLPROTO_HTTPS], ...FOLLOWED);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_REDIR_PROTOCOLS => CURLPROTO_HTTP], ...FOLLOWED);
    $file = file_with('followed', 'a file');
    $s = serve(['/a' => redirect(302, "file://$file")]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_REDIR_PROTOCOLS => CURLPROTO_FILE | CURLPROTO_HTTP], CURLINFO_HTTP_CODE);
});

foreach (['http://', 'http://a b/', 'http://127.0.0.1:99999/', 'http://[::1/', "http://x\x01y/"] as $to) {
    it('a redirect to a bad URL, ' . text($to), function () use ($to) {
        $s = serve(['/a' => redirect(302, $to, 'body')]);
        fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true], CURLINFO_HTTP_CODE, CURLINFO_REDIRECT_COUNT, CURLINFO_REDIRECT_URL);
        fetch($s->url('/a'), [], CURLINFO_HTTP_CODE, CURLINFO_REDIRECT_URL);
    });
}

it('a redirect to nobody', function () {
    $port = closed_port();
    $s = serve(['/a' => redirect(302, "http://127.0.0.1:$port/", 'body')]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true], ...FOLLOWED);
});

it('the body of a redirect that is not ended', function () {
    // It is dropped, and the connection with it.
    $s = script([request(), send("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 1000000000\r\n\r\nbegin"), rest()], [request(), send(ok('there'))]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_TIMEOUT_MS => 700], ...FOLLOWED);
});

it('a redirect whose body ends with the connection', function () {
    $s = script([request(), send("HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\nuntil the end")], [request(), send(ok('there'))]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true], ...FOLLOWED);
});

it('a redirect with a chunked body', function () {
    $s = serve(['/a' => "HTTP/1.1 302 Found\r\nLocation: /b\r\nTransfer-Encoding: chunked\r\n\r\n" . chunked('moved', 'away') . "\r\n", '/b' => ok('there')]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true], CURLINFO_NUM_CONNECTS, CURLINFO_REDIRECT_COUNT);
});

it('a redirect with an encoded body', function () {
    $s = serve(['/a' => redirect(302, '/b', 'this is no gzip', 'Content-Encoding: gzip'), '/b' => ok('there')]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_ENCODING => ''], CURLINFO_REDIRECT_COUNT);
});

it('a redirect after Connection: close', function () {
    $s = serve(['/a' => redirect(302, '/b', '', 'Connection: close'), '/b' => ok('there')]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true], CURLINFO_NUM_CONNECTS, CURLINFO_REDIRECT_COUNT);
});

it('a redirect with RANGE and RESUME_FROM', function () {
    $s = serve(['/a' => redirect(302, '/b'), '/b' => answer(206, 'cd', 'Content-Range: bytes 2-3/4')]);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_RANGE => '2-3'], CURLINFO_HTTP_CODE);
    fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_RESUME_FROM => 2], CURLINFO_HTTP_CODE);
    $s->show();
});

it('a fragment stays', function () {
    $s = serve(['/a' => redirect(302, '/b'), '/b' => ok()]);
    fetch($s->url('/a#kept'), [CURLOPT_FOLLOWLOCATION => true], CURLINFO_EFFECTIVE_URL);
});

it('times of a redirect add up', function () {
    $s = serve(['/a' => [pause(50), send(redirect(302, '/b'))], '/b' => ok()]);
    $ch = easy($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true]);
    perform($ch);
    $i = curl_getinfo($ch);
    say('times', $i['redirect_time'] >= 0.05, $i['redirect_time'] <= $i['total_time'], $i['starttransfer_time'] >= $i['redirect_time'], $i['pretransfer_time'] >= 0);
    say('without', curl_getinfo(easy($s->url('/b')), CURLINFO_REDIRECT_TIME));
});

it('FOLLOWLOCATION on a second run', function () {
    $s = serve(['/a' => redirect(302, '/b'), '/b' => ok('b')]);
    $ch = easy($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_POSTFIELDS => 'x']);
    perform($ch, ...FOLLOWED);
    perform($ch, ...FOLLOWED);
    $s->show(whole: false);
});
