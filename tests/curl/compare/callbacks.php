<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// callbacks.php - what a callback may do: throw, call curl again, unset its handle, run a fiber; and which kinds of them there are.

require __DIR__ . '/compare.inc';

class Thrown extends Exception {}

/** The kinds of callbacks, each as one that does something at its first call. */
function with_callback(string $kind, Closure $do): array
{
    $first = true;
    $once = function ($ch) use (&$first, $do) {
        if ($first) {
            $first = false;
            return $do($ch);
        }
        return null;
    };
    return match ($kind) {
        'write' => [CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use ($once) {
            return $once($ch) ?? strlen($bytes);
        }],
        'header' => [CURLOPT_HEADERFUNCTION => function ($ch, $line) use ($once) {
            return $once($ch) ?? strlen($line);
        }],
        'read' => [CURLOPT_UPLOAD => true, CURLOPT_HTTPHEADER => ['Expect:'], CURLOPT_READFUNCTION => function ($ch, $file, $most) use ($once) {
            return $once($ch) ?? '';
        }],
        'progress' => [CURLOPT_NOPROGRESS => false, CURLOPT_PROGRESSFUNCTION => function ($ch, $a, $b, $c, $d) use ($once) {
            return $once($ch) ?? 0;
        }],
        'xferinfo' => [CURLOPT_NOPROGRESS => false, CURLOPT_XFERINFOFUNCTION => function ($ch, $a, $b, $c, $d) use ($once) {
            return $once($ch) ?? 0;
        }],
    };
}

const KINDS = ['write', 'header', 'read', 'progress', 'xferinfo'];

foreach (KINDS as $kind) {
    it("curl_exec within $kind", function () use ($kind) {
        $s = serve(['*' => ok('body')]);
        $ch = easy($s->url(), with_callback($kind, function ($ch) {
            say('within', attempt(fn () => curl_exec($ch)), curl_errno($ch), curl_error($ch));
        }));
        perform($ch);
    });
    it("another curl_exec within $kind", function () use ($kind) {
        $s = serve(['*' => ok('body')]);
        $ch = easy($s->url('/outer'), with_callback($kind, function ($ch) use ($s) {
            perform(easy($s->url('/inner')));
        }));
        perform($ch);
        $s->show(whole: false);
    });
    it("unset within $kind", function () use ($kind) {
        $s = serve(['*' => ok('body')]);
        $ch = easy($s->url(), with_callback($kind, function () use (&$ch) {
            $ch = null;
        }));
        $result = curl_exec($ch);
        say('result', $result, $ch);
    });
    it("copies within $kind", function () use ($kind) {
        $s = serve(['*' => ok('body')]);
        $copy = null;
        $ch = easy($s->url('/a'), with_callback($kind, function ($ch) use (&$copy) {
            $copy = curl_copy_handle($ch);
            say('copied', $copy);
        }));
        perform($ch);
        curl_setopt_array($copy, [CURLOPT_UPLOAD => false, CURLOPT_HTTPGET => true, CURLOPT_RETURNTRANSFER => true, CURLOPT_HEADERFUNCTION => fn ($c, $l) => strlen($l)]);
        perform($copy);
    });
    it("curl_pause, upkeep, escape and errors within $kind", function () use ($kind) {
        $s = serve(['*' => ok('body')]);
        $ch = easy($s->url(), with_callback($kind, function ($ch) {
            say('within', curl_errno($ch), curl_error($ch), curl_escape($ch, 'a b'), curl_strerror(1), curl_getinfo($ch, CURLINFO_EFFECTIVE_URL));
        }));
        perform($ch);
    });
    it("a fiber within $kind", function () use ($kind) {
        $s = serve(['*' => ok('body')]);
        $ch = easy($s->url(), with_callback($kind, function () {
            $fiber = new Fiber(function () {
                say('in the fiber', Fiber::suspend('suspended'));
            });
            say('fiber', $fiber->start());
            $fiber->resume('resumed');
        }));
        perform($ch);
    });
    it("suspended within $kind", function () use ($kind) {
        $s = serve(['*' => ok('body')]);
        $fiber = new Fiber(function () use ($s, $kind) {
            perform(easy($s->url(), with_callback($kind, function () {
                say('back', Fiber::suspend('from the callback'));
            })));
        });
        say('suspended', $fiber->start());
        perform(easy($s->url('/meanwhile')));
        $fiber->resume('resumed');
        say('ended', $fiber->isTerminated());
    });
    it("an output buffer within $kind", function () use ($kind) {
        $s = serve(['*' => ok('body')]);
        $ch = easy($s->url(), with_callback($kind, function () {
            ob_start();
            echo 'hidden';
            say('buffer', ob_get_clean());
        }));
        perform($ch);
    });
    it("a warning within $kind", function () use ($kind) {
        $s = serve(['*' => ok('body')]);
        perform(easy($s->url(), with_callback($kind, function () {
            trigger_error('from within', E_USER_WARNING);
        })));
    });
}

