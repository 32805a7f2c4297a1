<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt;

/**
 * The parent of everything that this namespace throws, but for faults in arguments: those are \ValueError and \TypeError.
 *
 * getCode() is the number of the reason code, or 0.
 *
 * @since 0.1
 */
class Exception extends \RuntimeException
{
    /** The reason code that the peer sent, or that the standard asks us to send; null where there is none. */
    public ?ReasonCode $reasonCode = null;
}

/**
 * Bytes that are against the standard: what the peer sent, or a packet of ours that must not be sent as it is.
 *
 * The message says what and where: "PUBLISH: the topic name contains a wildcard at byte 4 [MQTT-3.3.2-2]".
 *
 * @since 0.1
 */
class ProtocolException extends Exception
{
    /** Where the fault is, in bytes from the start of the packet (its fixed header). */
    public int $offset = 0;

    /** The normative statement that is broken, such as "MQTT-3.3.2-2"; null where the standard gives it no number. */
    public ?string $statement = null;

    /** What is wrong, in plain words; without packet and place. */
    public string $rule = "";

    /** A name for the rule that does not change, such as "TOPIC_WILDCARD"; "" if the bytes just end too early or go on. */
    public string $ruleName = "";

    /** If the packet is not complete: how many bytes are missing at least. Else 0. */
    public int $missing = 0;
}

/**
 * Which step of connecting failed.
 *
 * @since 0.1
 */
enum ConnectFailure: string {
    /** The host name is not known, or no name server answered in time. */
    case NameResolution = "name";
    /** The host is there, but nobody listens on the port. */
    case Refused = "refused";
    /** The host, network or socket file is not there, or does not answer in time. */
    case Unreachable = "unreachable";
    /** The TLS handshake: no common version or cipher suite, an alert, no TLS at all, or not done in time. */
    case TlsHandshake = "tls-handshake";
    /** The server's certificate: unknown issuer, expired, not yet valid, revoked. */
    case TlsCertificate = "tls-certificate";
    /** The server's certificate is for other host names. */
    case TlsHostName = "tls-host-name";
    /** The server took the connection, but did not answer CONNECT in time. */
    case NoAnswer = "no-answer";
    /** The connection was closed or broke before CONNECT was answered. */
    case Closed = "closed";
    /** The server said no, with CONNACK or DISCONNECT; `reasonCode` says why. */
    case Server = "server";
    /** The fault is on this side: a certificate, key or CA file that cannot be used, settings, no memory. */
    case Local = "local";
}

/**
 * No connection came about: name not found, refused, TLS failed, or the server answered CONNECT with a failure (then `reasonCode`
 * says which).
 *
 * @since 0.1
 */
class ConnectException extends Exception
{
    /** Which step failed; null only in exceptions that PHP code made. */
    public ?ConnectFailure $kind = null;
}

/**
 * The connection is there no more: closed, reset, keep-alive ran out, or ended by the server's DISCONNECT (then `reasonCode` says why).
 *
 * @since 0.1
 */
class ConnectionLostException extends Exception
{
}

/**
 * The server refused a publish, subscribe or unsubscribe; `reasonCode` says why.
 *
 * @since 0.1
 */
class RefusedException extends Exception
{
}

/**
 * Not done within the time given. What was asked for may still happen.
 *
 * @since 0.1
 */
class TimeoutException extends Exception
{
    /** The step of connecting that took too long: NameResolution, Unreachable, TlsHandshake or NoAnswer. Null if it was something else. */
    public ?ConnectFailure $kind = null;
}

/**
 * The call needs a connection, and there is none.
 *
 * @since 0.1
 */
class NotConnectedException extends Exception
{
}

/**
 * A limit is reached: of the server (receive maximum, maximum packet size, maximum QoS) or of this client (its buffers).
 *
 * @since 0.1
 */
class QuotaExceededException extends Exception
{
}
