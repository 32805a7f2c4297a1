<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// cookies.php - the cookie engine: what is taken, what is sent where, COOKIELIST, and the files.

require __DIR__ . '/compare.inc';

/** Expiry times that lie ahead come from Max-Age: their rest, in days. */
function cookie_list(CurlHandle $ch): void
{
    foreach (curl_getinfo($ch, CURLINFO_COOKIELIST) as $line) {
        $fields = explode("\t", $line);
        if (isset($fields[4]) && $fields[4] > time() && $fields[4] < time() + 1000 * 86400) {
            $fields[4] = 'in ' . round(($fields[4] - time()) / 86400, 1) . ' days';
        }
        say('  cookie', implode("\t", $fields));
    }
}

/** A request whose answer sets these cookies, then a second one to another path: what is sent? */
function keep(array $set, string $path = '/a/b', array $next = ['/a/b'], string $host = 'example.test'): void
{
    $s = serve([parse_url("http://x$path", PHP_URL_PATH) => [answer(200, 'set', ...array_map(fn ($c) => "Set-Cookie: $c", $set)), ok()], '*' => ok()]);
    $ch = easy("http://$host$path", [CURLOPT_COOKIEFILE => '', CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]]);
    curl_exec($ch);
    cookie_list($ch);
    foreach ($next as $url) {
        curl_setopt($ch, CURLOPT_URL, str_contains($url, '://') ? $url : "http://$host$url");
        curl_exec($ch);
        $heads = $s->heads();
        say($url, preg_match('/^Cookie: (.*)\r$/m', end($heads), $m) ? $m[1] : null);
    }
}

it('without the engine', function () {
    $s = serve(['*' => ok('x', 'Set-Cookie: a=1')]);
    $ch = easy($s->url());
    perform($ch, CURLINFO_COOKIELIST);
    perform($ch, CURLINFO_COOKIELIST);
    $s->show();
});

it('a cookie', fn () => keep(['a=1'], next: ['/a/b', '/a/', '/a', '/', '/a/c/d', '/ab']));

it('names and values', function () {
    keep(['a=b=c', 'empty=', 'sp = a b ', 'a b=c d', 'comma=a,b', "utf=\u{fc}", 'pct=%41']);
});

it('a value in quotes', fn () => keep(['quoted="a b"']));
it('a name without a value', fn () => keep(['noequals', 'a=1']));
it('a value without a name', fn () => keep(['=novalue', 'a=1']));
it('a tab in a value', fn () => keep(["tab=a\tb", 'a=1']));
it('nothing at all', fn () => keep(['', ';', '; Path=/', 'a=1']));

it('names that are the same', fn () => keep(['a=1', 'a=2', 'A=3', 'a=4; Path=/a', 'a=5; Path=/']));

it('an empty Path', fn () => keep(['p=1; Path='], next: ['/', '/a/b']));
it('a relative Path', fn () => keep(['p=1; Path=relative'], next: ['/', '/a/b']));
it('a Path in quotes', fn () => keep(['p=1; Path="/a"'], next: ['/', '/a/b', '/a']));

it('Path', fn () => keep(['p1=1; Path=/', 'p2=1; Path=/a', 'p3=1; Path=/a/', 'p4=1; Path=/a/b', 'p5=1; Path=/other', 'p6=1; Path=/a/b/'],
    next: ['/', '/a', '/a/', '/a/b', '/a/b/', '/a/bc', '/other/x']));

it('Domain', function () {
    keep(['d1=1; Domain=example.test', 'd2=1; Domain=.example.test', 'd3=1; Domain=sub.example.test', 'd4=1; Domain=other.test', 'd5=1; Domain=test', 'd6=1; Domain=', 'd7=1; Domain=EXAMPLE.test',
        'd8=1; Domain=ample.test', 'd9=1'], next: ['/a/b', 'http://sub.example.test/a/b', 'http://example.test:8080/a/b', 'http://EXAMPLE.TEST/a/b', 'http://notexample.test/a/b']);
});

