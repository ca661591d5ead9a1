package io.embedim.bench.compare.play;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a server says when it accepts connections: {@code ready peer=NAME port=N pid=N}.
 *
 * @param port where it listens
 * @param pid its process
 */
record ReadyLine(int port, long pid) {

    /** Empty if it is another line. */
    static Optional<ReadyLine> parse(String line) {
        if (!line.startsWith("ready ")) return Optional.empty();
        Map<String, String> fields = new HashMap<>();
        for (String field : line.substring("ready ".length()).split(" ", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        try {
            return Optional.of(new ReadyLine(
                    Integer.parseInt(fields.getOrDefault("port", "")), Long.parseLong(fields.getOrDefault("pid", ""))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
