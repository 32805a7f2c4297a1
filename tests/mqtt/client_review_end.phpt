--TEST--
Client: exit() in onConnect and in credentials, clients in static variables and suspended fibers when PHP ends
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions};
require __DIR__ . '/server/script.inc';
require __DIR__ . '/server/child.inc';

final class Holder
{
    public static ?Client $client = null;
    public static array $all = [];
    public function __construct(private Client $c, private string $say) {}
    public function __destruct()
    {
        try {
            $this->c->publish($this->say);
            $this->c->loop(0.0);
        } catch (Throwable) {
        }
    }
}

foreach (['client' => fn ($uri) => new Client($uri), 'persistent' => fn ($uri) => Client::persistent($uri)] as $kind => $make) {
    child("$kind, exit in onConnect", function ($uri) use ($make) {
        $c = $make($uri);
        $c->onConnect(function () { exit(3); });
        $c->connect();
    });
    child("$kind, exit in onConnect in a fiber", function ($uri) use ($make) {
        $c = $make($uri);
        $c->onConnect(function () { exit(3); });
        (new Fiber(fn () => $c->connect()))->start();
    });
    child("$kind, exit in credentials", function ($uri) {
        (new Client($uri, new ClientOptions(credentials: function () { exit(4); })))->connect();
    }, connects: false);
    child("$kind, static variable", function ($uri) use ($make) {
        $keep = function ($c) { static $held; $held = $c; };
        $keep($c = $make($uri));
        $c->connect();
        $c->onMessage(fn () => null);
        $c->publish('t', 'x', 1);
    });
    child("$kind, static property, with callbacks that hold it, and destructors that use it", function ($uri) use ($make) {
        Holder::$client = $c = $make($uri);
        $c->connect();
        $d = new Holder($c, 'late');
        $c->onMessage(function () use ($c, $d) {});
        Holder::$all[] = new Holder($c, 'later');
        Holder::$all[] = $c->publish('t', str_repeat('x', 3000), 2);
        Holder::$all[] = $c->messages(1.0);
    });
    child("$kind, in a suspended fiber that is static", function ($uri) use ($make) {
        static $fiber;
        $c = $make($uri);
        $c->connect();
        $c->onMessage(function () { try { Fiber::suspend(); } finally { $GLOBALS['unwound'] = true; } });
        $fiber = new Fiber(fn () => $c->loopForever());
        $fiber->start();
    });
}
?>
--EXPECT--
client, exit in onConnect: exit 3, packets: Disconnect(0x00)
client, exit in onConnect in a fiber: exit 3, packets: Disconnect(0x00)
client, exit in credentials: exit 4
client, static variable: exit 0, packets: Publish Disconnect(0x00)
client, static property, with callbacks that hold it, and destructors that use it: exit 0, packets: Publish Publish Publish Disconnect(0x00)
client, in a suspended fiber that is static: exit 0, packets: Disconnect(0x00)
persistent, exit in onConnect: exit 3, packets: Disconnect(0x00)
persistent, exit in onConnect in a fiber: exit 3, packets: Disconnect(0x00)
persistent, exit in credentials: exit 4
persistent, static variable: exit 0, packets: Publish Disconnect(0x00)
persistent, static property, with callbacks that hold it, and destructors that use it: exit 0, packets: Publish Publish Publish Disconnect(0x00)
persistent, in a suspended fiber that is static: exit 0, packets: Disconnect(0x00)
