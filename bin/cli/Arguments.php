<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

/** What stands on the command line behind a command's name. */
final class Arguments
{
    /** @var list<string> */
    private array $words = [];
    /** @var array<string, string|true> */
    private array $options = [];

    /**
     * Options may stand anywhere; "--" ends them, "-" alone is a word.
     *
     * @param list<string> $words
     * @param array<string, string> $known as Command::options()
     */
    public function __construct(array $words, array $known)
    {
        $takesValue = [];
        foreach ($known as $option => $_) {
            $takesValue[strtok($option, '=')] = str_contains($option, '=');
        }
        while ($words) {
            $word = array_shift($words);
            if ($word === '--') {
                array_push($this->words, ...$words);
                break;
            }
            if ($word === '-' || !str_starts_with($word, '-')) {
                $this->words[] = $word;
                continue;
            }
            [$name, $value] = explode('=', $word, 2) + [1 => null];
            if (!isset($takesValue[$name])) {
                throw Failure::usage("there is no option $name");
            }
            if ($takesValue[$name]) {
                $value ??= array_shift($words) ?? throw Failure::usage("$name: a value is missing");
            } elseif ($value !== null) {
                throw Failure::usage("$name takes no value");
            }
            $this->options[$name] = $value ?? true;
        }
    }

    /** @return list<string> the words, at least $least and at most $most of them */
    public function words(int $least, int $most, string $synopsis): array
    {
        $count = count($this->words);
        if ($count < $least || $count > $most) {
            throw Failure::usage(($count < $least ? 'an argument is missing' : "what is {$this->words[$most]}?") . " (wanted: $synopsis)");
        }
        return $this->words;
    }

    public function has(string $option): bool
    {
        return isset($this->options[$option]);
    }

    public function text(string $option): ?string
    {
        return isset($this->options[$option]) ? (string) $this->options[$option] : null;
    }

    public function int(string $option, int $default, int $least, int $most): int
    {
        $text = $this->text($option);
        if ($text === null) {
            return $default;
        }
        $number = filter_var($text, FILTER_VALIDATE_INT, ['options' => ['min_range' => $least, 'max_range' => $most]]);
        return is_int($number) ? $number : throw Failure::usage("$option: \"$text\" is no number from $least to $most");
    }

    public function seconds(string $option, ?float $default): ?float
    {
        $text = $this->text($option);
        if ($text === null) {
            return $default;
        }
        return is_numeric($text) && (float) $text > 0 && (float) $text <= 86400 * 365
            ? (float) $text : throw Failure::usage("$option: \"$text\" is no number of seconds");
    }
}
