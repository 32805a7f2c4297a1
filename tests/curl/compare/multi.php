<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// multi.php - curl_multi_*: adding, running, messages, limits.

require __DIR__ . '/compare.inc';

function named(string $name, string $url, array $options = []): CurlHandle
{
    return easy($url, $options + [CURLOPT_PRIVATE => $name]);
}

it('two transfers', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    foreach (['a', 'b'] as $name) {
        $handles[$name] = named($name, $s->url("/$name"));
        say('add', curl_multi_add_handle($mh, $handles[$name]));
    }
    drive($mh);
    foreach ($handles as $ch) {
        say('content', curl_multi_getcontent($ch), curl_errno($ch), curl_error($ch), curl_getinfo($ch, CURLINFO_HTTP_CODE));
        say('remove', curl_multi_remove_handle($mh, $ch));
    }
    curl_multi_close($mh);
    $s->show(sorted: true);
});

it('nothing to do', function () {
    $mh = curl_multi_init();
    say('exec', curl_multi_exec($mh, $running), $running);
    $begun = microtime(true);
    say('select', curl_multi_select($mh, 1.0), microtime(true) - $begun < 0.5);
    say('info', curl_multi_info_read($mh, $left), $left);
    say('errno', curl_multi_errno($mh));
});

it('add and remove', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $other = curl_multi_init();
    $ch = named('a', $s->url('/a'));
    say('add', curl_multi_add_handle($mh, $ch), curl_multi_errno($mh));
    say('again', curl_multi_add_handle($mh, $ch), curl_multi_errno($mh), curl_multi_strerror(curl_multi_errno($mh)));
    say('to another', curl_multi_add_handle($other, $ch), curl_multi_errno($other));
    say('remove from another', curl_multi_remove_handle($other, $ch), curl_multi_errno($other));
    say('remove', curl_multi_remove_handle($mh, $ch), curl_multi_errno($mh));
    say('again', curl_multi_remove_handle($mh, $ch), curl_multi_errno($mh));
    say('to another', curl_multi_add_handle($other, $ch), curl_multi_errno($other));
    drive($other);
    say('content', curl_multi_getcontent($ch));
});

it('curl_exec of a handle that was added', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'));
    curl_multi_add_handle($mh, $ch);
    perform($ch);
    drive($mh);
});

it('curl_exec before and after', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'));
    perform($ch);
    curl_multi_add_handle($mh, $ch);
    drive($mh);
    curl_multi_remove_handle($mh, $ch);
    perform($ch);
});

it('messages', function () {
    $s = serve(['/a' => ok('body'), '/b' => [pause(150), send(ok('late'))]]);
    $mh = curl_multi_init();
    $a = named('a', $s->url('/a'));
    $b = named('b', $s->url('/b'));
    curl_multi_add_handle($mh, $b);
    curl_multi_add_handle($mh, $a);
    do {
        curl_multi_exec($mh, $running);
        curl_multi_select($mh, 0.05);
    } while ($running);
    foreach ([1, 2, 3] as $i) {
        $m = curl_multi_info_read($mh, $left);
        say('message', is_array($m) ? [array_keys($m), $m['msg'], $m['result'], curl_getinfo($m['handle'], CURLINFO_PRIVATE), $m['handle'] === $a || $m['handle'] === $b] : $m, $left);
    }
});

it('a message is read once', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'));
    curl_multi_add_handle($mh, $ch);
    drive($mh);
    say('again', curl_multi_info_read($mh));
    curl_multi_exec($mh, $running);
    say('after exec', curl_multi_info_read($mh), $running);
    curl_multi_remove_handle($mh, $ch);
    curl_multi_add_handle($mh, $ch);
    drive($mh);
});

it('a message that is not read goes with its handle', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'));
    curl_multi_add_handle($mh, $ch);
    do {
        curl_multi_exec($mh, $running);
        curl_multi_select($mh, 0.05);
    } while ($running);
    curl_multi_remove_handle($mh, $ch);
    say('info', curl_multi_info_read($mh));
});

