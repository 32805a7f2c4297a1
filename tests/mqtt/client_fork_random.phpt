--TEST--
Client: children of a process that has connected over TLS send different client randoms
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/server/broker.inc'; broker_skip('mosquitto'); is_executable('/usr/bin/openssl') || die('skip the openssl command is not installed'); ?>
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions};
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/server/script.inc';
require __DIR__ . '/../support/certificates.inc';

$ca = new TestCa('CA');
$ca->issue('server', ['127.0.0.1']);
$broker = broker("certfile {$ca->file('server.crt')}\nkeyfile {$ca->file('server.key')}");
$options = new ClientOptions(caFile: $ca->file('ca.crt'), reconnect: false, connectTimeout: 5);
$c = new Client($broker->uri('mqtts'), $options);
$c->connect();

// Takes a ClientHello, reports its random (32 bytes after record and handshake headers and the version), closes.
$listener = new ScriptedServer([function (Peer $p) {
    $hello = '';
    while (strlen($hello) < 43 && ($more = fread($p->socket, 1000)) !== '' && $more !== false) {
        $hello .= $more;
    }
    $p->report(bin2hex(substr($hello, 11, 32)));
}]);
$attempt = function () use ($listener, $options) {
    try {
        (new Client("mqtts://127.0.0.1:$listener->port", $options))->connect();
    } catch (Native\Mqtt\ConnectException) {
    }
};
for ($i = 0; $i < 3; $i++) {
    if (($pid = guarded_fork()) === 0) {
        $attempt();
        $attempt();
        posix_kill(posix_getpid(), SIGKILL);
    }
    pcntl_waitpid($pid, $status);
}
$attempt();
$randoms = [];
for ($i = 0; $i < 7; $i++) {
    $randoms[] = $listener->report();
}
echo count(array_unique($randoms)), ' different, ', min(array_map('strlen', $randoms)), " digits\n";
var_dump($c->publish('a', 'b', 1)->wait()->isError());
?>
--EXPECT--
7 different, 64 digits
bool(false)
