--TEST--
Client::persistent(): what a fatal error, exit() or a time limit cut off in one request harms no later one of the same process
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php getenv('NATIVE_MODULE') || die('skip NATIVE_MODULE does not say which module to load');
getenv('NATIVE_TEST_MODE') !== 'asan-stock' || die('skip fatal errors in fibers: this PHP does not tell ASan of their stacks'); ?>
--ENV--
ASAN_OPTIONS=detect_leaks=0:exitcode=139:verify_asan_link_order=0
--FILE--
<?php
use Native\Mqtt\{Packet, Properties};
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/server/script.inc';

$server = new ScriptedServer([function (Peer $p) {
    $p->accept();
    while ($q = $p->packet()) {
        if ($q instanceof Packet\Subscribe) {
            $q->subscriptions[0]->filter === 'silent' || $p->send(new Packet\SubAck($q->packetId, array_fill(0, count($q->subscriptions), 0)));
        } elseif ($q instanceof Packet\Unsubscribe) {
            $p->send(new Packet\UnsubAck($q->packetId, array_fill(0, count($q->filters), 0)));
        } elseif ($q instanceof Packet\Publish && $q->topic === 'question') {
            $p->send(new Packet\Publish($q->properties->responseTopic, strrev($q->payload), properties: new Properties(correlationData: $q->properties->correlationData)));
        } elseif ($q instanceof Packet\Publish && $q->topic === 'give') {
            for ($i = 0; $i < (int) $q->payload; $i++) {
                $p->send(new Packet\Publish('taken', "$i"));
            }
        }
    }
}]);
file_put_contents(scratch() . '/page.php', <<<'PHP'
    <?php
    use Native\Mqtt\{Client, ClientOptions};
    // Ends the request where it stands: a class that no compiler takes.
    function fatal(): never { eval('final class Parental {} class Filial extends Parental {}'); exit; }
    function deep(Client $c, callable $end, int $want): void
    {
        static $depth = 0;
        $c->onMessage(function () use ($c, $end, $want, &$depth) { ++$depth < $want ? $c->loop(5.0) : $end(); });
        $c->publish('give', (string) $want);
        while ($depth < $want) { // an answer that the request before left may come first
            $c->loop(5.0);
        }
    }
    $c = Client::persistent($_GET['uri'], new ClientOptions(clientId: 'page'));
    $stood = $c->isConnected();
    $c->connect();
    switch ($_GET['do']) {
        case 'fatal': deep($c, fatal(...), 100); break;
        case 'exit': deep($c, fn () => exit("exit\n"), 100); break;
        case 'fiber': (new Fiber(fn () => deep($c, fatal(...), 20)))->start(); break;
        case 'suspended': $GLOBALS['f'] = new Fiber(fn () => deep($c, fn () => Fiber::suspend(), 20)); $GLOBALS['f']->start(); fatal(); break;
        case 'request': $c->onMessage(fatal(...)); $c->publish('give', '1'); $c->request('question', 'x'); break;
        case 'subscribe': $c->onMessage(fatal(...)); $c->publish('give', '1'); $c->subscribe('silent', timeout: 20.0); break;
        case 'limit': set_time_limit(1); $c->onMessage(function () { while (true); }); $c->publish('give', '1'); $c->loop(5.0); break;
        case 'ok':
            $c->onMessage(fn () => null);
            deep($c, fn () => print('depth 200, '), 200);
            echo $c->request('question', 'abc')->payload, ', ', $stood ? 'stood' : 'new', "\n";
    }
    PHP);

$port = free_port();
$extensions = ['-d', 'extension=' . getenv('NATIVE_MODULE')];
$process = proc_open(guarded([getenv('TEST_PHP_EXECUTABLE'), '-n', ...$extensions, '-d', 'display_errors=1', '-d', 'html_errors=0', '-d', 'log_errors=0', '-d', 'memory_limit=64M',
    '-S', "127.0.0.1:$port", '-t', scratch()]), [['file', '/dev/null', 'r'], ['file', scratch() . '/server.out', 'a'], ['file', scratch() . '/server.out', 'a']], $pipes);
for ($i = 0; $i < 3000 && !@stream_socket_client("tcp://127.0.0.1:$port"); $i++) {
    usleep(10000);
}
$pid = proc_get_status($process)['pid'];
function page(string $do): string
{
    $context = stream_context_create(['http' => ['ignore_errors' => true, 'timeout' => 60]]);
    $url = "http://127.0.0.1:{$GLOBALS['port']}/page.php?" . http_build_query(['uri' => $GLOBALS['server']->uri(), 'do' => $do]);
    return trim(preg_replace(['~ in /.*~', '/#\d.*\n?/', '/Stack trace:\s*/', '/  thrown.*/'], '', (string) @file_get_contents($url, context: $context))) . "\n";
}
function resident(): int
{
    return (int) explode(' ', (string) @file_get_contents("/proc/{$GLOBALS['pid']}/statm"))[1] * 4096;
}

foreach (['fatal', 'fatal', 'fatal', 'exit', 'exit', 'exit', 'fiber', 'suspended', 'request', 'subscribe', 'limit'] as $do) {
    echo "$do: ", page($do), page('ok');
}
if (in_array(getenv('NATIVE_TEST_MODE'), ['', false, 'plain'], true)) {
    foreach (['fatal', 'request', 'subscribe', 'exit', 'fiber'] as $do) {
        for ($i = 0; $i < 10; $i++) {
            page($do);
        }
        $before = resident();
        for ($i = 0; $i < 50; $i++) {
            page($do);
        }
        $grown = resident() - $before;
        $grown < 3_000_000 || print("$do: $grown bytes more after 50 requests\n");
    }
}
echo page('ok');
proc_terminate($process);
for ($i = 0; $i < 3000 && ($status = proc_get_status($process))['running']; $i++) {
    usleep(10000);
}
echo $status['running'] ? 'does not end' : 'ended', "\n";
echo implode(preg_grep('/Sanitizer|leak|SEGV|Segmentation/i', file(scratch() . '/server.out')));
?>
--EXPECTF--
fatal: Fatal error: Class Filial %s final class %S
depth 200, cba, stood
fatal: Fatal error: Class Filial %s final class %S
depth 200, cba, stood
fatal: Fatal error: Class Filial %s final class %S
depth 200, cba, stood
exit: exit
depth 200, cba, stood
exit: exit
depth 200, cba, stood
exit: exit
depth 200, cba, stood
fiber: Fatal error: Class Filial %s final class %S
depth 200, cba, stood
suspended: Fatal error: Class Filial %s final class %S
depth 200, cba, stood
request: Fatal error: Class Filial %s final class %S
depth 200, cba, stood
subscribe: Fatal error: Class Filial %s final class %S
depth 200, cba, stood
limit: Fatal error: Maximum execution time of 1 second exceeded
depth 200, cba, stood
depth 200, cba, stood
ended
