<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

use Native\Mqtt\{Client, Delivery, ReasonCode};

/** `native pub URI TOPIC [MESSAGE|-]` */
final class Publish implements Command
{
    private const SHOW_EVERY = 100; // lines between two updates of the progress

    private bool $stopped = false;

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
        $client = null;
        Connection::onSignal(function () use (&$client): void {
            $this->stopped = true;
            $client ?? throw Connection::interrupted();
        });
        $output->progress('connecting');
        $client = Connection::open($uri, $arguments);
        if ($arguments->has('--lines')) {
            $this->lines($client, $topic, $qos, $retain, $output);
        } else {
            $payload = $message === '-' ? stream_get_contents(STDIN) : $message;
            $this->arrived($client->publish($topic, $payload, $qos, $retain), $topic);
        }
        $output->progress(null);
        $client->disconnect();
        return 0;
    }

    private function lines(Client $client, string $topic, int $qos, bool $retain, Output $output): void
    {
        $underWay = [];
        for ($count = 0; !$this->stopped && ($line = fgets(STDIN)) !== false; $count++) {
            $count % self::SHOW_EVERY === 0 && $output->progress("$count published");
            $underWay[] = $client->publish($topic, preg_replace('/\r?\n\z/', '', $line), $qos, $retain);
            if (count($underWay) >= 1000) {
                $this->arrived(array_shift($underWay), $topic);
            }
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
