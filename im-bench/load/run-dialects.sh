#!/usr/bin/env bash
# The dialect im.v2 against the classic one, on the same server with retention on, one after the other in one run: deliveries per second and CPU per delivery.
# docs/how-to/measure-delivery.md says what the figures mean.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: run-dialects.sh [-c "tomcat jetty undertow tyrus"] [-n "100"] [-w "64 1"] [-r rounds] [-u warm-up seconds] [-s seconds] [-b bytes of content] [-h CPU seconds to heat]
TEXT
    exit 2
}

containers="tomcat jetty undertow tyrus" sizes="100" windows="64 1" rounds=5 warmup=2 seconds=5 bytes=120 heat=40
while getopts "c:n:w:r:u:s:b:h:" option; do
    case $option in
    c) containers=$OPTARG ;;
    n) sizes=$OPTARG ;;
    w) windows=$OPTARG ;;
    r) rounds=$OPTARG ;;
    u) warmup=$OPTARG ;;
    s) seconds=$OPTARG ;;
    b) bytes=$OPTARG ;;
    h) heat=$OPTARG ;;
    *) usage ;;
    esac
done

export JAVA_OPTS="${JAVA_OPTS:-} -Dio.embedim.bench.v2=true"
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
require_build
results=$out/dialects-$(date -u +%Y%m%d-%H%M%S).jsonl
: >"$results"
# A group of its own for each run, so that nothing of the last run disturbs the next.
group=1000

# once DIALECT CLIENTS WINDOW WARMUP SECONDS LABEL: prints one line of JSON
once() {
    group=$((group + 1))
    "$client" --port "$port" --protocol "$1" --pid "$pid" --clients "$2" --window "$3" --warmup "$4" --seconds "$5" --content "$bytes" \
        --group "$group" --label "$6" || echo "run $6 was not complete" >&2
}

for container in $containers; do
    start "$container"
    while (($(cpu) < heat)); do
        printf '\r%-10s heating: %d of %d CPU seconds   ' "$container" "$(cpu)" "$heat" >&2
        once v2 100 64 0 3 heat >/dev/null
        once classic 100 64 0 3 heat >/dev/null
    done
    for clients in $sizes; do
        for window in $windows; do
            for ((round = 1; round <= rounds; round++)); do
                for dialect in v2 classic; do
                    printf '\r%-10s n=%d w=%d round %d %-8s   ' "$container" "$clients" "$window" "$round" "$dialect" >&2
                    once "$dialect" "$clients" "$window" "$warmup" "$seconds" "$container-$clients-$window-$dialect" >>"$results"
                done
            done
        done
    done
    stop
done
printf '\r%60s\r' '' >&2

python3 - "$results" <<'PY'
import json, statistics, sys
runs = {}
for line in open(sys.argv[1]):
    run = json.loads(line)
    runs.setdefault(run["label"], []).append(run)
print("container clients outstanding | deliveries/s v2, classic, ratio | CPU us/delivery v2, classic, ratio | bytes/delivery v2, classic")
for label in dict.fromkeys(l.rsplit("-", 1)[0] for l in runs):
    of = {d: runs.get(f"{label}-{d}", []) for d in ("v2", "classic")}
    if not all(of.values()):
        print(label, "has no complete runs")
        continue
    rate = {d: statistics.median(r["per_second"] for r in of[d]) for d in of}
    cpu = {d: statistics.median(r["cpu_us_per_delivery"] for r in of[d]) for d in of}
    size = {d: statistics.median(r["bytes_per_delivery"] for r in of[d]) for d in of}
    print(f"{label} | {rate['v2']:.0f} {rate['classic']:.0f} {rate['v2'] / rate['classic']:.2f} | {cpu['v2']:.3f} {cpu['classic']:.3f} {cpu['v2'] / cpu['classic']:.2f} | {size['v2']:.0f} {size['classic']:.0f}")
PY
echo "$results"