it('errors, and when curl_errno() knows them', function () {
    $port = closed_port();
    $mh = curl_multi_init();
    $ch = named('a', "http://127.0.0.1:$port/");
    curl_multi_add_handle($mh, $ch);
    do {
        curl_multi_exec($mh, $running);
        curl_multi_select($mh, 0.05);
    } while ($running);
    say('before info_read', curl_errno($ch), curl_error($ch) !== '');
    $m = curl_multi_info_read($mh);
    say('message', $m['result'], curl_strerror($m['result']));
    say('after', curl_errno($ch), curl_error($ch));
    curl_multi_remove_handle($mh, $ch);
    say('removed', curl_errno($ch), curl_error($ch) !== '');
});

it('errors of all sorts', function () {
    $s = serve(['/cut' => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nshort", '/empty' => [send('')], '/ok' => ok('fine'), '/late' => [pause(3000), send(ok())],
        '/404' => answer(404, 'no'), '/circle' => redirect(302, '/circle')]);
    $mh = curl_multi_init();
    $all = [
        named('bad url', 'http://a b/'), named('no url', ''), named('scheme', 'foo://x/'), named('cut', $s->url('/cut')), named('fine', $s->url('/ok')),
        named('late', $s->url('/late'), [CURLOPT_TIMEOUT_MS => 200]), named('404', $s->url('/404'), [CURLOPT_FAILONERROR => true]),
        named('circle', $s->url('/circle'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_MAXREDIRS => 3]), named('name', 'http://no-such-host.invalid/'),
    ];
    foreach ($all as $ch) {
        curl_multi_add_handle($mh, $ch);
    }
    drive($mh);
    foreach ($all as $ch) {
        say(curl_getinfo($ch, CURLINFO_PRIVATE), curl_errno($ch), curl_error($ch), curl_multi_getcontent($ch));
    }
});

