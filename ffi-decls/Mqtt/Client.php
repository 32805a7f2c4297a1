<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Mqtt;

use FFI;
use FFI\CData;
use Native\Ffi\Library;

/**
 * A connection to an MQTT server: the client engine of the library over a stream of PHP. MQTT 5.0, 3.1.1 and 3.1.
 *
 *     $client = new Client('mqtt://broker.example.org');
 *     $client->connect();
 *     $client->subscribe('rooms/+/temperature', qos: 1);
 *     while ($message = $client->receive(60)) { ... }
 *
 * Every call that waits moves everything on: keep alive, acknowledgements, reconnecting with back-off, subscribing again when the
 * server has lost the session. Between the calls nothing happens, so call one of them at least as often as $options->keepAlive.
 * Opening a connection blocks, up to $options->connectTimeout.
 */
final class Client
{
    private const KINDS = ['stopped', 'transport', 'closed', 'timeout', 'keep_alive', 'malformed', 'protocol', 'no_space', 'refused', 'server'];
    private const NOT_OURS = [0x0b, 0x23]; // Subscription Identifier is the server's, Topic Alias the engine's
    private const QUOTA_EXCEEDED = 0x97;

    private readonly FFI $ffi;
    private readonly ClientOptions $options;
    private readonly Link $link;
    private readonly PacketReader $reader;
    private readonly Engine $engine;
    /** The engine's. */
    private readonly CData $client;
    private readonly int $pid;

    /** Messages that the engine has: the struct and its bytes, by address. @var array<int, array> */
    private array $outgoing = [];
    /** Requests that it has, granted or not answered yet, by address. @var array<int, array> */
    private array $requests = [];
    /** What was answered to requests that are waited for, by address; null: nothing yet. @var array<int, ?list<int>> */
    private array $answers = [];
    /** @var \SplQueue<Packet> received, and taken by nobody */
    private readonly \SplQueue $inbox;
    private int $inboxBytes = 0;
    /** A message that comes in pieces; null also for one that is too large. */
    private ?Packet $partial = null;
    private ?Packet $connack = null;
    /** Why the last connection ended: no exception, whose trace would hold this object. @var ?array{string, string, int} */
    private ?array $failure = null;
    /** What the next poll throws, for what it could not do with a message. */
    private ?ClientException $complaint = null;
    private ?\Closure $onMessage = null;
    private ?\Closure $onConnect = null;
    private ?\Closure $onDisconnect = null;
    /** Messages go to onMessage() (inside loop()), not to the inbox. */
    private bool $calling = false;
    /** receive() waits for one message, which is acknowledged by the call after it. */
    private bool $single = false;
    private int $received = 0;

    /**
     * Nothing is opened yet.
     *
     * @param string $uri mqtt://[user[:password]@]host[:1883], mqtts://[user[:password]@]host[:8883] or unix:///path/of/socket.
     *     tcp stands for mqtt, ssl and tls for mqtts. User name and password are percent-encoded there; those of $options go before.
     * @throws \ValueError for a URI that is none of these
     */
    public function __construct(string $uri, ?ClientOptions $options = null)
    {
        $options ??= new ClientOptions();
        $this->link = new Link($uri, $options);
        $this->options = $options;
        $library = Library::get('mqtt');
        $this->engine = new Engine($library, $this->link, $options);
        $this->ffi = $this->engine->ffi;
        $this->client = $this->engine->client;
        $this->reader = new PacketReader($library);
        $this->inbox = new \SplQueue();
        $this->pid = getmypid();
    }

    /**
     * Connect and wait until the server has accepted; subscribe again to what was subscribed to, where the session is gone.
     *
     * @return Packet its CONNACK; that of the standing connection if there is one
     * @throws ClientException not reached, refused (reasonCode says why), not in time
     */
    public function connect(): Packet
    {
        $this->own();
        if ($this->engine->state() !== $this->ffi->NATIVE_MQTT_CLIENT_CONNECTED) {
            $this->connack = $this->failure = null;
            if ($this->engine->state() === $this->ffi->NATIVE_MQTT_CLIENT_DOWN) {
                $this->client->options->retries = 0; // the first attempt must do
                $this->ffi->native_mqtt_client_start($this->client, Engine::now());
            }
            $this->drive(null, fn () => $this->connack !== null);
        }
        return $this->connack;
    }

    /** Whether the server has accepted us and the connection is not known to be lost. */
    public function isConnected(): bool
    {
        return $this->engine->state() === $this->ffi->NATIVE_MQTT_CLIENT_CONNECTED && $this->pid === getmypid();
    }

