#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# The PHP in README.md and docs/ is real: each example runs, on servers of its own (tests/ground/examples.php tells how).
# And what docs/settings.md and docs/operating.md list is what the module has.
. "$(dirname "$0")/tap.sh"

need_build
apt_need mosquitto nginx openssl python3-prometheus-client
build_module

# ---- servers on the loopback interface, ended by their pids ------------------------------------------

servers=()
end_servers()
{
    [ ${#servers[@]} = 0 ] || kill "${servers[@]}" 2>/dev/null
    wait
    servers=()
}
trap 'end_servers; rm -rf "$tmp"' EXIT
mkdir -p "$tmp/cwd" "$tmp/shm"
printf '<?php return ["color" => "blue"];\n' >"$tmp/cwd/config.php"
printf 'not really a picture' >"$tmp/cwd/beach.jpg"

certificates()
{
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$tmp/ca.key" -out "$tmp/ca.crt" -days 2 -subj /CN=examples \
        && openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$tmp/server.key" -out "$tmp/server.csr" -subj /CN=localhost \
        && printf 'subjectAltName=DNS:localhost\n' >"$tmp/server.ext" \
        && openssl x509 -req -CA "$tmp/ca.crt" -CAkey "$tmp/ca.key" -set_serial 1 -days 2 -in "$tmp/server.csr" -extfile "$tmp/server.ext" -out "$tmp/server.crt" \
        && openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$tmp/cwd/device.key" -out "$tmp/device.csr" -subj /CN=coffee-17 \
        && openssl x509 -req -CA "$tmp/ca.crt" -CAkey "$tmp/ca.key" -set_serial 2 -days 2 -in "$tmp/device.csr" -out "$tmp/cwd/device.crt" \
        && cp "$tmp/ca.crt" "$tmp/cwd/emqxsl-ca.crt" && mkdir -p "$tmp/pages/docs" && openssl genrsa -out "$tmp/pages/docs/rsa_private.pem" 2048
}

# Ports that nobody listens on just now: https, mqtt, mqtts, mqtts for those who have a certificate.
free_ports()
{
    php -n -r 'for ($i = 0; $i < 4; $i++) {
        $s[$i] = stream_socket_server("tcp://127.0.0.1:0");
        echo substr(strrchr(stream_socket_get_name($s[$i], false), ":"), 1), " ";
    }'
}
write_settings()
{
    cat >"$tmp/nginx.conf" <<EOF
daemon off;
master_process off;
pid $tmp/nginx.pid;
events { worker_connections 64; }
http {
    access_log off;
    client_body_temp_path $tmp/b;
    proxy_temp_path $tmp/p;
    fastcgi_temp_path $tmp/f;
    uwsgi_temp_path $tmp/u;
    scgi_temp_path $tmp/s;
    server {
        listen 127.0.0.1:$1 ssl;
        server_name localhost;
        ssl_certificate $tmp/server.crt;
        ssl_certificate_key $tmp/server.key;
        default_type application/json;
        location / { return 200 '{"id": 1, "name": "Ada", "uri": "\$request_uri"}'; }
    }
}
EOF
    # As root mosquitto would become another user, who may not read the key.
    cat >"$tmp/mosquitto.conf" <<EOF
user root
allow_anonymous true
persistence false
log_dest stderr
listener $2 127.0.0.1
listener $3 127.0.0.1
certfile $tmp/server.crt
keyfile $tmp/server.key
listener $4 127.0.0.1
certfile $tmp/server.crt
keyfile $tmp/server.key
cafile $tmp/ca.crt
require_certificate true
EOF
}
listens() { php -n -r 'exit(@stream_socket_client("tcp://127.0.0.1:$argv[1]", timeout: 1) ? 0 : 1);' "$1"; }
# All ports answer; who is already gone had one that somebody else took meanwhile.
up()
{
    local port i
    for port in "$@"; do
        for ((i = 0; i < 100; i++)); do
            listens "$port" && continue 2
            kill -0 "${servers[@]}" 2>/dev/null || break
            sleep 0.05
        done
        return 1
    done
    kill -0 "${servers[@]}"
}
start()
{
    local nginx mosquitto attempt
    nginx=$(PATH=$PATH:/usr/sbin command -v nginx) && mosquitto=$(PATH=$PATH:/usr/sbin command -v mosquitto) || return 1
    for attempt in 1 2 3; do
        # shellcheck disable=SC2207 # numbers
        ports=($(free_ports))
        write_settings "${ports[@]}"
        "$nginx" -e "$tmp/nginx.log" -c "$tmp/nginx.conf" &
        servers=($!)
        "$mosquitto" -c "$tmp/mosquitto.conf" 2>"$tmp/mosquitto.log" &
        servers+=($!)
        ! up "${ports[@]}" || return 0
        say "attempt $attempt:"
        cat "$tmp/nginx.log" "$tmp/mosquitto.log"
        end_servers
    done
    return 1
}
servers_start() { certificates && start; }
check "a web server and a broker, with TLS" servers_start
# What the examples that subscribe shall receive.
retained()
{
    php -n -d "extension=$module" -r '$client = new Native\Mqtt\Client("mqtt://127.0.0.1:$argv[1]");
        $client->connect();
        foreach (["kitchen/coffee/level" => "0.4", "kitchen/coffee/valve" => "open"] as $topic => $payload) {
            $client->publish($topic, $payload, qos: 1, retain: true)->wait();
        }
        $client->disconnect();' "${ports[1]}"
}
check "messages wait for those who subscribe" retained

# Else the examples that show a certificate would show nothing.
stranger()
{
    SSL_CERT_FILE=$tmp/ca.crt php -n -d "extension=$module" -r 'try {
        (new Native\Mqtt\Client("mqtts://localhost:$argv[1]"))->connect();
    } catch (Native\Mqtt\ConnectException $e) {
        exit(0);
    }
    exit(1);' "${ports[3]}"
}
check "who has no certificate is refused where one is asked for" stranger

