--TEST--
Http: fatal errors, memory_limit and exit() in callbacks, forks in callbacks: nothing is left behind, the parent's connections stay unharmed
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
if (getenv('USE_ZEND_ALLOC') === '0') echo 'skip no memory limit without the allocator';
?>
--INI--
memory_limit=64M
--ENV--
ASAN_OPTIONS=detect_leaks=0:exitcode=139:verify_asan_link_order=0
--FILE--
<?php
use Native\Http\{Client, Options, Progress, Request, Response};
require __DIR__ . '/server.inc';

// Ends the request from where it stands: a class that no compiler takes. What was on the C stack is lost then, and
// LeakSanitizer shall not count it.
function fatal(): never
{
    eval('final class Parental {} class Filial extends Parental {}');
    exit(1);
}
function memory(): never
{
    if (getenv('USE_ZEND_ALLOC') === '0') { // nobody counts then
        fatal();
    }
    $all = [];
    for (;;) {
        $all[] = str_repeat('x', 1 << 20);
    }
}
// The server belongs to a process of its own: children that end by exit() run destructors.
[$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$holder = guarded_fork();
if ($holder === 0) {
    $server = new HttpServer(fn (Seen $s) => answer(str_repeat('x', 100000)));
    fwrite($theirs, $server->url() . "\n");
    for (;;) {
        sleep(1);
    }
}
$options = new Options(baseUrl: rtrim(fgets($ours)), timeout: 60, proxy: '');

function child(string $what, callable $f): void
{
    $pid = guarded_fork();
    if ($pid === 0) {
        ini_set('display_errors', '0');
        ini_set('log_errors', '0');
        $f();
        exit(3);
    }
    pcntl_waitpid($pid, $status);
    echo "$what: ", pcntl_wifsignaled($status) ? 'signal ' . pcntl_wtermsig($status) : 'exit ' . pcntl_wexitstatus($status), "\n";
}

$places = [
    'progress' => fn (callable $end) => new Request('GET', '/', options: $options->with(onProgress: function (Progress $p) use ($end) { if ($p->received) $end(); })),
    'sink' => fn (callable $end) => new Request('GET', '/', options: $options->with(sink: fn ($piece) => $end())),
    'body' => fn (callable $end) => new Request('PUT', '/', body: (function () use ($end) { yield 'x'; $end(); })()),
];
foreach (['fatal error' => fatal(...), 'memory_limit' => memory(...), 'exit' => function () { exit(7); }] as $how => $end) {
    foreach ($places as $place => $make) {
        child("$how in $place, send", function () use ($make, $end, $options) {
            $http = new Client($options);
            $results = $http->send([$make($end), '/', '/'], 3);
            register_shutdown_function(function () use ($http, $results) {
                try {
                    $results->next();
                } catch (Error $e) {
                    // the results are still being waited for: by what was jumped out of
                }
                if (strlen($http->get('/')->body) !== 100000) {
                    posix_kill(getmypid(), SIGKILL);
                }
            });
            foreach ($results as $r);
        });
        child("$how in $place, start", function () use ($make, $end, $options) {
            static $kept; // lives until the end of the request
            $http = new Client($options);
            $kept = [$other = $http->start(new Request('GET', '/')), $t = $http->start($make($end))];
            $other->head();
            register_shutdown_function(function () use ($t, $other) {
                try {
                    $t->step();
                    $t->abort();
                } catch (Error $e) {
                }
                if (strlen($other->response()->body) !== 100000) {
                    posix_kill(getmypid(), SIGKILL);
                }
            });
            foreach ($t as $piece);
            $t->response();
        });
    }
    child("$how in the generator", function () use ($end, $options) {
        foreach ((new Client($options))->send((function () use ($end) { yield '/'; yield '/'; $end(); })(), 3) as $r);
    });
}

echo "-- objects that live until the very end\n";
child('unfinished', function () use ($options) {
    static $all;
    $http = new Client($options);
    $all = [$http->start(new Request('GET', '/')), $http->send(['/', '/'], 2), $http->start(new Request('GET', '/'))];
    $all[] = $all[0]->getIterator();
    $all[0]->step();
    $all[1]->rewind();
    $all[2]->head();
    $all[3]->rewind();
    exit(0);
});

echo "-- a fork in a callback\n";
$http = new Client($options);
foreach ([3, 1] as $concurrency) {
    $forked = false;
    $me = getmypid();
    $requests = ['a' => '/', 'fork' => new Request('PUT', '/', body: (function () use (&$forked) { yield 'x'; $forked = guarded_fork(); yield 'y'; })()), 'b' => '/'];
    $good = 0;
    try {
        foreach ($http->send($requests, $concurrency) as $r) {
            $good += $r instanceof Response && strlen($r->body) === 100000;
        }
    } catch (Native\Http\Exception $e) {
        posix_kill(getmypid(), $e->getMessage() === "This process has been forked: the transfers are its parent's" ? SIGUSR1 : SIGKILL);
    }
    if (getmypid() !== $me) {
        posix_kill(getmypid(), SIGKILL);
    }
    pcntl_waitpid($forked, $status);
    echo "$good good in the parent, the child ended with ", pcntl_wtermsig($status) === SIGUSR1 ? 'an exception' : pcntl_wtermsig($status), "\n";
}
$t = $http->start(new Request('GET', '/'));
$t->step();
child('a transfer of the parent', function () use ($t) {
    try {
        $t->response();
    } catch (Native\Http\Exception $e) {
        exit(strlen($e->getMessage()) > 0 ? 5 : 6);
    }
});
echo strlen($t->response()->body), "\n";
posix_kill($holder, SIGKILL);
?>
--EXPECT--
fatal error in progress, send: exit 255
fatal error in progress, start: exit 255
fatal error in sink, send: exit 255
fatal error in sink, start: exit 255
fatal error in body, send: exit 255
fatal error in body, start: exit 255
fatal error in the generator: exit 255
memory_limit in progress, send: exit 255
memory_limit in progress, start: exit 255
memory_limit in sink, send: exit 255
memory_limit in sink, start: exit 255
memory_limit in body, send: exit 255
memory_limit in body, start: exit 255
memory_limit in the generator: exit 255
exit in progress, send: exit 7
exit in progress, start: exit 7
exit in sink, send: exit 7
exit in sink, start: exit 7
exit in body, send: exit 7
exit in body, start: exit 7
exit in the generator: exit 7
-- objects that live until the very end
unfinished: exit 0
-- a fork in a callback
3 good in the parent, the child ended with an exception
3 good in the parent, the child ended with an exception
a transfer of the parent: exit 5
100000