    /**
     * Leave: send DISCONNECT and close. Nothing happens if there is no connection. Without this the server publishes the will.
     *
     * @param int $reason 0, or 4: publish the will all the same (MQTT 5.0)
     * @param float $timeout seconds; then the connection is closed with what is still to be sent
     * @throws \ValueError for a reason code that DISCONNECT cannot have
     */
    public function disconnect(int $reason = 0, float $timeout = 5.0): void
    {
        $this->own();
        $allowed = $reason >= 0 && $reason <= 0xff && $this->ffi->native_mqtt_reason_allowed(5, Packet::DISCONNECT, $reason);
        if (!$allowed) {
            throw new \ValueError('$reason must be a reason code that DISCONNECT can have');
        }
        $end = Engine::after($timeout);
        if ($this->engine->state() === $this->ffi->NATIVE_MQTT_CLIENT_DOWN) {
            return;
        }
        $this->client->options->close_timeout_ms = max(1, Engine::ms($timeout));
        $this->engine->leaving = $end;
        $this->ffi->native_mqtt_client_stop($this->client, $reason, null, Engine::now());
        try {
            $this->drive(null, fn () => $this->engine->state() === $this->ffi->NATIVE_MQTT_CLIENT_DOWN);
        } finally {
            $this->engine->leaving = 0.0;
        }
    }

    /**
     * Publish a message. QoS 0: returns when it is handed to the network; QoS 1 and 2: when the server has acknowledged it. While the
     * connection is opened again it waits.
     *
     * @param list<array{int, int|string|array{string, string}}> $properties as in Packet
     * @return int reason code: 0, or 0x10: nobody has subscribed to it (MQTT 5.0, if the server tells)
     * @throws \ValueError for a QoS or property that cannot be, and what is too large for MQTT
     * @throws MalformedPacket for a topic name that must not be
     * @throws ClientException "refused"; "no_answer" within $options->timeout: it is not sent again, but may have arrived; the connection
     *     ended and will not be tried again; "not_connected"
     */
    public function publish(string $topic, string $payload = '', int $qos = 0, bool $retain = false, array $properties = []): int
    {
        $this->about();
        Topic::checkName($topic, version: $this->options->version);
        if ($qos < 0 || $qos > 2) {
            throw new \ValueError('$qos must be 0, 1 or 2');
        }
        $writer = new PacketWriter(Library::get('mqtt'));
        $message = $this->ffi->new('struct native_mqtt_outgoing');
        $packet = new Packet(Packet::PUBLISH, topic: $topic, payload: $payload, qos: $qos, retain: $retain, properties: $properties);
        $from = $writer->packet($packet, $this->options->version); // owns the memory of its members
        foreach ($properties as [$id]) {
            if (!($this->ffi->native_mqtt_property_info($id)->packets >> Packet::PUBLISH & 1) || in_array($id, self::NOT_OURS, true)) {
                throw new \ValueError("Property $id cannot be in a message to the server");
            }
        }
        $message->publish = $from->as->publish;
        $key = $this->engine->address(FFI::addr($message));
        $this->outgoing[$key] = [$message, $writer];
        if ($this->ffi->native_mqtt_client_publish($this->client, FFI::addr($message), Engine::now()) !== $this->ffi->NATIVE_MQTT_OK) {
            unset($this->outgoing[$key]);
            throw new \ValueError('The message is too large');
        }
        try {
            $done = $this->drive($this->options->timeout ?: null, fn () => $message->state === $this->ffi->NATIVE_MQTT_DONE);
        } finally {
            // Also one that is done may still be in the session's list, until it is told. One of whose payload a part is on its way stays: DELIVERED comes for it.
            if (isset($this->outgoing[$key]) && $this->ffi->native_mqtt_client_take_back($this->client, FFI::addr($message))) {
                unset($this->outgoing[$key]);
            }
        }
        if (!$done) {
            throw new ClientException('The message was not ' . ($qos ? 'acknowledged' : 'sent') . " within {$this->options->timeout} seconds", 'no_answer');
        }
        if ($message->reason >= 0x80) {
            throw new ClientException('The message was refused: ' . $this->reasonText($message->reason), 'refused', $message->reason);
        }
        return $message->reason;
    }

