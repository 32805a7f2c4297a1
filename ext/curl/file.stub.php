<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

/**
 * A file to be sent as a field of CURLOPT_POSTFIELDS: any that PHP can open. It is opened when the option is set.
 *
 * @not-serializable
 */
class CURLFile
{
    /** The file. */
    public string $name = "";

    /** Its type; "": application/octet-stream. */
    public string $mime = "";

    /** What it is called to the server; "": as $name, path and all. */
    public string $postname = "";

    public function __construct(string $filename, ?string $mime_type = null, ?string $posted_filename = null) {}

    /** @tentative-return-type */
    public function getFilename(): string {}

    /** @tentative-return-type */
    public function getMimeType(): string {}

    /** @tentative-return-type */
    public function getPostFilename(): string {}

    /** @tentative-return-type */
    public function setMimeType(string $mime_type): void {}

    /** @tentative-return-type */
    public function setPostFilename(string $posted_filename): void {}
}

/** Bytes to be sent as a file. */
class CURLStringFile
{
    public string $data;
    public string $postname;
    public string $mime;

    public function __construct(string $data, string $postname, string $mime = "application/octet-stream") {}
}
