<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

use Native\Mqtt\{Client, ClientOptions, ConnectException, ConnectFailure, Exception, ProtocolException, QuotaExceededException, ReasonCode, RefusedException, TimeoutException, Version};

/** What `pub` and `sub` have in common: the options of a connection, signals, failures. */
final class Connection
{
    private const VERSIONS = ['5' => Version::V5, '5.0' => Version::V5, '3.1.1' => Version::V3_1_1, '3.1' => Version::V3_1];

    /** @return array<string, string> */
    public static function options(): array
    {
        return [
            '--id=ID' => 'client identifier (default: a random one)',
            '--user=NAME' => 'user name; the password comes from the variable NATIVE_MQTT_PASSWORD, or from:',
            '--password-file=FILE' => 'the first line of FILE is the password (or - for standard input)',
            '--mqtt=VERSION' => '5 (default), 3.1.1 or 3.1',
            '--ca=FILE' => 'certificates to trust for mqtts:// (default: the system\'s)',
            '--cert=FILE' => 'our certificate, and',
            '--key=FILE' => '... its key',
            '--insecure' => 'trust whatever certificate',
            '--packets' => 'each packet sent and received, decoded, on standard error (native.trace)',
            '--timeout=SECONDS' => 'for connecting, and for each answer (default: 10)',
        ];
    }

    /** A client that has yet to connect. */
    public static function client(string $uri, Arguments $arguments): Client
    {
        self::hidePassword($uri);
        $version = $arguments->text('--mqtt') ?? '5';
        $timeout = $arguments->seconds('--timeout', 10.0);
        $insecure = $arguments->has('--insecure');
        $client = new Client($uri, new ClientOptions(
            clientId: $arguments->text('--id'),
            version: self::VERSIONS[$version] ?? throw Failure::usage("--mqtt: \"$version\" is not 5, 3.1.1 or 3.1"),
            username: $arguments->text('--user'),
            password: self::password($arguments),
            caFile: self::file($arguments, '--ca'),
            certificate: self::file($arguments, '--cert'),
            key: self::file($arguments, '--key'),
            verifyPeer: !$insecure,
            verifyHost: !$insecure,
            connectTimeout: $timeout,
            timeout: $timeout,
        ));
        $arguments->has('--packets') && ini_set('native.trace', 'stderr');
        return $client;
    }

    /** Others see the arguments of a process for as long as it runs: ps shall not show them a password. */
    private static function hidePassword(string $uri): void
    {
        if (preg_match('~^\w+://[^/@]*:[^/]*@~', $uri) && PHP_OS_FAMILY !== 'Darwin') {
            @cli_set_process_title('native ' . preg_replace('~(://[^/@:]*:)[^/]*@~', '$1...@', implode(' ', array_slice($_SERVER['argv'], 1))));
        }
    }

    private static function password(Arguments $arguments): ?string
    {
        $file = $arguments->text('--password-file');
        if ($file === null) {
            return getenv('NATIVE_MQTT_PASSWORD') !== false ? getenv('NATIVE_MQTT_PASSWORD') : null;
        }
        $text = $file === '-' ? Input::firstLine() : @file_get_contents($file);
        return is_string($text) ? substr($text, 0, strcspn($text, "\r\n")) : throw new Failure("--password-file: $file cannot be read", Failure::NO_INPUT);
    }

    private static function file(Arguments $arguments, string $option): ?string
    {
        $file = $arguments->text($option);
        return $file === null || (is_file($file) && is_readable($file)) ? $file : throw new Failure("$option: $file cannot be read", Failure::NO_INPUT);
    }

    /**
     * Let Ctrl-C and SIGTERM call $handler with their number, so that DISCONNECT is sent. What it throws comes out of whatever waits.
     * Returns false where PHP has no signal handlers.
     *
     * @param callable(int): void $handler
     */
    public static function onSignal(callable $handler): bool
    {
        if (!function_exists('pcntl_async_signals')) {
            return false;
        }
        pcntl_async_signals(true);
        return pcntl_signal(SIGINT, $handler, false) && pcntl_signal(SIGTERM, $handler, false);
    }

    /** What a signal handler throws when the command is not done yet. The exit status is the one that shells give to such an end. */
    public static function interrupted(int $signal): Failure
    {
        return new Failure('ended by ' . ($signal === SIGINT ? 'SIGINT' : 'SIGTERM'), 128 + $signal);
    }

    public static function failure(Exception $e): Failure
    {
        return new Failure($e->getMessage(), match (true) {
            in_array($e->reasonCode, [ReasonCode::NotAuthorized, ReasonCode::BadUserNameOrPassword, ReasonCode::Banned, ReasonCode::BadAuthenticationMethod], true) => Failure::NO_PERMISSION,
            $e instanceof ConnectException && $e->kind === ConnectFailure::Local => Failure::CONFIG,
            $e instanceof TimeoutException => Failure::TRY_AGAIN,
            $e instanceof ProtocolException, $e instanceof RefusedException, $e instanceof QuotaExceededException => Failure::PROTOCOL,
            default => Failure::UNAVAILABLE,
        });
    }
}
