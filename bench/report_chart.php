<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// report_chart.php - a bar chart of ratios as SVG, readable on a light and on a dark page: bars begin at 1 ("as much as the other"), to the
// left is less, to the right is more; the scale is logarithmic.

function ratio_text(float $ratio): string
{
    return match (true) {
        $ratio < 0.1 => '1/' . number_format(1 / $ratio),
        $ratio >= 10 => number_format($ratio),
        default => number_format($ratio, 2),
    };
}

/** @param list<array{string, float}> $ratios */
function chart(string $title, array $ratios): string
{
    $text = fn (string $of) => htmlspecialchars($of, ENT_XML1);
    [$label, $plot, $row, $top] = [390, 420, 24, 64];
    $logs = array_map(fn ($r) => log10($r[1]), $ratios);
    [$least, $most] = [min(floor(min($logs) - 0.05), -1), max(ceil(max($logs) + 0.05), 1)];
    $x = fn (float $log) => round($label + ($log - $least) / ($most - $least) * $plot, 1);
    [$width, $height] = [$label + $plot + 70, $top + count($ratios) * $row + 16];
    $bottom = $height - 12;
    $svg = <<<SVG
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 $width $height" role="img" aria-label="{$text($title)}">
        <style>
          text { font: 13px system-ui, sans-serif; fill: #1f2328 }
          .title { font-weight: 600; font-size: 15px } .axis { font-size: 12px; fill: #59636e }
          .grid { stroke: #d1d9e0 } .one { stroke: #59636e; stroke-width: 1.5 }
          .less { fill: #2da44e } .more { fill: #bf5700 }
          @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3 } .axis { fill: #9198a1 } .grid { stroke: #30363d } .one { stroke: #9198a1 } .less { fill: #3fb950 } .more { fill: #f0883e }
          }
        </style>
        <text class="title" x="8" y="20">{$text($title)}</text>

        SVG;
    for ($log = $least; $log <= $most; $log++) {
        $svg .= sprintf("<line class=\"%s\" x1=\"%2\$s\" y1=\"%3\$d\" x2=\"%2\$s\" y2=\"%4\$d\"/><text class=\"axis\" x=\"%2\$s\" y=\"%5\$d\" text-anchor=\"middle\">%6\$s</text>\n",
            $log == 0 ? 'one' : 'grid', $x($log), $top - 8, $bottom, $top - 14, $log == 0 ? 'as much' : ($log < 0 ? '1/' . number_format(10 ** -$log) : number_format(10 ** $log) . ' times'));
    }
    foreach ($ratios as $i => [$name, $ratio]) {
        $y = $top + $i * $row;
        [$from, $to] = $ratio <= 1 ? [$x(log10($ratio)), $x(0)] : [$x(0), $x(log10($ratio))];
        $svg .= sprintf("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text><rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"2\"/><text x=\"%s\" y=\"%d\"%s>%s</text>\n",
            $label - 46, $y + 15, $text($name), $ratio <= 1 ? 'less' : 'more', $from, $y + 3, max(round($to - $from, 1), 1), $row - 8,
            $ratio <= 1 ? $from - 5 : $to + 5, $y + 15, $ratio <= 1 ? ' text-anchor="end"' : '', ratio_text($ratio));
    }
    return "$svg</svg>\n";
}
