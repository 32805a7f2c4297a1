--TEST--
Client: the will is published when the client is killed, and not when it leaves
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/server/broker.inc'; broker_skip('v5', 'will'); ?>
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Properties, ReasonCode, Version, Will};
require __DIR__ . '/server/broker.inc';

$broker = broker();
$root = 'will/' . bin2hex(random_bytes(4));
$watch = new Client($broker->uri());
$watch->connect();
$watch->subscribe("$root/#", qos: 1);

$child = function (Version $version, string $how) use ($broker, $root) {
    [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    if (($pid = guarded_fork()) === 0) {
        $will = new Will("$root/$version->name", "gone: $how", 1,
            properties: $version === Version::V5 ? new Properties(contentType: 'text/plain') : null);
        $client = new Client($broker->uri(), new ClientOptions(version: $version, will: $will));
        $client->connect();
        if ($how === 'leaves') {
            $client->disconnect();
        } elseif ($how === 'leaves with will') {
            $client->disconnect(ReasonCode::DisconnectWithWill);
        }
        fwrite($b, 'x');
        fread($b, 1); // for ever
        posix_kill(posix_getpid(), SIGKILL);
    }
    fclose($b);
    fread($a, 1);
    posix_kill($pid, SIGKILL);
    pcntl_waitpid($pid, $status);
};
foreach ([Version::V3_1_1, Version::V5] as $version) {
    $child($version, 'leaves');
    $child($version, 'killed');
    $m = $watch->receive(10);
    echo substr($m->topic, strlen($root)), ' ', $m->payload, ' ', $m->properties->contentType ?? 'no type', "\n";
}
$child(Version::V5, 'leaves with will');
echo $watch->receive(10)?->payload, "\n";
var_dump($watch->receive(0.2));
?>
--EXPECT--
/V3_1_1 gone: killed no type
/V5 gone: killed text/plain
gone: leaves with will
NULL