    /**
     * Subscribe and wait for the answer. Subscribing again to a filter replaces its QoS.
     *
     * @param string|array<int|string, string|int> $filter a topic filter, a list of them, or filter => QoS
     * @return array<string, int> for each filter what the server granted (the QoS), or why not (0x80 and above)
     * @throws MalformedPacket for a topic filter that must not be
     * @throws ClientException "refused", if the server refused all of them; "no_answer"; as publish()
     */
    public function subscribe(string|array $filter, int $qos = 0): array
    {
        $list = [];
        foreach ((array) $filter as $name => $value) {
            [$name, $level] = is_string($value) ? [$value, $qos] : [(string) $name, $value];
            if (!is_int($level) || $level < 0 || $level > 2) {
                throw new \ValueError('$qos must be 0, 1 or 2');
            }
            $list[$name] = [$name, $level];
        }
        $codes = $this->request(Packet::SUBSCRIBE, $list);
        if (min($codes) >= 0x80) {
            throw new ClientException('The server refused to subscribe: ' . $this->reasonText(min($codes), Packet::SUBACK), 'refused', min($codes));
        }
        return $codes;
    }

    /**
     * Unsubscribe and wait for the answer.
     *
     * @param string|list<string> $filter
     * @return array<string, int> for each filter the reason code; before MQTT 5.0 always 0
     * @throws MalformedPacket|ClientException
     */
    public function unsubscribe(string|array $filter): array
    {
        $list = [];
        foreach ((array) $filter as $name) {
            if (!is_string($name)) {
                throw new \ValueError('A topic filter must be a string');
            }
            $list[$name] = [$name, 0];
        }
        return $this->request(Packet::UNSUBSCRIBE, $list);
    }

    /** Set what loop() calls for each message: fn(Packet $message). It is acknowledged when the client is used again after that. */
    public function onMessage(?callable $callback): void
    {
        $this->onMessage = $callback === null ? null : $callback(...);
    }

    /** Set what is called at each (re)connect: fn(Packet $connack). */
    public function onConnect(?callable $callback): void
    {
        $this->onConnect = $callback === null ? null : $callback(...);
    }

    /** Set what is called when a connection ends, or did not come about: fn(ClientException $why, ?float $retryIn), null: no further attempt. */
    public function onDisconnect(?callable $callback): void
    {
        $this->onDisconnect = $callback === null ? null : $callback(...);
    }

    /**
     * Poll: handle what is there; if nothing is, wait at most $timeout seconds for messages. They go to onMessage(), or else to receive().
     *
     * @return int number of messages that came
     * @throws ClientException the connection ended and there will be no further attempt; "not_connected"
     */
    public function loop(float $timeout = 1.0): int
    {
        $this->about();
        $queued = $this->hand();
        $before = $this->received;
        [$calling, $this->calling] = [$this->calling, true];
        try {
            $this->drive($queued ? 0.0 : $timeout, fn () => $this->received !== $before);
        } finally {
            $this->calling = $calling;
        }
        $count = $queued + $this->received - $before;
        $this->hand();
        return $count;
    }

    /** Call onMessage() for what waits in the inbox. Returns how many messages there were. */
    private function hand(): int
    {
        for ($count = 0; $this->onMessage && !$this->inbox->isEmpty(); $count++) {
            ($this->onMessage)($this->take());
        }
        return $count;
    }

    /**
     * Take the next message.
     *
     * @param ?float $timeout seconds to wait for one; null: no limit; 0: only what is there
     * @return ?Packet null: none came in time
     * @throws ClientException as loop()
     */
    public function receive(?float $timeout = null): ?Packet
    {
        if ($this->inbox->isEmpty()) {
            $this->about();
            [$calling, $this->calling, $this->single] = [$this->calling, false, true];
            try {
                $this->drive($timeout, fn () => !$this->inbox->isEmpty());
            } finally {
                $this->calling = $calling;
                $this->single = false;
            }
        }
        return $this->inbox->isEmpty() ? null : $this->take();
    }

    private function take(): Packet
    {
        $message = $this->inbox->dequeue();
        $this->inboxBytes -= strlen($message->topic) + strlen($message->payload);
        return $message;
    }

    /* ---- requests ---- */

