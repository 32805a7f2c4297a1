<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Http;

/**
 * What Client::send() gives: the results of many requests, in the order in which they end.
 *
 * Each has the key that its request had, and is a Response, or the exception that Client::request() would have thrown for it: one that
 * fails does not stop the others. What code of yours throws (the iterable, a body's generator, Options::$onProgress and $sink)
 * comes out of the foreach instead; whoever calls next() again goes on with the others.
 *
 * Requests are taken from the iterable one by one, when there is room for one more. It can be gone over once. When the object goes (after a
 * break, too), the transfers that are under way end.
 *
 * @implements \Iterator<mixed, Response|Exception|\ValueError>
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Results implements \Iterator
{
    private function __construct() {}

    /** The result: a Response, a Native\Http\Exception or a \ValueError; null: there are no more. */
    public function current(): mixed {}

    /** The key that the request had in the iterable. */
    public function key(): mixed {}

    /** Waits for the next result. */
    public function next(): void {}

    /** Waits for the first result. What is gone does not come again. */
    public function rewind(): void {}

    public function valid(): bool {}

    /** The request of the current result: to try it once more, say. */
    public function request(): ?Request {}
}
