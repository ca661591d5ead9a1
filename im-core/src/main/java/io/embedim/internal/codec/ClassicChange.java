package io.embedim.internal.codec;

import io.embedim.conversation.Draft;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Changes fields of a frame, and leaves all others as they were sent, to the letter. */
public final class ClassicChange {

    private ClassicChange() {}

    /**
     * The message with another content and further fields.
     *
     * @throws IllegalArgumentException as for a frame
     */
    public static Draft apply(Draft draft, @Nullable String content, Map<String, String> fields) {
        String now = content != null ? content : draft.content();
        return draft.withWords(
                now,
                draft.hasFields()
                        ? applyToFields(draft.json(), content, fields)
                        : apply(draft.json(), content, fields));
    }

    /** In {@code im.v2} what is not the protocol's own is under {@code ext}. */
    private static String applyToFields(String members, @Nullable String content, Map<String, String> fields) {
        String json = apply("{" + members + "}", content, Map.of());
        if (!fields.isEmpty()) {
            String before = member(json, "ext");
            json = apply(json, null, Map.of("ext", apply(before == null ? "{}" : before, null, fields)));
        }
        return json.substring(1, json.length() - 1);
    }

    private static @Nullable String member(String json, String wanted) {
        try (JsonParser parser = JsonText.parser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                if (name.equals(wanted)) {
                    return json.substring(start, (int) parser.currentLocation().getCharOffset());
                }
            }
        }
        return null;
    }

    /**
     * The frame with another content and further fields, where one that is there already is replaced.
     *
     * @param json one JSON object that was decoded once
     * @param content the new content, or null where it stays
     * @param fields values of strict JSON by name
     * @throws IllegalArgumentException where a value is none, or a field is one that the protocol has; the message shows no content
     */
    static String apply(String json, @Nullable String content, Map<String, String> fields) {
        Map<String, String> left = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            ClassicSpeak.checkFree(name);
            JsonText.check("field " + name, value, Integer.MAX_VALUE);
            left.put(name, value);
        });
        if (content != null) {
            left.put("content", "\"" + Quotes.quoted(JsonText.text("content", content)) + "\"");
        }
        StringBuilder changed = new StringBuilder(json.length() + 64);
        int copied = 0;
        try (JsonParser parser = JsonText.parser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                int end = (int) parser.currentLocation().getCharOffset();
                String value = left.remove(name);
                if (value != null) {
                    changed.append(json, copied, start).append(value);
                    copied = end;
                }
            }
        }
        int close = json.lastIndexOf('}');
        changed.append(json, copied, close);
        boolean empty = changed.toString().strip().equals("{");
        String more = left.entrySet().stream()
                .map(entry -> "\"" + Quotes.quoted(entry.getKey()) + "\":" + entry.getValue())
                .collect(Collectors.joining(","));
        return changed.append(more.isEmpty() || empty ? "" : ",")
                .append(more)
                .append('}')
                .toString();
    }
}
