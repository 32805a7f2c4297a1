<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// exits.php - the end of a script in the middle of things: exit, fatal errors, handles that are left.

require __DIR__ . '/compare.inc';

it_apart('exit within a WRITEFUNCTION', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url(), [CURLOPT_WRITEFUNCTION => function () {
        say('leaving');
        exit(3);
    }]);
    curl_exec($ch);
    say('not here');
});

it_apart('exit within a HEADERFUNCTION', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url(), [CURLOPT_HEADERFUNCTION => function () {
        exit(4);
    }]);
    curl_exec($ch);
    say('not here');
});

it_apart('exit within a READFUNCTION', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_TIMEOUT_MS => 1500, CURLOPT_READFUNCTION => function () {
        exit(5);
    }]);
    curl_exec($ch);
    say('not here');
});

it_apart('exit within a PROGRESSFUNCTION', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url(), [CURLOPT_NOPROGRESS => false, CURLOPT_PROGRESSFUNCTION => function () {
        exit(6);
    }]);
    curl_exec($ch);
    say('not here');
});

it_apart('exit within a multi handle', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    foreach ([1, 2] as $n) {
        $handles[] = $ch = easy($s->url("/$n"), [CURLOPT_WRITEFUNCTION => function () {
            exit(7);
        }]);
        curl_multi_add_handle($mh, $ch);
    }
    do {
        curl_multi_exec($mh, $running);
        curl_multi_select($mh, 0.1);
    } while ($running);
    say('not here');
});

it_apart('exit while transfers run', function () {
    $s = serve(['*' => [send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"), pause(60000)]]);
    $mh = curl_multi_init();
    curl_multi_add_handle($mh, easy($s->url()));
    for ($i = 0; $i < 5; $i++) {
        curl_multi_exec($mh, $running);
        curl_multi_select($mh, 0.05);
    }
    say('running', $running);
    exit(8);
});

it_apart('a fatal error within a callback', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url(), [CURLOPT_WRITEFUNCTION => function () {
        set_error_handler(null);
        trigger_error('fatal', E_USER_ERROR); // one that needs no memory: PHP's own is off under ASan
    }]);
    curl_exec($ch);
    say('not here');
});

it_apart('handles that are left at the end', function () {
    $s = serve(['*' => ok('body')]);
    foreach ([1, 2, 3] as $n) {
        $GLOBALS["handle$n"] = $ch = easy($s->url(), [CURLOPT_COOKIEFILE => '', CURLOPT_PRIVATE => [1], CURLOPT_FILE => fopen('php://memory', 'w')]);
        curl_exec($ch);
    }
    $GLOBALS['multi'] = $mh = curl_multi_init();
    curl_multi_add_handle($mh, $GLOBALS['handle1']);
    $GLOBALS['share'] = $sh = curl_share_init();
    curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
    curl_setopt($GLOBALS['handle2'], CURLOPT_SHARE, $sh);
    say('the end');
});

it_apart('a jar is written at the end of the script', function () {
    $s = serve(['*' => ok('body', 'Set-Cookie: a=1')]);
    $GLOBALS['handle'] = $ch = easy($s->url(), [CURLOPT_COOKIEJAR => folder() . '/exit-jar']);
    curl_exec($ch);
    say('before', is_file(folder() . '/exit-jar'));
});

it('... and is there afterwards', function () {
    say('jar', (string) @file_get_contents(folder() . '/exit-jar'));
});

it_apart('a jar is written after exit()', function () {
    $s = serve(['*' => ok('body', 'Set-Cookie: a=1')]);
    $GLOBALS['handle'] = $ch = easy($s->url(), [CURLOPT_COOKIEJAR => folder() . '/exit-jar-2']);
    curl_exec($ch);
    exit(9);
});

it('... and is there too', function () {
    say('jar', is_file(folder() . '/exit-jar-2'));
});

it_apart('an exception that nobody catches', function () {
    $s = serve(['*' => ok('body')]);
    set_exception_handler(function (Throwable $e) {
        say('handler', $e->getMessage());
    });
    $ch = easy($s->url(), [CURLOPT_WRITEFUNCTION => function () {
        throw new Exception('uncaught');
    }]);
    register_shutdown_function(function () use ($ch) {
        say('in the end', curl_errno($ch) !== null, perform(easy('http://127.0.0.1:1/')) === false);
    });
    curl_exec($ch);
});

it_apart('a transfer in a shutdown function', function () {
    $s = serve(['*' => ok('body')]);
    register_shutdown_function(function () use ($s) {
        fetch($s->url());
    });
    say('main');
});

it_apart('a transfer in a destructor at the end', function () {
    class AtTheEnd
    {
        public function __construct(private string $url) {}

        public function __destruct()
        {
            fetch($this->url);
        }
    }
    $s = serve(['*' => ok('body')]);
    $GLOBALS['object'] = new AtTheEnd($s->url());
    say('main');
});

it_apart('a child of a process with handles', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url('/parent'));
    perform($ch);
    flush();
    if (pcntl_fork() === 0) {
        unset($ch);
        fetch($s->url('/child'));
        exit(0);
    }
    pcntl_wait($status);
    curl_setopt($ch, CURLOPT_URL, $s->url('/parent-again'));
    perform($ch);
    $s->show(whole: false);
});
