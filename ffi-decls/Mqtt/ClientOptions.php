<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Mqtt;

/** How a Client connects and behaves; names and defaults are those of Native\Mqtt\ClientOptions. Times are seconds. */
final class ClientOptions
{
    private const RANGES = [
        'keepAlive' => [0, 65535], 'sessionExpiry' => [0, 0xffffffff], 'maximumPacketSize' => [1, 268435460], 'inboxLimit' => [1, PHP_INT_MAX],
        'connectTimeout' => [0, 2147483], 'pingTimeout' => [0, 2147483], 'timeout' => [0, 2147483], 'reconnectMin' => [0, 2147483], 'reconnectMax' => [0, 2147483],
        'reconnect' => [0, 0xffffffff],
    ];

    public function __construct(
        /** Who we are to the server; null: a random one ("native-" and 16 hex digits) that the client keeps. "": the server chooses. */
        public readonly ?string $clientId = null,
        /** 5: MQTT 5.0, 4: 3.1.1, 3: 3.1. */
        public readonly int $version = 5,
        /** Begin a new session and forget one that is there. A reconnect of MQTT 5.0 asks for the session it had. */
        public readonly bool $cleanStart = true,
        /** MQTT 5.0: seconds that the server keeps the session without a connection; null: 0. */
        public readonly ?int $sessionExpiry = null,
        /** Seconds of silence after which the client asks the server for a sign of life; 0: never. */
        public readonly int $keepAlive = 60,
        /** What the server publishes when the connection ends without disconnect(). */
        public readonly ?Will $will = null,
        public readonly ?string $username = null,
        #[\SensitiveParameter] public readonly ?string $password = null,
        /** TLS: file with the certificates to trust (PEM); null: those of the system. */
        public readonly ?string $caFile = null,
        /** TLS: folder of such files. */
        public readonly ?string $caPath = null,
        /** TLS: file with our certificate and its chain. */
        public readonly ?string $certificate = null,
        /** TLS: file with our key; null: it stands with the certificate. */
        public readonly ?string $key = null,
        #[\SensitiveParameter] public readonly ?string $passphrase = null,
        public readonly bool $verifyPeer = true,
        public readonly bool $verifyHost = true,
        /** TLS: name for SNI and verification, if it is not the host of the URI. */
        public readonly ?string $serverName = null,
        /** For the connection, TLS and CONNACK together; 0: no limit. */
        public readonly float $connectTimeout = 10.0,
        /** How long the server may take to give its sign of life; 0: as long as $keepAlive. */
        public readonly float $pingTimeout = 10.0,
        /** How long publish(), subscribe() and unsubscribe() wait for the answer; 0: no limit. */
        public readonly float $timeout = 30.0,
        /** Whether a lost connection is opened again: false, true, or how many attempts in a row. A connect() that fails throws at once. */
        public readonly bool|int $reconnect = true,
        /** Wait so long before the first new attempt, doubling up to $reconnectMax, each time less a random part of up to half. */
        public readonly float $reconnectMin = 0.5,
        public readonly float $reconnectMax = 60.0,
        /** MQTT 5.0: largest packet the server may send; null: no limit but $inboxLimit. Kept with older versions, too. */
        public readonly ?int $maximumPacketSize = null,
        /** Bytes of received messages that nobody has taken yet; what comes beyond it is refused, and the polling call throws. */
        public readonly int $inboxLimit = 16777216,
    ) {
        foreach (self::RANGES as $name => [$min, $max]) {
            if ($this->$name !== null && !($this->$name >= $min && $this->$name <= $max)) {
                throw new \ValueError("\$$name must be between $min and $max");
            }
        }
        if ($version < 3 || $version > 5) {
            throw new \ValueError('$version must be 3, 4 or 5');
        }
        foreach (['clientId', 'username', 'password'] as $name) {
            if (strlen($this->$name ?? '') > 65535) {
                throw new \ValueError("\$$name has at most 65535 bytes");
            }
        }
    }

    /** Returns a copy with other values: `$options->with(keepAlive: 5)`. */
    public function with(mixed ...$values): self
    {
        return new self(...[...get_object_vars($this), ...$values]);
    }

    /** @internal the packet to connect with */
    public function packet(): Packet
    {
        $properties = [];
        foreach ([0x11 => $this->sessionExpiry, 0x27 => $this->maximumPacketSize] as $id => $number) { // Session Expiry Interval, Maximum Packet Size
            if ($number !== null && ($this->version === 5 || $id === 0x27)) { // the engine itself wants to know the second
                $properties[] = [$id, $number];
            }
        }
        return new Packet(
            Packet::CONNECT,
            clientId: $this->clientId ?? 'native-' . bin2hex(random_bytes(8)),
            keepAlive: $this->keepAlive,
            cleanStart: $this->cleanStart,
            userName: $this->username,
            password: $this->password,
            will: $this->will,
            properties: $properties,
            version: $this->version,
        );
    }
}
