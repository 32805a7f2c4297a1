<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt;

/**
 * The kinds of control packets, with their number on the wire (MQTT 5.0, 2.1.2).
 *
 * @since 0.1
 */
enum PacketType: int {
    /** Client to server: the first packet of a connection (3.1). */
    case Connect = 1;
    /** Server to client: the answer to CONNECT (3.2). */
    case ConnAck = 2;
    /** Both ways: a message (3.3). */
    case Publish = 3;
    /** Both ways: a QoS 1 message has arrived (3.4). */
    case PubAck = 4;
    /** Both ways: a QoS 2 message has arrived (3.5). */
    case PubRec = 5;
    /** Both ways: a QoS 2 message may be handed on (3.6). */
    case PubRel = 6;
    /** Both ways: a QoS 2 message is done with (3.7). */
    case PubComp = 7;
    /** Client to server (3.8). */
    case Subscribe = 8;
    /** Server to client: the answer to SUBSCRIBE (3.9). */
    case SubAck = 9;
    /** Client to server (3.10). */
    case Unsubscribe = 10;
    /** Server to client: the answer to UNSUBSCRIBE (3.11). */
    case UnsubAck = 11;
    /** Client to server: are you there (3.12). */
    case PingReq = 12;
    /** Server to client: I am here (3.13). */
    case PingResp = 13;
    /** The last packet of a connection; from the server only since MQTT 5.0 (3.14). */
    case Disconnect = 14;
    /** Both ways, MQTT 5.0 only: one step of an authentication (3.15). */
    case Auth = 15;
}

/**
 * Versions of MQTT, with their protocol level on the wire (3.1.2.2).
 *
 * @since 0.1
 */
enum Version: int {
    /** MQTT 3.1 of 2010 (protocol name MQIsdp). */
    case V3_1 = 3;
    /** MQTT 3.1.1, OASIS 2014 and ISO/IEC 20922. */
    case V3_1_1 = 4;
    /** MQTT 5.0, OASIS 2019. */
    case V5 = 5;
}

/**
 * How much of the standard is enforced. No level ever reads out of bounds.
 *
 * @since 0.1
 */
enum Strictness: int {
    /** Only what is needed to find the fields. */
    case Lenient = 0;
    /** And every MUST: well-formed UTF-8, no wildcard in a topic name, reserved bits, legal reason codes... */
    case Spec = 1;
    /** And every SHOULD: control characters in strings, a payload that is announced as UTF-8 and is not... */
    case Strict = 2;
}

/**
 * The side of a connection that sent a packet: some packets, properties and reason codes are for one side only.
 *
 * @since 0.1
 */
enum Sender: int {
    /** The device or application that opened the connection. */
    case Client = 1;
    /** The broker. */
    case Server = 2;
}

/**
 * Reason codes (MQTT 5.0, 2.4). From 0x80 on they tell of a failure.
 *
 * Return codes of CONNACK before MQTT 5.0 (1 to 5) are given as the reason codes of the same meaning.
 *
 * Code 0 has three names in the standard: `Success`, `NormalDisconnection` (in DISCONNECT) and `GrantedQos0` (in SUBACK).
 * PHP knows one case a value, so the other two are constants that hold the case `Success`.
 *
 * @since 0.1
 */
