<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

/** `native status` */
final class Status implements Command
{
    public static function summary(): string
    {
        return 'Print Native\status() of this command, attached to all segments of the user: what all processes share.';
    }

    public static function synopsis(): string
    {
        return '';
    }

    public static function options(): array
    {
        return ['--json' => 'as JSON'];
    }

    public function run(Arguments $arguments, Output $output): int
    {
        $arguments->words(0, 0, 'no arguments');
        $attached = self::attachAll($output);
        $status = \Native\status();
        if ($arguments->has('--json')) {
            $output->line(json_encode($status, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE));
            return 0;
        }
        $this->lines($status, '', $output);
        return 0;
    }

    /**
     * Attach to all segments that can be: counters in them are of all processes. Those of apcu live and die with their server.
     *
     * @return list<\Native\Shm\Segment> to be kept until the numbers are read
     */
    public static function attachAll(Output $output): array
    {
        $attached = [];
        foreach (SegmentFiles::names() as $name) {
            if (in_array(SegmentFiles::kind($name), ['named', 'default'], true) && SegmentFiles::header($name)) {
                try {
                    $attached[] = SegmentFiles::open($name);
                } catch (\Native\Shm\SegmentException $e) {
                    $output->note($e->getMessage());
                } catch (Failure) {
                    // gone meanwhile, or of a name that no segment has
                }
            }
        }
        return $attached;
    }

    /** @param array<mixed> $part */
    private function lines(array $part, string $prefix, Output $output): void
    {
        foreach ($part as $key => $value) {
            if (is_array($value)) {
                $this->lines($value, "$prefix$key.", $output);
                continue;
            }
            $value = Output::safe(is_bool($value) ? ($value ? 'true' : 'false') : (string) $value);
            $output->line($output->terminal ? $output->style(str_pad("$prefix$key", 32), 'cyan') . " $value" : "$prefix$key\t$value");
        }
    }
}
