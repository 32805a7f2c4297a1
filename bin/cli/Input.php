<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

use Native\Mqtt\Client;

/**
 * Standard input, as messages. It is read only when something is there: a read that a signal breaks off PHP begins anew before any
 * handler has run.
 */
final class Input
{
    private const MOST = 268435455; // bytes in a packet of MQTT
    private const READ = 65536;
    private const SLICE = 0.1; // seconds until a handler runs, at most, if its signal comes just before select()

    /** All of it as one message. */
    public static function whole(): string
    {
        self::needOpen();
        $whole = '';
        while (($bytes = self::read()) !== '') {
            $whole .= $bytes;
            self::needRoom($whole);
        }
        return $whole;
    }

    /** Its first line and, maybe, more. */
    public static function firstLine(): string
    {
        self::needOpen();
        $text = '';
        while (!str_contains($text, "\n") && ($bytes = self::read()) !== '') {
            $text .= $bytes;
            self::needRoom($text);
        }
        return $text !== '' ? $text : throw new Failure('standard input has nothing', Failure::NO_INPUT);
    }

    /**
     * Each line, without its end, which the last one may lack. While none comes, the client is polled.
     *
     * @return \Generator<int, string>
     */
    public static function lines(Client $client): \Generator
    {
        self::needOpen();
        $line = '';
        while (($bytes = self::read($client)) !== '') {
            $pieces = explode("\n", $bytes);
            $begun = array_pop($pieces);
            foreach ($pieces as $piece) {
                $line .= $piece;
                yield str_ends_with($line, "\r") ? substr($line, 0, -1) : $line;
                $line = '';
            }
            $line .= $begun;
            self::needRoom($line);
        }
        if ($line !== '') {
            yield $line;
        }
    }

    /** What has come meanwhile; '' at the end. */
    private static function read(?Client $client = null): string
    {
        do {
            self::wait($client);
            $bytes = @fread(STDIN, self::READ);
            if ($bytes === false) {
                $why = preg_replace('/^.* errno=\d+ /', '', error_get_last()['message'] ?? 'nobody knows why');
                throw new Failure("standard input cannot be read: $why", Failure::NO_INPUT);
            }
        } while ($bytes === '' && !feof(STDIN));
        return $bytes;
    }

    /** Until there is something to read, let the client see to its connection: answers, keep alive, connecting again. */
    private static function wait(?Client $client): void
    {
        do {
            $read = [STDIN];
            $write = $except = [];
            $client?->loop(0.0);
            $stream = $client?->getStream();
            if ($stream && $client->wantsRead()) {
                $read[] = $stream;
            }
            if ($stream && $client->wantsWrite()) {
                $write[] = $stream;
            }
            $seconds = min(self::SLICE, $client?->nextTimeout() ?? self::SLICE);
            $ready = @stream_select($read, $write, $except, 0, (int) ceil($seconds * 1e6)); // it warns of each signal
        } while (!$ready || !in_array(STDIN, $read, true));
    }

    /** Where descriptor 0 is closed, PHP opens the script as that: the program would publish its own end. */
    private static function needOpen(): void
    {
        $is = @fstat(STDIN);
        $script = @stat($_SERVER['SCRIPT_FILENAME']);
        if (!$is || ($script && [$is['dev'], $is['ino']] === [$script['dev'], $script['ino']])) {
            throw new Failure('standard input is closed', Failure::NO_INPUT);
        }
    }

    private static function needRoom(string $message): void
    {
        if (strlen($message) > self::MOST) {
            throw new Failure('standard input: a message of MQTT has no room for more than ' . self::MOST . ' bytes', Failure::PROTOCOL);
        }
    }
}
