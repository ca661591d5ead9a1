package io.embedim.testkit;

import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.Texts;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server may say to a classic client, whatever the client does: the envelope, the codes, the texts, the close codes. For tests that send what nobody foresaw.
 *
 * <p>Safe for use by any thread. Source: docs/protocol.md.
 */
public final class ClassicAnswers {

    private static final Set<Integer> CODES = Set.of(0, 400, 403, 429, 500, 503);
    private static final Set<Integer> CLOSE_CODES =
            Set.of(1000, 1003, 1007, 1008, 1009, 4001, 4002, 4003, 4004, 4100, 4101, 4102, 4103, 4104, 4105);

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private final Set<String> texts = new HashSet<>();

    /**
     * Answers of a server with these limits.
     *
     * @param maxContent how many code points {@code content} may have there
     * @param maxGroups how many groups a connection may be in there
     */
    public ClassicAnswers(int maxContent, int maxGroups) {
        Map<ProtocolText, Integer> limits =
                Map.of(ProtocolText.CONTENT_MAX, maxContent, ProtocolText.TOO_MANY_GROUPS, maxGroups);
        for (Locale language : List.of(Locale.CHINESE, Locale.ENGLISH)) {
            Texts all = Texts.load(language, limits);
            for (ProtocolText text : ProtocolText.values()) {
                texts.add(all.get(text));
            }
        }
    }

    /**
     * What is wrong with a frame.
     *
     * @param frame what a client received
     * @return a complaint, or empty where the frame is as documented
     */
    public Optional<String> complaint(String frame) {
        JsonNode json;
        try {
            json = mapper.readTree(frame);
        } catch (JacksonException e) {
            return Optional.of("no strict JSON: " + e.getOriginalMessage());
        }
        Iterator<String> keys = json.propertyNames().iterator();
        if (json.size() != 3
                || !keys.next().equals("code")
                || !keys.next().equals("msg")
                || !keys.next().equals("data")) {
            return Optional.of("expected the keys code, msg, data and no other");
        }
        if (!json.path("code").isInt() || !json.path("msg").isString()) {
            return Optional.of("expected a number as code and a text as msg");
        }
        return complaint(json.path("code").intValue(), json.path("msg").stringValue(), json.path("data"));
    }

    /**
     * Whether a close code is one that the server may send.
     *
     * @param code the code of a close frame
     * @return true if so
     */
    public static boolean isCloseCode(int code) {
        return CLOSE_CODES.contains(code);
    }

    private Optional<String> complaint(int code, String msg, JsonNode data) {
        if (!CODES.contains(code)) {
            return Optional.of("code " + code + " is not documented");
        }
        if (!data.isObject() && !(data.isArray() && data.isEmpty())) {
            return Optional.of("data is neither an object nor the empty list");
        }
        if (code != 0) {
            return texts.contains(msg) ? Optional.empty() : Optional.of("msg is none of the texts for errors");
        }
        boolean known = switch (data.path("event").asString("")) {
            case "join" -> msg.equals("success");
            case "leave" -> msg.equals("close");
            case "speak" -> isSpoken(msg, data);
            default -> msg.equals("心跳检测") && data.isArray();
        };
        return known ? Optional.empty() : Optional.of("msg is not the article's for this event");
    }

    private static boolean isSpoken(String msg, JsonNode data) {
        String name = data.path("from_username").asString("");
        String content = data.path("content").asString("");
        return msg.equals(name + "[群聊说]:" + content)
                || msg.equals(name + "[单聊对]" + data.path("to_user_id").asString("") + "[说]:" + content);
    }
}
