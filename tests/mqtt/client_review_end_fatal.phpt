--TEST--
Client: fatal errors in onConnect and onDisconnect
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php if (getenv('NATIVE_TEST_MODE') === 'asan-stock') echo 'skip fatal errors in fibers: this PHP does not tell ASan of their stacks'; ?>
--ENV--
ASAN_OPTIONS=detect_leaks=0:exitcode=139:verify_asan_link_order=0
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions};
require __DIR__ . '/server/script.inc';
require __DIR__ . '/server/child.inc';

// What was on the C stack at a fatal error is lost, and LeakSanitizer shall not count it.
foreach (['client' => fn ($uri) => new Client($uri), 'persistent' => fn ($uri) => Client::persistent($uri)] as $kind => $make) {
    child("$kind, fatal error in onConnect", function ($uri) use ($make) {
        $c = $make($uri);
        $c->onConnect(fn () => fatal());
        $c->connect();
    });
    child("$kind, fatal error in onConnect in a fiber; a shutdown function goes on", function ($uri) use ($make) {
        $c = $make($uri);
        $c->onConnect(fn () => fatal());
        register_shutdown_function(function () use ($c) {
            $c->onConnect(null);
            $c->publish('from the shutdown function', 'x', 0);
            $c->loop(0.05);
        });
        $fiber = new Fiber(fn () => $c->connect());
        $fiber->start();
    });
    child("$kind, fatal error in onDisconnect at the end", function ($uri) use ($make) {
        $c = $make($uri);
        $c->connect();
        $c->onDisconnect(fn () => fatal());
        $c->disconnect();
    });
}
?>
--EXPECT--
client, fatal error in onConnect: exit 255, packets: Disconnect(0x00)
client, fatal error in onConnect in a fiber; a shutdown function goes on: exit 255, packets: Publish Disconnect(0x00)
client, fatal error in onDisconnect at the end: exit 255, packets: Disconnect(0x00)
persistent, fatal error in onConnect: exit 255, packets: Disconnect(0x00)
persistent, fatal error in onConnect in a fiber; a shutdown function goes on: exit 255, packets: Publish Disconnect(0x00)
persistent, fatal error in onDisconnect at the end: exit 255, packets: Disconnect(0x00)
