#!/usr/bin/env bash
# Many connections in one JVM, all of them in groups: what each costs above the bare container, and whether messages still reach everybody.
# docs/how-to/measure-delivery.md says what the figures mean.
set -euo pipefail

usage() {
    echo 'usage: run-connections.sh [-c "tomcat jetty undertow tyrus"] [-n connections] [-g members of a group] [-f messages a second] [-s seconds]' >&2
    exit 2
}

containers="tomcat undertow" connections=20000 members=100 rate=200 seconds=20
while getopts "c:n:g:f:s:" option; do
    case $option in
    c) containers=$OPTARG ;;
    n) connections=$OPTARG ;;
    g) members=$OPTARG ;;
    f) rate=$OPTARG ;;
    s) seconds=$OPTARG ;;
    *) usage ;;
    esac
done

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
require_build
results=$out/connections-$(date -u +%Y%m%d-%H%M%S).jsonl
: >"$results"
# Each process has one file for each connection, and needs some for itself.
files=$(ulimit -Hn)
if [[ $files != unlimited ]] && ((connections > files - 300)); then
    connections=$((files - 300))
    echo "the limit of open files is $files (ulimit -Hn), so $connections connections" >&2
fi
groups=$(((connections + members - 1) / members))

rss() {
    sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status"
}

# All objects that are reachable, counted one by one: the heap in use also has what is left free between them, which is as much as what is to be found here.
live_bytes() {
    jcmd "$pid" GC.class_histogram | awk '$1 == "Total" { print $3 }'
}

say() {
    local threads
    live_bytes >/dev/null # What this one finalises is only gone in the next.
    heap=$(live_bytes)
    threads=$(field threads <<<"$(ask /gc)")
    printf '{"container":"%s","what":"%s","when":"%s","connections":%d,"live_bytes":%d,"rss_kib":%d,"threads":%d}\n' \
        "$container" "$what" "$1" "$2" "$heap" "$(rss)" "$threads" | tee -a "$results" >&2
}

# A process for each kind, so that nothing is left of the one before.
measure() {
    local options=() line
    what=$1
    shift
    start "$container"
    # Classes are loaded and buffers of the container made before the first figure.
    "$client" --port "$port" --mode hold --clients 500 "$@" >/dev/null
    say before 0
    local empty=$heap
    if [[ $what == bare ]]; then options=(--mode hold); else options=(--mode rate --groups "$groups" --rate "$rate" --warmup 3 --seconds "$seconds" --pid "$pid"); fi
    coproc load { "$client" --port "$port" --clients "$connections" --pause --label "$container/$what" "${options[@]}" "$@" 9>&-; }
    # They are closed by bash when the client ends.
    exec 6<&"${load[0]}" 7>&"${load[1]}"
    read -r line <&6
    [[ $line == ready ]] || exit 1
    say idle "$connections"
    each=$(((heap - empty) / connections))
    echo >&7
    if [[ $what != bare ]]; then
        read -r line <&6
        [[ $line == "done" ]] || exit 1
        say "after messages" "$connections"
        after=$(((heap - empty) / connections))
        echo >&7
    fi
    read -r line <&6
    line_of_messages=$line
    echo "$line" | tee -a "$results" >&2
    exec 6<&- 7>&-
    wait "$load_PID" 2>/dev/null || true
    stop
}

table=
for container in $containers; do
    # Two buffers for each connection, 8 KiB by default; see docs/containers.md.
    if [[ $container == tomcat ]]; then export JAVA_OPTS="${JAVA_OPTS:-} -Dorg.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE=1024"; fi
    measure bare --path /bare --no-join
    bare=$each
    measure joined
    joined=$each joined_after=$after
    sent=$(field sent <<<"$line_of_messages") missing=$(field missing <<<"$line_of_messages")
    measure bound --bind
    table+=$(printf '%-9s %6d connections: bare %6d bytes each; in a group +%5d (after messages +%5d); bound and in a group +%5d (+%5d); %s messages, %s missing' "$container" "$connections" \
        "$bare" $((joined - bare)) $((joined_after - bare)) $((each - bare)) $((after - bare)) "$sent" "$missing")$'\n'
done
echo "$results"
printf '%s' "$table"
