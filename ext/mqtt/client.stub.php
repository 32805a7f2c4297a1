<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt;

/**
 * A connection to an MQTT server (broker): MQTT 5.0, 3.1.1 and 3.1, over TCP, TLS and Unix sockets.
 *
 * Blocking: connect(), then publish(), subscribe(), loop(). Everything that is on its way moves on inside each call that waits; there is
 * no sleeping poll. PHP signal handlers run within 0.1 s in every call that waits, with pcntl_async_signals() or without.
 *
 * In an event loop: start(); then, each turn, wait until getStream() can be read (or written, if wantsWrite()), at most
 * nextTimeout() seconds, and call loop(0.0).
 *
 * Callbacks run inside the call that polls (connect, loop, wait ...) and what they throw comes out of that call. A message counts as
 * handled, and is acknowledged, when the client is polled again after its callback returned or threw: who dies before gets it again
 * (QoS 1 and 2 with a kept session). A callback may use the client, also call loop() (which acknowledges the message being handled),
 * and may suspend a fiber.
 *
 * After a fork the connection is the parent's: a child that uses the client gets a NotConnectedException, and nothing is sent.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Client
{
    /**
     * Nothing is opened yet, but TLS files are read.
     *
     * @param string $uri mqtt://[user[:password]@]host[:1883], mqtts://[user[:password]@]host[:8883] or unix:///path/of/socket.
     *     User name and password are percent-encoded there; those of $options go before.
     * @throws \ValueError for a URI that is none of these (ws:// and wss:// are not built in yet)
     * @throws ConnectException if a certificate or key cannot be used
     */
    public function __construct(string $uri, ?ClientOptions $options = null) {}

    /**
     * Give a client whose connection belongs to the process and outlives the request (php-fpm): a later request of the same worker with
     * the same URI and the same options uses it again, without TLS handshake and CONNECT. It is checked first, and opened if it is not
     * there. Call connect() on it as on any other: it returns at once if the connection stands.
     *
     * What was published is sent and acknowledged also after the request. Callbacks end with the request, and so do the
     * subscriptions made in it (UNSUBSCRIBE is sent).
     *
     * $options->credentials and $options->authenticator must be names of functions or static methods here: closures of different
     * requests cannot be compared.
     *
     * @throws \ValueError as the constructor, and for a closure or object in the options
     */
    public static function persistent(string $uri, ?ClientOptions $options = null): Client {}

    /**
     * Connect and wait until the server has accepted. If connected already, returns what is known of the connection.
     *
     * @throws ConnectException not reached, TLS failed, refused by the server (then reasonCode says why)
     * @throws TimeoutException not within $options->connectTimeout
     * @throws ProtocolException the server broke the rules
     */
    public function connect(): ConnectionInfo {}

    /** Begin to connect and return at once; failures are retried as $options->reconnect says, and are told to onDisconnect(). */
    public function start(): void {}

    /**
     * Leave: wait until what was published is delivered, send DISCONNECT, close. Where something is on its way while a connection is being
     * opened (again), that is waited for, too, as long as there will be an attempt; else nothing happens if there is no connection. Called
     * again meanwhile (by onDisconnect(), by a signal handler), it does not wait for a connection, and so ends that wait.
     *
     * @param ReasonCode $reason Success (0x00: normal) or DisconnectWithWill (0x04), or a failure
     * @param float $timeout seconds for all of that; then the connection is closed with what is still on its way. 0: do not wait.
     *     What was not delivered is told by its Delivery, which is not done then; a later connect() goes on with it.
     */
    public function disconnect(ReasonCode $reason = ReasonCode::Success, ?Properties $properties = null, float $timeout = 5): void {}

    /** Tell whether the server has accepted us and the connection is not known to be lost. */
    public function isConnected(): bool {}

    /** What was agreed on the current connection; null if there is none. */
    public function info(): ?ConnectionInfo {}

    /**
     * Publish a message. It is handed to the network at once, as far as that takes it; the rest goes out whenever the client is polled.
     * While a connection is being opened (again) messages wait.
     *
     * @param string $topic topic name, 1..65535 bytes of UTF-8 without wildcards
     * @param string $payload any bytes; not copied
     * @param int $qos 0, 1 or 2
     * @return Delivery what became of it; also if this server takes no message of that size, QoS or retain flag
     * @throws \ValueError for a QoS that does not exist
     * @throws ProtocolException for a topic name that must not be
     * @throws NotConnectedException neither connected nor about to be
     * @throws QuotaExceededException the packet is larger than MQTT allows; or, with start() or in a callback, more than
     *     $options->bufferLimit bytes wait (else the call waits until there is room)
     */
    public function publish(string $topic, string $payload = "", int $qos = 0, bool $retain = false, ?Properties $properties = null): Delivery {}

    /**
     * Subscribe. With connect() waits for the answer; with start(), or in a callback, returns [] at once unless $timeout is given.
     *
     * The subscription is made again when a reconnect finds that the server has lost the session. Subscribing to a filter again replaces
     * its callback and options.
     *
     * @param string|array|Subscription $filter a topic filter, a Subscription, or a list of these; or filter => QoS
     * @param callable|null $callback fn(Message $message, array $wildcards): called for each message whose topic matches; $wildcards is the
     *     list of what each + and # stood for. It may return a ReasonCode of 0x80 or more: the message is refused with it (MQTT 5.0, QoS 1
     *     and 2). Without a callback messages go to onMessage() or messages().
     * @param int $qos largest QoS wanted, for filters given as string
     * @param float|null $timeout seconds; null: $options->timeout
     * @return array<string, ReasonCode> what the server granted (Success is QoS 0), or why not, for each filter
     * @throws RefusedException if the server refused all of them. If it refused some, the codes say which.
     * @throws ProtocolException for a topic filter that must not be
     * @throws TimeoutException no answer in time; the request stays and may still be granted
     * @throws NotConnectedException|ConnectionLostException
     */
    public function subscribe(string|array|Subscription $filter, ?callable $callback = null, int $qos = 0, bool $noLocal = false, bool $retainAsPublished = false, int $retainHandling = 0, ?Properties $properties = null, ?float $timeout = null): array {}

    /**
     * Unsubscribe; the callback goes, too. Waits as subscribe() does.
     *
     * @param string|array $filter a topic filter or a list of them
     * @return array<string, ReasonCode> for each filter; before MQTT 5.0 always Success
     * @throws TimeoutException|NotConnectedException|ConnectionLostException|ProtocolException
     */
    public function unsubscribe(string|array $filter, ?Properties $properties = null, ?float $timeout = null): array {}

    /**
     * What is subscribed to now, with the code that the server granted; null: not answered yet.
     * @return array<string, ReasonCode|null>
     */
    public function subscriptions(): array {}

    /**
     * Publish a request and wait for its answer (MQTT 5.0, 4.10). The response topic is subscribed to at the first call.
     *
     * @param Properties|null $properties without responseTopic and correlationData, which this call sets
     * @param float|null $timeout seconds; null: $options->timeout
     * @throws TimeoutException no answer in time
     * @throws RefusedException the server refused the message or the subscription
     * @throws \ValueError before MQTT 5.0
     */
    public function request(string $topic, string $payload = "", ?float $timeout = null, int $qos = 0, ?Properties $properties = null): Message {}

    /**
     * Authenticate again on the standing connection (MQTT 5.0, 4.12.1) with $options->authenticator, and wait for the answer.
     *
     * @throws ConnectionLostException if the server did not accept it
     * @throws TimeoutException|NotConnectedException
     */
    public function reauthenticate(?float $timeout = null): void {}

    /**
     * Take the next message that no callback of subscribe() took.
     * @param float|null $timeout seconds to wait for one; null: no limit; 0: only what is there
     * @return Message|null null: none came in time, or stop() was called
     * @throws ConnectionLostException no connection, and none will be tried
     */
    public function receive(?float $timeout = null): ?Message {}

    /**
     * Iterate over the messages that no callback of subscribe() took: `foreach ($client->messages(timeout: 5) as $message)`.
     * Ends when none came for $timeout seconds (null: never), or at stop().
     */
    public function messages(?float $timeout = null): Messages {}

    /** Set what is called for messages that no callback of subscribe() took: fn(Message $message). It may return a ReasonCode as those do. */
    public function onMessage(?callable $callback): void {}

    /** Set what is called at each (re)connect: fn(ConnectionInfo $info). */
    public function onConnect(?callable $callback): void {}

    /**
     * Set what is called when a connection ends, or did not come about: fn(ReasonCode $reason, ?Exception $why, ?float $retryIn).
     * $why is null if disconnect() ended it; $retryIn are the seconds until the next attempt, null: there is none.
     */
    public function onDisconnect(?callable $callback): void {}

    /**
     * Poll: handle what is there; if nothing is, wait at most $timeout seconds for something to happen.
     * @return int number of messages that came
     * @throws ConnectionLostException|ConnectException|ProtocolException the connection ended and there will be no further attempt
     * @throws NotConnectedException neither connected nor about to be
     */
    public function loop(float $timeout = 1): int {}

    /** Poll until stop() is called (in a callback or a signal handler). Throws as loop(). */
    public function loopForever(): void {}

    /** Make loopForever(), messages() and receive() return: the one that runs now, or else the next one. */
    public function stop(): void {}

    /**
     * A stream for stream_select() and event loops, on the current descriptor; read and write nothing on it. null while there is none (not
     * started, or waiting for the next attempt: then nextTimeout() counts alone).
     *
     * It is the same stream as long as the descriptor is the same. That changes, and the old stream is closed, when an attempt to connect
     * begins, when it has come so far that the connection is open, and when the connection ends; so ask again after each loop().
     *
     * @return resource|null
     */
    public function getStream() {}

    /** Tell whether to wait until the stream can be read. Always true, but while more than a buffer of answers waits to be written. */
    public function wantsRead(): bool {}

    /** Tell whether to wait also until the stream can be written. */
    public function wantsWrite(): bool {}

    /** Seconds after which loop() is to be called even if the stream stays silent: 0.0 while received bytes wait; null: never. */
    public function nextTimeout(): ?float {}

    /**
     * Counters of this client since it was made; bytes, packets and connections of a persistent one since its first request. `reconnects`:
     * connections after the first.
     * Native\status()['mqtt'] has the sums of the process.
     * @return array{bytesSent: int, bytesReceived: int, packetsSent: int, packetsReceived: int, messagesPublished: int,
     *     messagesReceived: int, connections: int, reconnects: int, bytesWaiting: int, deliveriesWaiting: int, messagesWaiting: int}
     */
    public function stats(): array {}
}

/**
 * The iterator that Client::messages() returns: keys count from 0.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Messages implements \Iterator
{
    private function __construct() {}
    public function current(): ?Message {}
    public function key(): int {}
    public function next(): void {}
    public function rewind(): void {}
    public function valid(): bool {}
}
