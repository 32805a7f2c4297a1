<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
declare(strict_types=1);

namespace Native\Cli;

/** A value as text: an element a line, strings in quotes, bytes that are no text escaped, so that nothing moves the cursor. */
final class Printer
{
    private const DEPTH = 64;

    /** @var array<int|string, object> objects, and references to arrays, that were printed: each is only once */
    private array $printed = [];

    public function __construct(private readonly Output $output)
    {
    }

    public function text(mixed $value, string $indent = '', int $depth = 0): string
    {
        return match (true) {
            is_string($value) => $this->output->style(self::quoted($value), 'green'),
            is_array($value) => $this->elements('[', $value, ']', $indent, $depth),
            is_object($value) => $this->object($value, $indent, $depth),
            default => $this->output->style(strtolower(var_export($value, true)), 'cyan'),
        };
    }

    private static function quoted(string $text): string
    {
        return '"' . str_replace('"', '\"', Output::safe($text)) . '"';
    }

    private function object(object $object, string $indent, int $depth): string
    {
        $again = $this->isPrinted(spl_object_id($object), $object);
        $properties = (array) $object;
        $class = $properties['__PHP_Incomplete_Class_Name'] ?? $object::class;
        unset($properties['__PHP_Incomplete_Class_Name']);
        $named = [];
        foreach ($properties as $name => $value) {
            $named[preg_replace('/^\0.*\0/s', '', (string) $name)] = $value; // private and protected ones
        }
        $class = Output::safe($class);
        return $again ? "$class {...}" : $this->elements("$class {", $named, '}', $indent, $depth, ': ');
    }

    /** Of what is in many places, or in itself, more than the first would be as much as 2 to the power of the depth. */
    private function isPrinted(int|string $id, object $what): bool
    {
        $is = isset($this->printed[$id]);
        $this->printed[$id] = $what; // held, so that its id is not another's
        return $is;
    }

    /** @param array<mixed> $elements */
    private function elements(string $open, array $elements, string $close, string $indent, int $depth, string $arrow = ' => '): string
    {
        if (!$elements) {
            return $open . $close;
        }
        if ($depth >= self::DEPTH) {
            return "$open...$close"; // deeper
        }
        $list = array_is_list($elements) && $arrow === ' => ';
        $lines = '';
        foreach ($elements as $key => $element) {
            $name = is_int($key) ? (string) $key : ($arrow === ': ' ? Output::safe($key) : self::quoted($key));
            $lines .= "\n$indent    " . ($list ? '' : $name . $arrow) . (
                is_array($element) && ($reference = \ReflectionReference::fromArrayElement($elements, $key)) && $this->isPrinted($reference->getId(), $reference)
                ? '[...]' : $this->text($element, "$indent    ", $depth + 1)
            );
        }
        return "$open$lines\n$indent$close";
    }
}
