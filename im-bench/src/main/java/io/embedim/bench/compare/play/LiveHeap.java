package io.embedim.bench.compare.play;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** How many bytes of a JVM's heap are reachable: all live objects are counted, because the heap in use also has the room between them. */
final class LiveHeap {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Children children;

    LiveHeap(Children children) {
        this.children = children;
    }

    /** Counts twice: what the first collection finalises is only gone in the second. Empty if the JVM does not tell. */
    OptionalDouble bytes(long pid) throws IOException {
        once(pid);
        return once(pid);
    }

    private OptionalDouble once(long pid) throws IOException {
        Child jcmd = children.start("jcmd", List.of("jcmd", Long.toString(pid), "GC.class_histogram"));
        OptionalDouble found = OptionalDouble.empty();
        for (Optional<String> line = jcmd.line(LIMIT); line.isPresent(); line = jcmd.line(LIMIT)) {
            OptionalDouble total = total(line.get());
            if (total.isPresent()) found = total;
        }
        jcmd.kill();
        return found;
    }

    /** Reads the bytes of the line {@code Total INSTANCES BYTES}. */
    static OptionalDouble total(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        return fields.length == 3 && fields[0].equals("Total")
                ? OptionalDouble.of(Double.parseDouble(fields[2]))
                : OptionalDouble.empty();
    }
}