// Stock PHP before the change of 2026 lets the transfer run on to its end; native stops it at once.
foreach (KINDS as $kind) {
    it("an exception within $kind", function () use ($kind) {
        $s = serve(['*' => ok('body')]);
        $ch = easy($s->url(), [CURLOPT_TIMEOUT_MS => 1500] + with_callback($kind, function () {
            throw new Thrown('from the callback');
        }));
        attempt(fn () => curl_exec($ch));
        say('again', attempt(function () use ($ch) {
            curl_setopt_array($ch, [CURLOPT_UPLOAD => false, CURLOPT_HTTPGET => true]);
            return curl_exec($ch) !== false;
        }));
    });
}

it('after an exception no callback is called', function () {
    $s = serve(['*' => ok(str_repeat('x', 500000))]);
    $calls = 0;
    $ch = easy($s->url(), [CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use (&$calls) {
        $calls++;
        throw new Thrown('first');
    }]);
    attempt(fn () => curl_exec($ch));
    say('calls', $calls);
});

it('an exception within a multi handle', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = easy($s->url(), [CURLOPT_WRITEFUNCTION => fn () => throw new Thrown('in multi')]);
    curl_multi_add_handle($mh, $ch);
    attempt(function () use ($mh) {
        do {
            curl_multi_exec($mh, $running);
            curl_multi_select($mh, 0.1);
        } while ($running);
    });
    curl_multi_remove_handle($mh, $ch);
    say('still good', curl_multi_errno($mh));
});

it('multi calls within a callback', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $other = easy($s->url('/other'), [CURLOPT_PRIVATE => 'other']);
    $done = false;
    $ch = easy($s->url('/a'), [CURLOPT_PRIVATE => 'first', CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use ($mh, $other, &$done) {
        if (!$done) {
            $done = true;
            say('exec', curl_multi_exec($mh, $running), curl_multi_strerror(curl_multi_errno($mh)));
            say('add', curl_multi_add_handle($mh, $other));
            say('remove', curl_multi_remove_handle($mh, $ch));
            say('select', curl_multi_select($mh, 0.0) >= -1);
            say('info', curl_multi_info_read($mh));
            say('content', curl_multi_getcontent($ch));
            say('setopt', curl_multi_setopt($mh, CURLMOPT_MAXCONNECTS, 5));
            say('errno', curl_multi_errno($mh));
        }
        return strlen($bytes);
    }]);
    curl_multi_add_handle($mh, $ch);
    drive($mh);
});

it('multi_close within a callback', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = easy($s->url('/a'), [CURLOPT_PRIVATE => 'first', CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use ($mh) {
        say('close', attempt(fn () => curl_multi_close($mh)));
        return strlen($bytes);
    }]);
    curl_multi_add_handle($mh, $ch);
    for ($i = 0; $i < 30; $i++) {
        curl_multi_exec($mh, $running);
        usleep(5000);
    }
    say('running', $running);
});

it('the handle of a multi is unset within a callback', function () {
    $s = serve(['*' => ok('body')]);
    $mh = curl_multi_init();
    $ch = easy($s->url('/a'), [CURLOPT_PRIVATE => 'first', CURLOPT_WRITEFUNCTION => function ($c, $bytes) use (&$ch) {
        $ch = null;
        return strlen($bytes);
    }]);
    curl_multi_add_handle($mh, $ch);
    drive($mh);
});

it('kinds of callables', function () {
    class Callables
    {
        public function __invoke($ch, $bytes): int
        {
            echo "invoked\n";
            return strlen($bytes);
        }

        public function method($ch, $bytes): int
        {
            echo "method\n";
            return strlen($bytes);
        }

        public static function fixed($ch, $bytes): int
        {
            echo "static\n";
            return strlen($bytes);
        }

        public function __call($name, $arguments): int
        {
            echo "__call $name\n";
            return strlen($arguments[1]);
        }

        private function hidden($ch, $bytes): int
        {
            return strlen($bytes);
        }

        public function first_class(): Closure
        {
            return $this->hidden(...);
        }
    }
    function named($ch, $bytes): int
    {
        echo "function\n";
        return strlen($bytes);
    }
    $s = serve(['*' => ok('body')]);
    $c = new Callables();
    foreach ([$c, [$c, 'method'], 'Callables::fixed', ['Callables', 'fixed'], 'named', named(...), [$c, 'unknown'], [$c, 'hidden'], $c->first_class(), fn ($ch, $bytes) => strlen($bytes)] as $callback) {
        attempt(fn () => fetch($s->url(), [CURLOPT_WRITEFUNCTION => $callback]));
    }
});

