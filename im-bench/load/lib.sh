# What the scripts here share: building the client, starting and stopping a server, reading results. Sourced, not run.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=${TARGET:-target}
mkdir -p "$target"
target=$(cd "$target" && pwd)
out=$target/delivery
mkdir -p "$out"
make --silent -C load OUT="$target/load"
client=$target/load/imload

require_build() {
    [[ -d $target/containers/common && -d $target/classes ]] || {
        echo "nothing to run in $target; first: mvn -Pbench -DskipTests package -pl im-bench -am" >&2
        exit 2
    }
}

# start CONTAINER: sets pid, port, control. The server ends when this script does, because its standard input ends.
start() {
    local pipe=$out/stdin.$$ ready=$out/server-$1.out
    rm -f "$pipe"
    mkfifo "$pipe"
    : >"$ready"
    # shellcheck disable=SC2086
    java -Xmx1g -Dorg.slf4j.simpleLogger.defaultLogLevel=warn ${JAVA_OPTS:-} \
        -cp "$target/classes:$target/containers/$1/*:$target/containers/common/*" \
        io.embedim.bench.server.BenchServer "$1" <"$pipe" >"$ready" 2>"$out/server-$1.err" &
    pid=$!
    exec 9>"$pipe"
    rm -f "$pipe"
    for ((i = 0; i < 300; i++)); do
        grep -q ^ready "$ready" && break
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.2
    done
    grep -q ^ready "$ready" || {
        echo "the $1 server did not start; see $out/server-$1.err" >&2
        exit 1
    }
    port=$(sed -n 's/.* port=\([0-9]*\).*/\1/p' "$ready")
    control=$(sed -n 's/.* control=\([0-9]*\).*/\1/p' "$ready")
}

stop() {
    exec 9>&-
    wait "$pid" 2>/dev/null || true
}

# field NAME < one line of JSON
field() {
    sed -n "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/p"
}

# ask PATH: what the server says of itself
ask() {
    exec 8<>"/dev/tcp/127.0.0.1/$control"
    printf 'GET %s HTTP/1.0\r\n\r\n' "$1" >&8
    sed -n '/^{/p' <&8
    exec 8>&-
}

# The server's CPU seconds so far.
cpu() {
    awk -v ticks="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print int(($12 + $13) / ticks) }' "/proc/$pid/stat"
}

clock() {
    printf '%d:%02d' $(($1 / 60)) $(($1 % 60))
}
