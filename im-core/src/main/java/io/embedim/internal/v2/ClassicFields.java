package io.embedim.internal.v2;

import io.embedim.conversation.Draft;
import io.embedim.internal.codec.JsonText;
import io.embedim.internal.codec.Quotes;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What a classic frame says, as the fields of an {@code im.v2} message. */
final class ClassicFields {

    private static final Set<String> KNOWN = Set.of(
            "event", "mode", "group_id", "from_user_id", "from_username", "from_avatar", "to_user_id", "content");

    private ClassicFields() {}

    static String of(Draft draft) {
        StringBuilder fields = new StringBuilder(draft.content().length() + 64);
        fields.append("\"type\":\"text\",\"content\":\"")
                .append(Quotes.quoted(draft.content()))
                .append('"');
        if (draft.json().isEmpty()) {
            return fields.toString();
        }
        Others ext = new Others();
        try (JsonParser parser = JsonText.relayed(draft.json())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("from_avatar") && value == JsonToken.VALUE_STRING) {
                    fields.append(",\"from_avatar\":\"")
                            .append(Quotes.quoted(parser.getString()))
                            .append('"');
                } else if (KNOWN.contains(name)) {
                    parser.skipChildren();
                } else {
                    take(parser, name, value, ext);
                }
            }
        }
        return fields.append(ext.asExt()).toString();
    }

    /** Nothing is refused any more: of two with one name the first stays. */
    private static void take(JsonParser parser, String name, JsonToken value, Others ext) {
        if (name.equals("ext") && value == JsonToken.START_OBJECT) {
            ext.addAll(parser, value, null);
        } else {
            ext.add(parser, name, value, null);
        }
    }
}
