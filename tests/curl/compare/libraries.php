<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// libraries.php - the ways in which well-known libraries use curl, in short: their options in their order, their callbacks, their
// handling of handles. Written from what they do, not copied.

require __DIR__ . '/compare.inc';

// ---- Guzzle: a handle from a small pool, options by curl_setopt_array, headers into an array, bodies into a stream, reset after use

final class GuzzleLike
{
    private array $idle = [];

    public function send(string $method, string $url, array $headers = [], ?string $body = null, bool $stream = false): array
    {
        $ch = array_pop($this->idle) ?? curl_init();
        $options = [
            CURLOPT_CUSTOMREQUEST => $method, CURLOPT_URL => $url, CURLOPT_RETURNTRANSFER => false, CURLOPT_HEADER => false, CURLOPT_CONNECTTIMEOUT => 150,
            CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS, CURLOPT_NOPROXY => '*', CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1,
        ];
        if ($method === 'HEAD') {
            $options[CURLOPT_NOBODY] = true;
        } elseif ($body !== null && !$stream) {
            $options[CURLOPT_POSTFIELDS] = $body;
            $headers = array_filter($headers, fn ($h) => stripos($h, 'content-length') !== 0);
        } elseif ($body !== null) {
            $left = $body;
            $options[CURLOPT_UPLOAD] = true;
            $options[CURLOPT_INFILESIZE] = strlen($body);
            $options[CURLOPT_READFUNCTION] = function ($ch, $fd, $length) use (&$left) {
                $piece = substr($left, 0, min($length, 3));
                $left = (string) substr($left, strlen($piece));
                return $piece;
            };
        } elseif ($method === 'PUT' || $method === 'POST') {
            $headers[] = 'Content-Length: 0';
        }
        foreach (['Accept', 'Expect', 'Content-Type'] as $unwanted) {
            if (!preg_grep("/^$unwanted:/i", $headers)) {
                $headers[] = "$unwanted:";
            }
        }
        $options[CURLOPT_HTTPHEADER] = $headers;
        $sink = fopen('php://temp', 'w+');
        $options[CURLOPT_WRITEFUNCTION] = fn ($ch, $bytes) => fwrite($sink, $bytes);
        $lines = [];
        $started = false;
        $options[CURLOPT_HEADERFUNCTION] = function ($ch, $h) use (&$lines, &$started) {
            $value = trim($h);
            if ($value === '') {
                $started = true;
            } elseif ($started) {
                $started = false;
                $lines = [$value];
            } else {
                $lines[] = $value;
            }
            return strlen($h);
        };
        curl_setopt_array($ch, $options);
        curl_exec($ch);
        $stats = curl_getinfo($ch);
        $result = [curl_errno($ch), curl_error($ch), $lines, $stats['http_code'], $stats['size_upload'], $stats['effective_method'] ?? null];
        rewind($sink);
        $result[] = stream_get_contents($sink);
        if (count($this->idle) < 3) {
            foreach ([CURLOPT_HEADERFUNCTION, CURLOPT_READFUNCTION, CURLOPT_WRITEFUNCTION, CURLOPT_PROGRESSFUNCTION] as $callback) {
                curl_setopt($ch, $callback, null);
            }
            curl_reset($ch);
            $this->idle[] = $ch;
        }
        return $result;
    }
}

it('Guzzle: methods and bodies over one handle', function () {
    $s = serve(['*' => ok('body', 'X-A: 1')]);
    $client = new GuzzleLike();
    say('get', $client->send('GET', $s->url('/get'), ['User-Agent: Guzzle']));
    say('post', $client->send('POST', $s->url('/post'), ['Content-Type: application/json', 'Content-Length: 2'], '{}'));
    say('head', $client->send('HEAD', $s->url('/head')));
    say('put', $client->send('PUT', $s->url('/put'), ['Content-Length: 11'], 'by callback', true));
    say('empty', $client->send('POST', $s->url('/empty')));
    say('delete', $client->send('DELETE', $s->url('/delete'), [], 'a=b'));
    say('get', $client->send('GET', $s->url('/again')));
    $s->show();
});

