<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// progress.php - PROGRESSFUNCTION and XFERINFOFUNCTION; curl_pause().

require __DIR__ . '/compare.inc';

foreach (['PROGRESSFUNCTION', 'XFERINFOFUNCTION'] as $name) {
    $option = constant("CURLOPT_$name");

    it("$name and NOPROGRESS", function () use ($option) {
        $s = serve(['*' => ok('body')]);
        foreach ([null, true, false] as $no) {
            $calls = 0;
            $options = [$option => function () use (&$calls) {
                $calls++;
                return 0;
            }];
            if ($no !== null) {
                $options[CURLOPT_NOPROGRESS] = $no;
            }
            fetch($s->url(), $options);
            say('called', $calls > 0);
        }
    });

    it("$name and its arguments", function () use ($option) {
        $s = serve(['*' => ok(str_repeat('x', 50000))]);
        $calls = [];
        $ch = easy($s->url(), [CURLOPT_NOPROGRESS => false, CURLOPT_POSTFIELDS => str_repeat('y', 3000), $option => function (...$arguments) use (&$calls) {
            $calls[] = $arguments;
            return 0;
        }]);
        curl_exec($ch);
        say('types', array_map('get_debug_type', $calls[0]));
        say('first', array_slice($calls[0], 1));
        say('last', array_slice(end($calls), 1));
        $grown = true;
        foreach ($calls as $i => $c) {
            $grown = $grown && ($i === 0 || ($c[2] >= $calls[$i - 1][2] && $c[4] >= $calls[$i - 1][4]));
        }
        say('only grows, and four calls at least', $grown, count($calls) >= 4);
    });

    it("$name that stops it", function () use ($option) {
        $s = serve(['*' => ok('body')]);
        foreach ([1, -1, true, 'text', '1', 1.5, 0, '0', null, false, ''] as $result) {
            say(text($result));
            fetch($s->url(), [CURLOPT_NOPROGRESS => false, $option => fn () => $result]);
        }
    });

    it("$name that stops it in the middle", function () use ($option) {
        $s = serve(['*' => [send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegin"), pause(1000), send(str_repeat('x', 95))]]);
        fetch($s->url(), [CURLOPT_NOPROGRESS => false, $option => fn ($ch, $total, $now) => $now > 0 ? 1 : 0], CURLINFO_HTTP_CODE, CURLINFO_SIZE_DOWNLOAD);
    });

    it("$name of an unknown length", function () use ($option) {
        $s = serve(['*' => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" . chunked('one', 'two') . "\r\n"]);
        $last = null;
        fetch($s->url(), [CURLOPT_NOPROGRESS => false, $option => function ($ch, ...$numbers) use (&$last) {
            $last = $numbers;
            return 0;
        }]);
        say('last', $last);
    });

    it("$name of a packed body", function () use ($option) {
        $packed = gzencode(str_repeat('x', 100000));
        $s = serve(['*' => ok($packed, 'Content-Encoding: gzip')]);
        $last = null;
        fetch($s->url(), [CURLOPT_ENCODING => '', CURLOPT_NOPROGRESS => false, $option => function ($ch, ...$numbers) use (&$last) {
            $last = $numbers;
            return 0;
        }]);
        say('last', $last === [strlen($packed), strlen($packed), 0, 0]);
    });

    it("$name over a redirect", function () use ($option) {
        $s = serve(['/a' => redirect(302, '/b', 'xxxx'), '/b' => ok('body!')]);
        $last = null;
        fetch($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_NOPROGRESS => false, $option => function ($ch, ...$numbers) use (&$last) {
            $last = $numbers;
            return 0;
        }]);
        say('last', $last);
    });
}

it('PROGRESSFUNCTION and XFERINFOFUNCTION', function () {
    $s = serve(['*' => ok('body')]);
    foreach ([[CURLOPT_PROGRESSFUNCTION, CURLOPT_XFERINFOFUNCTION], [CURLOPT_XFERINFOFUNCTION, CURLOPT_PROGRESSFUNCTION]] as $order) {
        $called = [];
        $ch = easy($s->url(), [CURLOPT_NOPROGRESS => false]);
        foreach ($order as $option) {
            curl_setopt($ch, $option, function () use (&$called, $option) {
                $called[$option] = true;
                return 0;
            });
        }
        perform($ch);
        say('called', isset($called[CURLOPT_PROGRESSFUNCTION]), isset($called[CURLOPT_XFERINFOFUNCTION]));
    }
});

it('progress while nothing comes', function () {
    $s = serve(['*' => [pause(1300), send(ok('late'))]]);
    $calls = 0;
    fetch($s->url(), [CURLOPT_NOPROGRESS => false, CURLOPT_PROGRESSFUNCTION => function () use (&$calls) {
        $calls++;
        return 0;
    }]);
    say('called', $calls >= 2);
});

// ---- pause

it('a WRITEFUNCTION that pauses', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $calls = [];
    $ch = easy($s->url(), [CURLOPT_PRIVATE => 'a', CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use (&$calls) {
        $calls[] = $bytes;
        return count($calls) === 1 ? CURL_WRITEFUNC_PAUSE : strlen($bytes);
    }]);
    curl_multi_add_handle($mh, $ch);
    for ($i = 0; $i < 20; $i++) {
        curl_multi_exec($mh, $running);
        curl_multi_select($mh, 0.02);
    }
    say('paused', $calls, $running);
    say('on', curl_pause($ch, CURLPAUSE_CONT));
    drive($mh);
    say('calls', $calls);
});

it('curl_pause from outside', function () {
    $s = serve(['*' => [send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\none;"), pause(100), send('two;')]]);
    $mh = curl_multi_init();
    $got = '';
    $ch = easy($s->url(), [CURLOPT_PRIVATE => 'a', CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use (&$got) {
        $got .= $bytes;
        return strlen($bytes);
    }]);
    curl_multi_add_handle($mh, $ch);
    while ($got === '') {
        curl_multi_exec($mh, $running);
        curl_multi_select($mh, 0.02);
    }
    say('pause', curl_pause($ch, CURLPAUSE_RECV));
    for ($i = 0; $i < 15; $i++) {
        curl_multi_exec($mh, $running);
        usleep(20000);
    }
    say('paused', $got, $running);
    say('on', curl_pause($ch, CURLPAUSE_CONT));
    drive($mh);
    say('got', $got);
});

it('curl_pause from within', function () {
    $s = serve(['*' => [send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\none;"), pause(50), send('two;')]]);
    $mh = curl_multi_init();
    $got = '';
    $ch = easy($s->url(), [CURLOPT_PRIVATE => 'a', CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use (&$got) {
        if ($got === '') {
            say('pause', curl_pause($ch, CURLPAUSE_RECV));
        }
        $got .= $bytes;
        return strlen($bytes);
    }]);
    curl_multi_add_handle($mh, $ch);
    for ($i = 0; $i < 15; $i++) {
        curl_multi_exec($mh, $running);
        usleep(20000);
    }
    say('paused', $got, $running);
    say('on', curl_pause($ch, CURLPAUSE_CONT));
    drive($mh);
    say('got', $got);
});

it('a READFUNCTION that pauses', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $pieces = ['one', CURL_READFUNC_PAUSE, 'two', ''];
    $ch = easy($s->url(), [CURLOPT_PRIVATE => 'a', CURLOPT_UPLOAD => true, CURLOPT_HTTPHEADER => ['Expect:'], CURLOPT_READFUNCTION => function () use (&$pieces) {
        return array_shift($pieces) ?? '';
    }]);
    curl_multi_add_handle($mh, $ch);
    for ($i = 0; $i < 15; $i++) {
        curl_multi_exec($mh, $running);
        usleep(10000);
    }
    say('paused', $pieces, $running);
    say('on', curl_pause($ch, CURLPAUSE_CONT));
    drive($mh);
    $s->show();
});

it('a HEADERFUNCTION that pauses', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $lines = [];
    $ch = easy($s->url(), [CURLOPT_PRIVATE => 'a', CURLOPT_HEADERFUNCTION => function ($ch, $line) use (&$lines) {
        $lines[] = $line;
        return count($lines) === 2 ? CURL_WRITEFUNC_PAUSE : strlen($line);
    }]);
    curl_multi_add_handle($mh, $ch);
    for ($i = 0; $i < 10; $i++) {
        curl_multi_exec($mh, $running);
        usleep(10000);
    }
    say('paused', $lines, $running);
    say('on', curl_pause($ch, CURLPAUSE_CONT));
    drive($mh);
    say('lines', $lines, curl_multi_getcontent($ch));
});

it('a timeout while paused', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = easy($s->url(), [CURLOPT_PRIVATE => 'a', CURLOPT_TIMEOUT_MS => 200, CURLOPT_WRITEFUNCTION => fn ($ch, $bytes) => CURL_WRITEFUNC_PAUSE]);
    curl_multi_add_handle($mh, $ch);
    drive($mh);
    say('error', curl_errno($ch), curl_error($ch));
});

it('paused within curl_exec until the timeout', function () {
    $s = serve(['*' => ok('body')]);
    fetch($s->url(), [CURLOPT_TIMEOUT_MS => 300, CURLOPT_WRITEFUNCTION => fn ($ch, $bytes) => CURL_WRITEFUNC_PAUSE]);
});

it('paused with a packed body', function () {
    $s = serve(['*' => ok(gzencode(str_repeat('0123456789', 10000)), 'Content-Encoding: gzip')]);
    $mh = curl_multi_init();
    $got = '';
    $times = 0;
    $ch = easy($s->url(), [CURLOPT_PRIVATE => 'a', CURLOPT_ENCODING => '', CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use (&$got, &$times) {
        if (++$times === 2) {
            return CURL_WRITEFUNC_PAUSE;
        }
        $got .= $bytes;
        return strlen($bytes);
    }]);
    curl_multi_add_handle($mh, $ch);
    for ($i = 0; $i < 10; $i++) {
        curl_multi_exec($mh, $running);
        usleep(10000);
    }
    say('paused', $running);
    say('on', curl_pause($ch, CURLPAUSE_CONT));
    drive($mh);
    say('got', strlen($got), md5($got));
});
