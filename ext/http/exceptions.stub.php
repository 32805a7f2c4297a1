<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Http;

/**
 * The parent of everything that this namespace throws, but for faults in arguments: those are \ValueError and \TypeError.
 *
 * The message says what and where. A response whatever its status is no exception, unless Options::$failOnStatus asks for it.
 *
 * @since 0.1
 */
class Exception extends \RuntimeException
{
    /** The URL of the request that failed (after redirects: that of the last one). */
    public ?string $url = null;

    /** At which step it was: "queued", "name", "connect", "proxy", "tls", "send", "wait", "receive". */
    public string $phase = "";
}

/** The URL cannot be used: malformed, or of a scheme that is not spoken or not allowed. */
final class UrlException extends Exception {}

/** The name of the server or of the proxy is not known. */
final class ResolveException extends Exception {}

/** No connection: nobody listens, not reachable, or our own address cannot be used. */
final class ConnectException extends Exception {}

/** The proxy refused, or does not speak what it should. */
final class ProxyException extends Exception
{
    /** The HTTP status that answered CONNECT, or the code of SOCKS; 0: none. */
    public int $reply = 0;
}

/** The TLS handshake, or what it is made with. */
final class TlsException extends Exception
{
    /**
     * What was wrong: "expired", "not_yet_valid", "host" (for another name), "unknown_issuer", "self_signed", "revoked", "pin",
     * "certificate" (else), "handshake", "config" (our files and settings).
     */
    public string $reason = "";
}

/** A time limit ran out; Exception::$phase says where. */
final class TimeoutException extends Exception {}

/** The connection broke while the request was sent or the response received, or ended too early. */
final class TransferException extends Exception {}

/** What the server sent is not HTTP as the standard has it. */
final class ProtocolException extends Exception {}

/** A limit of the options: of the body, of the head. */
final class TooLargeException extends Exception {}

/** The content cannot be decoded. */
final class CodingException extends Exception {}

/** More redirects than Options::$maxRedirects. */
final class RedirectException extends Exception {}

/** The status is 400 or more, and Options::$failOnStatus is set. */
final class StatusException extends Exception
{
    /** The response, with its body. */
    public ?Response $response = null;
}