it('Guzzle: answers of all kinds', function () {
    $s = serve(['/100' => [send("HTTP/1.1 100 Continue\r\n\r\n" . ok('after 100', 'X-B: 2'))], '/404' => answer(404, 'no'), '/500' => answer(500), '/302' => redirect(302, '/x'),
        '/cut' => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nshort"]);
    $client = new GuzzleLike();
    foreach (['/100', '/404', '/500', '/302', '/cut'] as $path) {
        say($path, $client->send('GET', $s->url($path)));
    }
    say('nobody', $client->send('GET', 'http://127.0.0.1:' . closed_port() . '/')[0]);
});

it('Guzzle: many at once', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $handles = [];
    foreach (range(1, 6) as $i) {
        $handles[$i] = $ch = curl_init();
        curl_setopt_array($ch, [CURLOPT_URL => $s->url("/$i"), CURLOPT_NOPROXY => '*', CURLOPT_WRITEFUNCTION => fn ($ch, $b) => strlen($b), CURLOPT_HEADERFUNCTION => fn ($ch, $h) => strlen($h)]);
        curl_multi_add_handle($mh, $ch);
    }
    $done = [];
    do {
        while (curl_multi_exec($mh, $active) === CURLM_CALL_MULTI_PERFORM) {
        }
        while ($m = curl_multi_info_read($mh)) {
            $id = array_search($m['handle'], $handles, true);
            curl_multi_remove_handle($mh, $m['handle']);
            $done[$id] = [$m['result'], curl_errno($m['handle']), curl_getinfo($m['handle'], CURLINFO_HTTP_CODE)];
            unset($handles[$id]);
        }
        if ($active && curl_multi_select($mh, 1.0) === -1) {
            usleep(250);
        }
    } while ($handles);
    ksort($done);
    say('done', $done);
    $s->show(sorted: true, whole: false);
});

// ---- Symfony: a multi handle for all, redirects decided in the header callback, the state in PRIVATE, getinfo at every step

it('Symfony: header callback and private state', function () {
    $s = serve(['/a' => redirect(302, '/b', 'moved', 'X-Hop: 1'), '/b' => ok('there', 'X-Hop: 2')]);
    $mh = curl_multi_init();
    curl_multi_setopt($mh, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    curl_multi_setopt($mh, CURLMOPT_MAXCONNECTS, 4294967295);
    curl_multi_setopt($mh, CURLMOPT_MAX_HOST_CONNECTIONS, 6);
    $ch = curl_init();
    $body = '';
    $seen = [];
    $debug = fopen('php://temp', 'w+');
    curl_setopt_array($ch, [
        CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS, CURLOPT_REDIR_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS, CURLOPT_FOLLOWLOCATION => true, CURLOPT_MAXREDIRS => 20,
        CURLOPT_COOKIEFILE => '', CURLOPT_TIMEOUT => 0, CURLOPT_PROXY => '', CURLOPT_NOPROXY => '', CURLOPT_SSL_VERIFYPEER => true, CURLOPT_SSL_VERIFYHOST => 2, CURLOPT_CERTINFO => false,
        CURLOPT_URL => $s->url('/a'), CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1, CURLOPT_VERBOSE => true, CURLOPT_STDERR => $debug, CURLOPT_ENCODING => 'gzip', CURLOPT_PRIVATE => 'H0',
        CURLOPT_HTTPHEADER => ['Accept: */*', 'User-Agent: Symfony'],
        CURLOPT_HEADERFUNCTION => function ($ch, $line) use (&$seen) {
            $waiting = curl_getinfo($ch, CURLINFO_PRIVATE);
            if (str_starts_with($line, 'HTTP/')) {
                curl_setopt($ch, CURLOPT_PRIVATE, 'H' . curl_getinfo($ch, CURLINFO_REDIRECT_COUNT));
            } elseif ($line === "\r\n") {
                $code = curl_getinfo($ch, CURLINFO_RESPONSE_CODE);
                $url = curl_getinfo($ch, CURLINFO_REDIRECT_URL);
                $seen[] = ['code' => $code, 'redirect' => $url, 'effective' => curl_getinfo($ch, CURLINFO_EFFECTIVE_URL), 'private' => $waiting];
                if ($code < 300 || $code >= 400) {
                    curl_setopt($ch, CURLOPT_PRIVATE, 'C' . $code);
                } else {
                    curl_setopt($ch, CURLOPT_HTTPHEADER, ['X-Redirected: yes']);
                }
            }
            return strlen($line);
        },
        CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use (&$body) {
            $body .= $bytes;
            return strlen($bytes);
        },
    ]);
    curl_multi_add_handle($mh, $ch);
    do {
        curl_multi_exec($mh, $running);
        while ($m = curl_multi_info_read($mh)) {
            say('message', $m['result'], curl_getinfo($m['handle'], CURLINFO_PRIVATE));
        }
        $running && curl_multi_select($mh, 0.1);
    } while ($running);
    foreach ($seen as $step) {
        say('step', $step);
    }
    say('body', $body);
    $info = curl_getinfo($ch);
    say('info', $info['http_code'], $info['url'], $info['redirect_count'], $info['header_size'], $info['primary_ip'], $info['starttransfer_time'] > 0);
    rewind($debug);
    say('debug', substr_count(stream_get_contents($debug), '> GET /'));
    $s->show();
});

it('Symfony: a redirect that is refused in the callback', function () {
    $s = serve(['/a' => redirect(302, 'http://127.0.0.1:1/b', 'moved')]);
    $ch = easy($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_HEADERFUNCTION => function ($ch, $line) {
        if (str_starts_with($line, 'Location:')) {
            curl_setopt($ch, CURLOPT_FOLLOWLOCATION, false);
        }
        return strlen($line);
    }]);
    perform($ch, CURLINFO_HTTP_CODE, CURLINFO_REDIRECT_URL);
});

it('Symfony: a POST that becomes a GET', function () {
    $s = serve(['/a' => redirect(303, '/b', ''), '/b' => ok('got')]);
    $ch = easy($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_POST => true, CURLOPT_POSTFIELDS => 'a=b', CURLOPT_HTTPHEADER => ['Content-Type: text/x', 'Content-Length: 3'],
        CURLOPT_HEADERFUNCTION => function ($ch, $line) {
            if ($line === "\r\n" && curl_getinfo($ch, CURLINFO_RESPONSE_CODE) === 303) {
                curl_setopt($ch, CURLOPT_POSTFIELDS, '');
                curl_setopt($ch, CURLOPT_HTTPGET, true);
                curl_setopt($ch, CURLOPT_CUSTOMREQUEST, 'GET');
                curl_setopt($ch, CURLOPT_HTTPHEADER, ['X-Clean: 1']);
            }
            return strlen($line);
        }]);
    perform($ch);
    $s->show();
});