it('getcontent', function () {
    $s = serve(['/a' => [send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\none;"), pause(200), send('two;')], '/b' => ok('')]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'));
    say('before', curl_multi_getcontent($ch));
    curl_multi_add_handle($mh, $ch);
    do {
        curl_multi_exec($mh, $running);
        curl_multi_select($mh, 0.01);
    } while (curl_multi_getcontent($ch) === '' && $running);
    say('half', curl_multi_getcontent($ch));
    drive($mh);
    say('all', curl_multi_getcontent($ch), curl_multi_getcontent($ch));
    curl_multi_remove_handle($mh, $ch);
    say('removed', curl_multi_getcontent($ch));
    $ch = named('b', $s->url('/b'));
    curl_multi_add_handle($mh, $ch);
    drive($mh);
    say('empty', curl_multi_getcontent($ch));
    $ch = named('c', $s->url('/a'), [CURLOPT_RETURNTRANSFER => false, CURLOPT_FILE => fopen('php://memory', 'w')]);
    curl_multi_add_handle($mh, $ch);
    drive($mh);
    say('not returned', curl_multi_getcontent($ch));
});

it('to the output', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'), [CURLOPT_RETURNTRANSFER => false]);
    curl_multi_add_handle($mh, $ch);
    ob_start();
    drive($mh);
    say('output', ob_get_clean());
});

it('options that are set after it was added', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/wrong'));
    curl_multi_add_handle($mh, $ch);
    curl_setopt_array($ch, [CURLOPT_URL => $s->url('/right'), CURLOPT_POSTFIELDS => 'later', CURLOPT_HTTPHEADER => ['X-Later: 1']]);
    drive($mh);
    say('content', curl_multi_getcontent($ch));
    $s->show();
});

it('a handle that is removed in the middle', function () {
    $s = serve(['/slow' => [send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\none;"), pause(10000)], '*' => ok('body')]);
    $mh = curl_multi_init();
    $slow = named('slow', $s->url('/slow'));
    $fast = named('fast', $s->url('/fast'));
    curl_multi_add_handle($mh, $slow);
    curl_multi_add_handle($mh, $fast);
    for ($i = 0; $i < 10; $i++) {
        curl_multi_exec($mh, $running);
        curl_multi_select($mh, 0.02);
    }
    say('remove', curl_multi_remove_handle($mh, $slow), curl_errno($slow), curl_multi_getcontent($slow), curl_getinfo($slow, CURLINFO_HTTP_CODE));
    drive($mh);
    curl_setopt($slow, CURLOPT_URL, $s->url('/again'));
    perform($slow, CURLINFO_NUM_CONNECTS);
});

it('handles that are added as others end', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $n = 0;
    $keep = [];
    $next = function () use (&$n, &$keep, $mh, $s) {
        $keep[] = $ch = named(sprintf('%02d', ++$n), $s->url("/$n"));
        curl_multi_add_handle($mh, $ch);
    };
    $next();
    $next();
    drive($mh, function ($m) use (&$n, $next, $mh) {
        curl_multi_remove_handle($mh, $m['handle']);
        if ($n < 12) {
            $next();
            return 1;
        }
        return 0;
    });
    say('all', $n);
    $s->show(sorted: true, whole: false);
});

it('many at once', function () {
    $s = serve(['*' => ok(str_repeat('x', 10000))]);
    $mh = curl_multi_init();
    foreach (range(1, 60) as $i) {
        $all[$i] = $ch = easy($s->url("/$i"));
        curl_multi_add_handle($mh, $ch);
    }
    do {
        curl_multi_exec($mh, $running);
        curl_multi_select($mh, 0.5);
    } while ($running);
    $good = 0;
    while ($m = curl_multi_info_read($mh)) {
        $good += $m['result'] === CURLE_OK && strlen(curl_multi_getcontent($m['handle'])) === 10000;
    }
    say('good', $good);
});

it('connections belong to the multi handle', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    foreach (['a', 'b', 'c'] as $name) {
        $ch = named($name, $s->url("/$name"));
        curl_multi_add_handle($mh, $ch);
        drive($mh);
        infos($ch, CURLINFO_NUM_CONNECTS);
        curl_multi_remove_handle($mh, $ch);
    }
});

it('MAX_HOST_CONNECTIONS and MAX_TOTAL_CONNECTIONS', function () {
    foreach ([[], [CURLMOPT_MAX_HOST_CONNECTIONS => 1], [CURLMOPT_MAX_TOTAL_CONNECTIONS => 2]] as $options) {
        $s = serve(['*' => [pause(30), send(ok('body'))]]);
        $mh = curl_multi_init();
        foreach ($options as $option => $value) {
            say('setopt', curl_multi_setopt($mh, $option, $value));
        }
        foreach (['a', 'b', 'c', 'd'] as $name) {
            $keep[] = $ch = named($name, $s->url("/$name"));
            curl_multi_add_handle($mh, $ch);
        }
        drive($mh);
        say('connections', $s->connections());
        curl_multi_close($mh);
    }
});

it('multi_setopt', function () {
    $mh = curl_multi_init();
    foreach (['PIPELINING', 'MAXCONNECTS', 'CHUNK_LENGTH_PENALTY_SIZE', 'CONTENT_LENGTH_PENALTY_SIZE', 'MAX_HOST_CONNECTIONS', 'MAX_PIPELINE_LENGTH', 'MAX_TOTAL_CONNECTIONS', 'MAX_CONCURRENT_STREAMS'] as $name) {
        foreach ([0, 1, 2, 3, -1, '5', null, 4294967295, 'x'] as $value) {
            say("$name " . text($value), attempt(fn () => curl_multi_setopt($mh, constant("CURLMOPT_$name"), $value)), curl_multi_errno($mh));
        }
    }
    foreach ([0, -1, 99999, 20001, 10001] as $option) {
        say("option $option", attempt(fn () => curl_multi_setopt($mh, $option, 1)), curl_multi_errno($mh));
    }
});

it('PUSHFUNCTION', function () {
    $mh = curl_multi_init();
    foreach ([fn () => CURL_PUSH_OK, 'no_such_function', null, 5] as $value) {
        say('set', attempt(fn () => curl_multi_setopt($mh, CURLMOPT_PUSHFUNCTION, $value)), curl_multi_errno($mh));
    }
});

it('select', function () {
    $s = serve(['*' => [pause(150), send(ok('late'))]]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'));
    curl_multi_add_handle($mh, $ch);
    $begun = microtime(true);
    $n = curl_multi_select($mh, 0.3);
    say('before the first exec', $n);
    for ($i = 0; $i < 5; $i++) {
        curl_multi_exec($mh, $running);
        usleep(10000);
    }
    $begun = microtime(true);
    say('waits', curl_multi_select($mh, 5.0) > 0, microtime(true) - $begun < 2);
    drive($mh);
    foreach ([-1.0, 0.0, 2147484.0, NAN, INF, PHP_FLOAT_MAX, -0.5] as $timeout) {
        say('timeout ' . $timeout, attempt(fn () => curl_multi_select($mh, $timeout)), curl_multi_errno($mh));
    }
});

it('select sleeps while nothing comes', function () {
    $s = serve(['*' => [pause(10000)]]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'));
    curl_multi_add_handle($mh, $ch);
    for ($i = 0; $i < 10; $i++) {
        curl_multi_exec($mh, $running);
        usleep(5000);
    }
    $calls = 0;
    for ($until = microtime(true) + 0.5; microtime(true) < $until; $calls++) {
        curl_multi_select($mh, 0.1);
        curl_multi_exec($mh, $running);
    }
    say('does not spin', $calls < 50, $running);
});

it('a timeout within a multi handle', function () {
    $s = serve(['*' => [pause(5000)]]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'), [CURLOPT_TIMEOUT_MS => 150]);
    curl_multi_add_handle($mh, $ch);
    $begun = microtime(true);
    drive($mh);
    say('in time', microtime(true) - $begun < 2, curl_errno($ch), curl_error($ch));
});

it('redirects, auth and callbacks within a multi handle', function () {
    $s = serve(['/a' => redirect(302, '/b', 'x', 'Set-Cookie: c=1; Path=/'), '/b' => ok('there')]);
    $mh = curl_multi_init();
    $calls = new Calls();
    $ch = named('a', $s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_COOKIEFILE => '', CURLOPT_HEADERFUNCTION => $calls->header(), CURLOPT_WRITEFUNCTION => $calls->write()]);
    curl_multi_add_handle($mh, $ch);
    drive($mh);
    $calls->show();
    infos($ch, CURLINFO_REDIRECT_COUNT, CURLINFO_HTTP_CODE, CURLINFO_EFFECTIVE_URL);
    $s->show();
});

it('HEADER_OUT within a multi handle', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'), [CURLINFO_HEADER_OUT => true]);
    curl_multi_add_handle($mh, $ch);
    drive($mh);
    say('sent', curl_getinfo($ch, CURLINFO_HEADER_OUT));
});

it('closed with handles in it', function () {
    $s = serve(['*' => [pause(5000)]]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'));
    curl_multi_add_handle($mh, $ch);
    curl_multi_exec($mh, $running);
    say('close', curl_multi_close($mh));
    say('exec', attempt(fn () => curl_multi_exec($mh, $running)), $running);
    curl_setopt_array($ch, [CURLOPT_TIMEOUT_MS => 200]);
    perform($ch);
});

it('the multi handle goes first', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'));
    curl_multi_add_handle($mh, $ch);
    unset($mh);
    perform($ch);
});

it('the handle goes first', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    curl_multi_add_handle($mh, named('a', $s->url('/a')));
    gc_collect_cycles();
    drive($mh);
    $s->show(whole: false);
});

it('reset while it is added', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'));
    curl_multi_add_handle($mh, $ch);
    curl_reset($ch);
    curl_setopt_array($ch, [CURLOPT_URL => $s->url('/b'), CURLOPT_RETURNTRANSFER => true]);
    drive($mh);
    say('content', curl_multi_getcontent($ch));
});

it('a clone of a handle that is added', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = named('a', $s->url('/a'));
    curl_multi_add_handle($mh, $ch);
    $copy = clone $ch;
    say('add', curl_multi_add_handle($mh, $copy));
    drive($mh);
});

it('curl_multi_exec with a variable of another kind', function () {
    $mh = curl_multi_init();
    $running = ['array'];
    say('exec', curl_multi_exec($mh, $running), $running);
});

it('curl_multi_get_handles', function () {
    if (!function_exists('curl_multi_get_handles')) {
        skip('this PHP has no curl_multi_get_handles()');
        return;
    }
    $mh = curl_multi_init();
    $a = easy();
    $b = easy();
    say('none', curl_multi_get_handles($mh));
    curl_multi_add_handle($mh, $a);
    curl_multi_add_handle($mh, $b);
    say('both', count(curl_multi_get_handles($mh)), curl_multi_get_handles($mh)[0] === $a);
    curl_multi_remove_handle($mh, $a);
    say('one', count(curl_multi_get_handles($mh)), curl_multi_get_handles($mh)[0] === $b);
});
