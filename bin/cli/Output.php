<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

/** Standard output and standard error: aligned and coloured on a terminal, tab-separated in a pipe. */
final class Output
{
    private const STYLES = ['bold' => '1', 'dim' => '2', 'red' => '31', 'green' => '32', 'yellow' => '33', 'cyan' => '36'];

    /** Whether standard output is a terminal. */
    public readonly bool $terminal;
    private bool $errorTerminal;
    private bool $progressShown = false;

    public function __construct()
    {
        $this->terminal = stream_isatty(STDOUT);
        $this->errorTerminal = stream_isatty(STDERR);
    }

    private static function colours(bool $terminal): bool
    {
        return $terminal && (string) getenv('NO_COLOR') === '' && getenv('TERM') !== 'dumb';
    }

    private static function painted(string $text, string $style): string
    {
        return "\e[" . self::STYLES[$style] . "m$text\e[0m";
    }

    /** The text in a style, if standard output has colours. */
    public function style(string $text, string $style): string
    {
        return self::colours($this->terminal) ? self::painted($text, $style) : $text;
    }

    /** Write bytes as they are. Who reads no more ends the command: that is no error of ours. */
    public function write(string $bytes): void
    {
        $this->progress(null);
        for ($done = 0, $len = strlen($bytes); $done < $len; $done += $written) {
            $written = @fwrite(STDOUT, $done ? substr($bytes, $done) : $bytes);
            if (!$written) {
                throw new Failure(str_contains(error_get_last()['message'] ?? '', 'errno=32') ? '' : 'standard output: ' . (error_get_last()['message'] ?? 'it cannot be written'), Failure::IO);
            }
        }
    }

    public function line(string $text = ''): void
    {
        $this->write("$text\n");
    }

    /**
     * Rows of cells: with heads and aligned on a terminal, numbers to the right; else tabs between cells, and no heads.
     *
     * @param list<string> $heads
     * @param list<list<string|int|float|null>> $rows
     */
    public function table(array $heads, array $rows): void
    {
        $texts = array_map(fn ($row) => array_map(fn ($cell) => self::safe((string) ($cell ?? '-')), $row), $rows);
        if (!$this->terminal) {
            foreach ($texts as $row) {
                $this->line(implode("\t", $row));
            }
            return;
        }
        $widths = array_map(fn ($i) => max(array_map(self::width(...), array_column([$heads, ...$texts], $i))), array_keys($heads));
        $this->line($this->style($this->aligned($heads, $widths, array_map(fn ($i) => is_int($rows[0][$i] ?? null), array_keys($heads))), 'bold'));
        foreach ($texts as $i => $row) {
            $this->line($this->aligned($row, $widths, array_map(is_int(...), $rows[$i])));
        }
    }

    /** @param list<string> $row @param list<int> $widths @param list<bool> $right */
    private function aligned(array $row, array $widths, array $right): string
    {
        foreach ($row as $i => $cell) {
            $space = str_repeat(' ', $widths[$i] - self::width($cell));
            $cells[] = $right[$i] ? $space . $cell : $cell . $space;
        }
        return rtrim(implode('  ', $cells));
    }

    private static function width(string $text): int
    {
        return preg_match('//u', $text) ? (int) preg_match_all('/\PM/u', $text) : strlen($text);
    }

    /**
     * Text for one cell of one line: control characters, and bytes that are no UTF-8, as \n, \t or \x1B. So nothing that
     * somebody else has sent or stored can move the cursor or forge a line.
     */
    public static function safe(string $text): string
    {
        $escape = fn ($m) => ['\\' => '\\\\', "\n" => '\n', "\r" => '\r', "\t" => '\t'][$m[0]]
            ?? implode('', array_map(fn ($byte) => sprintf('\x%02X', ord($byte)), str_split($m[0])));
        return preg_match('//u', $text)
            ? preg_replace_callback('/[\x{0}-\x{1F}\x{7F}-\x{9F}\x{200E}\x{200F}\x{2028}-\x{202E}\x{2066}-\x{2069}\\\\]/u', $escape, $text)
            : preg_replace_callback('/[\x00-\x1F\x7F-\xFF\\\\]/', $escape, $text);
    }

    /** A line for people, on standard error. */
    public function note(string $text, string $style = 'yellow'): void
    {
        $this->progress(null);
        $text = 'native: ' . self::safe($text);
        fwrite(STDERR, (self::colours($this->errorTerminal) ? self::painted($text, $style) : $text) . "\n");
    }

    /** What is going on, on one line of standard error that is written over; nothing where that is no terminal. null: take it away. */
    public function progress(?string $text): void
    {
        if (!$this->errorTerminal || ($text === null && !$this->progressShown)) {
            return;
        }
        fwrite(STDERR, "\r\e[K" . ($text === null ? '' : self::safe($text)));
        $this->progressShown = $text !== null;
    }
}