it('Domain from a sub domain', function () {
    keep(['d1=1; Domain=example.test', 'd2=1; Domain=sub.example.test', 'd3=1'], host: 'sub.example.test', next: ['/a/b', 'http://example.test/a/b', 'http://other.example.test/a/b',
        'http://deep.sub.example.test/a/b']);
});

it('Domain that is a public suffix', function () {
    keep(['d1=1; Domain=com', 'd2=1; Domain=.com', 'd3=1; Domain=example.com'], host: 'example.com', next: ['/a/b', 'http://other.com/a/b']);
    keep(['d1=1; Domain=co.uk', 'd2=1; Domain=example.co.uk'], host: 'www.example.co.uk', next: ['/a/b', 'http://other.co.uk/a/b']);
});

it('Domain of an address', fn () => keep(['d1=1; Domain=127.0.0.1', 'd2=1', 'd3=1; Domain=0.0.1'], host: '127.0.0.1', next: ['/a/b']));

it('Domain of localhost', fn () => keep(['d1=1; Domain=localhost', 'd2=1', 'd3=1; Domain=.localhost'], host: 'localhost', next: ['/a/b']));

it('Expires', fn () => keep(['e1=1; Expires=Tue, 19 Jan 2038 03:14:07 GMT', 'e2=1; expires=Tue, 19-Jan-2038 03:14:07 GMT', 'e3=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'e4=1; Expires=nonsense',
    'e5=1; Expires=Mon, 01 Jan 2001 00:00:00 GMT', 'e6=1; Expires=Sunday, 06-Nov-39 08:49:37 GMT', 'e7=1; Expires=Sun Nov  6 08:49:37 2039', 'e8=1; Expires=0', 'e9=1; Expires=']));

it('Max-Age', fn () => keep(['m1=1; Max-Age=864000', 'm2=1; Max-Age=0', 'm3=1; Max-Age=-1', 'm4=1; Max-Age="864000"', 'm5=1; max-age=nonsense', 'm6=1; Max-Age=', 'm7=1; Max-Age=864000; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'm8=1; Max-Age=0; Expires=Tue, 19 Jan 2038 03:14:07 GMT']));

it('Max-Age beyond all limits', fn () => keep(['m1=1; Max-Age=99999999999999999999']));

it('a cookie that is taken back', function () {
    $s = serve(['/set' => ok('', 'Set-Cookie: a=1; Path=/', 'Set-Cookie: b=2; Path=/', 'Set-Cookie: c=3; Path=/'), '/away' => ok('', 'Set-Cookie: a=; Path=/; Max-Age=0',
        'Set-Cookie: b=gone; Path=/; Expires=Thu, 01 Jan 1970 00:00:01 GMT', 'Set-Cookie: c=3; Max-Age=0'), '*' => ok()]);
    $ch = easy($s->url('/set'), [CURLOPT_COOKIEFILE => '']);
    foreach (['/set', '/away', '/look'] as $path) {
        curl_setopt($ch, CURLOPT_URL, $s->url($path));
        curl_exec($ch);
        say($path);
        cookie_list($ch);
    }
    $s->show();
});

it('Secure', fn () => keep(['s1=1; Secure', 's2=1; secure; Path=/', 's3=1'], next: ['/a/b']));

it('Secure from localhost and a loopback address', function () {
    keep(['s1=1; Secure', 's2=1'], host: 'localhost', next: ['/a/b']);
    keep(['s1=1; Secure', 's2=1'], host: '127.0.0.1', next: ['/a/b']);
});

it('HttpOnly, SameSite and others', fn () => keep(['h1=1; HttpOnly', 'h2=1; SameSite=Strict', 'h3=1; Unknown=x; Version=1', 'h4=1; httponly=yes', 'h5=1;;;HttpOnly', 'h6=1; Secure=no']));

it('prefixes of names', function () {
    keep(['__Secure-a=1', '__Host-a=1', '__Secure-b=1; Secure', '__Host-b=1; Secure; Path=/'], next: ['/a/b']);
    keep(['__Secure-a=1; Secure', '__Host-a=1; Secure; Path=/', '__Host-b=1; Secure; Path=/; Domain=localhost', '__Host-c=1; Secure'], host: 'localhost', next: ['/a/b']);
});

it('several in one field', fn () => keep(['a=1, b=2', 'c=3; Path=/, d=4']));

it('large ones', function () {
    keep(['ok=' . str_repeat('x', 4000), 'large=' . str_repeat('x', 5000)], next: []);
});

it('more than fifty', function () {
    keep(array_map(fn ($i) => "c$i=$i", range(1, 60)), next: ['/a/b']);
});

it('bytes that are not allowed', fn () => keep(["a=b\x01c", "d=e\x7ff", 'g=h']));

it('the order in which they are sent', function () {
    keep(['a=1; Path=/', 'b=2; Path=/a', 'c=3; Path=/a/b', 'd=4; Path=/', 'e=5; Path=/a/b'], next: ['/a/b']);
});

it('COOKIE', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_COOKIE => 'a=1; b=2']);
    fetch($s->url(), [CURLOPT_COOKIE => '']);
    fetch($s->url(), [CURLOPT_COOKIE => null]);
    fetch($s->url(), [CURLOPT_COOKIE => 'a=1', CURLOPT_COOKIEFILE => '', CURLOPT_COOKIELIST => 'Set-Cookie: e=5; domain=127.0.0.1; path=/']);
    fetch($s->url(), [CURLOPT_COOKIE => 'a=1', CURLOPT_HTTPHEADER => ['Cookie: c=3']]);
    $s->show();
});

