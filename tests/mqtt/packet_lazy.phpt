--TEST--
Properties that are made when touched are there for everybody who looks
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, ProtocolException};
use Native\Mqtt\Packet\{Publish, Subscribe};

$bytes = (new Publish('a', 'x', properties: new Properties(contentType: 'c')))->encode();
$fresh = fn() => Packet::decode($bytes);
var_dump($fresh()->type->name, $fresh()->version->name, $fresh()->properties->contentType);
var_dump(isset($fresh()->properties), isset($fresh()->properties->contentType), isset($fresh()->properties->topicAlias), empty($fresh()->properties));
var_dump($fresh()->properties->topicAlias ?? 'none', $fresh()?->properties?->contentType, property_exists($fresh(), 'properties'));
var_dump(array_keys((array)$fresh()), count(get_object_vars($fresh())));
foreach ($fresh() as $name => $value) {
    echo $name, ' ';
}
echo "\n";
$p = $fresh();
var_dump($p->properties === $p->properties, $p->type === Native\Mqtt\PacketType::Publish);
$name = 'properties';
var_dump($fresh()->$name->contentType, (new ReflectionProperty(Publish::class, 'properties'))->getValue($fresh())->contentType);
['properties' => $q] = (array)$fresh();
var_dump($q->contentType, array_column([$fresh()], 'properties')[0]->contentType);
$c = clone $fresh();
var_dump($c->properties->contentType, $c->topic);
var_dump(count((new Subscribe(1, ['a', 'b']))->subscriptions), (new ReflectionProperty(Publish::class, 'properties'))->isInitialized($fresh()));
?>
--EXPECT--
string(7) "Publish"
string(2) "V5"
string(1) "c"
bool(true)
bool(true)
bool(false)
bool(false)
string(4) "none"
string(1) "c"
bool(true)
array(9) {
  [0]=>
  string(4) "type"
  [1]=>
  string(7) "version"
  [2]=>
  string(5) "topic"
  [3]=>
  string(7) "payload"
  [4]=>
  string(3) "qos"
  [5]=>
  string(8) "packetId"
  [6]=>
  string(6) "retain"
  [7]=>
  string(3) "dup"
  [8]=>
  string(10) "properties"
}
int(9)
type version topic payload qos packetId retain dup properties 
bool(true)
bool(true)
string(1) "c"
string(1) "c"
string(1) "c"
string(1) "c"
string(1) "c"
string(1) "a"
int(2)
bool(true)