it('callbacks by reference, with defaults, with too many arguments', function () {
    $s = serve(['*' => ok('body')]);
    attempt(fn () => fetch($s->url(), [CURLOPT_WRITEFUNCTION => function ($ch, &$bytes) {
        $length = strlen($bytes);
        $bytes = 'changed';
        return $length;
    }]));
    attempt(fn () => fetch($s->url(), [CURLOPT_WRITEFUNCTION => function ($ch, $bytes, $more = 'default') {
        say('more', $more);
        return strlen($bytes);
    }]));
    attempt(fn () => fetch($s->url(), [CURLOPT_WRITEFUNCTION => fn ($ch, $bytes, $more) => strlen($bytes)]));
    attempt(fn () => fetch($s->url(), [CURLOPT_WRITEFUNCTION => fn () => 4]));
    attempt(fn () => fetch($s->url(), [CURLOPT_WRITEFUNCTION => fn (int $ch, string $bytes) => strlen($bytes)]));
});

it('a callback taken back', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url(), [CURLOPT_PROGRESSFUNCTION => fn () => 1, CURLOPT_NOPROGRESS => false]);
    curl_setopt($ch, CURLOPT_NOPROGRESS, true);
    perform($ch);
});

it('the handle is what a callback gets', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url());
    $same = [];
    curl_setopt_array($ch, [CURLOPT_NOPROGRESS => false, CURLOPT_WRITEFUNCTION => function ($c, $b) use (&$ch, &$same) {
        $same['write'] = $c === $ch;
        return strlen($b);
    }, CURLOPT_HEADERFUNCTION => function ($c, $b) use (&$ch, &$same) {
        $same['header'] = $c === $ch;
        return strlen($b);
    }, CURLOPT_PROGRESSFUNCTION => function ($c) use (&$ch, &$same) {
        $same['progress'] = $c === $ch;
        return 0;
    }]);
    perform($ch);
    ksort($same);
    say('same', $same);
});

it('a callback as a property that changes', function () {
    $s = serve(['*' => ok('body')]);
    $object = new class () {
        public $callback;
    };
    $object->callback = function ($ch, $bytes) use ($object) {
        $object->callback = null;
        return strlen($bytes);
    };
    perform(easy($s->url(), [CURLOPT_WRITEFUNCTION => $object->callback]));
    say('gone', $object->callback);
});

it('FNMATCH_FUNCTION is taken and never called', function () {
    $s = serve(['*' => ok('body')]);
    fetch($s->url(), [CURLOPT_FNMATCH_FUNCTION => fn () => throw new Thrown('never')]);
});

it('PREREQFUNCTION', function () {
    if (!defined('CURLOPT_PREREQFUNCTION')) {
        skip('this PHP has no CURLOPT_PREREQFUNCTION');
        return;
    }
    $s = serve(['*' => ok('body')]);
    foreach ([CURL_PREREQFUNC_OK, CURL_PREREQFUNC_ABORT, null, 'x'] as $result) {
        attempt(fn () => fetch($s->url(), [CURLOPT_PREREQFUNCTION => function ($ch, $remote, $local, $remotePort, $localPort) use ($result, $s) {
            say('called', $remote, $local, $remotePort === $s->port, $localPort > 0);
            return $result;
        }]));
    }
    say('null', curl_setopt(easy(), CURLOPT_PREREQFUNCTION, null));
});

it('DEBUGFUNCTION', function () {
    if (!defined('CURLOPT_DEBUGFUNCTION')) {
        skip('this PHP has no CURLOPT_DEBUGFUNCTION');
        return;
    }
    $s = serve(['*' => ok('body')]);
    $kinds = [];
    $ch = easy($s->url(), [CURLOPT_VERBOSE => true, CURLOPT_POSTFIELDS => 'sent', CURLOPT_DEBUGFUNCTION => function ($ch, $kind, $data) use (&$kinds) {
        if ($kind !== CURLINFO_TEXT) {
            $kinds[] = [$kind, $data];
        }
    }]);
    perform($ch);
    foreach ($kinds as [$kind, $data]) {
        say($kind, $data);
    }
});