    /** @param array<string, array{string, int}> $filters */
    private function request(int $type, array $filters): array
    {
        $this->about();
        if (!$filters) {
            throw new \ValueError('There is no topic filter');
        }
        foreach ($filters as [$name]) {
            Topic::checkFilter($name, version: $this->options->version);
        }
        $bytes = PacketWriter::filters($filters, $type === Packet::SUBSCRIBE);
        $memory = Library::copy($this->ffi, $bytes);
        $request = $this->ffi->new('struct native_mqtt_request');
        $request->type = $type;
        $request->filters = $this->ffi->cast('uint8_t *', FFI::addr($memory));
        $request->filters_len = strlen($bytes);
        $key = $this->engine->address(FFI::addr($request));
        $this->requests[$key] = [$request, $memory];
        $this->answers[$key] = null;
        $this->ffi->native_mqtt_client_request($this->client, FFI::addr($request));
        try {
            $this->drive($this->options->timeout ?: null, fn () => isset($this->answers[$key]));
            $answer = $this->answers[$key];
        } finally {
            unset($this->answers[$key]);
            if (!isset($answer)) {
                $this->forget($key);
            }
        }
        if ($answer === null) {
            throw new ClientException("No answer within {$this->options->timeout} seconds", 'no_answer');
        }
        $names = array_column($filters, 0);
        if (count($answer) !== count($names)) { // UNSUBACK before 5.0: none; a request too large for the server: one
            $answer = array_fill(0, count($names), $answer[0] ?? 0);
        }
        if ($type === Packet::SUBSCRIBE) {
            array_map(fn (string $name, int $code) => $this->cut($name, $key, $code), $names, $answer);
        }
        $this->sweep();
        return array_combine($names, $answer);
    }

    /** What was granted now is not to be asked for by older requests again; what was refused, not by this one. */
    private function cut(string $filter, int $now, int $code): void
    {
        foreach ($this->requests as $key => [$request]) {
            if (($key === $now) === ($code >= 0x80) && $request->type === Packet::SUBSCRIBE && $request->state === $this->ffi->NATIVE_MQTT_REQUEST_ACTIVE) {
                $this->ffi->native_mqtt_client_cut_filter(FFI::addr($request), $filter, strlen($filter));
            }
        }
    }

    /** Give up requests that nothing is left of. */
    private function sweep(): void
    {
        foreach ($this->requests as $key => [$request]) {
            if ($request->state === $this->ffi->NATIVE_MQTT_REQUEST_OUT || ($request->state === $this->ffi->NATIVE_MQTT_REQUEST_ACTIVE && $request->filters_len === 0)) {
                $this->forget($key);
            }
        }
    }

    private function forget(int $key): void
    {
        if (isset($this->requests[$key])) {
            $this->ffi->native_mqtt_client_forget($this->client, FFI::addr($this->requests[$key][0]));
            unset($this->requests[$key]);
        }
    }

    /* ---- driving the engine ---- */

    /**
     * Move everything on until that is done, or time is over; null: no limit.
     *
     * @throws ClientException there is no connection, and none will be tried
     */
    private function drive(?float $timeout, callable $done): bool
    {
        $end = $timeout === null ? INF : Engine::after($timeout);
        for (;;) {
            $moved = $this->round();
            if ($this->complaint) {
                [$complaint, $this->complaint] = [$this->complaint, null];
                throw $complaint;
            }
            if ($done()) {
                return true;
            }
            if ($this->engine->state() === $this->ffi->NATIVE_MQTT_CLIENT_DOWN) {
                throw new ClientException(...$this->failure ?? ['There is no connection', 'not_connected']);
            }
            $left = $end - Engine::clock();
            if ($left <= 0.0) {
                return false;
            }
            if (!$moved) {
                $this->engine->wait($left);
            }
        }
    }

    /** Do what can be done without waiting. Returns whether that was anything. */
    private function round(): bool
    {
        $moved = $this->events();
        $moved = $this->engine->attend() || $moved;
        $moved = $this->engine->send() || $moved;
        if (!($this->single && !$this->inbox->isEmpty()) && $this->engine->fetch()) {
            $moved = true;
            $this->events();
            $this->engine->send();
            $this->engine->attend();
        }
        return $moved;
    }

    private function events(): bool
    {
        $moved = false;
        while (!($this->single && !$this->inbox->isEmpty()) && ($event = $this->engine->next())) {
            $moved = true;
            $this->handle($event);
        }
        return $moved;
    }

    /* ---- events ---- */

