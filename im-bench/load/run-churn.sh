#!/usr/bin/env bash
# Leaving a group and joining it again, by a frame of im.v2 and by a new connection of the classic protocol, on the same server with retention on: operations per
# second and CPU per operation, of which a cycle has two.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: run-churn.sh [-c "tomcat jetty undertow tyrus"] [-n clients] [-a at once] [-r rounds] [-u warm-up seconds] [-s seconds] [-h CPU seconds to heat]
TEXT
    exit 2
}

containers="tomcat jetty undertow tyrus" clients=1000 at_once=64 rounds=5 warmup=2 seconds=5 heat=30
while getopts "c:n:a:r:u:s:h:" option; do
    case $option in
    c) containers=$OPTARG ;;
    n) clients=$OPTARG ;;
    a) at_once=$OPTARG ;;
    r) rounds=$OPTARG ;;
    u) warmup=$OPTARG ;;
    s) seconds=$OPTARG ;;
    h) heat=$OPTARG ;;
    *) usage ;;
    esac
done
((clients >= 10)) || {
    echo "expected at least 10 clients, which is one group; got $clients" >&2
    exit 2
}

export JAVA_OPTS="${JAVA_OPTS:-} -Dio.embedim.bench.v2=true"
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
require_build
results=$out/churn-$(date -u +%Y%m%d-%H%M%S).jsonl
: >"$results"
# Groups of its own for each run, so that nothing of the last run disturbs the next.
group=100000

# once DIALECT WARMUP SECONDS LABEL: prints one line of JSON
once() {
    group=$((group + clients))
    "$client" --mode churn --port "$port" --protocol "$1" --pid "$pid" --clients "$clients" --groups $((clients / 10)) --at-once "$at_once" --fence \
        --warmup "$2" --seconds "$3" --group "$group" --label "$4" || echo "run $4 was not complete" >&2
}

for container in $containers; do
    start "$container"
    while (($(cpu) < heat)); do
        printf '\r%-10s heating: %d of %d CPU seconds   ' "$container" "$(cpu)" "$heat" >&2
        once v2 0 3 heat >/dev/null
        once classic 0 3 heat >/dev/null
    done
    for ((round = 1; round <= rounds; round++)); do
        for dialect in v2 classic; do
            printf '\r%-10s round %d %-8s               ' "$container" "$round" "$dialect" >&2
            once "$dialect" "$warmup" "$seconds" "$container-$dialect" >>"$results"
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
print("container-dialect | operations/s: median (least-most) | CPU us/operation: median (least-most) | lost, twice, strays")
for label, of in runs.items():
    rate = [r["per_second"] for r in of]
    cpu = [r["cpu_us_per_operation"] for r in of]
    wrong = [sum(r[what] for r in of) for what in ("missing", "duplicates", "strays")]
    print(f"{label} | {statistics.median(rate):.0f} ({min(rate):.0f}-{max(rate):.0f}) | {statistics.median(cpu):.1f} ({min(cpu):.1f}-{max(cpu):.1f}) | {wrong}")
PY
echo "$results"
