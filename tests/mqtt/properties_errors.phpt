--TEST--
Properties refuses what cannot be encoded
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, Message, ProtocolException};
use Native\Mqtt\Packet\{Publish};
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

attempt(fn() => new Properties(payloadFormatIndicator: 2));
attempt(fn() => new Properties(messageExpiryInterval: 4294967296));
attempt(fn() => new Properties(messageExpiryInterval: -1));
attempt(fn() => new Properties(receiveMaximum: 65536));
attempt(fn() => new Properties(contentType: str_repeat('a', 65536)));
attempt(fn() => new Properties(subscriptionIdentifiers: [268435456]));
attempt(fn() => new Properties(subscriptionIdentifiers: ['1']));
attempt(fn() => new Properties(userProperties: ['a']));
attempt(fn() => new Properties(userProperties: [['a']]));
attempt(fn() => new Properties(userProperties: [['a', 1]]));
attempt(fn() => new Properties(userProperties: ['a' => 1]));
attempt(fn() => new Properties(userProperties: [['a', str_repeat('a', 65536)]]));
attempt(fn() => new Properties(userProperties: 'x'));
attempt(fn() => new Properties(receiveMaximum: 'x'));
attempt(fn() => new Properties(retainAvailable: []));
attempt(fn() => new Properties(nothing: 1));
attempt(fn() => new Properties(...array_fill(0, 5, null), ...[[], ...array_fill(0, 16, null), [], null, null, null, null, 1]));
attempt(fn() => (new Publish('a', properties: new Properties(receiveMaximum: 0)))->encode());
?>
--EXPECT--
ValueError: Native\Mqtt\Properties::__construct(): Argument #1 ($payloadFormatIndicator) must be 0 or 1
ValueError: Native\Mqtt\Properties::__construct(): Argument #2 ($messageExpiryInterval) must be between 0 and 4294967295
ValueError: Native\Mqtt\Properties::__construct(): Argument #2 ($messageExpiryInterval) must be between 0 and 4294967295
ValueError: Native\Mqtt\Properties::__construct(): Argument #18 ($receiveMaximum) must be between 0 and 65535
ValueError: Native\Mqtt\Properties::__construct(): Argument #3 ($contentType) must not be longer than 65535 bytes
ValueError: Native\Mqtt\Properties::__construct(): Argument #6 ($subscriptionIdentifiers) must hold integers between 0 and 268435455
ValueError: Native\Mqtt\Properties::__construct(): Argument #6 ($subscriptionIdentifiers) must hold integers between 0 and 268435455
ValueError: Native\Mqtt\Properties::__construct(): Argument #23 ($userProperties) must hold [name, value] or name => value, strings of at most 65535 bytes
ValueError: Native\Mqtt\Properties::__construct(): Argument #23 ($userProperties) must hold [name, value] or name => value, strings of at most 65535 bytes
ValueError: Native\Mqtt\Properties::__construct(): Argument #23 ($userProperties) must hold [name, value] or name => value, strings of at most 65535 bytes
ValueError: Native\Mqtt\Properties::__construct(): Argument #23 ($userProperties) must hold [name, value] or name => value, strings of at most 65535 bytes
ValueError: Native\Mqtt\Properties::__construct(): Argument #23 ($userProperties) must hold [name, value] or name => value, strings of at most 65535 bytes
TypeError: Native\Mqtt\Properties::__construct(): Argument #23 ($userProperties) must be of type array, string given
TypeError: Native\Mqtt\Properties::__construct(): Argument #18 ($receiveMaximum) must be of type ?int, string given
TypeError: Native\Mqtt\Properties::__construct(): Argument #22 ($retainAvailable) must be of type ?bool, array given
Error: Unknown named parameter $nothing
ArgumentCountError: Native\Mqtt\Properties::__construct() expects at most 27 arguments, 28 given
Native\Mqtt\ProtocolException: PUBLISH: this property does not belong into this packet at byte 6
