--TEST--
ClientOptions: defaults are those of the stub, ranges, combinations, with()
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Strictness, Version, Will};

// What the signature says is what an object holds that was told nothing.
$default = new ClientOptions();
$constructor = new ReflectionMethod(ClientOptions::class, '__construct');
$wrong = 0;
foreach ($constructor->getParameters() as $p) {
    $name = $p->getName();
    $written = (string)$p->getType() === 'float' ? (float)$p->getDefaultValue() : $p->getDefaultValue(); // 10 for 10.0
    if ($default->$name !== $written) {
        echo "$name: ", var_export($default->$name, true), ' is not ', var_export($p->getDefaultValue(), true), "\n";
        $wrong++;
    }
    if ((new ReflectionClass($default))->getProperties()[$p->getPosition()]->getName() !== $name) {
        echo "$name stands in another place\n";
        $wrong++;
    }
}
echo count($constructor->getParameters()), " options, $wrong wrong\n";

$o = new ClientOptions(clientId: 'a', keepAlive: 5, will: new Will('t', 'p'), reconnect: 3, alpn: ['x', 'y'], credentials: 'strlen', version: Version::V3_1_1, connectTimeout: 1);
$p = $o->with(keepAlive: 7, reconnect: false, will: null);
var_dump($p->clientId, $p->keepAlive, $p->reconnect, $p->will, $p->alpn, $p->credentials, $p->connectTimeout, $o->keepAlive, $o->will->topic);
foreach ([
    fn () => new ClientOptions(keepAlive: 65536), fn () => new ClientOptions(keepAlive: -1), fn () => new ClientOptions(receiveMaximum: 0),
    fn () => new ClientOptions(maximumPacketSize: 0), fn () => new ClientOptions(sessionExpiry: 1 << 32), fn () => new ClientOptions(connectTimeout: -1),
    fn () => new ClientOptions(connectTimeout: NAN), fn () => new ClientOptions(connectTimeout: INF), fn () => new ClientOptions(clientId: str_repeat('x', 65536)),
    fn () => new ClientOptions(caFile: "a\0b"), fn () => new ClientOptions(tlsMinVersion: '1.1'), fn () => new ClientOptions(family: 5),
    fn () => new ClientOptions(alpn: ['']), fn () => new ClientOptions(alpn: [1]), fn () => new ClientOptions(reconnect: -1), fn () => new ClientOptions(reconnect: 'x'),
    fn () => new ClientOptions(credentials: 'no such function'), fn () => new ClientOptions(version: 5), fn () => new ClientOptions(strictness: Version::V5),
    fn () => new ClientOptions(will: new stdClass()), fn () => new ClientOptions(username: []), fn () => new ClientOptions(authMethod: 'X'),
    fn () => new ClientOptions(authMethod: 'X', authenticator: 'strlen', version: Version::V3_1_1), fn () => new ClientOptions(password: 'p', version: Version::V3_1_1),
    fn () => new ClientOptions(clientId: '', cleanStart: false, version: Version::V3_1_1), fn () => $o->with(5), fn () => $o->with(nothing: 1),
    fn () => $o->with(keepAlive: 'abc'), fn () => $o->__construct(), fn () => $o->keepAlive = 1, fn () => clone $o,
    fn () => new Client('mqtt://h', new ClientOptions(clientId: "\xff")), fn () => new Client('mqtt://h', new ClientOptions(will: new Will('a/#'))),
    fn () => new Client('mqtt://h', new ClientOptions(userProperties: [1])), fn () => new Client('mqtt://h', new ClientOptions(userProperties: ['a' => []])),
    fn () => new Client('mqtt://h', new ClientOptions(userProperties: ['a' => str_repeat('x', 65536)])),
    fn () => new Client('mqtt://h', new ClientOptions(username: "a\0b")), fn () => new Client('mqtts://h', new ClientOptions(certificate: '/nowhere')),
    fn () => new Client('mqtts://h', new ClientOptions(ca: 'not a certificate')), fn () => new Client('mqtt://h', new ClientOptions(bindAddress: 'eth0')),
] as $bad) {
    try {
        $bad();
        echo "nothing thrown\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', str_replace('Native\Mqtt\ClientOptions::', '', $e->getMessage()), "\n";
    }
}
?>
--EXPECTF--
43 options, 0 wrong
string(1) "a"
int(7)
bool(false)
NULL
array(2) {
  [0]=>
  string(1) "x"
  [1]=>
  string(1) "y"
}
string(6) "strlen"
float(1)
int(5)
string(1) "t"
ValueError: __construct(): Argument #5 ($keepAlive) must be between 0 and 65535
ValueError: __construct(): Argument #5 ($keepAlive) must be between 0 and 65535
ValueError: __construct(): Argument #29 ($receiveMaximum) must be between 1 and 65535
ValueError: __construct(): Argument #30 ($maximumPacketSize) must be between 1 and 268435460
ValueError: __construct(): Argument #4 ($sessionExpiry) must be between 0 and 4294967295
ValueError: __construct(): Argument #23 ($connectTimeout) must be between 0 and 4294967 seconds
ValueError: __construct(): Argument #23 ($connectTimeout) must be between 0 and 4294967 seconds
ValueError: __construct(): Argument #23 ($connectTimeout) must be between 0 and 4294967 seconds
ValueError: __construct(): Argument #1 ($clientId) must be at most 65535 bytes long
ValueError: __construct(): Argument #12 ($caFile) must not contain a zero byte
ValueError: __construct(): Argument #22 ($tlsMinVersion) must be "1.2" or "1.3"
ValueError: __construct(): Argument #41 ($family) must be 0, 4 or 6
ValueError: __construct(): Argument #21 ($alpn) must hold names of 1 to 255 bytes without a zero byte
ValueError: __construct(): Argument #21 ($alpn) must hold names of 1 to 255 bytes without a zero byte
ValueError: __construct(): Argument #26 ($reconnect) must be between 0 and 4294967295
TypeError: __construct(): Argument #26 ($reconnect) must be of type int|bool, string given
TypeError: __construct(): Argument #9 ($credentials) must be a valid callback or null, string given
TypeError: __construct(): Argument #2 ($version) must be of type Native\Mqtt\Version, int given
TypeError: __construct(): Argument #37 ($strictness) must be of type Native\Mqtt\Strictness, Native\Mqtt\Version given
TypeError: __construct(): Argument #6 ($will) must be of type ?Native\Mqtt\Will, stdClass given
TypeError: __construct(): Argument #7 ($username) must be of type ?string, array given
ValueError: authMethod and authenticator go together
ValueError: authMethod is for MQTT 5.0 only
ValueError: A password without a user name is for MQTT 5.0 only
ValueError: An empty client identifier needs cleanStart before MQTT 5.0
ArgumentCountError: with() takes named arguments only
Error: Unknown named parameter $nothing
TypeError: __construct(): Argument #5 ($keepAlive) must be of type int, string given
Error: Cannot construct a Native\Mqtt\ClientOptions again
Error: Cannot modify readonly property $keepAlive
nothing thrown
Native\Mqtt\ProtocolException: CONNECT: %s
Native\Mqtt\ProtocolException: CONNECT: %s
ValueError: userProperties of ClientOptions must hold name => value or [name, value], at most 65535 bytes each
ValueError: userProperties of ClientOptions must hold name => value or [name, value], at most 65535 bytes each
ValueError: userProperties of ClientOptions must hold name => value or [name, value], at most 65535 bytes each
Native\Mqtt\ProtocolException: CONNECT: %s
Native\Mqtt\ConnectException: %s
Native\Mqtt\ConnectException: %s
nothing thrown