enum ReasonCode: int {
    /** Done. In DISCONNECT: normal disconnection, no will is sent. In SUBACK: granted, QoS 0 at most. */
    case Success = 0x00;
    /** SUBACK: granted, QoS 1 at most. */
    case GrantedQos1 = 0x01;
    /** SUBACK: granted, QoS 2 at most. */
    case GrantedQos2 = 0x02;
    /** DISCONNECT from a client that wants its will sent all the same. */
    case DisconnectWithWill = 0x04;
    /** PUBACK, PUBREC: accepted, but nobody subscribes. */
    case NoMatchingSubscribers = 0x10;
    /** UNSUBACK: there was no such subscription. */
    case NoSubscriptionExisted = 0x11;
    /** AUTH: go on with another step. */
    case ContinueAuthentication = 0x18;
    /** AUTH from a client: authenticate anew. */
    case ReAuthenticate = 0x19;
    /** The sender does not say why, or no other code fits. */
    case UnspecifiedError = 0x80;
    /** The packet could not be parsed. */
    case MalformedPacket = 0x81;
    /** The packet is against the rules, or came at the wrong time. */
    case ProtocolError = 0x82;
    /** The packet is fine, but this receiver does not take it. */
    case ImplementationSpecificError = 0x83;
    /** CONNACK: the server does not speak this version. */
    case UnsupportedProtocolVersion = 0x84;
    /** CONNACK: the client identifier is not allowed. */
    case ClientIdentifierNotValid = 0x85;
    /** CONNACK: wrong user name or password. */
    case BadUserNameOrPassword = 0x86;
    /** The client may not do this. */
    case NotAuthorized = 0x87;
    /** CONNACK: the server is not available. */
    case ServerUnavailable = 0x88;
    /** The server is busy; try later. */
    case ServerBusy = 0x89;
    /** CONNACK: this client is banned. */
    case Banned = 0x8A;
    /** DISCONNECT: the server shuts down. */
    case ServerShuttingDown = 0x8B;
    /** The authentication method is not supported, or not the one of this connection. */
    case BadAuthenticationMethod = 0x8C;
    /** DISCONNECT: nothing was heard for one and a half keep-alive times. */
    case KeepAliveTimeout = 0x8D;
    /** DISCONNECT: another connection uses this client identifier. */
    case SessionTakenOver = 0x8E;
    /** The topic filter is well-formed, but not accepted. */
    case TopicFilterInvalid = 0x8F;
    /** The topic name is well-formed, but not accepted. */
    case TopicNameInvalid = 0x90;
    /** The packet identifier is in use: the two sides disagree about the session. */
    case PacketIdentifierInUse = 0x91;
    /** PUBREL, PUBCOMP: the packet identifier is unknown. */
    case PacketIdentifierNotFound = 0x92;
    /** DISCONNECT: more unacknowledged messages than the receive maximum allows. */
    case ReceiveMaximumExceeded = 0x93;
    /** DISCONNECT: a topic alias that is 0, too large or was never set. */
    case TopicAliasInvalid = 0x94;
    /** The packet is larger than the receiver said it takes. */
    case PacketTooLarge = 0x95;
    /** DISCONNECT: too many messages in too short a time. */
    case MessageRateTooHigh = 0x96;
    /** A limit of the receiver is reached. */
    case QuotaExceeded = 0x97;
    /** DISCONNECT: by an administrator. */
    case AdministrativeAction = 0x98;
    /** The payload is not what its format indicator says. */
    case PayloadFormatInvalid = 0x99;
    /** The server keeps no retained messages. */
    case RetainNotSupported = 0x9A;
    /** The server does not support this QoS. */
    case QosNotSupported = 0x9B;
    /** Use another server for now. */
    case UseAnotherServer = 0x9C;
    /** Use another server from now on. */
    case ServerMoved = 0x9D;
    /** The server has no shared subscriptions. */
    case SharedSubscriptionsNotSupported = 0x9E;
    /** Too many connections in too short a time. */
    case ConnectionRateExceeded = 0x9F;
    /** DISCONNECT: the connection was open as long as allowed. */
    case MaximumConnectTime = 0xA0;
    /** The server has no subscription identifiers. */
    case SubscriptionIdentifiersNotSupported = 0xA1;
    /** The server has no wildcard subscriptions. */
    case WildcardSubscriptionsNotSupported = 0xA2;

    /** Tell whether the code is one of failure: 0x80 and above. */
    public function isError(): bool {}

    /**
     * Give the name that the standard has for the code, such as "Not authorized". For people; code should compare cases.
     */
    public function description(): string {}
}
