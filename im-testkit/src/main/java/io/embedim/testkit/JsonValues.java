package io.embedim.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares JSON by value: objects whatever the order of their keys, numbers by what they are worth ({@code 1.0} is {@code 1e0}, and no digit of a big one is lost),
 * texts and arrays exactly. Safe for use by any thread.
 */
public final class JsonValues {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonValues() {}

    /**
     * Reads one JSON value.
     *
     * @param text the JSON
     * @return the value
     * @throws AssertionError if it is no JSON, or has a key twice
     */
    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new AssertionError("expected JSON but was: " + text, e);
        }
    }

    /**
     * Where two values differ first.
     *
     * @param expected the value that should be
     * @param actual the value that is
     * @return a text such as {@code data.group_id: expected 100 but was "100"}, or empty where they are equal
     */
    public static Optional<String> difference(JsonNode expected, JsonNode actual) {
        return difference(expected, actual, (path, pattern, value) -> false);
    }

    /**
     * Where two values differ first, with exceptions.
     *
     * @param expected the value that should be
     * @param actual the value that is
     * @param wildcard says which values need not be equal
     * @return a text that names the place and both values, or empty
     */
    public static Optional<String> difference(JsonNode expected, JsonNode actual, Wildcard wildcard) {
        List<String> found = new ArrayList<>();
        compare("", expected, actual, wildcard, found);
        return found.stream().findFirst();
    }

    private static void compare(
            String path, JsonNode expected, JsonNode actual, Wildcard wildcard, List<String> found) {
        if (wildcard.matches(path, expected, actual)) {
            return;
        }
        if (expected.isObject() && actual.isObject()) {
            Set<String> keys = new TreeSet<>(expected.propertyNames());
            keys.addAll(actual.propertyNames());
            for (String key : keys) {
                String place = path.isEmpty() ? key : path + "." + key;
                JsonNode left = expected.get(key);
                JsonNode right = actual.get(key);
                if (left == null || right == null) {
                    found.add(
                            left == null
                                    ? place + ": unexpected, was " + right
                                    : place + ": missing, expected " + left);
                } else {
                    compare(place, left, right, wildcard, found);
                }
            }
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(path + "[" + i + "]", expected.get(i), actual.get(i), wildcard, found);
            }
        } else if (!sameScalar(expected, actual)) {
            found.add((path.isEmpty() ? "" : path + ": ") + "expected " + expected + " but was " + actual);
        }
    }

    private static boolean sameScalar(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return expected.equals(actual);
    }

    /** Says which values need not be equal. */
    @FunctionalInterface
    public interface Wildcard {

        /**
         * Whether a value is accepted without a look at its parts.
         *
         * @param path where, such as {@code data.client_id}; empty for the whole
         * @param expected what stands there in the expected value
         * @param actual what came
         * @return true to accept it; false to compare
         */
        boolean matches(String path, JsonNode expected, JsonNode actual);
    }
}