it('a field Cookie and the engine', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_COOKIEFILE => '', CURLOPT_COOKIELIST => 'Set-Cookie: e=5; domain=127.0.0.1; path=/', CURLOPT_HTTPHEADER => ['Cookie: c=3']]);
    $s->show();
});

it('cookies of a redirect', function () {
    $s = serve(['/a' => redirect(302, '/b', '', 'Set-Cookie: from=a; Path=/'), '/b' => redirect(302, '/c', '', 'Set-Cookie: from=b; Path=/', 'Set-Cookie: more=b'), '/c' => ok()]);
    $ch = easy($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_COOKIEFILE => '']);
    perform($ch);
    cookie_list($ch);
    $s->show();
});

it('cookies of 401 and 100', function () {
    $s = script([request(), send(answer(401, '', 'WWW-Authenticate: Basic realm="x"', 'Set-Cookie: first=1')), request(), send(ok('', 'Set-Cookie: second=2'))]);
    $ch = easy($s->url('/a'), [CURLOPT_COOKIEFILE => '', CURLOPT_USERPWD => 'a:b', CURLOPT_HTTPAUTH => CURLAUTH_ANY]);
    perform($ch);
    cookie_list($ch);
    $s->show();
});

it('COOKIELIST: what it takes', function () {
    $ch = easy(null, [CURLOPT_COOKIEFILE => '']);
    foreach (['Set-Cookie: a=1; domain=example.test; path=/x', 'set-cookie: b=2', 'Set-Cookie:c=3; Domain=.example.test', ".example.test\tTRUE\t/\tFALSE\t0\td\t4", "example.test\tFALSE\t/\tTRUE\t2147483647\te\t5",
        "#HttpOnly_.example.test\tTRUE\t/\tFALSE\t0\tf\t6", 'nonsense', '', "example.test\tFALSE\t/\tFALSE\t0\tg", "example.test\tFALSE\t/\tFALSE\t0\t\tnoname", "example.test FALSE / FALSE 0 h 8",
        "example.test\tFALSE\t/\tFALSE\t1\told\t9", 'i=9'] as $line) {
        say(text($line), attempt(fn () => curl_setopt($ch, CURLOPT_COOKIELIST, $line)));
        cookie_list($ch);
    }
});

