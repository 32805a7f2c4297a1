<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// auth.php - Basic, Digest, Bearer, and how one is chosen.

require __DIR__ . '/compare.inc';

const TOLD = [CURLINFO_HTTP_CODE, CURLINFO_REDIRECT_COUNT, CURLINFO_HTTPAUTH_AVAIL, CURLINFO_PROXYAUTH_AVAIL, CURLINFO_NUM_CONNECTS, CURLINFO_HEADER_SIZE];

/** Say of each request how it authenticates; of Digest whether the answer is right. */
function logins(Server $s, string $password = 'secret'): void
{
    foreach ($s->events() as $event) {
        if ($event['what'] !== 'request') {
            continue;
        }
        $line = strtok($event['head'], "\r");
        $length = $event['body'] === null ? '' : ' body ' . text(plain_multipart($event['head'], $event['body'])[1]);
        $length .= preg_match('/^Content-Length: 0\r$/m', $event['head']) ? ' length 0' : '';
        if (!preg_match('/^Authorization: (\S+) (.*)\r$/m', $event['head'], $m)) {
            echo "> $line without$length\n";
        } elseif ($m[1] === 'Digest') {
            echo "> $line Digest ", digest($m[2], strtok($line, ' '), $password, (string) $event['body']), "$length\n";
        } else {
            echo "> $line $m[1] ", $m[1] === 'Basic' ? text(base64_decode($m[2])) : $m[2], "$length\n";
        }
    }
}

/** The parameters of a Digest in their order, those that are random left out; is the response right? */
function digest(string $text, string $method, string $password, string $body): string
{
    preg_match_all('/(\w+)=("(?:[^"\\\\]|\\\\.)*"|[^,]*)/', $text, $all, PREG_SET_ORDER);
    $p = [];
    $shown = [];
    foreach ($all as [, $name, $value]) {
        $p[$name] = stripslashes(trim($value, '"'));
        $shown[] = in_array($name, ['cnonce', 'response'], true) ? $name . (str_starts_with($value, '"') ? '=""' : '=') : "$name=$value";
    }
    $hash = fn (string $x) => hash(match (preg_replace('/-sess$/', '', strtolower($p['algorithm'] ?? 'md5'))) {
        'sha-256' => 'sha256', 'sha-512-256' => 'sha512/256', default => 'md5'
    }, $x);
    $user = ($p['userhash'] ?? '') === 'true' ? 'me' : $p['username'];
    $one = $hash("$user:$p[realm]:$password");
    if (str_ends_with(strtolower($p['algorithm'] ?? ''), '-sess')) {
        $one = $hash("$one:$p[nonce]:$p[cnonce]");
    }
    $two = $hash("$method:$p[uri]" . (($p['qop'] ?? '') === 'auth-int' ? ':' . $hash($body) : ''));
    $right = isset($p['qop']) ? $hash("$one:$p[nonce]:$p[nc]:$p[cnonce]:$p[qop]:$two") : $hash("$one:$p[nonce]:$two");
    return implode(', ', $shown) . ($right === ($p['response'] ?? '') ? ' (right)' : ' (wrong)');
}

function challenge(string ...$ways): string
{
    return answer(401, 'who?', ...array_map(fn ($w) => "WWW-Authenticate: $w", $ways));
}

const DIGEST = 'Digest realm="the realm", nonce="abc123", qop="auth", opaque="op", algorithm=MD5';

it('USERPWD', function () {
    $s = serve(['*' => ok()]);
    foreach (['me:secret', 'me', 'me:', ':secret', 'me:a:b', 'me:%41', "\u{fc}:\u{fc}", '', ':'] as $login) {
        fetch($s->url(), [CURLOPT_USERPWD => $login]);
    }
    fetch($s->url(), [CURLOPT_USERPWD => null]);
    logins($s);
});

