<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

/** Finds the command, runs it, and makes its failure a line on standard error and an exit status. */
final class Program
{
    /** @var array<string, class-string<Command>> */
    private const COMMANDS = [
        'segments' => Segments::class,
        'stat' => Stat::class,
        'keys' => Keys::class,
        'peek' => Peek::class,
        'remove' => Remove::class,
        'pub' => Publish::class,
        'sub' => Subscribe::class,
        'status' => Status::class,
        'metrics' => Metrics::class,
    ];

    /** @param list<string> $words without the program's name */
    public function run(array $words): int
    {
        ini_set('display_errors', 'stderr');
        ini_set('html_errors', '0');
        ini_set('memory_limit', '-1'); // a message may have 256 MB, and a value as much as its segment
        $output = new Output();
        $name = $words[0] ?? '';
        try {
            return $this->dispatch($name, $words, $output);
        } catch (Failure $e) {
            $failure = $e;
        } catch (\ValueError $e) {
            $failure = Failure::usage(preg_replace('/^Native\S+\(\): /', '', $e->getMessage()));
        } catch (\Native\Shm\SegmentException $e) {
            $failure = new Failure($e->getMessage(), SegmentFiles::exitStatus($e));
        } catch (\Native\Shm\Exception $e) {
            $failure = new Failure($e->getMessage(), Failure::UNAVAILABLE);
        } catch (\Native\Mqtt\Exception $e) {
            $failure = Connection::failure($e);
        }
        // Nobody reads what is written, as with `native keys s | head`: no message.
        if ($failure->getMessage() !== '') {
            $output->note((isset(self::COMMANDS[$name]) ? "$name: " : '') . $failure->getMessage(), 'red');
            if ($failure->getCode() === Failure::USAGE) {
                fwrite(STDERR, 'native: see native ' . (isset(self::COMMANDS[$name]) ? "$name " : '') . "--help\n");
            }
        }
        return $failure->getCode();
    }

    /** @param list<string> $words */
    private function dispatch(string $name, array $words, Output $output): int
    {
        $end = array_search('--', $words, true);
        $before = $end === false ? $words : array_slice($words, 0, $end);
        if (in_array($name, ['--help', '-h', 'help'], true)) {
            $output->write(isset(self::COMMANDS[$words[1] ?? '']) ? $this->helpOf($words[1], $output) : $this->help($output));
            return 0;
        }
        if ($name === '--version') {
            $output->line('native ' . (phpversion('native') ?: '(the extension is not loaded)') . ', PHP ' . PHP_VERSION);
            return 0;
        }
        $class = self::COMMANDS[$name] ?? throw Failure::usage($name === '' ? 'which command?' : "there is no command $name");
        if (in_array('--help', $before, true)) {
            $output->write($this->helpOf($name, $output));
            return 0;
        }
        $arguments = new Arguments(array_slice($words, 1), $class::options());
        self::needExtension();
        return (new $class())->run($arguments, $output);
    }

    private static function needExtension(): void
    {
        if (extension_loaded('native')) {
            return;
        }
        $ini = php_ini_scanned_files() || php_ini_loaded_file()
            ? 'php.ini (' . (php_ini_loaded_file() ?: 'or a file in ' . dirname(trim(explode(',', php_ini_scanned_files())[0]))) . ')' : 'php.ini (this PHP reads none)';
        throw new Failure("the extension native is not loaded in this PHP (" . PHP_BINARY . "). Write extension=native into $ini, or try: "
            . 'php -d extension=native ' . $_SERVER['argv'][0] . ' ...', Failure::CONFIG);
    }

    private function help(Output $output): string
    {
        $text = "Look into the shared memory of this user, publish and subscribe by MQTT.\n\nUsage: native COMMAND [OPTION]... [ARGUMENT]...\n\n";
        foreach (self::COMMANDS as $name => $class) {
            $text .= '  ' . $output->style(str_pad($name, 9), 'bold') . ' ' . $class::summary() . "\n";
        }
        return $text . "\n  native COMMAND --help   its arguments and options\n  native --version        of the extension and of PHP\n
On a terminal tables have heads and colours (none with NO_COLOR=1); in a pipe their cells are separated by tabs.
Exit status: 0 done, 1 not there, 64 wrong usage, 66 no such segment or file, 69 no connection, 75 too late, 77 not
allowed, 78 the extension is not loaded, 130 and 143 ended by SIGINT or SIGTERM; others as sysexits.h has them.\n";
    }

    private function helpOf(string $name, Output $output): string
    {
        $class = self::COMMANDS[$name];
        $text = 'Usage: native ' . $output->style($name, 'bold') . ' ' . $class::synopsis() . "\n\n" . $class::summary() . "\n";
        $width = max(array_map(strlen(...), [...array_keys($class::options()), '']));
        $text .= $class::options() ? "\n" : '';
        foreach ($class::options() as $option => $says) {
            $text .= '  ' . str_pad($option, $width) . "  $says\n";
        }
        return $text;
    }
}
