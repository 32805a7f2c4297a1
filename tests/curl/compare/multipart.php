<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// multipart.php - bodies of POSTFIELDS that are an array: multipart/form-data, CURLFile, CURLStringFile.

require __DIR__ . '/compare.inc';

function form(array $fields, array $options = []): void
{
    $s = serve(['*' => ok()]);
    attempt(fn () => fetch($s->url('/form'), [CURLOPT_POSTFIELDS => $fields] + $options));
    $s->show();
}

it('two fields', fn () => form(['a' => 'one', 'b' => 'two']));

it('values of all kinds', fn () => form(['int' => 5, 'float' => 1.5, 'true' => true, 'false' => false, 'null' => null, 'text' => "\0\r\n\xff", 'empty' => '']));

it('keys of all kinds', fn () => form([0 => 'zero', 7 => 'seven', '' => 'empty', 'with space' => 1, 'quo"te' => 2, "line\r\nbreak" => 3, 'back\\slash' => 4, "\u{fc}" => 5, 'a[b]' => 6]));

it('a field with several values', fn () => form(['many' => ['x', 'y', 3]]));

it('values in values', fn () => form(['deep' => ['a' => ['b' => 'c']], 'empty' => []]));

it('several files in one field', function () {
    $file = file_with('one.txt', 'contents of one');
    form(['many' => [new CURLFile($file), 'text', new CURLStringFile('string', 'two.txt')]]);
});

it('an object that is none of ours', fn () => form(['a' => new stdClass()]));

it('an object with text', function () {
    $text = new class () {
        public function __toString(): string
        {
            return 'its text';
        }
    };
    form(['a' => $text]);
});

it('a resource', function () {
    attempt(fn () => curl_setopt(curl_init(), CURLOPT_POSTFIELDS, ['a' => fopen('php://memory', 'r')]));
    say('taken');
});

it('@ is nothing special', fn () => form(['a' => '@/etc/passwd']));

it('CURLFile', function () {
    $file = file_with('f.txt', 'contents');
    form(['f' => new CURLFile($file)]);
    form(['f' => new CURLFile($file, 'text/plain')]);
    form(['f' => new CURLFile($file, 'text/plain', 'other.name')]);
    form(['f' => new CURLFile($file, '', 'other.name')]);
    form(['before' => '1', 'f' => new CURLFile($file, '', "q\"u\\o\r\nte"), 'after' => '2']);
});

it('CURLFile, an empty file', fn () => form(['f' => new CURLFile(file_with('empty', ''))]));

it('CURLFile, a large file', fn () => form(['f' => new CURLFile(file_with('large', str_repeat('0123456789', 30000)))]));

it('CURLFile over a megabyte', fn () => form(['f' => new CURLFile(file_with('huge', str_repeat('0123456789', 150000)))]));

it('CURLFile, no such file', function () {
    form(['f' => new CURLFile('/no/such/file')]);
});

it('CURLFile, a folder', function () {
    form(['f' => new CURLFile(folder())]);
});

it('CURLFile by a stream wrapper', function () {
    form(['f' => new CURLFile('data:text/plain,from%20data')]);
    form(['f' => new CURLFile('data:text/plain,from%20data', 'text/x', 'name')]);
    form(['f' => new CURLFile('php://memory')]);
    form(['f' => new CURLFile('compress.zlib://' . file_with('z.gz', gzencode('unzipped')), '', 'z')]);
});

it('CURLFile by file://', fn () => form(['f' => new CURLFile('file://' . file_with('u.txt', 'by URL'))]));

it('CURLFile of a wrapper of the user\'s', function () {
    class SlowWrapper
    {
        public $context;
        private int $at = 0;

        public function stream_open(): bool
        {
            return true;
        }

        public function stream_read(int $count): string
        {
            return $this->at++ < 3 ? "part $this->at;" : '';
        }

        public function stream_eof(): bool
        {
            return $this->at > 3;
        }

        public function stream_stat(): array
        {
            return [];
        }
    }
    stream_wrapper_register('slow', SlowWrapper::class);
    form(['f' => new CURLFile('slow://x', 'a/b', 'slow')]);
});

foreach (['smaller' => 'a', 'larger' => str_repeat('b', 100), 'away' => null] as $how => $bytes) {
    it("CURLFile $how after setopt", function () use ($how, $bytes) {
        $s = script([request(), send(ok())]);
        $file = file_with("changes-$how", 'twelve bytes');
        $ch = easy($s->url(), [CURLOPT_POSTFIELDS => ['f' => new CURLFile($file, '', 'n')], CURLOPT_TIMEOUT_MS => 600]);
        $bytes === null ? unlink($file) : file_put_contents($file, $bytes);
        perform($ch);
        $s->show();
    });
}

it('CURLFile is not asked later', function () {
    $s = serve(['*' => ok()]);
    $file = new CURLFile(file_with('first', 'first'), 'a/b', 'c');
    $ch = easy($s->url(), [CURLOPT_POSTFIELDS => ['f' => $file]]);
    $file->name = file_with('second', 'second');
    $file->postname = 'changed';
    perform($ch);
    perform($ch);
    $s->show();
});