it('USERNAME and PASSWORD', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_USERNAME => 'me', CURLOPT_PASSWORD => 'secret']);
    fetch($s->url(), [CURLOPT_USERNAME => 'me:colon', CURLOPT_PASSWORD => 'sec:ret']);
    fetch($s->url(), [CURLOPT_USERNAME => 'me']);
    fetch($s->url(), [CURLOPT_PASSWORD => 'secret']);
    fetch($s->url(), [CURLOPT_USERPWD => 'a:b', CURLOPT_USERNAME => 'me']);
    fetch($s->url(), [CURLOPT_USERPWD => 'a:b', CURLOPT_PASSWORD => 'secret']);
    logins($s);
});

it('in the URL', function () {
    $s = serve(['*' => ok()]);
    foreach (['me:secret', 'me', 'me:', ':secret', 'm%65:s%40', 'me:a%3Ab', 'a%20b:c+d', '%zz:x'] as $login) {
        fetch("http://$login@127.0.0.1:$s->port/", [], CURLINFO_EFFECTIVE_URL);
    }
    logins($s);
});

it('in the URL and by option', function () {
    $s = serve(['*' => ok()]);
    fetch("http://url:one@127.0.0.1:$s->port/", [CURLOPT_USERPWD => 'opt:two']);
    fetch("http://url@127.0.0.1:$s->port/", [CURLOPT_USERPWD => 'opt:two']);
    fetch("http://url:one@127.0.0.1:$s->port/", [CURLOPT_USERNAME => 'opt']);
    logins($s);
});

it('a login in the URL stays with the handle', function () {
    $s = serve(['*' => ok()]);
    $ch = easy("http://url:one@127.0.0.1:$s->port/");
    perform($ch);
    curl_setopt($ch, CURLOPT_URL, $s->url('/second'));
    perform($ch);
    curl_setopt_array($ch, [CURLOPT_URL => "http://url:two@127.0.0.1:$s->port/third", CURLOPT_USERPWD => 'opt:x']);
    perform($ch);
    curl_setopt($ch, CURLOPT_URL, $s->url('/fourth'));
    perform($ch);
    logins($s);
});

it('DISALLOW_USERNAME_IN_URL', function () {
    $s = serve(['*' => ok()]);
    fetch("http://me:secret@127.0.0.1:$s->port/", [CURLOPT_DISALLOW_USERNAME_IN_URL => true]);
    fetch($s->url(), [CURLOPT_DISALLOW_USERNAME_IN_URL => true]);
});

it('Basic and 401', function () {
    $s = serve(['*' => challenge('Basic realm="x"')]);
    watch(easy($s->url(), [CURLOPT_USERPWD => 'me:wrong']), ...TOLD);
    watch(easy($s->url()), ...TOLD);
    logins($s);
});

it('what a server offers', function () {
    foreach ([['Basic realm="x"'], [DIGEST], ['Basic realm="x"', DIGEST], ['Bearer'], ['Other x=y'], ['Basic realm="x", Digest realm="y", nonce="z"'], ['basic realm=x'], ['']] as $ways) {
        $s = serve(['*' => challenge(...$ways)]);
        say(implode(' | ', $ways));
        fetch($s->url(), [], CURLINFO_HTTPAUTH_AVAIL);
    }
});

it('what a server offers that is older', function () {
    foreach (['Negotiate', 'NTLM', 'NTLM, Negotiate, Basic realm="x"'] as $way) {
        $s = serve(['*' => challenge($way)]);
        fetch($s->url(), [], CURLINFO_HTTPAUTH_AVAIL);
    }
});

it('ANY: the server is asked first', function () {
    foreach ([['Basic realm="x"'], [DIGEST], ['Basic realm="x"', DIGEST], [DIGEST, 'Basic realm="x"'], ['Basic realm="x", ' . DIGEST]] as $ways) {
        $s = script([request(), send(challenge(...$ways)), request(), send(ok('in'))]);
        fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_ANY], ...TOLD);
        logins($s);
    }
});

