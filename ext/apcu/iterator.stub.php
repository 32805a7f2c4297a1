<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

/** The entries of the cache, chunk by chunk. Holds no lock. What is stored meanwhile may come or not, or come twice. */
class APCUIterator implements Iterator
{
    /**
     * @param array|string|null $search keys, or a regular expression; null: all
     * @param int $format APC_ITER_...: what current() gives
     * @param int $chunk_size entries fetched at a time; 0: 100
     * @param int $list APC_LIST_ACTIVE, or APC_LIST_DELETED (always empty here)
     */
    public function __construct(
        $search = null,
        int $format = APC_ITER_ALL,
        int $chunk_size = 0,
        int $list = APC_LIST_ACTIVE
    ) {}

    public function rewind(): void {}

    public function next(): void {}

    public function valid(): bool {}

    public function key(): string|int {}

    public function current(): mixed {}

    public function getTotalHits(): int {}

    public function getTotalSize(): int {}

    public function getTotalCount(): int {}
}
