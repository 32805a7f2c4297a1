<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

use Native\Mqtt\{Client, Delivery, ReasonCode};

/** `native pub URI TOPIC [MESSAGE|-]` */
final class Publish implements Command
{
    private const SHOW_EVERY = 100; // lines between two updates of the progress

    public static function summary(): string
    {
        return 'Publish a message by MQTT, and wait until the broker has it (QoS 1 and 2).';
    }

    public static function synopsis(): string
    {
        return 'URI TOPIC MESSAGE|-';
    }

    public static function options(): array
    {
        return [
            '--qos=QOS' => '0 (default), 1 or 2',
            '--retain' => 'the broker keeps it for later subscribers (an empty message: it forgets what it kept)',
            '--lines' => 'with - : each line of standard input is a message',
        ] + Connection::options();
    }

    public function run(Arguments $arguments, Output $output): int
    {
        [$uri, $topic, $message] = $arguments->words(3, 3, 'URI TOPIC MESSAGE; "" for an empty one, - for standard input');
        $qos = $arguments->int('--qos', 0, 0, 2);
        $retain = $arguments->has('--retain');
        if ($arguments->has('--lines') && $message !== '-') {
            throw Failure::usage('--lines goes with - in place of the message');
        }
        if ($message === '-' && $arguments->text('--password-file') === '-') {
            throw Failure::usage('the password and the message cannot both be standard input');
        }
        Connection::onSignal(fn (int $signal) => throw Connection::interrupted($signal));
        $client = Connection::client($uri, $arguments);
        $lines = $arguments->has('--lines');
        // Whole before there is a connection, which would else be lost to the server while a message is slow to come.
        $payload = $message === '-' && !$lines ? Input::whole() : $message;
        $output->progress('connecting');
        $client->connect();
        try {
            if ($lines) {
                $this->lines($client, $topic, $qos, $retain, $output);
            } else {
                $this->arrived($client->publish($topic, $payload, $qos, $retain), $topic);
            }
            $client->disconnect();
        } finally {
            $output->progress(null);
            $client->isConnected() && $client->disconnect(timeout: 0); // it has failed, or a signal has come: nothing is waited for
        }
        return 0;
    }

    private function lines(Client $client, string $topic, int $qos, bool $retain, Output $output): void
    {
        $underWay = [];
        $count = 0;
        try {
            foreach (Input::lines($client) as $line) {
                $count % self::SHOW_EVERY === 0 && $output->progress("$count published");
                $underWay[] = $client->publish($topic, $line, $qos, $retain);
                $count++;
                if (count($underWay) >= 1000) {
                    $this->arrived(array_shift($underWay), $topic);
                }
            }
        } catch (Failure $e) {
            $client->disconnect(timeout: 2.0); // the lines before a signal shall arrive
            throw $e;
        }
        foreach ($underWay as $delivery) {
            $this->arrived($delivery, $topic);
        }
        $output->terminal && $output->note("$count published", 'green');
    }

    private function arrived(Delivery $delivery, string $topic): void
    {
        $code = $delivery->wait();
        if ($code === ReasonCode::NoMatchingSubscribers && stream_isatty(STDERR)) {
            fwrite(STDERR, "native: pub: nobody has subscribed to $topic\n");
        }
    }
}
