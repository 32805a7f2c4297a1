#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
# bin/native: each command, its failures, what it prints in a pipe and on a terminal (script gives it one), signals.
. "$(dirname "$0")/tap.sh"

need_build
apt_need mosquitto bsdutils
build_module
mkdir -p "$tmp/shm"
php_run() { php -n -d "extension=$module" -d "native.shm_dir=$tmp/shm" "$@"; }
native() { php_run "$root/bin/native" "$@"; }
# On a terminal: standard output and standard error of the command are one.
on_terminal()
{
    local command
    printf -v command '%q ' php -n -d "extension=$module" -d "native.shm_dir=$tmp/shm" "$root/bin/native" "$@"
    script -qec "$command" /dev/null </dev/null | tr -d '\r'
}
# check_terminal NAME COMMAND...: a check that needs a pseudo-terminal.
check_terminal()
{
    if script -qec true /dev/null </dev/null >/dev/null 2>&1; then check "$@"; else skip "$1" "this system makes no pseudo-terminal"; fi
}
# prints TEXT COMMAND...: exactly this on standard output, nothing on standard error, status 0. $'' for tabs.
prints()
{
    local expected=$1 status=0
    shift
    "$@" >"$tmp/out" 2>"$tmp/err" || status=$?
    printf '%s' "$expected" >"$tmp/expected"
    [ "$status" = 0 ] && [ ! -s "$tmp/err" ] && cmp -s "$tmp/out" "$tmp/expected" && return
    say "status $status, standard error:"
    cat "$tmp/err"
    diff "$tmp/expected" "$tmp/out"
    return 1
}
# fails STATUS TEXT COMMAND...: this exit status, TEXT in what standard error says, nothing on standard output.
fails()
{
    local wanted=$1 text=$2 status=0
    shift 2
    "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
    [ "$status" = "$wanted" ] && [ ! -s "$tmp/out" ] && { [ -z "$text" ] || grep -qF -- "$text" "$tmp/err"; } && return
    say "status $status, wanted $wanted and \"$text\""
    cat "$tmp/out" "$tmp/err"
    return 1
}
# shows PATTERN... -- COMMAND...: each extended pattern is in a line of what the command prints.
shows()
{
    local patterns=() pattern
    while [ "$1" != -- ]; do patterns+=("$1") && shift; done
    shift
    "$@" >"$tmp/out" 2>&1 || return 1
    for pattern in "${patterns[@]}"; do
        grep -qE -- "$pattern" "$tmp/out" || { say "no line with $pattern in:"; cat "$tmp/out"; return 1; }
    done
}

# ---- the program itself -----------------------------------------------------------------------------------------

