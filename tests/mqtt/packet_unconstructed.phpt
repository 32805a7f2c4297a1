--TEST--
An object that escapes from its constructor before it is made is refused everywhere
--EXTENSIONS--
native
--FILE--
<?php
namespace Native\Mqtt;
use Native\Mqtt\Packet\{Publish, PubAck, Subscribe, ConnAck, Connect};
function attempt(callable $f): void { try { $f(); echo "nothing thrown\n"; } catch (\Throwable $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; } }

// null for a string or an int is deprecated: the handler sees the half-made object in the back trace.
$escaped = null;
set_error_handler(function () {
    foreach (debug_backtrace() as $frame) {
        $GLOBALS['escaped'] ??= $frame['object'] ?? null;
    }
    throw new \Exception('not constructed');
}, E_DEPRECATED);

function half(string $class): object
{
    $GLOBALS['escaped'] = null;
    try {
        new $class($class === Properties::class ? 1.5 : null);
    } catch (\Exception) {
    }
    return $GLOBALS['escaped'];
}

foreach ([Publish::class, Connect::class, PubAck::class, Message::class, Will::class, Subscription::class, TopicFilter::class, Properties::class] as $class) {
    $object = half($class);
    echo get_class($object), ' ', count(get_object_vars($object)), "\n";
    var_dump($object == half($class), isset($object->topic), count(get_object_vars(clone $object)));
    foreach (['encode' => [], 'message' => [], 'encodeHeader' => [], 'matches' => ['a'], '__toString' => [], 'isEmpty' => []] as $method => $arguments) {
        if (method_exists($object, $method)) {
            attempt(fn() => $object->$method(...$arguments));
        }
    }
}
attempt(fn() => half(Publish::class)->topic);
attempt(fn() => new Connect(will: half(Will::class)));
attempt(fn() => new Subscribe(1, [half(Subscription::class)]));
?>
--EXPECT--
Native\Mqtt\Packet\Publish 0
bool(false)
bool(false)
int(0)
Error: The Native\Mqtt\Packet\Publish is not constructed
Error: The Native\Mqtt\Packet\Publish is not constructed
Error: The Native\Mqtt\Packet\Publish is not constructed
Native\Mqtt\Packet\Connect 0
bool(false)
bool(false)
int(0)
Error: The Native\Mqtt\Packet\Connect is not constructed
Native\Mqtt\Packet\PubAck 0
bool(false)
bool(false)
int(0)
Error: The Native\Mqtt\Packet\PubAck is not constructed
Native\Mqtt\Message 0
bool(false)
bool(false)
int(0)
Native\Mqtt\Will 0
bool(false)
bool(false)
int(0)
Native\Mqtt\Subscription 0
bool(false)
bool(false)
int(0)
Native\Mqtt\TopicFilter 0
bool(false)
bool(false)
int(0)
Error: The Native\Mqtt\TopicFilter is not constructed
Error: The Native\Mqtt\TopicFilter is not constructed
Native\Mqtt\Properties 0
bool(false)
bool(false)
int(0)
Error: The Native\Mqtt\Properties is not constructed
Error: Typed property Native\Mqtt\Packet\Publish::$topic must not be accessed before initialization
Error: The Native\Mqtt\Will is not constructed
Error: The Native\Mqtt\Subscription is not constructed
