--TEST--
Client: user and password, credentials asked before every connect, enhanced authentication and again
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Packet, Properties, ReasonCode, Version};
require __DIR__ . '/server/script.inc';

$who = function (Peer $p) {
    $c = $p->accept();
    $p->report(json_encode([$c->userName, $c->password]));
    $p->drain();
};
echo "-- user name and password\n";
$server = new ScriptedServer([$who]);
$at = "127.0.0.1:$server->port";
foreach ([
    ["mqtt://ann:s%40cret%2F@$at", new ClientOptions()],
    ["mqtt://ann:secret@$at", new ClientOptions(username: 'bob', password: '')],
    ["mqtt://$at", new ClientOptions(password: "only\0this")],
    ["mqtt://$at", new ClientOptions()],
    ["mqtt://$at", new ClientOptions(username: 'u', credentials: fn () => 'token')],
    ["mqtt://$at", new ClientOptions(username: 'u', credentials: fn () => ['other', null])],
] as [$uri, $options]) {
    $client = new Client($uri, $options);
    $client->connect();
    echo $server->report(), "\n";
    $client->disconnect();
}

echo "-- a fresh token at each reconnect\n";
$cut = function (Peer $p) { $c = $p->accept(); $p->report($c->password); };
$server = new ScriptedServer([$cut, $cut, $who]);
$n = 0;
$client = new Client($server->uri(), new ClientOptions(reconnectMin: 0.01, credentials: function () use (&$n) { return 'token ' . ++$n; }));
$client->connect();
while ($client->stats()['connections'] < 3) {
    $client->loop();
}
echo $server->report(), ', ', $server->report(), ', ', $server->report(), "\n";
$client->disconnect();

echo "-- what it throws comes out of connect(); what it returns must make sense\n";
foreach ([fn () => throw new DomainException('no token today'), fn () => 42, fn () => [], fn () => str_repeat('x', 70000)] as $f) {
    try {
        (new Client($server->uri(), new ClientOptions(credentials: $f)))->connect();
    } catch (Throwable $e) {
        echo $e::class, ': ', $e->getMessage(), "\n";
    }
}

echo "-- enhanced authentication: three steps, then again on the standing connection\n";
$server = new ScriptedServer([function (Peer $p) {
    $c = $p->packet();
    $auth = fn (int $code, string $data) => new Packet\Auth(ReasonCode::from($code), new Properties(authenticationMethod: 'RIDDLE', authenticationData: $data));
    $p->report($c->properties->authenticationMethod . ' ' . $c->properties->authenticationData);
    foreach (['first?', 'second?'] as $question) {
        $p->send($auth(0x18, $question));
        $a = $p->packet();
        $p->report(get_class($a) . ' ' . $a->reasonCode->name . ' ' . $a->properties->authenticationMethod . ' ' . $a->properties->authenticationData);
    }
    $p->send(new Packet\ConnAck(properties: new Properties(authenticationMethod: 'RIDDLE', authenticationData: 'proof')));
    $a = $p->packet();
    $p->report($a->reasonCode->name . ' ' . $a->properties->authenticationData);
    $p->send($auth(0x18, 'third?'));
    $p->report($p->packet()->properties->authenticationData);
    $p->send($auth(0, 'proof 2'));
    $a = $p->packet();
    $p->send(new Packet\Disconnect(ReasonCode::NotAuthorized));
    $p->report($p->drain());
}]);
$client = new Client($server->uri(), new ClientOptions(reconnect: false, authMethod: 'RIDDLE', authenticator: function (?string $data, ReasonCode $step) {
    echo "  asked ", $data ?? 'for the first data', " ($step->name)\n";
    return $step === ReasonCode::Success ? null : 'answer to ' . ($data ?? $step->name);
}));
$client->connect();
for ($i = 0; $i < 3; $i++) {
    echo $server->report(), "\n";
}
$client->reauthenticate();
echo $server->report(), "\n", $server->report(), "\n";
try {
    $client->reauthenticate();
} catch (Native\Mqtt\ConnectionLostException $e) {
    echo $e->getMessage(), ' ', $e->reasonCode->name, "\n";
}

echo "-- an authenticator that does not believe the server\n";
$server = new ScriptedServer([function (Peer $p) {
    $p->packet();
    $p->send(new Packet\ConnAck(properties: new Properties(authenticationMethod: 'RIDDLE', authenticationData: 'forged')));
    $p->report($p->drain());
}]);
try {
    $client = new Client($server->uri(), new ClientOptions(authMethod: 'RIDDLE', authenticator: function ($data, $step) {
        if ($step === ReasonCode::Success) {
            throw new DomainException('this is not the server');
        }
        return 'x';
    }));
    $client->connect();
} catch (DomainException $e) {
    echo $e->getMessage(), "\n";
}
unset($client, $e);
echo $server->report(), "\n";

echo "-- an AUTH that nobody asked for\n";
$server = new ScriptedServer([function (Peer $p) {
    $p->packet();
    $p->send(new Packet\Auth(ReasonCode::ContinueAuthentication, new Properties(authenticationMethod: 'X')));
    $p->report($p->drain());
}]);
try {
    (new Client($server->uri()))->connect();
} catch (Native\Mqtt\ProtocolException $e) {
    echo $e->reasonCode->name, "\n";
}
echo $server->report(), "\n";
?>
--EXPECT--
-- user name and password
["ann","s@cret\/"]
["bob",""]
[null,"only\u0000this"]
[null,null]
["u","token"]
["other",null]
-- a fresh token at each reconnect
token 1, token 2, [null,"token 3"]
-- what it throws comes out of connect(); what it returns must make sense
DomainException: no token today
TypeError: credentials of ClientOptions must return a password, or [user name, password], of at most 65535 bytes each
TypeError: credentials of ClientOptions must return a password, or [user name, password], of at most 65535 bytes each
TypeError: credentials of ClientOptions must return a password, or [user name, password], of at most 65535 bytes each
-- enhanced authentication: three steps, then again on the standing connection
  asked for the first data (ContinueAuthentication)
  asked first? (ContinueAuthentication)
  asked second? (ContinueAuthentication)
  asked proof (Success)
RIDDLE answer to ContinueAuthentication
Native\Mqtt\Packet\Auth ContinueAuthentication RIDDLE answer to first?
Native\Mqtt\Packet\Auth ContinueAuthentication RIDDLE answer to second?
  asked for the first data (ReAuthenticate)
  asked third? (ContinueAuthentication)
  asked proof 2 (Success)
ReAuthenticate answer to ReAuthenticate
answer to third?
  asked for the first data (ReAuthenticate)
The server ended the connection: Not authorized NotAuthorized
-- an authenticator that does not believe the server
this is not the server
Disconnect(0x87)
-- an AUTH that nobody asked for
ProtocolError
Disconnect(0x82)