it('CURLStringFile', function () {
    form(['s' => new CURLStringFile('string', 'name.txt')]);
    form(['s' => new CURLStringFile("bin\0ary\r\n", 'na"me', 'text/plain')]);
    form(['s' => new CURLStringFile('', '')]);
});

it('CURLStringFile with its properties changed', function () {
    $file = new CURLStringFile('a', 'b');
    $file->data = 'changed';
    form(['s' => $file]);
    unset($file->mime);
    form(['s' => $file]);
    unset($file->data);
    form(['s' => $file]);
});

it('CURLFile with its properties away', function () {
    $file = new CURLFile(file_with('p', 'p'));
    unset($file->postname);
    form(['f' => $file]);
    unset($file->name);
    form(['f' => $file]);
});

it('a Content-Type of the user\'s own', function () {
    foreach (['multipart/mixed', 'multipart/form-data', 'MULTIPART/form-data ; charset=utf-8', 'multipart/form-data; boundary=mine', 'multipart/form-data-not', '  text/plain'] as $type) {
        form(['a' => 'b', 'f' => new CURLStringFile('c', 'd')], [CURLOPT_HTTPHEADER => ['X-A: 1', "content-type:$type", 'X-B: 2']]);
    }
    form(['a' => 'b'], [CURLOPT_HTTPHEADER => ['Content-Type: multipart/related', 'Content-Type: multipart/mixed']]);
});

it('a Content-Type that is taken out', fn () => form(['a' => 'b'], [CURLOPT_HTTPHEADER => ['Content-Type:']]));

it('a Content-Type of the user\'s own for one transfer', function () {
    $s = serve(['*' => ok()]);
    $ch = easy($s->url(), [CURLOPT_POSTFIELDS => ['a' => 'b']]);
    foreach ([[], ['Content-Type: multipart/mixed'], []] as $lines) {
        curl_setopt($ch, CURLOPT_HTTPHEADER, $lines);
        perform($ch);
    }
    curl_setopt_array($ch, [CURLOPT_HTTPHEADER => ['Content-Type: text/plain'], CURLOPT_POSTFIELDS => 'text']);
    perform($ch);
    $s->show();
});

it('MIME_OPTIONS', function () {
    if (!defined('CURLOPT_MIME_OPTIONS')) {
        skip('this PHP has no CURLOPT_MIME_OPTIONS');
        return;
    }
    $s = serve(['*' => ok()]);
    $ch = easy($s->url(), [CURLOPT_POSTFIELDS => ['quo"te' => 1, 'back\\slash' => new CURLStringFile('a', 'n"a\\m')]]);
    foreach ([0, CURLMIMEOPT_FORMESCAPE, 2, 3, 0] as $bits) {
        curl_setopt($ch, CURLOPT_MIME_OPTIONS, $bits);
        perform($ch);
    }
    $s->show();
});

it('references', function () {
    $value = 'by reference';
    $fields = ['a' => &$value];
    form($fields);
    say('unchanged', $fields);
});

it('the same array twice, and its values stay', function () {
    $s = serve(['*' => ok()]);
    $fields = ['n' => 1, 'f' => 2.5, 'l' => [1, 2]];
    $ch = easy($s->url(), [CURLOPT_POSTFIELDS => $fields]);
    perform($ch);
    perform($ch);
    say('unchanged', $fields);
    $s->show();
});

it('multipart after a redirect', function () {
    $file = file_with('r.txt', 'read twice');
    foreach ([307, 302] as $status) {
        $s = serve(['/a' => redirect($status, '/b'), '/b' => ok()]);
        fetch($s->url('/a'), [CURLOPT_POSTFIELDS => ['t' => 'text', 'f' => new CURLFile($file)], CURLOPT_FOLLOWLOCATION => true], CURLINFO_REDIRECT_COUNT);
        $s->show();
    }
});

it('multipart that cannot be read twice', function () {
    class OnceWrapper
    {
        public $context;
        private string $left = 'once';

        public function stream_open(): bool
        {
            return true;
        }

        public function stream_read(int $count): string
        {
            [$left, $this->left] = [$this->left, ''];
            return $left;
        }

        public function stream_eof(): bool
        {
            return $this->left === '';
        }

        public function stream_stat(): array
        {
            return ['size' => 4];
        }
    }
    stream_wrapper_register('once', OnceWrapper::class);
    $s = serve(['/a' => redirect(307, '/b'), '/b' => ok()]);
    fetch($s->url('/a'), [CURLOPT_POSTFIELDS => ['f' => new CURLFile('once://x', 'a/b', 'once')], CURLOPT_FOLLOWLOCATION => true], CURLINFO_REDIRECT_COUNT);
    $s->show();
});

it('multipart with another method', fn () => form(['a' => 'b'], [CURLOPT_CUSTOMREQUEST => 'PATCH']));

it('many fields', fn () => form(array_combine(array_map(fn ($i) => "field$i", range(1, 200)), range(1, 200))));
