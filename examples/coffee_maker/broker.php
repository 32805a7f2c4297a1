<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// broker.php - a private mosquitto on a free loopback port, in a folder that goes with it.
declare(strict_types=1);

final class PrivateBroker
{
    public readonly string $address;
    private readonly string $folder;
    /** @var resource */
    private $process;
    private readonly int $owner;

    public function __construct()
    {
        $probe = stream_socket_server('tcp://127.0.0.1:0');
        $this->address = stream_socket_get_name($probe, false);
        fclose($probe);
        $this->owner = getmypid();
        $this->folder = sys_get_temp_dir() . '/coffee-' . bin2hex(random_bytes(6));
        mkdir($this->folder, 0700);
        $user = posix_geteuid() === 0 ? "user root\n" : '';
        file_put_contents("$this->folder/conf", "{$user}listener " . substr($this->address, 10) . " 127.0.0.1\nallow_anonymous true\n");
        $binary = is_executable('/usr/sbin/mosquitto') ? '/usr/sbin/mosquitto' : 'mosquitto';
        $log = ['file', "$this->folder/log", 'a'];
        $this->process = proc_open([$binary, '-c', "$this->folder/conf"], [['file', '/dev/null', 'r'], $log, $log], $pipes);
        for ($i = 0; $i < 500; $i++) {
            if ($socket = @stream_socket_client("tcp://$this->address")) {
                fclose($socket);
                return;
            }
            usleep(10000);
        }
        throw new RuntimeException("mosquitto does not start:\n" . @file_get_contents("$this->folder/log"));
    }

    public function __destruct()
    {
        if ($this->owner !== getmypid()) {
            return; // a forked child
        }
        if (is_resource($this->process)) {
            proc_terminate($this->process);
            proc_close($this->process);
        }
        array_map(unlink(...), glob("$this->folder/*"));
        rmdir($this->folder);
    }
}