executable() { [ -x bin/native ] && head -n 1 bin/native | grep -qx '#!/usr/bin/env php' && for file in bin/native bin/cli/*.php; do php -n -l "$file" || return 1; done; }
check "bin/native can be run, and all its files are PHP" executable
check "--version: of extension and PHP" shows "^native [0-9]+\.[0-9]+\.[0-9]+.*, PHP 8\." -- native --version
check "--help lists the commands" shows '^  segments ' '^  stat ' '^  keys ' '^  peek ' '^  remove ' '^  pub ' '^  sub ' '^  status ' '^  metrics ' -- native --help
each_help() { for command in segments stat keys peek remove pub sub status metrics; do shows "^Usage: native $command" -- native $command --help && shows "^Usage: native $command" -- native help $command || return 1; done; }
check "each command has --help" each_help
check "no command: usage" fails 64 'which command?' native
check "an unknown command: usage" fails 64 'there is no command bogus' native bogus
check "an unknown option: usage" fails 64 'keys: there is no option --bogus' native keys default --bogus
check "an option's value is missing: usage" fails 64 '--qos: a value is missing' native pub mqtt://127.0.0.1 t m --qos
check "an option that takes no value: usage" fails 64 '--retain takes no value' native pub mqtt://127.0.0.1 t m --retain=1
check "too few arguments: usage" fails 64 'an argument is missing' native peek default
check "too many arguments: usage" fails 64 'what is more?' native segments more
check "without the extension it says how to enable it" fails 78 'Write extension=native into php.ini' php -n bin/native segments
check "--help works without the extension" shows '^  segments' -- php -n bin/native --help
full() { [ -e /dev/full ] || return 0; native --help >/dev/full 2>"$tmp/err"; [ $? = 74 ] && grep -q 'standard output' "$tmp/err"; }
check "standard output that is full is an error" full

# ---- shared memory -------------------------------------------------------------------------------------------------

check "no folder yet: no segments" prints '' native segments
check "no default segment yet: it is not made" fails 66 'there is no default segment yet' native stat default
check "a segment that is not there is not made" fails 66 'nope: there is no such segment in' native keys nope
none_made() { [ ! -e "$tmp/shm/native.$(id -u)" ]; }
check "looking has made nothing" none_made
fill()
{
    php_run -r '
        class Item { public int $id = 7; private array $parts = ["a", null]; }
        $cache = Native\Shm\Cache::default();
        $cache->store("user:1", ["name" => "Ada\e[31m\n", "tags" => ["x", "y"], "none" => [], "rate" => 1.5, "on" => true]);
        $cache->store("user:2", new Item);
        $cache->store("text", "line\n\"two\"\0", ttl: 3600);
        $cache->store("number", 12);
        Native\Shm\Cache::open(null, "part")->store("inside", 1);
        $orders = Native\Shm\Segment::open("orders", 1 << 20);
        $channel = new Native\Shm\Channel("jobs", 65536, segment: $orders);
        $channel->sendMany(["a", "b"]);
        $message = $channel->receive(ack: true);
        $message->ack();
        new Native\Shm\Counter("done", 5, $orders);
        file_put_contents($notes = dirname($orders->path()) . "/notes", str_repeat("no segment ", 100000));
        chmod($notes, 0600);'
}
check "segments to look at" fill
default=$(cd "$tmp/shm/native.$(id -u)" && ls -d default.*)
listed() { shows "^$default"$'\tdefault\t33566720\t[0-9]+\t[1-9][0-9]*\t0\t[0-9]+$' $'^orders\tnamed\t1052672\t[0-9]+\t[1-9][0-9]*\t0\t[0-9]+$' $'^notes\tno segment\t-\t-\t-\t-\t-$' -- native segments; }
check "segments: name, kind, size, memory, used, attached, layout, between tabs" listed
# Somebody is attached: it is counted, this command is not.
attached()
{
    php_run -r '$s = Native\Shm\Segment::open("orders"); fwrite(STDOUT, getmypid() . "\n"); fgets(STDIN);' <"$tmp/wait" >"$tmp/holder" &
    local holder=$! status=0 pid
    exec 7>"$tmp/wait"
    for ((i = 0; i < 200; i++)); do [ -s "$tmp/holder" ] && break; sleep 0.05; done
    pid=$(cat "$tmp/holder")
    shows $'^orders\tnamed\t1052672\t[0-9]+\t[0-9]+\t1\t' -- native segments && shows $'^participants\t1$' "^attached"$'\t'"pid $pid$" -- native stat orders || status=1
    echo >&7
    exec 7>&-
    wait $holder || status=1
    return $status
}
mkfifo "$tmp/wait"
check "who is attached is counted and named; the command itself is not" attached
check "stat: sizes, counters, objects with what is in them" shows $'^path\t.*/orders$' $'^size\t1052672$' $'^created\t20' $'^stores\t0$' $'^participants\t0$' $'^channel\tjobs: 1 ready, 0 taken, [0-9]+ of 65536 bytes, 2 sent, 1 received, 0 dropped$' $'^counter\tdone: 5$' -- native stat orders
check "stat of the default segment, called default" shows "^path.*/$default\$" $'^entries\t[45]$' -- native stat default
check "stat of a file that is no segment" fails 65 'notes' native stat notes
strange="$tmp/shm/native.$(id -u)/bad name"
cp "$tmp/shm/native.$(id -u)/notes" "$strange"
check "a file whose name no segment can have is listed" shows $'^bad name\tno segment\t' -- native segments
check "stat of it" fails 65 "$strange is no segment" native stat 'bad name'
check "keys of it" fails 65 "$strange is no segment" native keys 'bad name'
check "peek into it" fails 65 "$strange is no segment" native peek 'bad name' key
check "remove a key of it" fails 65 "$strange is no segment" native remove 'bad name' key
not_removed() { fails 65 "$strange is no segment" native remove 'bad name' && [ -e "$strange" ]; }
check "remove does not remove it" not_removed
copied() { cp "$(dirname "$strange")/orders" "$strange" && native segments && native status; }
check "the copy of a segment under such a name is in nobody's way" copied
rm -f "$strange"
check "keys, and their order in a pipe is the cache's" shows $'^user:1\tarray\t[0-9]+\t-$' $'^text\tstring\t11\t3[0-9]+\.[0-9]$' $'^number\tint\t' -- native keys default
check "keys with a prefix" prints $'2\n' native keys default user: --count
check "keys of a namespace" shows $'^inside\tint\t' -- native keys default --namespace=part
array=$'[\n    "name" => "Ada\\x1B[31m\\n"\n    "tags" => [\n        "x"\n        "y"\n    ]\n    "none" => []\n    "rate" => 1.5\n    "on" => true\n]\n'
check "peek: an array, an element a line, control characters escaped" prints "$array" native peek default user:1
object=$'Item {\n    id: 7\n    parts: [\n        "a"\n        null\n    ]\n}\n'
check "peek: an object of a class that is not here" prints "$object" native peek default user:2
circles()
{
    php_run -r '
        $cache = Native\Shm\Segment::open("circles", 1 << 20)->cache();
        $node = new stdClass;
        $node->self = $node->other = $node;
        $cache->store("object", $node);
        for ($top = new stdClass, $i = 0; $i < 60; $i++) {
            $top = (object) ["left" => $top, "right" => $top];
        }
        $cache->store("shared", $top);
        $list = [1];
        $list[] = &$list;
        $list[] = &$list;
        $cache->store("array", ["list" => &$list, "again" => &$list]);
        eval("class Named\u{9b}31m\u{202e} { public \$id = 1; }");
        $cache->store("named", new ("Named\u{9b}31m\u{202e}"));'
}
check "values in themselves, and many times in others" circles
circle=$'stdClass {\n    other: stdClass {...}\n    self: stdClass {...}\n}\n'
check "peek: an object in itself is printed once" prints "$circle" timeout 60 php -n -d "extension=$module" -d "native.shm_dir=$tmp/shm" "$root/bin/native" peek circles object
shared() { [ "$(native peek circles shared | grep -c 'right: stdClass {\.\.\.}')" -ge 59 ]; }
check "peek: objects many times in others are printed once" shared
circle=$'[\n    "list" => [\n        1\n        [...]\n        [...]\n    ]\n    "again" => [...]\n]\n'
check "peek: an array in itself is printed once" prints "$circle" native peek circles array
check "peek: control characters in the name of a class" prints $'Named\\xC2\\x9B31m\\xE2\\x80\\xAE {\n    id: 1\n}\n' native peek circles named
suit()
{
    php_run -r 'enum Suit { case Hearts; } Native\Shm\Segment::open("circles")->cache()->store("suit", [Suit::Hearts]);' \
        && fails 65 'circles, key suit: ' native peek circles suit && ! grep -q 'Warning' "$tmp/err"
}
check "peek: an enum that is not here is one message, without PHP's own" suit
check "the segment with circles goes" native remove circles
check "peek: a string, quoted" prints $'"line\\n\\"two\\"\\x00"\n' native peek default text
raw() { native peek default text --raw | cmp - <(printf 'line\n"two"\0'); }
check "peek --raw: the bytes alone" raw
check "peek --raw of a number" prints 12 native peek default number --raw
check "peek --raw of an array is refused" fails 65 'user:1: it is of type array' native peek default user:1 --raw
check "peek in a namespace" prints $'1\n' native peek default inside --namespace part
check "peek: no such key" fails 1 'default has no key nobody' native peek default nobody
check "status: of all segments" shows $'^shm\.segments\.[0-9]+\.path\t.*/orders$' $'^version\t' -- native status
json() { native status --json | php -n -r 'exit(count(json_decode(stream_get_contents(STDIN), true, flags: JSON_THROW_ON_ERROR)["shm"]["segments"]) === 2 ? 0 : 1);'; }
check "status --json" json
check "metrics: of all segments" shows '^native_shm_segment_entries\{segment=".*/orders"\} 0$' '^native_shm_segment_stores_total\{segment=".*/default\.' '^# EOF$' -- native metrics

terminal_table() { on_terminal segments >"$tmp/out"; grep -qF $'\e[1mNAME' "$tmp/out" && grep -qE "^orders +named +1052672 +[0-9]+ +[0-9]+ +0 +[0-9]+$" "$tmp/out" || { cat -v "$tmp/out"; return 1; }; }
check_terminal "on a terminal: heads, colours, columns" terminal_table
no_color() { NO_COLOR=1 on_terminal segments >"$tmp/out"; grep -q '^NAME' "$tmp/out" && ! grep -q $'\e' "$tmp/out"; }
check_terminal "NO_COLOR: none" no_color
progress() { on_terminal keys default >"$tmp/out"; grep -qF '0 keys' "$tmp/out" && ! native keys default 2>&1 | grep -qF '0 keys'; }
check_terminal "progress on a terminal only" progress
reader_gone()
{
    php_run -r '$c = Native\Shm\Cache::default(); for ($i = 0; $i < 20000; $i++) { $c->store("many:$i", $i); }'
    { native keys default; echo $? >"$tmp/status"; } 2>"$tmp/err" | head -n 1 >/dev/null
    [ ! -s "$tmp/err" ] && [ "$(cat "$tmp/status")" = 74 ]
}
check "who reads no more ends the command without a word" reader_gone

check "remove: a key" prints '' native remove default number
check "... that is gone now" fails 1 'default has no key number' native remove default number
check "remove: a key of a namespace" prints '' native remove default inside --namespace=part
check "remove: a channel" prints '' native remove orders --object=jobs
check "... that is gone now" fails 1 'no channel, counter or lock named jobs' native remove orders --object jobs
check "remove: a key and an object is usage" fails 64 'one of them' native remove orders key --object=jobs
check "remove: --namespace without a key is usage, and removes nothing" fails 64 '--namespace is for a KEY' native remove orders --namespace=part
check "remove: a segment" prints '' native remove orders
check "... that is gone now" fails 66 'orders: there is no such segment' native remove orders
touch "$tmp/shm/native.$(id -u)/native.net.0.0"
check "the extension's own segment is neither removed" fails 77 "native.net.0.0 is the extension's own" native remove native.net.0.0
check "... nor opened" fails 77 'shows them to nobody' native keys native.net.0.0

# ---- MQTT ----------------------------------------------------------------------------------------------------------

broker='' mute='' behind=''
end_broker() { [ -z "$broker" ] || { kill "$broker" && wait "$broker"; } 2>/dev/null; }
end_mute() { [ -z "$mute" ] || { kill "$mute" && wait "$mute"; } 2>/dev/null; }
end_behind() { [ -z "$behind" ] || { kill -KILL "$behind" && wait "$behind"; } 2>/dev/null; }
trap 'end_broker; end_mute; end_behind; rm -rf "$tmp"' EXIT
free_port() { php -n -r '$s = stream_socket_server("tcp://127.0.0.1:0"); echo substr(strrchr(stream_socket_get_name($s, false), ":"), 1);'; }
listens() { php -n -r 'exit(@stream_socket_client("tcp://127.0.0.1:$argv[1]", timeout: 1) ? 0 : 1);' "$1"; }
start_broker()
{
    local mosquitto attempt i
    mosquitto=$(PATH=$PATH:/usr/sbin command -v mosquitto) || return 1
    printf 'ada:pass word\nbob:0\n' >"$tmp/users" && chmod 600 "$tmp/users" && mosquitto_passwd -U "$tmp/users" || return 1
    for attempt in 1 2 3; do
        port=$(free_port)
        closed=$(free_port)
        printf 'user root\nallow_anonymous true\npassword_file %s\npersistence false\nlog_type all\nlog_dest stderr\nlistener %s 127.0.0.1\n' "$tmp/users" "$port" >"$tmp/mosquitto.conf"
        "$mosquitto" -c "$tmp/mosquitto.conf" 2>"$tmp/broker.log" &
        broker=$!
        for ((i = 0; i < 100; i++)); do
            kill -0 "$broker" 2>/dev/null || break
            if listens "$port"; then return 0; fi
            sleep 0.05
        done
        cat "$tmp/broker.log"
    done
    return 1
}
port=0 closed=0
have mosquitto_passwd || apt_need mosquitto-clients
start_broker >"$tmp/start.log" 2>&1
check "a broker" listens "$port"
uri=mqtt://127.0.0.1:$port

check "pub, retained, at QoS 1" prints '' native pub "$uri" kitchen/level '0.4' --qos 1 --retain
check "sub: topic, tab, payload" prints $'kitchen/level\t0.4\n' native sub "$uri" 'kitchen/#' --qos=1 --count=1
multiline() { printf 'a\tb\n\\ \033[31mred\377' | native pub "$uri" bytes - --retain --mqtt 3.1.1; }
check "pub - : standard input is the message; 3.1.1" multiline
check "sub: one line a message, whatever is in it" prints $'bytes\ta\\tb\\n\\\\ \\x1B[31mred\\xFF\n' native sub "$uri" bytes --count=1 --mqtt=3.1.1
raw_message() { native sub "$uri" bytes --count=1 --raw | cmp - <(printf 'a\tb\n\\ \033[31mred\377\n'); }
check "sub --raw: payload and a new line" raw_message
check "pub of an empty message takes the retained one away" prints '' native pub "$uri" bytes '' --retain --qos=2
check "sub --wait: exit status 1 when nothing came" fails 1 '' native sub "$uri" bytes --wait=0.3
check "pub without a message is usage" fails 64 '"" for an empty one, - for standard input' native pub "$uri" topic
check "pub: a QoS that does not exist" fails 64 '--qos: "3" is no number from 0 to 2' native pub "$uri" t m --qos=3
check "pub: a topic with a wildcard" fails 76 'wildcard' native pub "$uri" 'a/#' m
check "pub: a URI that is none" fails 64 'mqtt' native pub 'ftp://127.0.0.1' t m
check "pub: nobody listens" fails 69 "127.0.0.1:$closed" native pub "mqtt://127.0.0.1:$closed" t m
check "sub: nobody listens" fails 69 "127.0.0.1:$closed" native sub "mqtt://127.0.0.1:$closed" t
check "--ca: a file that is not there" fails 66 '--ca: /nowhere cannot be read' native pub "$uri" t m --ca=/nowhere

password() { NATIVE_MQTT_PASSWORD=$1 native pub "$uri" t m --user=ada; }
check "user and password from the environment" prints '' password 'pass word'
check "a wrong password: the status says it" fails 77 'uthor' password wrong
printf 'pass word\nsecond line\n' >"$tmp/password"
check "password of a file" prints '' native pub "$uri" t m --user=ada --password-file="$tmp/password"
printf '0\n' >"$tmp/password_0"
check "a password that is 0" prints '' native pub "$uri" t m --user=bob --password-file="$tmp/password_0"
printf '\npass word\n' >"$tmp/password_1"
check "an empty first line is an empty password" fails 77 'uthor' native pub "$uri" t m --user=ada --password-file="$tmp/password_1"
stdin_password() { native pub "$uri" t m --user=ada --password-file - <"$tmp/password"; }
check "password from standard input" prints '' stdin_password
check "a password file that is not there" fails 66 "--password-file: $tmp/nope cannot be read" native pub "$uri" t m --password-file="$tmp/nope"
both() { echo | native pub "$uri" t - --password-file=-; }
check "password and message cannot both be standard input" fails 64 'cannot both be' both

packets()
{
    NATIVE_MQTT_PASSWORD='pass word' native sub "$uri" kitchen/level --count=1 --packets --user=ada >"$tmp/out" 2>"$tmp/err" || return 1
    [ "$(cat "$tmp/out")" = $'kitchen/level\t0.4' ] && ! grep -q 'pass word' "$tmp/err" && grep -q 'mqtt#1 > CONNECT MQTT 5.0 client "native-.*user "ada" password \*\*\*' "$tmp/err" \
        && grep -q 'mqtt#1 < PUBLISH QoS 0 retain topic "kitchen/level" payload 3 bytes' "$tmp/err" && grep -q 'mqtt#1 > DISCONNECT' "$tmp/err" || { cat "$tmp/err"; return 1; }
}
check "sub --packets: what goes over the network, on standard error" packets
pub_packets() { native pub "$uri" t m --qos=1 --packets 2>&1 | grep -q '> PUBLISH id 1 QoS 1 topic "t" payload 1 bytes'; }
check "pub --packets" pub_packets

# subscriber OUT COMMAND...: run it in the background until it has subscribed; $sub is its process.
subscriber()
{
    local out=$1 before i
    shift
    before=$(grep -c 'Sending SUBACK' "$tmp/broker.log")
    php -n -d "extension=$module" -d "native.shm_dir=$tmp/shm" "$root/bin/native" "$@" >"$out" 2>"$tmp/sub.err" &
    sub=$!
    for ((i = 0; i < 200; i++)); do
        [ "$(grep -c 'Sending SUBACK' "$tmp/broker.log")" -gt "$before" ] && return
        sleep 0.05
    done
    return 1
}
interrupted()
{
    local status=0
    subscriber "$tmp/sub.out" sub "$uri" 'live/+' other/topic --qos=2 --id=cli-sub || return 1
    printf 'one\ntwo\nthree\n' | native pub "$uri" live/x - --lines --qos=2 || return 1
    for ((i = 0; i < 200; i++)); do [ "$(wc -l <"$tmp/sub.out")" = 3 ] && break; sleep 0.05; done
    kill -"$1" $sub
    wait $sub || status=$?
    [ $status = 0 ] && printf 'live/x\tone\nlive/x\ttwo\nlive/x\tthree\n' | diff - "$tmp/sub.out" && [ ! -s "$tmp/sub.err" ] || { cat "$tmp/sub.err"; return 1; }
    grep -q 'Received DISCONNECT from cli-sub' "$tmp/broker.log"
}
# soon COMMAND...: it succeeds within 20 seconds.
soon()
{
    local i
    for ((i = 0; i < 400; i++)); do
        if "$@"; then return 0; fi
        sleep 0.05
    done
    say "in vain: $*"
    return 1
}
# mute [KEEP_ALIVE [DROP_AT]]: a broker that answers CONNECT and PINGREQ alone (support/broker.php), at $mute_uri.
mute()
{
    end_mute
    rm -f "$tmp/mute.port"
    : >"$tmp/mute.log"
    php -n tests/ground/support/broker.php "$tmp/mute.port" "$tmp/mute.log" "$@" &
    mute=$!
    soon test -s "$tmp/mute.port" && mute_uri=mqtt://127.0.0.1:$(cat "$tmp/mute.port")
}
# came LINE [TIMES]: the mute broker has had this packet, so often at least.
came() { [ "$(grep -cxF -- "$1" "$tmp/mute.log")" -ge "${2:-1}" ]; }
# had LINES: it has had these packets and no others, to the leave that the client took.
had() { soon came DISCONNECT && printf '%b' "$1" | diff - "$tmp/mute.log"; }
# behind COMMAND...: run it behind the test; descriptor 8 writes to its standard input.
behind()
{
    end_behind
    rm -f "$tmp/input" && mkfifo "$tmp/input"
    php -n -d "extension=$module" "$root/bin/native" "$@" <"$tmp/input" >"$tmp/out" 2>"$tmp/err" &
    behind=$!
    exec 8>"$tmp/input"
}
# ends STATUS [SIGNAL]: it ends with this status, at one such signal, long before it has waited for an answer in vain.
ends()
{
    local status=0 i
    [ -z "${2:-}" ] || kill -"$2" "$behind"
    for ((i = 0; i < 50; i++)); do kill -0 "$behind" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "$behind" 2>/dev/null && say "it goes on"
    wait "$behind" || status=$?
    behind=
    exec 8>&-
    [ "$status" = "$1" ] || { say "status $status"; cat "$tmp/err"; return 1; }
}
# unconnected COMMAND ARGUMENT...: SIGINT while a server that says nothing has our CONNECT.
unconnected() { mute never && behind "$1" "$mute_uri" "${@:2}" --timeout=60 && soon came CONNECT && ends 130 INT && grep -qF "$1: ended by SIGINT" "$tmp/err"; }
# unanswered PACKET COMMAND ARGUMENT...: SIGTERM while that packet, behind CONNECT, has no answer.
unanswered() { mute && behind "$2" "$mute_uri" "${@:3}" --timeout=60 && soon came "$1" && ends 143 TERM && had "CONNECT\n$1\nDISCONNECT\n"; }
# dropped PACKET COMMAND ARGUMENT...: SIGTERM while a broker ends each connection at that packet.
dropped() { mute '' "$1" && behind "$2" "$mute_uri" "${@:3}" --timeout=60 && soon came CONNECT 2 && ends 143 TERM; }
# Nothing is sent of a message of which a part has come. What is more than a pipe holds is being read when it is written.
cut_message() { mute && behind pub "$mute_uri" t - --retain && head -c 300000 /dev/zero >&8 && ends "$1" "$2" && [ ! -s "$tmp/mute.log" ]; }
# slow_password COMMAND ARGUMENT...: SIGINT while half of the password's line has come. What is more than a pipe holds is being read when it is written.
slow_password() { mute && behind "$1" "$mute_uri" "${@:2}" --user=ada --password-file=- && head -c 300000 /dev/zero >&8 && ends 130 INT && [ ! -s "$tmp/mute.log" ]; }
cut_line()
{
    mute && behind pub "$mute_uri" t - --lines && printf 'whole\nha' >&8 && soon came 'PUBLISH t "whole"' && ends 143 TERM \
        && had 'CONNECT\nPUBLISH t "whole"\nDISCONNECT\n'
}
if php -n -m | grep -qx pcntl; then
    check "pub --lines; sub prints them as they come, and SIGINT ends it with DISCONNECT" interrupted INT
    : >"$tmp/broker.log"
    check "... and so does SIGTERM" interrupted TERM
    check "sub: SIGINT while connecting ends it at once" unconnected sub t
    check "... and pub" unconnected pub t m
    check "sub: SIGTERM before SUBACK ends it at once, with DISCONNECT" unanswered SUBSCRIBE sub t
    check "pub: SIGTERM before PUBACK ends it at once, with DISCONNECT" unanswered 'PUBLISH QoS 1 t "m"' pub t m --qos=1
    check "sub: SIGTERM while it connects again and again ends it at once" dropped SUBSCRIBE sub t
    check "... and pub" dropped PUBLISH pub t m --qos=1
    check "pub - : SIGINT while standard input is read ends it, and publishes nothing" cut_message 130 INT
    check "... and so does SIGTERM" cut_message 143 TERM
    check "pub: SIGINT while the password is read ends it" slow_password pub t m
    check "... and sub" slow_password sub t
    check "pub --lines: a signal ends it at once; of lines only whole ones are published" cut_line
fi

# The connection is not there to wait for the message.
whole_first()
{
    mute && behind pub "$mute_uri" t - && head -c 300000 /dev/zero >&8 && [ ! -s "$tmp/mute.log" ] && printf '\377\n' >&8 && exec 8>&- \
        && ends 0 && had "CONNECT\nPUBLISH t 300002 bytes $({ head -c 300000 /dev/zero; printf '\377\n'; } | md5sum | cut -d ' ' -f 1)\nDISCONNECT\n"
}
check "pub - : connects when it has the whole message" whole_first
# idle CONNECTIONS DROP_AT: a line comes when a sign of life was asked for, or when a connection was lost.
idle()
{
    mute 1 "$2" && behind pub "$mute_uri" t - --lines && soon came PINGREQ && soon came CONNECT "$1" && echo late >&8 && exec 8>&- \
        && ends 0 && soon came DISCONNECT && came 'PUBLISH t "late"'
}
check "pub --lines: the connection is kept alive while no line comes" idle 1 ''
check "... and opened again" idle 2 PINGREQ
all_lines()
{
    { printf 'one\r\n\ntwo\0\377\n' && head -c 200000 /dev/zero && printf '\nlast\r'; } >"$tmp/lines"
    mute && native pub "$mute_uri" t - --lines <"$tmp/lines" \
        && had "CONNECT\nPUBLISH t \"one\"\nPUBLISH t \"\"\nPUBLISH t \"two\\\\000\\\\377\"\nPUBLISH t 200000 bytes $(head -c 200000 /dev/zero | md5sum | cut -d ' ' -f 1)\nPUBLISH t \"last\\\\r\"\nDISCONNECT\n"
}
check "pub --lines: empty, binary and long ones, and the last one without an end" all_lines
no_input() { native pub "$uri" t - "$@" <"$tmp"; }
check "standard input that cannot be read" fails 66 'standard input cannot be read: Is a directory' no_input
closed_input() { native pub "$uri" t - "$@" <&-; }
check "... and one that is closed" fails 66 'standard input is closed' closed_input --retain
endless() { native pub "$uri" t - "$@" </dev/zero; }
check "pub - : more than MQTT can carry" fails 76 'standard input: a message' endless
check "... as a line" fails 76 'standard input: a message' endless --lines
# ps: the password of a URI is taken out of the command line.
hidden()
{
    local status=0
    subscriber "$tmp/sub.out" sub "mqtt://ada:pass%20word@127.0.0.1:$port" hidden || return 1
    tr '\0' ' ' <"/proc/$sub/cmdline" >"$tmp/cmdline"
    ! grep -q 'pass%20word' "$tmp/cmdline" && grep -q 'native sub mqtt://ada:...@127.0.0.1' "$tmp/cmdline" || status=1
    cat "$tmp/cmdline"
    kill $sub
    wait $sub || status=1
    return $status
}
[ ! -r /proc/self/cmdline ] || check "a password in the URI is not to be seen by ps" hidden
no_secret() { native pub "mqtt://ada:secret1@127.0.0.1:$closed" t m 2>&1 | grep -q secret1 && return 1; native pub "mqtt://ada:secret1@127.0.0.1:99999" t m 2>&1 | grep -q secret1 && return 1; return 0; }
check "failures tell no password" no_secret
colours() { on_terminal sub "$uri" kitchen/level --count=1 >"$tmp/out"; grep -qF $'\e[36mkitchen/level' "$tmp/out" && grep -q retained "$tmp/out" && grep -q connecting "$tmp/out" || { cat -v "$tmp/out"; return 1; }; }
check_terminal "sub on a terminal: time, colours, what kind of message" colours
finish