it('COOKIELIST: its verbs', function () {
    $file = file_with('verbs', ".example.test\tTRUE\t/\tFALSE\t2147483647\tfile\t1\nexample.test\tFALSE\t/\tFALSE\t0\tsession\t2\n");
    $jar = folder() . '/verbs.jar';
    $ch = easy(null, [CURLOPT_COOKIEFILE => $file, CURLOPT_COOKIEJAR => $jar, CURLOPT_COOKIELIST => 'Set-Cookie: own=3; domain=example.test']);
    foreach (['RELOAD', 'SESS', 'FLUSH', 'ALL', 'RELOAD', 'sess', 'all'] as $verb) {
        say($verb, curl_setopt($ch, CURLOPT_COOKIELIST, $verb));
        cookie_list($ch);
        say('jar', is_file($jar) ? substr_count(file_get_contents($jar), "\n") : null);
    }
});

it('COOKIELIST switches the engine on', function () {
    $s = serve(['*' => ok('', 'Set-Cookie: b=2')]);
    $ch = easy($s->url(), [CURLOPT_COOKIELIST => 'Set-Cookie: a=1; domain=127.0.0.1; path=/']);
    perform($ch);
    perform($ch);
    $s->show();
});

it('COOKIELIST null and the engine', function () {
    $ch = easy();
    say('null', attempt(fn () => curl_setopt($ch, CURLOPT_COOKIELIST, null)), curl_getinfo($ch, CURLINFO_COOKIELIST));
    say('ALL', curl_setopt($ch, CURLOPT_COOKIELIST, 'ALL'), curl_getinfo($ch, CURLINFO_COOKIELIST));
});

it('COOKIEFILE', function () {
    $s = serve(['*' => ok()]);
    $file = file_with('cookies.txt', "# Netscape HTTP Cookie File\n# a comment\n\n127.0.0.1\tFALSE\t/\tFALSE\t0\ta\t1\n127.0.0.1\tFALSE\t/x\tFALSE\t2147483647\tb\ttwo words\n"
        . "#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\tc\t3\n127.0.0.1\tFALSE\t/\tTRUE\t0\td\t4\n127.0.0.1\tFALSE\t/\tFALSE\t1\told\t5\nbroken line\n127.0.0.1\tFALSE\t/\tFALSE\t0\te\t\r\n");
    $ch = easy($s->url('/x'), [CURLOPT_COOKIEFILE => $file]);
    say('before');
    cookie_list($ch);
    perform($ch);
    cookie_list($ch);
    $s->show();
});

it('COOKIEFILE with heads of responses', function () {
    $s = serve(['*' => ok()]);
    $file = file_with('heads.txt', "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nX: y\r\nset-cookie: b=2; path=/; domain=127.0.0.1\r\n\r\n");
    $ch = easy($s->url('/x'), [CURLOPT_COOKIEFILE => $file]);
    perform($ch);
    cookie_list($ch);
    $s->show();
});

it('COOKIEFILE that is not there', function () {
    $s = serve(['*' => ok('', 'Set-Cookie: a=1')]);
    $ch = easy($s->url('/x'), [CURLOPT_COOKIEFILE => '/no/such/file']);
    perform($ch);
    perform($ch);
    $s->show();
});

it('COOKIEFILE several times', function () {
    $s = serve(['*' => ok()]);
    $ch = easy($s->url('/x'));
    foreach (['one', 'two'] as $name) {
        curl_setopt($ch, CURLOPT_COOKIEFILE, file_with("several-$name", "127.0.0.1\tFALSE\t/\tFALSE\t0\t$name\t1\n"));
    }
    perform($ch);
    cookie_list($ch);
    $s->show();
});

it('COOKIESESSION', function () {
    $s = serve(['*' => ok()]);
    $file = file_with('session.txt', "127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\t1\n127.0.0.1\tFALSE\t/\tFALSE\t2147483647\tkept\t2\n");
    foreach ([false, true] as $new) {
        fetch($s->url('/x'), [CURLOPT_COOKIEFILE => $file, CURLOPT_COOKIESESSION => $new]);
    }
    $s->show();
});

