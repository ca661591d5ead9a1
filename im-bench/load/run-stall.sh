#!/usr/bin/env bash
# One group with clients that read and clients that never do: what the second do to the first. Once without the second, once with them.
# docs/how-to/measure-delivery.md says what the figures mean.
set -euo pipefail

usage() {
    echo 'usage: run-stall.sh [-c "tomcat jetty undertow tyrus"] [-n readers] [-x stalled] [-b bytes] [-f messages a second] [-h CPU seconds to heat] [-s seconds]' >&2
    exit 2
}

containers="tomcat jetty undertow tyrus" readers=20 stalled=250 bytes=8192 rate=100 heat=40 seconds=30
while getopts "c:n:x:b:f:h:s:" option; do
    case $option in
    c) containers=$OPTARG ;;
    n) readers=$OPTARG ;;
    x) stalled=$OPTARG ;;
    b) bytes=$OPTARG ;;
    f) rate=$OPTARG ;;
    h) heat=$OPTARG ;;
    s) seconds=$OPTARG ;;
    *) usage ;;
    esac
done

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
require_build
results=$out/stall-$(date -u +%Y%m%d-%H%M%S).jsonl
: >"$results"
group=1

# once LABEL STALLED
once() {
    group=$((group + 1))
    "$client" --port "$port" --pid "$pid" --mode stall --clients "$readers" --stalled "$2" --rate "$rate" --size "$bytes" --warmup 0 --seconds "$seconds" \
        --group "$group" --label "$1" || true
}

ms() {
    awk -v us="$(field "$1" <<<"$2")" 'BEGIN { printf "%.1f", us / 1000 }'
}

for container in $containers; do
    start "$container"
    # Code is compiled by what has run; while it is being compiled, it is that what is measured.
    while (($(cpu) < heat)); do
        "$client" --port "$port" --clients 100 --window 16 --size "$bytes" --warmup 0 --seconds 3 --group 1 --label heat >/dev/null || true
    done
    for count in 0 "$stalled"; do
        ask /reset >/dev/null
        before=$(ask /gc)
        # No warm-up: they stall in the first seconds, and that is what is to be seen.
        line=$(once "$container/$count" "$count")
        after=$(ask /gc)
        printf '%s\n' "$line" "{\"before\":$before,\"after\":$after}" >>"$results"
        printf '%-9s %d readers, %3d stalled: missing %s, closed %s, p50 %s ms, p99 %s ms, max %s ms; heap after GC %d -> %d KiB; closes %s\n' "$container" "$readers" "$count" \
            "$(field missing <<<"$line")" "$(field closed <<<"$line")" "$(ms p50_us "$line")" "$(ms p99_us "$line")" "$(ms max_us "$line")" \
            $(($(field heap_bytes <<<"$before") / 1024)) $(($(field heap_bytes <<<"$after") / 1024)) "$(sed 's/.*"closed"://; s/}$//' <<<"$after")"
        sleep 1
    done
    stop
done
echo "$results"
