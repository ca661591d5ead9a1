#!/usr/bin/env bash
# Whether imload tells what goes wrong: against a server that does one thing wrong on purpose, and with options that make no sense.
# Run by `make check`, which builds what is needed; the argument is where.
set -euo pipefail

out=$1 failed=0

# expect NAME FAULT [DELAY] -- EXIT "field=value field>=value ..." OPTIONS OF IMLOAD...
expect() {
    local name=$1 server=() line code=0 port wrong=
    shift
    while [[ $1 != -- ]]; do server+=("$1") && shift; done
    local wanted_code=$2 wanted=$3
    shift 3
    exec 7< <("$out/faulty" "${server[@]}")
    read -r port <&7
    line=$("$out/imload" --port "$port" --protocol text --warmup 0 --drain 1 --at-once 1 "$@") || code=$?
    exec 7<&-
    [[ $code == "$wanted_code" ]] || wrong=" exit $code instead of $wanted_code;"
    for condition in $wanted; do
        [[ $condition =~ ^([a-z0-9_]+)(=|>=|<=)(.*)$ ]]
        local value
        value=$(sed -n "s/.*\"${BASH_REMATCH[1]}\":\"\{0,1\}\([^,\"}]*\).*/\1/p" <<<"$line")
        awk -v a="$value" -v b="${BASH_REMATCH[3]}" -v how="${BASH_REMATCH[2]}" 'BEGIN { exit !(a != "" && (how == "=" ? a == b : how == ">=" ? a + 0 >= b + 0 : a + 0 <= b + 0)) }' || wrong+=" ${BASH_REMATCH[1]} is '$value', expected $condition;"
    done
    say "$name" "$wrong"
    [[ -z $wrong ]] || echo "    $line"
}

# refuses NAME "PART OF THE SENTENCE" OPTIONS...
refuses() {
    local name=$1 wanted=$2 said code=0 wrong=
    shift 2
    said=$("$out/imload" "$@" 2>&1) || code=$?
    [[ $code == 2 ]] || wrong=" exit $code instead of 2;"
    [[ $said == *"$wanted"* ]] || wrong+=" said '$said'"
    say "$name" "$wrong"
}

say() {
    if [[ -z $2 ]]; then
        echo "ok      $1"
    else
        echo "FAILED  $1:$2"
        failed=1
    fi
}

rate=(--mode rate --clients 4 --rate 100 --seconds 1)
nothing="missing=0 order_errors=0 duplicates=0 strays=0 closed=0"

expect "nothing is wrong" none -- 0 "$nothing" "${rate[@]}"
expect "a message is lost" lose -- 1 "missing=1 order_errors=0 duplicates=0 closed=0" "${rate[@]}"
expect "a message comes twice" double -- 1 "missing=0 order_errors=0 duplicates=1" "${rate[@]}"
expect "two messages change places" swap -- 1 "missing=0 order_errors=1 duplicates=0" "${rate[@]}"
expect "messages are late" none 50 -- 0 "$nothing p50_us>=50000 p50_us<=70000" "${rate[@]}"
expect "messages in pieces are whole" pieces -- 0 "$nothing deliveries>=390" "${rate[@]}"
expect "a pause counts for all that should have gone out in it" freeze -- 0 "$nothing p90_us>=200000 max_us>=450000 max_us<=700000" "${rate[@]}"
expect "a client is closed" close -- 1 "closed=1 close_code=4002 order_errors=0" "${rate[@]}"
expect "a private message goes there and back" none 20 -- 0 "$nothing p50_us>=40000 p50_us<=60000" --mode rtt --clients 2 --seconds 1
expect "a private message is lost" lose -- 1 "missing=1" --mode rtt --clients 2 --seconds 1
expect "one of those that all send is lost" lose -- 1 "missing=1 order_errors=0 duplicates=0 strays=0" --mode talk --clients 6 --groups 2 --rate 200 --seconds 1
expect "two of one sender change places" swap -- 1 "missing=0 order_errors=1" --mode talk --clients 2 --groups 2 --rate 200 --seconds 1
expect "a message comes to another group" stray -- 1 "strays=1 missing=0 order_errors=0 duplicates=0" --mode talk --clients 6 --groups 2 --rate 200 --seconds 1
expect "a window of messages follows one another" none 10 -- 0 "$nothing p50_us>=10000 p50_us<=30000" --mode talk --clients 6 --groups 2 --window 4 --seconds 1
expect "one of private and group messages is lost" lose -- 1 "missing=1" --mode mixed --clients 20 --rate 300 --seconds 1
expect "private and group messages are told apart" none 10 -- 0 "$nothing private_p50_us>=10000 group_p50_us>=10000 private_samples>=150 group_samples>=50" --mode mixed --clients 20 --rate 300 --seconds 1
expect "clients leave and come back" none -- 0 "unfinished=0 strays=0 missing=0 by=group cycles>=10" --mode churn --clients 8 --groups 2 --seconds 1
expect "a leave does nothing" clinging -- 1 "strays=4 missing=0" --mode churn --clients 8 --groups 2 --seconds 1
expect "a join does nothing" deaf -- 1 "unfinished=1" --mode churn --clients 8 --groups 2 --seconds 1
expect "a join takes effect late" late -- 0 "unfinished=0 fences_repeated>=1 p50_us>=300000" --mode churn --clients 8 --groups 2 --seconds 2
expect "all connect" none -- 0 "connections=20 samples=20 closed=0" --mode storm --clients 20
expect "some connect late" late -- 0 "connections=5 p50_us>=300000" --mode storm --clients 5

refuses "a port is needed" "expected --port" --mode hold
refuses "a protocol has a name" "expected one of classic" --port 1 --protocol telnet
refuses "a mode has a name" "expected one of fanout" --port 1 --mode swim
refuses "a number is a number" "expected a whole number from 1 to" --port 1 --clients many
refuses "only loopback" "no loopback address" --port 1 --host 192.0.2.1
refuses "no private messages" "no private messages" --port 1 --protocol plain --mode rtt
refuses "rate or window" "not both" --port 1 --mode talk --rate 5 --window 5
refuses "nobody listens" "connect to 127.0.0.1:1: Connection refused" --port 1

exit $failed
