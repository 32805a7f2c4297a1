<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// hooks.php - options that are changed from within callbacks, as Symfony's HttpClient does it: what counts, and from when on.

require __DIR__ . '/compare.inc';

/** At the line that begins so, of the first response, do this. */
function at(string $line, Closure $do): Closure
{
    $done = false;
    return function ($ch, string $text) use ($line, $do, &$done) {
        if (!$done && str_starts_with($text, $line)) {
            $done = true;
            $do($ch);
        }
        return strlen($text);
    };
}

const LINES = ['at the status' => 'HTTP/', 'at Location' => 'Location', 'after Location' => 'X-After', 'at the end' => "\r\n"];

function hook(string $name, Closure $do, array $options = [], int $status = 302): void
{
    it($name, function () use ($do, $options, $status) {
        foreach (LINES as $when => $line) {
            $s = serve(['/a' => answer($status, 'moved', 'Location: /b', 'X-After: 1'), '/b' => ok('there'), '/c' => ok('elsewhere')]);
            say($when);
            $ch = easy($s->url('/a'), $options + [CURLOPT_FOLLOWLOCATION => true, CURLOPT_HEADERFUNCTION => at($line, fn ($ch) => $do($ch, $s))]);
            perform($ch, CURLINFO_HTTP_CODE, CURLINFO_REDIRECT_COUNT, CURLINFO_EFFECTIVE_URL);
            $s->show();
        }
    });
}

hook('FOLLOWLOCATION off', fn ($ch) => curl_setopt($ch, CURLOPT_FOLLOWLOCATION, false));
hook('FOLLOWLOCATION on', fn ($ch) => curl_setopt($ch, CURLOPT_FOLLOWLOCATION, true), [CURLOPT_FOLLOWLOCATION => false]);
hook('MAXREDIRS', fn ($ch) => curl_setopt($ch, CURLOPT_MAXREDIRS, 0));
hook('HTTPHEADER', fn ($ch) => curl_setopt($ch, CURLOPT_HTTPHEADER, ['X-New: 1']), [CURLOPT_HTTPHEADER => ['X-Old: 1']]);
hook('CUSTOMREQUEST', fn ($ch) => curl_setopt($ch, CURLOPT_CUSTOMREQUEST, 'REPORT'));
hook('CUSTOMREQUEST gone', fn ($ch) => curl_setopt($ch, CURLOPT_CUSTOMREQUEST, null), [CURLOPT_CUSTOMREQUEST => 'PATCH', CURLOPT_POSTFIELDS => 'a=b']);
hook('POSTFIELDS', fn ($ch) => curl_setopt($ch, CURLOPT_POSTFIELDS, 'changed'), [CURLOPT_POSTFIELDS => 'a=b'], 307);
hook('HTTPGET', fn ($ch) => curl_setopt($ch, CURLOPT_HTTPGET, true), [CURLOPT_POSTFIELDS => 'a=b'], 307);
hook('POST off and HTTPGET as Symfony does', fn ($ch) => curl_setopt_array($ch, [CURLOPT_POSTFIELDS => '', CURLOPT_HTTPGET => true]), [CURLOPT_POSTFIELDS => 'a=b'], 303);
hook('USERPWD', fn ($ch) => curl_setopt($ch, CURLOPT_USERPWD, 'new:name'));
hook('USERAGENT', fn ($ch) => curl_setopt($ch, CURLOPT_USERAGENT, 'new'), [CURLOPT_USERAGENT => 'old']);
hook('REFERER', fn ($ch) => curl_setopt($ch, CURLOPT_REFERER, 'http://new.test/'), [CURLOPT_REFERER => 'http://old.test/']);
hook('COOKIE', fn ($ch) => curl_setopt($ch, CURLOPT_COOKIE, 'new=1'), [CURLOPT_COOKIE => 'old=1']);
hook('URL', fn ($ch, $s) => curl_setopt($ch, CURLOPT_URL, $s->url('/c')));
hook('NOBODY', fn ($ch) => curl_setopt($ch, CURLOPT_NOBODY, true));
hook('WRITEFUNCTION', fn ($ch) => curl_setopt($ch, CURLOPT_WRITEFUNCTION, function ($ch, $bytes) {
    say('written', $bytes);
    return strlen($bytes);
}));
hook('HEADER', fn ($ch) => curl_setopt($ch, CURLOPT_HEADER, true));

