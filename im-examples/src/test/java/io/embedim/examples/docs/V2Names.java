package io.embedim.examples.docs;

import io.embedim.testkit.JsonValues;
import io.embedim.testkit.ManualRuntime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the document's short names stand for. {@code m5} in a field that names an entry or a log is the same name of the server wherever it stands, and no two of them are one; an
 * ellipsis is any text; times are what the server's clock has shown.
 */
final class V2Names {

    private static final Pattern NAMED = Pattern.compile("\"(mid|prev|epoch|floor_prev)\":\"([a-z]\\d+)\"");
    private static final Set<String> NAMING = Set.of("mid", "prev", "epoch", "floor_prev");
    private static final Set<String> TIMES = Set.of("time", "ts");

    private final ManualRuntime runtime;
    private final Map<String, String> real = new HashMap<>();

    V2Names(ManualRuntime runtime) {
        this.runtime = runtime;
    }

    /** A frame of the document as it is sent. */
    String real(String frame, String place) {
        Matcher named = NAMED.matcher(frame);
        return named.replaceAll(found -> {
            String name = real.get(found.group(2));
            if (name == null) {
                throw new AssertionError(place + ": nobody has been told yet what " + found.group(2) + " is");
            }
            return Matcher.quoteReplacement("\"" + found.group(1) + "\":\"" + name + "\"");
        });
    }

    /** How a frame is not as the document has it, or nothing. */
    Optional<String> difference(String expected, JsonNode actual) {
        return JsonValues.difference(JsonValues.read(expected), actual, this::stands)
                .map(difference -> "%s%n  documented %s%n  said %s".formatted(difference, expected, actual));
    }

    private boolean stands(String path, JsonNode expected, JsonNode actual) {
        String key = path.substring(path.lastIndexOf('.') + 1);
        if (TIMES.contains(key)) {
            long now = runtime.now().toEpochMilli();
            return actual.isIntegralNumber()
                    && actual.longValue() <= now
                    && actual.longValue() >= ManualRuntime.START.toEpochMilli();
        } else if (!expected.isString() || !actual.isString()) {
            return false;
        } else if (expected.asString().equals("…")) {
            return !actual.asString().isEmpty();
        }
        return NAMING.contains(key)
                && !expected.asString().isEmpty()
                && !actual.asString().isEmpty()
                && isNamed(expected.asString(), actual.asString());
    }

    private boolean isNamed(String name, String value) {
        if (!real.containsKey(name) && !real.containsValue(value)) {
            real.put(name, value);
        }
        return value.equals(real.get(name));
    }
}
