<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// Print each class that `use Native\...` lines of the given files name and that does not exist.
foreach (array_slice($argv, 1) as $file) {
    preg_match_all('/^use (Native\\\\[\w\\\\]+?)(?:\\\\\{([^}]*)\})?;/m', file_get_contents($file), $uses, PREG_SET_ORDER);
    foreach ($uses as $use) {
        $names = isset($use[2]) ? preg_split('/\s*,\s*/', trim($use[2])) : [''];
        foreach ($names as $name) {
            $class = $name === '' ? $use[1] : "$use[1]\\$name";
            if (!class_exists($class) && !enum_exists($class)) {
                echo "$class is not there\n";
            }
        }
    }
}
