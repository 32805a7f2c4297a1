--TEST--
ReasonCode: all codes of MQTT 5.0, three names for 0, descriptions
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\ReasonCode;
foreach (ReasonCode::cases() as $case) {
    printf("%02x %s: %s%s\n", $case->value, $case->name, $case->description(), $case->isError() ? '!' : '');
}
var_dump(ReasonCode::NormalDisconnection === ReasonCode::Success, ReasonCode::GrantedQos0 === ReasonCode::Success);
var_dump(ReasonCode::from(0x87) === ReasonCode::NotAuthorized, ReasonCode::tryFrom(0x55));
var_dump(constant('Native\Mqtt\ReasonCode::GrantedQos0'), (new ReflectionClassConstant(ReasonCode::class, 'NormalDisconnection'))->getValue());
var_dump((new ReflectionEnum(ReasonCode::class))->hasCase('GrantedQos0'));
const COPY = ReasonCode::GrantedQos0;
var_dump(COPY, match (ReasonCode::GrantedQos0) { ReasonCode::Success => 'matched' });
?>
--EXPECT--
00 Success: Success
01 GrantedQos1: Granted QoS 1
02 GrantedQos2: Granted QoS 2
04 DisconnectWithWill: Disconnect with Will Message
10 NoMatchingSubscribers: No matching subscribers
11 NoSubscriptionExisted: No subscription existed
18 ContinueAuthentication: Continue authentication
19 ReAuthenticate: Re-authenticate
80 UnspecifiedError: Unspecified error!
81 MalformedPacket: Malformed Packet!
82 ProtocolError: Protocol Error!
83 ImplementationSpecificError: Implementation specific error!
84 UnsupportedProtocolVersion: Unsupported Protocol Version!
85 ClientIdentifierNotValid: Client Identifier not valid!
86 BadUserNameOrPassword: Bad User Name or Password!
87 NotAuthorized: Not authorized!
88 ServerUnavailable: Server unavailable!
89 ServerBusy: Server busy!
8a Banned: Banned!
8b ServerShuttingDown: Server shutting down!
8c BadAuthenticationMethod: Bad authentication method!
8d KeepAliveTimeout: Keep Alive timeout!
8e SessionTakenOver: Session taken over!
8f TopicFilterInvalid: Topic Filter invalid!
90 TopicNameInvalid: Topic Name invalid!
91 PacketIdentifierInUse: Packet Identifier in use!
92 PacketIdentifierNotFound: Packet Identifier not found!
93 ReceiveMaximumExceeded: Receive Maximum exceeded!
94 TopicAliasInvalid: Topic Alias invalid!
95 PacketTooLarge: Packet too large!
96 MessageRateTooHigh: Message rate too high!
97 QuotaExceeded: Quota exceeded!
98 AdministrativeAction: Administrative action!
99 PayloadFormatInvalid: Payload format invalid!
9a RetainNotSupported: Retain not supported!
9b QosNotSupported: QoS not supported!
9c UseAnotherServer: Use another server!
9d ServerMoved: Server moved!
9e SharedSubscriptionsNotSupported: Shared Subscriptions not supported!
9f ConnectionRateExceeded: Connection rate exceeded!
a0 MaximumConnectTime: Maximum connect time!
a1 SubscriptionIdentifiersNotSupported: Subscription Identifiers not supported!
a2 WildcardSubscriptionsNotSupported: Wildcard Subscriptions not supported!
bool(true)
bool(true)
bool(true)
NULL
enum(Native\Mqtt\ReasonCode::Success)
enum(Native\Mqtt\ReasonCode::Success)
bool(false)
enum(Native\Mqtt\ReasonCode::Success)
string(7) "matched"
