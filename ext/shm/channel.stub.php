<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Shm;

/**
 * What send() does when a channel is full. A channel keeps the policy that it was made with.
 *
 * @since 0.1
 */
enum Policy {
    /** Wait for room. */
    case Block;
    /** Throw a FullException. */
    case Fail;
    /** Drop the oldest messages. */
    case DropOldest;
}

/**
 * A queue between processes: many senders, many receivers, values of any size up to its capacity.
 *
 * A message is sent, or received, entirely or not at all, whenever a process is killed. Values are what Cache::store()
 * takes. Waiting calls let signal handlers run, and obey max_execution_time.
 *
 * In an event loop: wait until getStream() is readable, then call tryReceive() until it says false.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Channel implements \Countable
{
    /**
     * Open a channel, or make it.
     *
     * @param string $name 1 to 255 bytes
     * @param int $capacity bytes of all messages together (each takes 16 more); 0: as it is, or 1 MiB for a new one
     * @param int $messages how many messages at most; 0: as many as fit
     * @param Segment|null $segment null: the default one
     * @throws MismatchException if it is there with another capacity, policy or number of messages, or the name is something else's
     * @throws FullException if the segment has no room for it
     * @throws SegmentException
     */
    public function __construct(string $name, int $capacity = 0, Policy $policy = Policy::Block, int $messages = 0, ?Segment $segment = null) {}

    /**
     * Send.
     *
     * @param float|null $timeout seconds to wait for room (Policy::Block); null: for ever
     * @throws TimeoutException
     * @throws FullException if there is no room (Policy::Fail), or the message is larger than the channel
     * @throws ClosedException
     * @throws EncodeException
     */
    public function send(mixed $message, ?float $timeout = null): void {}

    /**
     * Send if there is room.
     *
     * @return bool false if there is none
     * @throws FullException if the message is larger than the channel
     * @throws ClosedException
     * @throws EncodeException
     */
    public function trySend(mixed $message): bool {}

    /**
     * Send many; neighbours of one kind (strings, say) become visible at once.
     *
     * @param array $messages one after another
     * @param float|null $timeout seconds to wait for room (Policy::Block); null: for ever
     * @return int how many were sent: the first ones, all if the time was enough
     * @throws FullException if one is larger than the channel (those before it may have been sent)
     * @throws ClosedException
     * @throws EncodeException then nothing is sent
     */
    public function sendMany(array $messages, ?float $timeout = null): int {}

    /**
     * Receive.
     *
     * @param float|null $timeout in seconds; null: for ever
     * @param bool $ack give a Message, which stays in the channel until its ack(): if this process dies, or its request ends, another
     *        receiver gets it
     * @return mixed the value, or a Message
     * @throws TimeoutException
     * @throws ClosedException if the channel is closed and empty
     * @throws DecodeException (the message is gone)
     * @throws UndeliverableException see setDeadLetters()
     */
    public function receive(?float $timeout = null, bool $ack = false): mixed {}

    /**
     * Receive if there is a message.
     *
     * @param mixed $message set to the value, or a Message; null if there is none
     * @return bool false if there is none (then getStream() will tell)
     * @throws ClosedException if the channel is closed and empty
     * @throws DecodeException
     * @throws UndeliverableException
     */
    public function tryReceive(mixed &$message = null, bool $ack = false): bool {}

    /**
     * Receive many: wait for one, then take what is there.
     *
     * @param int $most how many at most
     * @param float|null $timeout seconds to wait for the first; null: for ever
     * @return list<mixed> empty if none came in time
     * @throws ClosedException if the channel is closed and empty
     * @throws DecodeException
     * @throws UndeliverableException
     */
    public function receiveMany(int $most, ?float $timeout = null, bool $ack = false): array {}

    /**
     * Give a stream that is readable when a message is there (or the channel is closed). Do not read from it.
     *
     * After it was readable, call tryReceive() until it returns false: that arms it again.
     *
     * @return resource
     * @throws SegmentException
     */
    public function getStream() {}

    /**
     * Say where messages go that cannot be received.
     *
     * A message that ended three receivers, of whatever processes, before they had it (it is too large for their memory_limit, its
     * __unserialize() calls exit(), they crash) is not tried again: whoever meets it gets an UndeliverableException, and the message goes
     * to the channel given here, where a process with more memory may read it. Without one it is dropped. What a receiver does
     * with a Message that it has does not count here: Message::$deliveries tells how often one came.
     *
     * @param Channel|null $channel for what this object receives; null: none
     * @throws \ValueError if it is this very channel
     */
    public function setDeadLetters(?Channel $channel): void {}

    /** Close the channel for all: nothing can be sent any more, what is in it can still be received. */
    public function close(): void {}

    /** Count the messages that a receiver could get. */
    public function count(): int {}

    /**
     * Tell about the channel. Counters are of all processes since it was made.
     *
     * @return array{capacity: int, used: int, ready: int, taken: int, sent: int, received: int, dropped: int, closed: bool, largest: int}
     */
    public function info(): array {}
}