    private function handle(CData $event): void
    {
        switch ($event->type) {
            case $this->ffi->NATIVE_MQTT_EVENT_CONNECTED:
                $this->connack = $this->reader->packet($event->packet);
                $this->failure = null;
                $this->client->options->retries = is_int($this->options->reconnect) ? $this->options->reconnect : ($this->options->reconnect ? 0xffffffff : 0);
                $this->onConnect && ($this->onConnect)($this->connack);
                break;
            case $this->ffi->NATIVE_MQTT_EVENT_DISCONNECTED:
                $this->disconnected($event);
                break;
            case $this->ffi->NATIVE_MQTT_EVENT_MESSAGE:
                $this->message($this->reader->packet($event->packet));
                break;
            case $this->ffi->NATIVE_MQTT_EVENT_MESSAGE_BEGIN:
                $publish = $event->packet->as->publish;
                $fits = $this->inboxBytes + $publish->payload->len <= $this->options->inboxLimit;
                $publish->payload->len = 0; // it comes later
                $this->partial = $fits ? $this->reader->packet($event->packet) : null;
                break;
            case $this->ffi->NATIVE_MQTT_EVENT_MESSAGE_DATA:
                if ($this->partial) {
                    $this->partial->payload .= FFI::string($event->data->data, $event->data->len);
                }
                break;
            case $this->ffi->NATIVE_MQTT_EVENT_MESSAGE_END:
                [$message, $this->partial] = [$this->partial, null];
                $message ? $this->message($message) : $this->refuse();
                break;
            case $this->ffi->NATIVE_MQTT_EVENT_DELIVERED:
                unset($this->outgoing[$this->engine->address($event->outgoing)]);
                break;
            case $this->ffi->NATIVE_MQTT_EVENT_SUBSCRIBED:
                $key = $this->engine->address($event->request);
                if (array_key_exists($key, $this->answers)) { // else it was made again
                    $this->answers[$key] = $event->has_packet ? $this->reader->packet($event->packet)->reasons : [$event->reason];
                }
                break;
            case $this->ffi->NATIVE_MQTT_EVENT_NO_SPACE:
                if ($event->data->len <= $this->options->inboxLimit) {
                    $this->engine->grow($event->data->len);
                }
                break;
        }
    }

    private function message(Packet $message): void
    {
        if ($this->calling && $this->onMessage && $this->inbox->isEmpty()) {
            $this->received++;
            $this->calling = false; // what comes while the callback uses the client waits for its turn
            try {
                ($this->onMessage)($message);
            } finally {
                $this->calling = true;
            }
            return;
        }
        $bytes = strlen($message->topic) + strlen($message->payload);
        if ($this->inboxBytes + $bytes > $this->options->inboxLimit) {
            $this->refuse();
            return;
        }
        $this->received++;
        $this->inboxBytes += $bytes;
        $this->inbox->enqueue($message);
    }

    /** The message of this event does not fit the inbox. */
    private function refuse(): void
    {
        $this->ffi->native_mqtt_client_answer($this->client, self::QUOTA_EXCEEDED);
        $this->complaint = new ClientException('More messages wait than $inboxLimit allows', 'inbox', self::QUOTA_EXCEEDED);
    }

    private function disconnected(CData $event): void
    {
        $kind = self::KINDS[$event->cause];
        $message = match ($kind) {
            'stopped' => 'The connection was closed by disconnect()',
            'transport' => $this->link->error === '' ? 'The connection failed' : "No connection: {$this->link->error}",
            'closed' => 'The server closed the connection',
            'timeout' => "No connection within {$this->options->connectTimeout} seconds",
            'keep_alive' => 'The server gives no sign of life',
            'malformed' => 'The server sent what is no MQTT',
            'protocol' => 'The server broke a rule of MQTT',
            'no_space' => 'The server sent a packet that is too large',
            'refused' => 'The server refused the connection: ' . $this->reasonText($event->reason, Packet::CONNACK),
            'server' => 'The server disconnected: ' . $this->reasonText($event->reason, Packet::DISCONNECT),
        };
        $this->partial = null;
        $this->connack = null;
        $this->failure = [$message, $kind, $event->reason];
        if ($this->onDisconnect) {
            ($this->onDisconnect)(new ClientException($message, $kind, $event->reason), $event->retry_ms === 0xffffffff ? null : $event->retry_ms / 1000);
        }
    }

    private function reasonText(int $reason, int $type = 0): string
    {
        $name = $this->ffi->native_mqtt_reason_name(5, $type, $reason);
        return ($name === null ? '' : "$name, ") . sprintf('0x%02x', $reason);
    }

    /** @throws ClientException neither connected nor about to be */
    private function about(): void
    {
        $this->own();
        if ($this->engine->state() === $this->ffi->NATIVE_MQTT_CLIENT_DOWN) {
            throw new ClientException('There is no connection', 'not_connected');
        }
    }

    private function own(): void
    {
        if ($this->pid !== getmypid()) {
            throw new ClientException('The connection belongs to the parent process', 'not_connected');
        }
    }

    private function __clone()
    {
    }

    public function __serialize(): never
    {
        throw new \LogicException('A client cannot be serialized');
    }

    public function __destruct()
    {
        if (isset($this->link)) {
            $this->link->close();
        }
    }
}
