--TEST--
Client: signal handlers run within 0.1 s in every call that waits, with and without pcntl_async_signals()
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Packet, Properties};
require __DIR__ . '/server/script.inc';

final class Interrupted extends Exception {}

// Answers CONNECT (but for the first), takes everything else in silence.
$mute = function (Peer $p) {
    $p->accept(properties: new Properties(topicAliasMaximum: 1));
    $p->drain();
};
$silent = new ScriptedServer([fn (Peer $p) => $p->drain()]);
$server = new ScriptedServer([$mute]);

/** A child sends SIGTERM once the call is waiting: the kernel says when it sleeps. */
function interrupt(string $what, callable $call): void
{
    global $handled;
    $handled = 0.0;
    $parent = posix_getpid();
    $child = guarded_fork();
    if ($child === 0) {
        do {
            usleep(20000);
            $state = explode(' ', file_get_contents("/proc/$parent/stat"))[2];
        } while ($state !== 'S');
        usleep(20000);
        fwrite($GLOBALS['pipe'][1], pack('d', microtime(true)));
        posix_kill($parent, SIGTERM);
        posix_kill(posix_getpid(), SIGKILL);
    }
    $begin = microtime(true);
    try {
        $call();
        $end = 'returned';
    } catch (Interrupted $e) {
        $end = 'interrupted';
    } catch (Native\Mqtt\TimeoutException $e) {
        $end = 'timed out as asked';
    }
    pcntl_waitpid($child, $status);
    $sent = unpack('d', fread($GLOBALS['pipe'][0], 8))[1];
    $late = $handled - $sent;
    echo "  $what: ", $handled === 0.0 ? 'NO HANDLER' : ($late < 0.1 * SLOW ? 'in time' : sprintf('%.3f s LATE', $late)), ", $end\n";
}
define('SLOW', in_array(getenv('NATIVE_TEST_MODE'), ['valgrind', 'sanitized', 'asan-stock']) ? 20 : 1);
$pipe = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);

foreach ([true, false] as $async) {
    echo $async ? "asynchronous\n" : "not asynchronous\n";
    pcntl_async_signals($async);
    pcntl_signal(SIGTERM, function () { $GLOBALS['handled'] = microtime(true); throw new Interrupted(); });

    interrupt('connect', fn () => (new Client($silent->uri(), new ClientOptions(connectTimeout: 20)))->connect());
    $c = new Client($server->uri(), new ClientOptions(timeout: 20, bufferLimit: 3000));
    $c->connect();
    interrupt('subscribe', fn () => $c->subscribe('a'));
    interrupt('unsubscribe', fn () => $c->unsubscribe('a'));
    $d = $c->publish('t', 'x', 1);
    interrupt('wait', fn () => $d->wait());
    interrupt('publish over bufferLimit', function () use ($c) { while (true) $c->publish('t', str_repeat('x', 1000), 1); });
    interrupt('loop', fn () => $c->loop(20));
    interrupt('loopForever', fn () => $c->loopForever());
    interrupt('receive', fn () => $c->receive(20));
    interrupt('messages', function () use ($c) { foreach ($c->messages(20) as $m); });
    interrupt('request', fn () => $c->request('t'));
    interrupt('disconnect', fn () => $c->disconnect(timeout: 20));

    unset($c, $d); // the server has one guest at a time

    // A handler that throws nothing: the call goes on with the time that is left.
    pcntl_signal(SIGTERM, function () { $GLOBALS['handled'] = microtime(true); });
    $c = new Client($server->uri());
    $c->connect();
    $begin = microtime(true);
    interrupt('receive, resumed', fn () => $c->receive(0.5));
    $took = microtime(true) - $begin;
    echo '  ', $took > 0.49 && $took < 0.49 + 0.3 * SLOW ? 'took the time given' : "took $took", "\n";
    // stop() from a handler ends loopForever().
    pcntl_signal(SIGTERM, function () use ($c) { $GLOBALS['handled'] = microtime(true); $c->stop(); });
    interrupt('loopForever, stopped', fn () => $c->loopForever());
    interrupt('messages, stopped', function () use ($c) { foreach ($c->messages() as $m); });
    unset($c);
}
?>
--EXPECT--
asynchronous
  connect: in time, interrupted
  subscribe: in time, interrupted
  unsubscribe: in time, interrupted
  wait: in time, interrupted
  publish over bufferLimit: in time, interrupted
  loop: in time, interrupted
  loopForever: in time, interrupted
  receive: in time, interrupted
  messages: in time, interrupted
  request: in time, interrupted
  disconnect: in time, interrupted
  receive, resumed: in time, returned
  took the time given
  loopForever, stopped: in time, returned
  messages, stopped: in time, returned
not asynchronous
  connect: in time, interrupted
  subscribe: in time, interrupted
  unsubscribe: in time, interrupted
  wait: in time, interrupted
  publish over bufferLimit: in time, interrupted
  loop: in time, interrupted
  loopForever: in time, interrupted
  receive: in time, interrupted
  messages: in time, interrupted
  request: in time, interrupted
  disconnect: in time, interrupted
  receive, resumed: in time, returned
  took the time given
  loopForever, stopped: in time, returned
  messages, stopped: in time, returned
