<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Http;

/** There is no response. A response whatever its status is no exception. */
final class HttpException extends \RuntimeException
{
    public function __construct(
        string $message,
        /**
         * What failed, as in http/error.h: "url", "scheme", "resolve", "connect", "proxy", "tls", "timeout", "send", "receive", "empty", "cut",
         * "protocol", "too_large", "coding", "redirects" ...
         */
        public readonly string $kind,
        /** What lay below, as in net/error.h: "connect_refused", "tls_cert_host", "tls_cert_unknown_issuer", "name" ...; "": nothing. */
        public readonly string $reason,
        /** At which step it was: "queued", "name", "connect", "proxy", "tls", "send", "wait", "receive". */
        public readonly string $phase,
        /** The URL of the last request, without user and password; "": there was none. */
        public readonly string $url,
        /** Of a proxy that refused: the HTTP status that answered CONNECT, or the code of SOCKS; 0: none. */
        public readonly int $reply,
    ) {
        parent::__construct($message);
    }
}
