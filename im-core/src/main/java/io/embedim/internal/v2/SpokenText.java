package io.embedim.internal.v2;

import io.embedim.conversation.Draft;
import io.embedim.internal.codec.JsonText;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What an {@code im.v2} message is as a text, for those who know nothing else. */
final class SpokenText {

    /** As a draft's fields begin where the text is all that is to be said. */
    private static final String TEXT = "\"type\":\"text\"";

    private SpokenText() {}

    static String of(Draft draft) {
        if (draft.json().startsWith(TEXT)) {
            return draft.content();
        }
        Map<String, String> values = new HashMap<>();
        try (JsonParser parser = JsonText.relayed("{" + draft.json() + "}")) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("body") && value == JsonToken.START_OBJECT) {
                    readBody(parser, values);
                } else if (name.equals("type")) {
                    values.put("type", parser.getString());
                } else {
                    parser.skipChildren();
                }
            }
        }
        String url = values.getOrDefault("/url", "");
        String name = values.containsKey("/name") ? values.get("/name") + " " : "";
        return switch (values.getOrDefault("type", "")) {
            case "text" -> draft.content();
            case "image" -> "[图片] " + url;
            case "file" -> "[文件] " + name + url;
            case "voice" -> "[语音] " + url;
            case "location" ->
                "[位置] " + name + values.getOrDefault("/latitude", "") + "," + values.getOrDefault("/longitude", "");
            default -> "[消息]";
        };
    }

    private static void readBody(JsonParser parser, Map<String, String> values) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (parser.nextToken().isScalarValue()) {
                values.put("/" + name, parser.getString());
            } else {
                parser.skipChildren();
            }
        }
    }
}
