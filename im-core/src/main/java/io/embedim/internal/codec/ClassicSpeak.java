package io.embedim.internal.codec;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the {@code speak} that a classic client would have sent, for what the application says in a user's name. */
public final class ClassicSpeak {

    private static final Set<String> FIXED =
            Set.of("event", "mode", "group_id", "from_user_id", "from_username", "to_user_id", "content");

    private ClassicSpeak() {}

    /**
     * A name for a field beside the protocol's own.
     *
     * @throws IllegalArgumentException where the protocol has a field of that name, or where it is no text
     */
    public static void checkFree(String name) {
        if (FIXED.contains(name)) {
            throw new IllegalArgumentException(
                    "field " + name + " is set already; expected a name that is not of the protocol's own");
        }
        JsonText.text("name of a field", name);
    }

    /**
     * One frame, as it is relayed in {@code data}.
     *
     * @param more further fields by name, each one JSON value
     */
    public static String json(
            UserId sender,
            String name,
            @Nullable UserId to,
            @Nullable GroupId group,
            String content,
            Map<String, String> more) {
        StringBuilder json = new StringBuilder(200);
        json.append("{\"event\":\"speak\",\"mode\":")
                .append(group == null ? 1 : 2)
                .append(",\"group_id\":");
        json.append(group == null ? "0" : ClassicEncoder.value(group.value(), ClassicEncoder.isNumber(group)));
        text(json, "from_user_id", sender.value());
        text(json, "from_username", name);
        if (to != null) {
            text(json, "to_user_id", to.value());
        }
        text(json, "content", content);
        more.forEach((key, value) ->
                json.append(",\"").append(Quotes.quoted(key)).append("\":").append(value));
        return json.append('}').toString();
    }

    private static void text(StringBuilder json, String name, String value) {
        json.append(",\"")
                .append(name)
                .append("\":\"")
                .append(Quotes.quoted(value))
                .append('"');
    }
}