# ---- the examples ------------------------------------------------------------------------------------

# Verified as on a server: roots that are not the system's.
SSL_CERT_FILE=$tmp/ca.crt php -n tests/ground/examples.php "$module" "$tmp" "${ports[@]}" README.md docs/*.md || failures=$((failures + 1))

# The test itself must be able to fail.
wrong()
{
    printf '%s\n' "$1" >"$tmp/wrong.md"
    (cd "$tmp" && php -n "$root/tests/ground/examples.php" "$module" "$tmp" "${ports[@]}" wrong.md) >"$tmp/wrong.log"
    if [ $? != 1 ] || ! grep -q "$2" "$tmp/wrong.log"; then
        cat "$tmp/wrong.log"
        return 1
    fi
}
check "an example that throws fails, with its line" wrong $'text\n\n```php\n\n$a = intdiv(1, 0);\n```' 'wrong.md:5'
check "an example that warns fails" wrong $'```php\necho $nobody;\n```' 'Undefined variable'
check "an example that exits with another status fails" wrong $'```php\nexit(3);\n```' 'exit status is 3'
check "an example that prints something else fails" wrong $'<!-- example: prints two -->\n```php\necho "one";\n```' 'did not print "two"'
check "an example that is not PHP fails" wrong $'<!-- example: not run: needs a moon -->\n```php\nfoo(;\n```' 'wrong.md on line 3'
check "a host that no server stands for fails" wrong $'```php\nfopen("http://elsewhere.example/", "r");\n```' 'no server for http://elsewhere.example'

# ---- tables ------------------------------------------------------------------------------------------

check "docs/settings.md lists the settings of the module" php -n -d "extension=$module" tests/ground/manual.php settings docs/settings.md
check "docs/operating.md lists what Native\\status() tells" php -n -d "extension=$module" -d "native.shm_dir=$tmp/shm" tests/ground/manual.php status docs/operating.md
# Prometheus' own reader, which is strict.
read_metrics()
{
    php -n -d "extension=$module" -d "native.shm_dir=$tmp/shm" -r 'Native\Shm\Cache::default()->store("a", 1); $c = new Native\Shm\Channel("b \"c\" \xff"); $c->send(1); echo Native\metrics();' >"$tmp/metrics" \
        && /usr/bin/python3 -c 'import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
samples = [s for family in text_string_to_metric_families(sys.stdin.read()) for s in family.samples]
stored = any(s.name == "native_shm_segment_stores_total" and s.value >= 1 for s in samples)
depth = any(s.name == "native_shm_channel_ready_messages" and s.value >= 1 and s.labels["channel"] == "b \"c\" \\xFF" for s in samples)
sys.exit(0 if stored and depth else 1)' <"$tmp/metrics"
}
check "Prometheus reads what Native\metrics() tells" read_metrics
check "links between the pages lead somewhere" php -n tests/ground/manual.php links ./*.md docs/*.md shm/*.md
finish