it('ANYSAFE', function () {
    $s = script([request(), send(challenge('Basic realm="x"')), request(), send(ok('in'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_ANYSAFE], ...TOLD);
    logins($s);
});

it('BASIC and DIGEST', function () {
    $s = script([request(), send(challenge('Basic realm="x"')), request(), send(ok('in'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_BASIC | CURLAUTH_DIGEST], ...TOLD);
    logins($s);
});

it('ONLY', function () {
    $s = script([request(), send(challenge('Basic realm="x"')), request(), send(ok('in'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_ONLY | CURLAUTH_BASIC | CURLAUTH_DIGEST], CURLINFO_HTTP_CODE);
});

it('Digest', function () {
    $s = script([request(), send(challenge(DIGEST)), request(), send(ok('in'))]);
    watch(easy($s->url('/dir/file?a=b&c'), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST]), ...TOLD);
    logins($s);
});

$digests = [
    'the least' => 'Digest realm="r", nonce="n"', 'MD5-sess' => 'Digest realm="r", nonce="n", algorithm=MD5-sess, qop="auth"',
    'auth-int' => 'Digest realm="r", nonce="n", qop="auth-int"', 'auth and auth-int' => 'Digest realm="r", nonce="n", qop="auth,auth-int"',
    'SHA-256' => 'Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth"', 'SHA-512-256' => 'Digest realm="r", nonce="n", algorithm=SHA-512-256, qop="auth"',
    'quotes' => 'Digest realm="q\"uo\\\\te", nonce="n", qop=auth', 'userhash' => 'Digest realm="r", nonce="n", qop="auth", userhash=true',
    'an unknown algorithm' => 'Digest realm="r", nonce="n", algorithm=unknown', 'no realm' => 'Digest nonce="n"', 'no nonce' => 'Digest realm="r"', 'nothing' => 'Digest',
    'more' => 'Digest realm="r", nonce="n", domain="/", stale=false, opaque="", qop="auth"', 'no quotes' => 'Digest realm=r, nonce=n',
];
foreach ($digests as $name => $way) {
    it("Digest, $name", function () use ($way) {
        $s = script([request(), send(challenge($way)), request(), send(ok('in'))]);
        fetch($s->url('/p'), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST], CURLINFO_HTTP_CODE);
        logins($s);
    });
}

it('Digest that is refused', function () {
    $s = script([request(), send(challenge(DIGEST)), request(), send(challenge(DIGEST)), request(), send(ok('never'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:wrong', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST], ...TOLD);
    logins($s, 'wrong');
});

it('Digest with a stale nonce', function () {
    $s = script([request(), send(challenge(DIGEST)), request(), send(challenge('Digest realm="the realm", nonce="fresh", qop="auth", stale=true')), request(), send(ok('in'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST], ...TOLD);
    logins($s);
});

it('Digest again: the nonce is known', function () {
    $s = script([request(), send(challenge(DIGEST)), request(), send(ok('one')), request(), send(ok('two')), request(), send(ok('three'))]);
    $ch = easy($s->url('/1'), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST]);
    perform($ch, CURLINFO_REDIRECT_COUNT);
    curl_setopt($ch, CURLOPT_URL, $s->url('/2'));
    perform($ch, CURLINFO_REDIRECT_COUNT);
    curl_setopt_array($ch, [CURLOPT_URL => $s->url('/3'), CURLOPT_POSTFIELDS => 'a=b']);
    perform($ch);
    logins($s);
});

it('Digest and POST', function () {
    $s = script([request(), send(challenge(DIGEST)), request(), send(ok('in'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST, CURLOPT_POSTFIELDS => 'a=b'], ...TOLD);
    logins($s);
});

it('Digest and POST where nobody asks', function () {
    $s = script([request(), send(ok('first')), request(), send(ok('second'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST, CURLOPT_POSTFIELDS => 'a=b'], ...TOLD);
    logins($s);
});

it('Digest and multipart', function () {
    $s = script([request(), send(challenge(DIGEST)), request(), send(ok('in'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST, CURLOPT_POSTFIELDS => ['a' => new CURLStringFile('b', 'c')]], ...TOLD);
    logins($s);
});

it('Digest and PUT', function () {
    $s = script([request(), send(challenge(DIGEST)), request(), send(ok('in'))]);
    $file = fopen(file_with('put', 'contents'), 'r');
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST, CURLOPT_UPLOAD => true, CURLOPT_INFILE => $file, CURLOPT_INFILESIZE => 8], CURLINFO_HTTP_CODE);
    logins($s);
});

it('Digest and HEAD and CUSTOMREQUEST', function () {
    $no = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 4\r\nWWW-Authenticate: " . DIGEST . "\r\n\r\n";
    $s = script([request(), send($no), request(), send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST, CURLOPT_NOBODY => true], CURLINFO_HTTP_CODE);
    logins($s);
    $s = script([request(), send(challenge(DIGEST)), request(), send(ok())]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST, CURLOPT_CUSTOMREQUEST => 'DELETE'], CURLINFO_HTTP_CODE);
    logins($s);
});

it('Digest over a connection that is closed', function () {
    $s = script([request(), send(answer(401, 'who?', 'WWW-Authenticate: ' . DIGEST, 'Connection: close'))], [request(), send(ok('in'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST], ...TOLD);
    logins($s);
});

it('Digest and a redirect', function () {
    $s = script([request(), send(challenge(DIGEST)), request(), send(redirect(302, '/next')), request(), send(ok('in'))]);
    fetch($s->url('/first'), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST, CURLOPT_FOLLOWLOCATION => true], ...TOLD);
    logins($s);
});

it('Digest in Authentication-Info', function () {
    $s = script([request(), send(challenge(DIGEST)), request(), send(ok('in', 'Authentication-Info: nextnonce="next", qop=auth')), request(), send(ok('again'))]);
    $ch = easy($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST]);
    perform($ch);
    perform($ch);
    logins($s);
});

it('Digest asked for, Basic offered', function () {
    $s = script([request(), send(challenge('Basic realm="x"')), request(), send(ok('never'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_DIGEST], ...TOLD);
    logins($s);
});

it('the callbacks over a 401', function () {
    $s = script([request(), send(answer(401, 'who?', 'WWW-Authenticate: ' . DIGEST)), request(), send(ok('in'))]);
    watch(easy($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_ANY, CURLOPT_HEADER => true]), ...TOLD);
});

it('FAILONERROR over a 401', function () {
    $s = script([request(), send(challenge(DIGEST)), request(), send(ok('in'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_ANY, CURLOPT_FAILONERROR => true], ...TOLD);
    $s = script([request(), send(challenge(DIGEST)), request(), send(challenge(DIGEST))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_ANY, CURLOPT_FAILONERROR => true], ...TOLD);
});

it('Bearer', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_XOAUTH2_BEARER => 'token', CURLOPT_HTTPAUTH => CURLAUTH_BEARER]);
    fetch($s->url(), [CURLOPT_XOAUTH2_BEARER => 'token']);
    fetch($s->url(), [CURLOPT_XOAUTH2_BEARER => 'token', CURLOPT_HTTPAUTH => CURLAUTH_ANY]);
    fetch($s->url(), [CURLOPT_XOAUTH2_BEARER => 'token', CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_BEARER]);
    fetch($s->url(), [CURLOPT_XOAUTH2_BEARER => 'token', CURLOPT_USERPWD => 'me:secret']);
    logins($s);
});

it('HTTPAUTH: what it takes', function () {
    $ch = easy();
    foreach ([CURLAUTH_NONE, CURLAUTH_BASIC, CURLAUTH_DIGEST, CURLAUTH_NTLM, CURLAUTH_GSSNEGOTIATE, CURLAUTH_ANY, CURLAUTH_ANYSAFE, CURLAUTH_ONLY, CURLAUTH_BEARER, 1 << 20, -1] as $bits) {
        set($ch, 'CURLOPT_HTTPAUTH', $bits);
        set($ch, 'CURLOPT_PROXYAUTH', $bits);
    }
});

it('HTTPAUTH 0', function () {
    $s = serve(['*' => ok()]);
    attempt(fn () => fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => 0]));
    logins($s);
});

it('NTLM asked for, and nothing else offered', function () {
    $s = script([request(), send(challenge('NTLM')), request(), send(ok('never'))]);
    $ch = easy($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_NTLM]);
    say('exec', curl_exec($ch) !== false || curl_errno($ch) !== 0);
});

it('NTLM among others', function () {
    $s = script([request(), send(challenge('NTLM', 'Basic realm="x"')), request(), send(ok('in'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_NTLM | CURLAUTH_BASIC], CURLINFO_HTTPAUTH_AVAIL);
    logins($s);
});

it('Basic with 401 is not tried again', function () {
    $s = script([request(), send(challenge('Basic realm="x"')), request(), send(ok('never'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_BASIC], ...TOLD);
    logins($s);
});

it('a field Authorization and 401', function () {
    $s = script([request(), send(challenge(DIGEST)), request(), send(ok('never'))]);
    fetch($s->url(), [CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPAUTH => CURLAUTH_ANY, CURLOPT_HTTPHEADER => ['Authorization: Mine x']], ...TOLD);
    logins($s);
});

it('credentials changed between runs', function () {
    $s = serve(['*' => ok()]);
    $ch = easy($s->url(), [CURLOPT_USERPWD => 'me:secret']);
    perform($ch);
    curl_setopt($ch, CURLOPT_USERPWD, 'you:other');
    perform($ch);
    curl_setopt($ch, CURLOPT_USERPWD, null);
    perform($ch);
    logins($s);
});

it('AWS_SIGV4', function () {
    $s = serve(['*' => ok()]);
    foreach (['aws:amz:eu:service', 'aws:amz', 'osc', 'AWS:amz:eu'] as $names) {
        fetch('http://service.region.test/a?b=c', [CURLOPT_USERPWD => 'id:key', CURLOPT_AWS_SIGV4 => $names, CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]]);
    }
    fetch('http://nowhere/', [CURLOPT_USERPWD => 'id:key', CURLOPT_AWS_SIGV4 => 'aws:amz', CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]]);
    fetch($s->url(), [CURLOPT_USERPWD => 'id:key', CURLOPT_AWS_SIGV4 => 'aws:amz:eu:service', CURLOPT_HTTPHEADER => ['Authorization: Mine x']]);
    foreach ($s->heads() as $head) { // the time is in all of it
        say('head', preg_replace('/\\d{8}T\\d{6}Z|(?<=Credential=id\/)\\d{8}|(?<=Signature=)\\w+/', 'X', $head));
    }
});

it('AWS_SIGV4: names that are empty', function () {
    $s = serve(['*' => ok()]);
    foreach (['', ':', ':amz', 'aws:', 'aws::eu', 'aws::eu:s', 'aws:amz:', 'aws:amz::s', 'aws:amz:eu:'] as $names) {
        say("'$names'");
        fetch('http://service.region.test/', [CURLOPT_USERPWD => 'id:key', CURLOPT_AWS_SIGV4 => $names, CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]]);
    }
    foreach ($s->heads() as $head) {
        say('head', preg_replace('/\\d{8}T\\d{6}Z|(?<=Credential=id\/)\\d{8}|(?<=Signature=)\\w+/', 'X', $head));
    }
});

it('AWS_SIGV4: more than four names', function () {
    $s = serve(['*' => ok()]);
    foreach (['aws:amz:eu:s:', 'aws:amz:eu:s:t'] as $names) {
        fetch('http://service.region.test/', [CURLOPT_USERPWD => 'id:key', CURLOPT_AWS_SIGV4 => $names, CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]]);
    }
    foreach ($s->heads() as $head) {
        say('head', preg_replace('/\\d{8}T\\d{6}Z|(?<=Credential=id\/)\\d{8}|(?<=Signature=)\\w+/', 'X', $head));
    }
});
