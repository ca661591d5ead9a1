package io.embedim.internal.codec;

import java.util.List;

/** One JSON text of the suite, and whether strict JSON allows it. */
record JsonCase(String name, String json, boolean valid) {

    /** Not JSON by RFC 8259. */
    static JsonCase bad(String name, String json) {
        return new JsonCase("n_" + name, json, false);
    }

    /** JSON by RFC 8259. */
    static JsonCase good(String name, String json) {
        return new JsonCase("y_" + name, json, true);
    }

    /** Left open by RFC 8259, refused here. */
    static JsonCase refused(String name, String json) {
        return new JsonCase("i_" + name, json, false);
    }

    /** Left open by RFC 8259, accepted here. */
    static JsonCase accepted(String name, String json) {
        return new JsonCase("i_" + name, json, true);
    }

    static List<JsonCase> all() {
        return List.of(MalformedContainers.CASES, MalformedScalars.CASES, MalformedStructures.CASES, ValidJson.CASES)
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
