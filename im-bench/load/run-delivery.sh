#!/usr/bin/env bash
# The chat against the hand-written baseline, in the same container, one after the other in one run: deliveries per second and CPU per delivery.
# docs/how-to/measure-delivery.md says what the figures mean.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: run-delivery.sh [-c "tomcat jetty undertow tyrus"] [-n "100 1000"] [-w "64 1"] [-r rounds] [-u warm-up seconds] [-s seconds] [-b bytes] [-h CPU seconds to heat]
TEXT
    exit 2
}

containers="tomcat jetty undertow tyrus" sizes="100 1000" windows="64 1" rounds=5 warmup=2 seconds=5 bytes=230 heat=40
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

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
require_build
results=$out/delivery-$(date -u +%Y%m%d-%H%M%S).jsonl
: >"$results"
# A group of its own for each run, so that no leave of the last run disturbs the next.
group=1000
done_runs=0
begun=$SECONDS
words() { echo $#; }
# shellcheck disable=SC2086
all_runs=$(($(words $containers) * $(words $sizes) * $(words $windows) * rounds * 2))

# once WHAT CLIENTS WINDOW WARMUP SECONDS LABEL: prints one line of JSON
once() {
    group=$((group + 1))
    local path=/im join=()
    [[ $1 == im ]] || path=/plain join=(--no-join)
    "$client" --port "$port" --path "$path" "${join[@]}" --pid "$pid" --clients "$2" --window "$3" --warmup "$4" --seconds "$5" --size "$bytes" \
        --group "$group" --label "$6" || echo "run $6 was not complete" >&2
}

for container in $containers; do
    start "$container"
    # Code is compiled by what has run, not by the clock, which means little on a machine with other work.
    while (($(cpu) < heat)); do
        printf '\r%-10s heating: %d of %d CPU seconds   ' "$container" "$(cpu)" "$heat" >&2
        once im 100 64 0 3 heat >/dev/null
        once plain 100 64 0 3 heat >/dev/null
    done
    for clients in $sizes; do
        for window in $windows; do
            for ((round = 1; round <= rounds; round++)); do
                for what in im plain; do
                    line=$(once "$what" "$clients" "$window" "$warmup" "$seconds" "$container/$what/$clients/$window/$round")
                    echo "$line" >>"$results"
                    done_runs=$((done_runs + 1))
                    spent=$((SECONDS - begun))
                    printf '\r[%d/%d] %-32s %10s/s %8s µs  missing %s, order errors %s   %s left   \n' "$done_runs" "$all_runs" "$(field label <<<"$line")" \
                        "$(field per_second <<<"$line")" "$(field cpu_us_per_delivery <<<"$line")" "$(field missing <<<"$line")" "$(field order_errors <<<"$line")" \
                        "$(clock $((spent * (all_runs - done_runs) / done_runs)))" >&2
                done
            done
        done
    done
    stop
done

echo "$results"
# Medians of the rounds, and the ratios between them.
sed -n 's/.*"label":"\([a-z]*\)\/\([a-z]*\)\/\([0-9]*\)\/\([0-9]*\)\/[0-9]*".*"per_second":\([0-9.]*\).*"order_errors":\([0-9]*\),"missing":\([0-9]*\).*"cpu_us_per_delivery":\([0-9.]*\).*/\1 \3 \4 \2 \5 \8 \6 \7/p' "$results" |
    awk '
    function median(list, parts, n, i, j, t) {
        n = split(list, parts, " ")
        for (i = 2; i <= n; i++) for (j = i; j > 1 && parts[j - 1] + 0 > parts[j] + 0; j--) { t = parts[j]; parts[j] = parts[j - 1]; parts[j - 1] = t }
        return n % 2 ? parts[(n + 1) / 2] : (parts[n / 2] + parts[n / 2 + 1]) / 2
    }
    { key = $1 " " $2 " " $3; if (!(key in seen)) { seen[key] = 1; order[++keys] = key }
      rate[key, $4] = rate[key, $4] " " $5; cpu[key, $4] = cpu[key, $4] " " $6; wrong[key] += $7 + $8 }
    END {
        printf "%-9s %6s %4s | %11s %11s %7s | %8s %8s %7s | %s\n", "container", "group", "W", "chat /s", "baseline /s", "ratio", "chat µs", "base. µs", "ratio", "wrong"
        for (k = 1; k <= keys; k++) {
            split(order[k], p, " "); key = order[k]
            r1 = median(rate[key, "im"]); r2 = median(rate[key, "plain"]); c1 = median(cpu[key, "im"]); c2 = median(cpu[key, "plain"])
            printf "%-9s %6d %4d | %11d %11d %6.2fx | %8.2f %8.2f %6.2fx | %d\n", p[1], p[2], p[3], r1, r2, r2 ? r1 / r2 : 0, c1, c2, c1 ? c2 / c1 : 0, wrong[key]
        }
    }'