it('RESOLVE for the next host', function () {
    $b = serve(['*' => ok('resolved')]);
    $a = serve(['/a' => redirect(302, "http://next.test:$b->port/b")]);
    fetch($a->url('/a'), [CURLOPT_FOLLOWLOCATION => true,
        CURLOPT_HEADERFUNCTION => at('Location', fn ($ch) => curl_setopt($ch, CURLOPT_RESOLVE, ["next.test:$b->port:127.0.0.1"]))], CURLINFO_EFFECTIVE_URL);
    $b->show();
});

it('CONNECT_TO for the next host', function () {
    $b = serve(['*' => ok('connected')]);
    $a = serve(['/a' => redirect(302, 'http://next.test/b')]);
    fetch($a->url('/a'), [CURLOPT_FOLLOWLOCATION => true,
        CURLOPT_HEADERFUNCTION => at('Location', fn ($ch) => curl_setopt($ch, CURLOPT_CONNECT_TO, ["next.test:80:127.0.0.1:$b->port"]))], CURLINFO_EFFECTIVE_URL);
    $b->show();
});

it('WRITEFUNCTION from within WRITEFUNCTION', function () {
    $s = serve(['/' => [send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\none;"), pause(50), send('two;')]]);
    $ch = easy($s->url());
    curl_setopt($ch, CURLOPT_WRITEFUNCTION, function ($ch, $bytes) {
        say('first', $bytes);
        curl_setopt($ch, CURLOPT_WRITEFUNCTION, function ($ch, $bytes) {
            say('second', $bytes);
            return strlen($bytes);
        });
        return strlen($bytes);
    });
    perform($ch);
});

it('RETURNTRANSFER from within WRITEFUNCTION', function () {
    $s = serve(['/' => [send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\none;"), pause(50), send('two;')]]);
    $ch = easy($s->url());
    curl_setopt($ch, CURLOPT_WRITEFUNCTION, function ($ch, $bytes) {
        say('function', $bytes);
        curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
        return strlen($bytes);
    });
    perform($ch);
});

it('HEADERFUNCTION from within HEADERFUNCTION', function () {
    $s = serve(['/' => ok('body', 'X-A: 1', 'X-B: 2')]);
    $ch = easy($s->url());
    curl_setopt($ch, CURLOPT_HEADERFUNCTION, function ($ch, $line) {
        say('first', $line);
        curl_setopt($ch, CURLOPT_HEADERFUNCTION, function ($ch, $line) {
            say('second', $line);
            return strlen($line);
        });
        return strlen($line);
    });
    perform($ch);
});

it('PRIVATE and getinfo from within', function () {
    $s = serve(['/' => ok('body')]);
    $ch = easy($s->url(), [CURLOPT_PRIVATE => 'before']);
    curl_setopt($ch, CURLOPT_WRITEFUNCTION, function ($ch, $bytes) {
        say('private', curl_getinfo($ch, CURLINFO_PRIVATE));
        curl_setopt($ch, CURLOPT_PRIVATE, 'within');
        return strlen($bytes);
    });
    perform($ch, CURLINFO_PRIVATE);
});

it('TIMEOUT from within', function () {
    $s = serve(['/' => [send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\none;"), pause(400), send('two;')]]);
    $ch = easy($s->url(), [CURLOPT_TIMEOUT_MS => 100]);
    curl_setopt($ch, CURLOPT_HEADERFUNCTION, at("\r\n", fn ($ch) => curl_setopt($ch, CURLOPT_TIMEOUT_MS, 5000)));
    perform($ch);
});

it('the error of a setopt from within', function () {
    $s = serve(['/' => ok('body')]);
    $ch = easy($s->url());
    curl_setopt($ch, CURLOPT_HEADERFUNCTION, at("\r\n", function ($ch) {
        say('set', curl_setopt($ch, CURLOPT_TIMEOUT, -1), curl_errno($ch), curl_error($ch));
    }));
    perform($ch);
    say('afterwards', curl_errno($ch), curl_error($ch));
});

it('ENCODING from within', function () {
    $s = serve(['/' => ok(gzencode('unzipped'), 'Content-Encoding: gzip')]);
    foreach (['HTTP/', "\r\n"] as $line) {
        $ch = easy($s->url());
        curl_setopt($ch, CURLOPT_HEADERFUNCTION, at($line, fn ($ch) => curl_setopt($ch, CURLOPT_ENCODING, 'gzip')));
        say('unzipped', curl_exec($ch) === 'unzipped');
    }
});
