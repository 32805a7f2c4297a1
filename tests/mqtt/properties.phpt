--TEST--
Properties: all 27, encoded in the order of their identifiers, and read back
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\{Packet, Properties, Version, ReasonCode, Strictness, Subscription, Will, Message, ProtocolException};
use Native\Mqtt\Packet\{Publish};

$all = new Properties(
    payloadFormatIndicator: 1, messageExpiryInterval: 0xffffffff, contentType: 'ct', responseTopic: 'r/t', correlationData: "cd",
    subscriptionIdentifiers: [1, 268435455], sessionExpiryInterval: 7, assignedClientIdentifier: 'id', serverKeepAlive: 65535,
    authenticationMethod: 'am', authenticationData: 'ad', requestProblemInformation: false, willDelayInterval: 9,
    requestResponseInformation: true, responseInformation: 'ri', serverReference: 'sr', reasonString: 'rs', receiveMaximum: 1,
    topicAliasMaximum: 2, topicAlias: 3, maximumQos: 0, retainAvailable: true, userProperties: [['a', '1'], ['a', '2'], 'b' => ''],
    maximumPacketSize: 4, wildcardSubscriptionAvailable: false, subscriptionIdentifiersAvailable: true, sharedSubscriptionAvailable: false);
$bytes = (new Publish('t', '', properties: $all))->encode(Strictness::Lenient);
echo wordwrap(bin2hex($bytes), 96, "\n", true), "\n";
$again = Packet::decode($bytes, strictness: Strictness::Lenient)->properties;
var_dump($again == $all, $again);
var_dump($again->userProperty('a'), $again->userProperty('b'), $again->userProperty('c'), $again->isEmpty(), (new Properties())->isEmpty());
var_dump(count(get_object_vars(new Properties())), (new Properties())->userProperties, (new Properties())->contentType);
?>
--EXPECTF--
307d00017479010102ffffffff0300026374080003722f7409000263640b010bffffff7f1100000007120002696413ff
ff150002616d16000261641700180000000919011a000272691c000273721f0002727321000122000223000324002501
26000161000131260001610001322600016200002700000004280029012a00
bool(true)
object(Native\Mqtt\Properties)#%d (27) {
  ["payloadFormatIndicator"]=>
  int(1)
  ["messageExpiryInterval"]=>
  int(4294967295)
  ["contentType"]=>
  string(2) "ct"
  ["responseTopic"]=>
  string(3) "r/t"
  ["correlationData"]=>
  string(2) "cd"
  ["subscriptionIdentifiers"]=>
  array(2) {
    [0]=>
    int(1)
    [1]=>
    int(268435455)
  }
  ["sessionExpiryInterval"]=>
  int(7)
  ["assignedClientIdentifier"]=>
  string(2) "id"
  ["serverKeepAlive"]=>
  int(65535)
  ["authenticationMethod"]=>
  string(2) "am"
  ["authenticationData"]=>
  string(2) "ad"
  ["requestProblemInformation"]=>
  bool(false)
  ["willDelayInterval"]=>
  int(9)
  ["requestResponseInformation"]=>
  bool(true)
  ["responseInformation"]=>
  string(2) "ri"
  ["serverReference"]=>
  string(2) "sr"
  ["reasonString"]=>
  string(2) "rs"
  ["receiveMaximum"]=>
  int(1)
  ["topicAliasMaximum"]=>
  int(2)
  ["topicAlias"]=>
  int(3)
  ["maximumQos"]=>
  int(0)
  ["retainAvailable"]=>
  bool(true)
  ["userProperties"]=>
  array(3) {
    [0]=>
    array(2) {
      [0]=>
      string(1) "a"
      [1]=>
      string(1) "1"
    }
    [1]=>
    array(2) {
      [0]=>
      string(1) "a"
      [1]=>
      string(1) "2"
    }
    [2]=>
    array(2) {
      [0]=>
      string(1) "b"
      [1]=>
      string(0) ""
    }
  }
  ["maximumPacketSize"]=>
  int(4)
  ["wildcardSubscriptionAvailable"]=>
  bool(false)
  ["subscriptionIdentifiersAvailable"]=>
  bool(true)
  ["sharedSubscriptionAvailable"]=>
  bool(false)
}
string(1) "1"
string(0) ""
NULL
bool(false)
bool(true)
int(27)
array(0) {
}
NULL
