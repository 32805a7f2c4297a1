<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt;

/**
 * Makes packets of bytes as they arrive: feed any slices, take whole packets.
 *
 *     $parser = new Parser(Version::V5, sender: Sender::Server);
 *     while (($bytes = fread($socket, 65536)) != '') {
 *         $parser->feed($bytes);
 *         foreach ($parser as $packet) { ... }
 *     }
 *
 * What is fed is referenced, not copied, but for a packet that spans several slices. The time taken is linear in the bytes fed, however
 * they are cut. A foreach over the parser ends where bytes are missing and can be started again after the next feed().
 *
 * After bytes that are no packet, nothing behind them can be trusted: every further feed() and next() throws the same error. All packets
 * before the fault can be taken first.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Parser implements \IteratorAggregate
{
    /**
     * @param Version|null $version the version that the connection speaks; null: the first packet must be a CONNECT, and tells it
     * @param int $maxPacketSize largest packet in bytes (2..268435460) that is accepted; larger ones are refused when their first 2 to 5
     *     bytes are there
     * @param Strictness $strictness which rules are enforced
     * @param Sender|null $sender who sends the bytes, so that what only the other side may send is refused; null: anyone
     * @throws \ValueError if $maxPacketSize is out of its range
     */
    public function __construct(?Version $version = null, int $maxPacketSize = 268435460, Strictness $strictness = Strictness::Spec, ?Sender $sender = null) {}

    /**
     * Add bytes: any number of packets and parts of packets. Take the packets with next() or foreach before feeding more.
     *
     * @throws ProtocolException the same again after an error; an error in these bytes is thrown by next() when it gets there
     */
    public function feed(string $bytes): void {}

    /**
     * Take the next packet; null if more bytes are needed.
     *
     * @throws ProtocolException if the bytes are no packet. `offset` counts from the start of the faulty packet.
     */
    public function next(): ?Packet {}

    /** Tell how many bytes were fed and are not taken as packets yet. */
    public function pending(): int {}

    /** Give the version that packets are decoded with; null before the CONNECT that tells it. */
    public function version(): ?Version {}

    /** Forget all bytes and any error, and begin as new, for another connection. */
    public function reset(): void {}

    /**
     * Iterate over the packets that are complete. Keys count from 0 in each iteration.
     *
     * @return \Iterator<int, Packet>
     */
    public function getIterator(): \Iterator {}
}