it('Symfony: resolving by an option', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    foreach (['a', 'b'] as $name) {
        $ch = easy("http://$name.test:$s->port/", [CURLOPT_PRIVATE => $name, CURLOPT_RESOLVE => ["$name.test:$s->port:127.0.0.1"], CURLOPT_DNS_USE_GLOBAL_CACHE => false]);
        curl_multi_add_handle($mh, $ch);
        $keep[] = $ch;
    }
    drive($mh);
    $s->show(sorted: true, whole: false);
});

it('Symfony: cancelled in the middle', function () {
    $s = serve(['*' => [send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegin"), pause(5000)]]);
    $mh = curl_multi_init();
    $stop = false;
    $ch = easy($s->url(), [CURLOPT_PRIVATE => 'x', CURLOPT_NOPROGRESS => false, CURLOPT_PROGRESSFUNCTION => function () use (&$stop) {
        return $stop ? 1 : null;
    }, CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use (&$stop) {
        $stop = true;
        return strlen($bytes);
    }]);
    curl_multi_add_handle($mh, $ch);
    drive($mh);
    say('error', curl_errno($ch), curl_error($ch));
});

// ---- WordPress Requests: one handle, its head by a callback, errors by number

it('Requests: get, post, head, put over one handle', function () {
    $s = serve(['*' => ok('body', 'X-A: 1')]);
    $ch = curl_init();
    curl_setopt($ch, CURLOPT_HEADER, false);
    curl_setopt($ch, CURLOPT_RETURNTRANSFER, 1);
    curl_setopt($ch, CURLOPT_ENCODING, '');
    curl_setopt($ch, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
    curl_setopt($ch, CURLOPT_REDIR_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
    curl_setopt($ch, CURLOPT_NOPROXY, '*');
    foreach (['GET', 'POST', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'GET'] as $method) {
        $data = in_array($method, ['POST', 'PUT', 'PATCH'], true) ? 'a=b' : '';
        $head = $body = '';
        if ($method === 'POST') {
            curl_setopt($ch, CURLOPT_POST, true);
            curl_setopt($ch, CURLOPT_POSTFIELDS, $data);
        } elseif ($method === 'HEAD') {
            curl_setopt($ch, CURLOPT_CUSTOMREQUEST, $method);
            curl_setopt($ch, CURLOPT_NOBODY, true);
        } elseif ($method !== 'GET' && $method !== 'TRACE') {
            curl_setopt($ch, CURLOPT_CUSTOMREQUEST, $method);
            $data !== '' && curl_setopt($ch, CURLOPT_POSTFIELDS, $data);
        } elseif ($method === 'TRACE') {
            curl_setopt($ch, CURLOPT_CUSTOMREQUEST, $method);
        }
        curl_setopt($ch, CURLOPT_TIMEOUT_MS, 10000);
        curl_setopt($ch, CURLOPT_CONNECTTIMEOUT_MS, 10000);
        curl_setopt($ch, CURLOPT_URL, $s->url("/$method"));
        curl_setopt($ch, CURLOPT_USERAGENT, 'php-requests');
        curl_setopt($ch, CURLOPT_HTTPHEADER, ['Connection: close', 'Expect:']);
        curl_setopt($ch, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
        curl_setopt($ch, CURLOPT_HEADERFUNCTION, function ($c, $h) use (&$head) {
            $head .= $h;
            return strlen($h);
        });
        curl_setopt($ch, CURLOPT_WRITEFUNCTION, function ($c, $b) use (&$body) {
            $body .= $b;
            return strlen($b);
        });
        curl_setopt($ch, CURLOPT_BUFFERSIZE, 1160);
        say($method, curl_exec($ch), curl_errno($ch), strlen($head), $body);
    }
    foreach ($s->events() as $event) {
        if ($event['what'] === 'request') {
            $lines = explode("\r\n", $event['head']);
            say('sent', $lines[0], array_values(preg_grep('/^(Content|Accept-E)/', preg_replace('/^(Accept-Encoding): .*/', '$1', $lines))), $event['body']);
        }
    }
});

it('Requests: a broken encoding is tried once more', function () {
    $s = serve(['*' => [answer(200, 'no gzip', 'Content-Encoding: gzip'), answer(200, 'plain', 'Content-Encoding: gzip')]]);
    $ch = easy($s->url(), [CURLOPT_ENCODING => '']);
    perform($ch);
    if (curl_errno($ch) === 23 || curl_errno($ch) === 61) {
        curl_setopt($ch, CURLOPT_ENCODING, 'none');
        perform($ch);
    }
});

// ---- Composer: a multi handle, streams for heads and bodies, a share

it('Composer: files for head and body', function () {
    $s = serve(['*' => ok('{"packages":[]}', 'Content-Type: application/json')]);
    $mh = curl_multi_init();
    curl_multi_setopt($mh, CURLMOPT_PIPELINING, 2);
    curl_multi_setopt($mh, CURLMOPT_MAX_HOST_CONNECTIONS, 8);
    $sh = curl_share_init();
    curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
    curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
    curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
    $head = fopen('php://temp/maxmemory:32768', 'w+b');
    $body = fopen('php://temp/maxmemory:524288', 'w+b');
    $ch = curl_init();
    foreach ([CURLOPT_URL => $s->url('/packages.json'), CURLOPT_FOLLOWLOCATION => false, CURLOPT_CONNECTTIMEOUT => 10, CURLOPT_TIMEOUT => 300, CURLOPT_WRITEHEADER => $head, CURLOPT_FILE => $body,
        CURLOPT_ENCODING => '', CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS, CURLOPT_HTTPHEADER => ['Connection: keep-alive', 'User-Agent: Composer'], CURLOPT_IPRESOLVE => CURL_IPRESOLVE_V4,
        CURLOPT_SHARE => $sh, CURLOPT_PROXY => '', CURLOPT_NOPROXY => '*', CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_2_0] as $option => $value) {
        if (!curl_setopt($ch, $option, $value)) {
            say('not set', $option);
        }
    }
    curl_multi_add_handle($mh, $ch);
    $old = null;
    do {
        curl_multi_exec($mh, $running);
        curl_multi_select($mh, 0.1);
        $progress = array_intersect_key(curl_getinfo($ch), ['size_download' => 1, 'http_code' => 1]);
        while ($m = curl_multi_info_read($mh)) {
            say('result', $m['result'], curl_getinfo($ch)['http_code'], curl_getinfo($ch)['size_download']);
        }
    } while ($running);
    rewind($head);
    rewind($body);
    say('head', stream_get_contents($head));
    say('body', stream_get_contents($body));
});

it('Composer: into a file that is renamed', function () {
    $s = serve(['*' => ok(str_repeat('zip', 30000))]);
    $name = folder() . '/package.zip~';
    $file = fopen($name, 'w+b');
    $ch = easy($s->url('/x.zip'), [CURLOPT_FILE => $file]);
    perform($ch);
    fclose($file);
    say('size', filesize($name), md5_file($name));
});

// ---- stripe: one handle that is kept, curl_reset between, retries by number

it('stripe: reset and the same connection', function () {
    $s = serve(['*' => ok('{}', 'Request-Id: req_1')]);
    $ch = curl_init();
    foreach ([['get', null], ['post', 'amount=100&currency=usd'], ['delete', null], ['post', ['file' => new CURLFile(file_with('up', 'x'), 'text/plain', 'up'), 'purpose' => 'p']]] as [$method, $body]) {
        curl_reset($ch);
        $options = $method === 'get' ? [CURLOPT_HTTPGET => 1] : ($method === 'delete' ? [CURLOPT_CUSTOMREQUEST => 'DELETE'] : [CURLOPT_POST => 1, CURLOPT_POSTFIELDS => $body]);
        $heads = [];
        $options += [CURLOPT_URL => $s->url('/v1/x'), CURLOPT_RETURNTRANSFER => true, CURLOPT_CONNECTTIMEOUT => 30, CURLOPT_TIMEOUT => 80, CURLOPT_NOPROXY => '*',
            CURLOPT_HTTPHEADER => ['Expect: ', 'Idempotency-Key: k', 'Authorization: Bearer sk'], CURLOPT_SSL_VERIFYPEER => true, CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_2TLS,
            CURLOPT_HEADERFUNCTION => function ($ch, $line) use (&$heads) {
                if (str_contains($line, ':')) {
                    [$key, $value] = explode(':', trim($line), 2);
                    $heads[trim($key)] = trim($value);
                }
                return strlen($line);
            }];
        curl_setopt_array($ch, $options);
        say($method, curl_exec($ch), curl_errno($ch), curl_getinfo($ch, CURLINFO_RESPONSE_CODE), $heads, curl_getinfo($ch, CURLINFO_NUM_CONNECTS));
    }
    $s->show();
});

// ---- others

it('arcanist: options after it was added', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = curl_init();
    curl_setopt($ch, CURLOPT_NOPROXY, '*');
    curl_multi_add_handle($mh, $ch);
    curl_setopt($ch, CURLOPT_URL, $s->url('/late'));
    curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
    curl_setopt($ch, CURLOPT_WRITEFUNCTION, function ($ch, $bytes) {
        say('bytes', $bytes);
        return strlen($bytes);
    });
    curl_setopt($ch, CURLOPT_PRIVATE, 'late');
    drive($mh);
});

it('php-curl-class: cookies, json, callbacks', function () {
    $s = serve(['*' => ok('{"a":1}', 'Content-Type: application/json', 'Set-Cookie: s=1; Path=/')]);
    $ch = curl_init();
    curl_setopt($ch, CURLINFO_HEADER_OUT, true);
    curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
    curl_setopt($ch, CURLOPT_NOPROXY, '*');
    $cookies = [];
    curl_setopt($ch, CURLOPT_HEADERFUNCTION, function ($ch, $header) use (&$cookies) {
        if (preg_match('/^Set-Cookie:\s*([^=]+)=([^;]+)/mi', $header, $m)) {
            $cookies[$m[1]] = $m[2];
        }
        return strlen($header);
    });
    curl_setopt($ch, CURLOPT_URL, $s->url('/x') . '?' . http_build_query(['q' => 'a b']));
    curl_setopt($ch, CURLOPT_COOKIE, 'own=1');
    curl_setopt($ch, CURLOPT_HTTPHEADER, ['Content-Type: application/json']);
    curl_setopt($ch, CURLOPT_CUSTOMREQUEST, 'POST');
    curl_setopt($ch, CURLOPT_POST, true);
    curl_setopt($ch, CURLOPT_POSTFIELDS, json_encode(['k' => 'v']));
    say('exec', curl_exec($ch), $cookies, curl_getinfo($ch, CURLINFO_HEADER_OUT), curl_getinfo($ch, CURLINFO_HTTP_CODE));
});

it('sentry: fire and forget', function () {
    $s = serve(['*' => ok('{"id":"x"}')]);
    $ch = curl_init();
    foreach ([CURLOPT_URL => $s->url('/api/1/envelope/'), CURLOPT_HTTPHEADER => ['Content-Type: application/x-sentry-envelope', 'Content-Encoding: gzip'], CURLOPT_USERAGENT => 'sentry.php',
        CURLOPT_TIMEOUT_MS => 5000, CURLOPT_CONNECTTIMEOUT_MS => 2000, CURLOPT_ENCODING => '', CURLOPT_POST => true, CURLOPT_POSTFIELDS => gzcompress('{}', -1, ZLIB_ENCODING_GZIP),
        CURLOPT_RETURNTRANSFER => true, CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1, CURLOPT_NOPROXY => '*'] as $option => $value) {
        curl_setopt($ch, $option, $value);
    }
    say('exec', curl_exec($ch), curl_getinfo($ch, CURLINFO_RESPONSE_CODE));
    foreach ($s->events() as $event) {
        if ($event['what'] === 'request') {
            say('sent', gzdecode($event['body']));
        }
    }
});

it('a stream of events', function () {
    $s = serve(['*' => [send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"), send("f\r\ndata: event 1\n\n\r\n"), pause(60), send("f\r\ndata: event 2\n\n\r\n"),
        pause(60), send("f\r\ndata: event 3\n\n\r\n"), pause(5000)]]);
    $events = [];
    $ch = easy($s->url(), [CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use (&$events) {
        $events[] = $bytes;
        return count($events) === 3 ? 0 : strlen($bytes);
    }]);
    perform($ch, CURLINFO_HTTP_CODE);
    say('events', $events);
});

it('elastic: bodies with GET, and HEAD by name', function () {
    $s = serve(['HEAD /index' => answer(200), '*' => ok('{"hits":1}')]);
    $ch = curl_init();
    curl_setopt_array($ch, [CURLOPT_RETURNTRANSFER => true, CURLOPT_HEADER => false, CURLOPT_NOPROXY => '*']);
    foreach ([['GET', '{"query":{}}'], ['HEAD', null], ['POST', '{"doc":{}}'], ['PUT', '{}'], ['DELETE', null]] as [$method, $body]) {
        curl_setopt_array($ch, [CURLOPT_CUSTOMREQUEST => $method, CURLOPT_URL => $s->url('/index'), CURLOPT_NOBODY => $method === 'HEAD', CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'Expect:']]);
        $body === null ? curl_setopt($ch, CURLOPT_POSTFIELDS, null) : curl_setopt($ch, CURLOPT_POSTFIELDS, $body);
        if ($method === 'HEAD') {
            curl_setopt($ch, CURLOPT_NOBODY, true);
        }
        say($method, curl_exec($ch), curl_getinfo($ch, CURLINFO_HTTP_CODE), curl_errno($ch));
    }
    $s->show();
});
