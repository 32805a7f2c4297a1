<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

use Native\Mqtt\{Client, Message, ReasonCode};

/** `native sub URI FILTER...` */
final class Subscribe implements Command
{
    private bool $signalled = false;
    /** Set once it has subscribed: from then on a signal is the usual end. */
    private ?Client $listening = null;

    public static function summary(): string
    {
        return 'Subscribe by MQTT and print each message: topic, payload. Ctrl-C ends it.';
    }

    public static function synopsis(): string
    {
        return 'URI FILTER...';
    }

    public static function options(): array
    {
        return [
            '--qos=QOS' => 'at most this one: 0 (default), 1 or 2',
            '--count=N' => 'end after N messages',
            '--wait=SECONDS' => 'end when none came for so long; exit status 1 if N did not come, or none',
            '--raw' => 'print payloads alone, as they are, and a new line after each',
        ] + Connection::options();
    }

    public function run(Arguments $arguments, Output $output): int
    {
        [$uri, $filters] = [$arguments->words(2, 10000, self::synopsis())[0], array_slice($arguments->words(2, 10000, self::synopsis()), 1)];
        $qos = $arguments->int('--qos', 0, 0, 2);
        $wanted = $arguments->int('--count', 0, 1, PHP_INT_MAX);
        $wait = $arguments->seconds('--wait', null);
        $output->progress('connecting');
        $handled = Connection::onSignal(function (int $signal): void {
            $this->listening ?? throw Connection::interrupted($signal);
            $this->signalled = true;
            $this->listening->stop();
        });
        if (!$handled && stream_isatty(STDERR)) {
            $output->note('the extension pcntl is not loaded: Ctrl-C ends this without DISCONNECT');
        }
        $client = Connection::client($uri, $arguments);
        $client->connect();
        try {
            $this->subscribe($client, $filters, $qos, $output);
            $this->listening = $client;
            $count = $this->messages($client, $wanted, $wait, $arguments->has('--raw'), $output);
        } finally {
            $client->isConnected() && $client->disconnect(timeout: 2.0);
        }
        return $this->signalled || $count >= max($wanted, 1) ? 0 : Failure::NOT_THERE;
    }

    /** @param list<string> $filters */
    private function subscribe(Client $client, array $filters, int $qos, Output $output): void
    {
        $client->onDisconnect(function (ReasonCode $reason, ?\Exception $why, ?float $retryIn) use ($output): void {
            if ($why !== null) {
                $output->note('sub: ' . $why->getMessage() . ($retryIn === null ? '' : sprintf('; again in %.1f s', $retryIn)));
            }
        });
        foreach ($client->subscribe($filters, qos: $qos) as $filter => $code) {
            if ($code->isError()) {
                $output->note("sub: $filter: refused: " . $code->description());
            }
        }
        $output->terminal && $output->note('subscribed to ' . implode(', ', $filters) . '; Ctrl-C ends this', 'green');
    }

    private function messages(Client $client, int $wanted, ?float $wait, bool $raw, Output $output): int
    {
        $count = 0;
        while (($message = $client->receive($wait)) !== null) {
            $output->write($raw ? "$message->payload\n" : $this->line($message, $output));
            if (++$count === $wanted || $this->signalled) {
                break;
            }
        }
        return $count;
    }

    private function line(Message $message, Output $output): string
    {
        $topic = Output::safe($message->topic);
        $payload = Output::safe($message->payload);
        if (!$output->terminal) {
            return "$topic\t$payload\n";
        }
        $marks = ($message->qos ? " QoS $message->qos" : '') . ($message->retain ? ' retained' : '') . ($message->dup ? ' again' : '');
        return $output->style(date('H:i:s'), 'dim') . ' ' . $output->style($topic, 'cyan') . $output->style($marks, 'dim') . "  $payload\n";
    }
}