it('COOKIEJAR', function () {
    $s = serve(['*' => ok('', 'Set-Cookie: a=1; Path=/', 'Set-Cookie: b=two words; Expires=Tue, 19 Jan 2038 03:14:07 GMT; HttpOnly', 'Set-Cookie: c=3; Path=/x', 'Set-Cookie: gone=1; Max-Age=0')]);
    $jar = folder() . '/jar';
    $ch = easy($s->url('/x/y'), [CURLOPT_COOKIEJAR => $jar]);
    perform($ch);
    say('before', is_file($jar));
    curl_close($ch);
    say('after curl_close', is_file($jar));
    unset($ch);
    say('after the last reference', text(file_get_contents($jar)));
    say('mode', decoct(fileperms($jar) & 0777));
});

it('COOKIEJAR with nothing to write', function () {
    $s = serve(['*' => ok()]);
    $jar = folder() . '/empty-jar';
    $ch = easy($s->url('/'), [CURLOPT_COOKIEJAR => $jar]);
    perform($ch);
    unset($ch);
    say('jar', is_file($jar) ? file_get_contents($jar) : null);
    $ch = easy($s->url('/'), [CURLOPT_COOKIEJAR => $jar]);
    unset($ch);
    say('jar', is_file($jar) ? file_get_contents($jar) : null);
});

it('COOKIEJAR over a file that is there', function () {
    $s = serve(['*' => ok('', 'Set-Cookie: new=1')]);
    $jar = file_with('old-jar', "127.0.0.1\tFALSE\t/\tFALSE\t2147483647\told\t1\n");
    $ch = easy($s->url('/'), [CURLOPT_COOKIEJAR => $jar, CURLOPT_COOKIEFILE => $jar]);
    perform($ch);
    unset($ch);
    say('jar', file_get_contents($jar));
});

it('COOKIEJAR that cannot be written', function () {
    $s = serve(['*' => ok('', 'Set-Cookie: a=1')]);
    $ch = easy($s->url('/'), [CURLOPT_COOKIEJAR => '/no/such/folder/jar']);
    perform($ch);
    unset($ch);
    say('nothing happens');
});

it('COOKIEJAR to the output', function () {
    $s = serve(['*' => ok('', 'Set-Cookie: a=1')]);
    $ch = easy($s->url('/'), [CURLOPT_COOKIEJAR => '-']);
    perform($ch);
    unset($ch);
    flush(); // libcurl's is C's output, not PHP's
    echo "\n";
});

it('cookies after reset, copy and clone', function () {
    $s = serve(['/set' => ok('', 'Set-Cookie: a=1; Path=/'), '*' => ok()]);
    $ch = easy($s->url('/set'), [CURLOPT_COOKIEFILE => '']);
    perform($ch);
    $copy = curl_copy_handle($ch);
    say('copy', curl_getinfo($copy, CURLINFO_COOKIELIST));
    $clone = clone $ch;
    say('clone', curl_getinfo($clone, CURLINFO_COOKIELIST));
    curl_reset($ch);
    say('reset', curl_getinfo($ch, CURLINFO_COOKIELIST));
    curl_setopt_array($ch, [CURLOPT_URL => $s->url('/next'), CURLOPT_RETURNTRANSFER => true]);
    perform($ch);
    curl_setopt_array($copy, [CURLOPT_URL => $s->url('/copy')]);
    perform($copy);
    $s->show();
});

it('COOKIELIST while it runs', function () {
    $s = serve(['*' => ok('body', 'Set-Cookie: a=1')]);
    $ch = easy($s->url('/'), [CURLOPT_COOKIEFILE => '', CURLOPT_HEADERFUNCTION => function ($ch, $line) {
        if ($line === "\r\n") {
            say('seen', count(curl_getinfo($ch, CURLINFO_COOKIELIST)));
            say('set', curl_setopt($ch, CURLOPT_COOKIELIST, 'Set-Cookie: b=2; domain=x.test'));
        }
        return strlen($line);
    }]);
    perform($ch);
    cookie_list($ch);
});
