package io.embedim.testkit.conformance;

import tools.jackson.databind.JsonNode;

/** What need not be equal in a recorded frame: any message, any client id, and a group id as number or text. */
final class Wildcards {

    private Wildcards() {}

    static boolean matches(String path, JsonNode expected, JsonNode actual) {
        if (path.equals("msg")) {
            return actual.isString() && (expected.isNull() || isText(expected, "*"));
        }
        if (path.endsWith("client_id")) {
            return isText(expected, "*")
                    && actual.isString()
                    && !actual.stringValue().isEmpty();
        }
        if (path.endsWith("group_id")
                && expected.isString()
                && expected.stringValue().startsWith("*")) {
            return (actual.isString() || actual.isIntegralNumber())
                    && actual.asString().equals(expected.stringValue().substring(1));
        }
        return false;
    }

    private static boolean isText(JsonNode node, String text) {
        return node.isString() && node.stringValue().equals(text);
    }
}
