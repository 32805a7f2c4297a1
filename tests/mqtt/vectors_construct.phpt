--TEST--
Test vectors: packets made with new from the fields of a vector encode and decode to the same fields
--EXTENSIONS--
native
--INI--
pcre.jit=0
--FILE--
<?php
namespace Native\Mqtt;
require __DIR__ . '/vectors.inc';

/** Make a packet with `new` from all that another one shows. */
function copy_of(Packet $packet): Packet
{
    $arguments = [];
    foreach ((new \ReflectionMethod($packet, '__construct'))->getParameters() as $parameter) {
        $name = $parameter->name;
        $arguments[$name] = match ($name) {
            'reasonCode' => $packet->code,
            'reasonCodes' => $packet->codes,
            'properties' => new Properties(...get_object_vars($packet->properties)),
            'will' => $packet->will ? new Will($packet->will->topic, $packet->will->payload, $packet->will->qos, $packet->will->retain,
                new Properties(...get_object_vars($packet->will->properties))) : null,
            'subscriptions' => array_map(fn($s) => new Subscription($s->filter, $s->qos, $s->noLocal, $s->retainAsPublished, $s->retainHandling),
                $packet->subscriptions),
            default => $packet->$name,
        };
    }
    return new $packet(...$arguments);
}

$made = 0;
$failed = [];
foreach (vectors() as $v) {
    foreach (runs($v) as [$version, $sender, $level]) {
        if ($level === 'lenient' || refused($v, $level) || line($v, 'need') !== null || line($v, 'max_packet_size')) {
            continue;
        }
        $packet = Packet::decode(bytes(line($v, 'hex')), VERSIONS[$version], LEVELS[$level], SENDERS[$sender]);
        $copy = copy_of($packet);
        $bytes = $copy->encode(LEVELS[$level]);
        $made++;
        if (fields_of($copy) !== fields_of($packet) || fields_of(Packet::decode($bytes, $packet->version)) !== fields_of($packet)) {
            $failed[] = "$v[file]/$v[name] ($version, $sender, $level): " . bin2hex($bytes);
        }
    }
}
echo implode("\n", $failed), "\n";
echo $made > 100 ? "packets were made\n" : $made;
?>
--EXPECT--

packets were made
