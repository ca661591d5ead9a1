package io.embedim.fuzz;

import io.embedim.model.Limits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Frames of a given size that try to cost more than their size, and one that does not. */
final class HostileFrames {

    private static final String START = "{\"event\":\"speak\",\"mode\":1,\"group_id\":0,\"from_user_id\":\"10086\","
            + "\"from_username\":\"Aksu\",\"to_user_id\":\"10000\",\"content\":\"Hi\",\"ext\":";

    private HostileFrames() {}

    /** What a harmless client could send: objects of a few keys, numbers and texts. */
    static String benign(int size) {
        return array(
                size, i -> "{\"id\":" + i + ",\"name\":\"somebody\",\"tags\":[\"a\",\"b\",true,null],\"at\":1.25}");
    }

    /** Limits under which nothing but the frame's length is bounded. */
    static Limits unlimited(int size) {
        return Limits.defaults().withFrameBytes(size).withJson(size, size);
    }

    /** All kinds, by name. */
    static Map<String, String> all(int size) {
        Map<String, String> kinds = new LinkedHashMap<>();
        int room = size - START.length() - 1;
        kinds.put("nested arrays", START + "[".repeat(room / 2) + "]".repeat(room / 2) + "}");
        kinds.put("nested objects", START + "{\"a\":".repeat(room / 6 - 1) + "0" + "}".repeat(room / 6 - 1) + "}");
        kinds.put("unclosed arrays", START + "[".repeat(room));
        kinds.put("unclosed objects", START + "{\"\":".repeat(room / 4));
        kinds.put("keys", START + object(room, i -> "\"" + Integer.toString(i, 36) + "\":0") + "}");
        kinds.put("keys that collide", START + object(room, i -> "\"" + colliding(i) + "\":0") + "}");
        kinds.put("keys that collide in the parser", START + object(room, i -> "\"" + collidingBy33(i) + "\":0") + "}");
        kinds.put(
                "keys twice at the end",
                START
                        + object(room - 20, i -> "\"" + Integer.toString(i, 36) + "\":0")
                                .replaceFirst("}$", ",\"0\":0}")
                        + "}");
        kinds.put("objects of 64 keys", array(size, i -> object64(i, n -> "k" + n)));
        kinds.put("objects of 64 keys that collide", array(size, i -> object64(i, HostileFrames::colliding)));
        kinds.put(
                "objects of 64 keys, the last one twice",
                array(size, i -> object64(i, n -> "k" + n)).replaceFirst("]}$", ",{\"a\":1,\"a\":2}]}"));
        kinds.put("fresh names", array(size, i -> "{\"" + Integer.toString(i * 7919, 36) + "\":0}"));
        kinds.put("empty objects", array(size, i -> "{}"));
        kinds.put("integer", START + "7".repeat(room) + "}");
        kinds.put("fraction", START + "1." + "7".repeat(room - 2) + "}");
        kinds.put("exponent", START + "1e" + "7".repeat(room - 2) + "}");
        kinds.put("integer as id", "{\"to_user_id\":" + "7".repeat(size - 16) + "}");
        kinds.put("integers", array(size, i -> "7"));
        kinds.put("string", START + '"' + "x".repeat(room - 2) + "\"}");
        kinds.put("string as content", "{\"content\":\"" + "x".repeat(size - 14) + "\"}");
        kinds.put("string as event", "{\"event\":\"" + "x".repeat(size - 14) + "\"}");
        kinds.put("key", START + "{\"" + "x".repeat(room - 6) + "\":0}}");
        kinds.put("escapes", "{\"content\":\"" + "\\n".repeat(size / 2 - 7) + "\"}");
        kinds.put("unicode escapes", "{\"content\":\"" + "\\u4f60".repeat(size / 6 - 3) + "\"}");
        kinds.put("escaped pairs", "{\"content\":\"" + "\\ud83d\\ude00".repeat(size / 12 - 2) + "\"}");
        kinds.put("escapes in a key", START + "{\"" + "\\n".repeat(room / 2 - 3) + "\":0}}");
        kinds.put("astral letters", "{\"content\":\"" + "😀".repeat(size / 4 - 4) + "\"}");
        kinds.put("lone surrogate at the end", START + '"' + "x".repeat(room - 3) + "\ud83d\"}");
        kinds.put("escaped lone surrogate at the end", START + '"' + "x".repeat(room - 8) + "\\ude00\"}");
        kinds.put("spaces", START + " ".repeat(room - 1) + "0}");
        kinds.put("spaces behind", START + "0}" + " ".repeat(room - 1));
        kinds.put("braces behind", START + "0}" + "}".repeat(room - 1));
        return kinds;
    }

    private static String object64(int i, IntFunction<String> name) {
        return object(Integer.MAX_VALUE, 64, n -> "\"" + name.apply(n) + "\":" + i % 10);
    }

    private static String object(int size, IntFunction<String> member) {
        return object(size, Integer.MAX_VALUE, member);
    }

    private static String object(int size, int most, IntFunction<String> member) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < most; i++) {
            String next = member.apply(i);
            if (json.length() + next.length() + 2 > size) {
                break;
            }
            json.append(i == 0 ? "" : ",").append(next);
        }
        return json.append('}').toString();
    }

    private static String array(int size, IntFunction<String> element) {
        StringBuilder json = new StringBuilder(START).append('[');
        for (int i = 0; ; i++) {
            String next = element.apply(i);
            if (json.length() + next.length() + 30 > size) {
                return json.append("]}").toString();
            }
            json.append(i == 0 ? "" : ",").append(next);
        }
    }

    /** Names of one length with one hash, as Java computes it. */
    private static String colliding(int number) {
        return name(number, "Aa", "BB");
    }

    /** The same for tables that multiply by 33. */
    private static String collidingBy33(int number) {
        return name(number, "Ab", "BA");
    }

    private static String name(int number, String zero, String one) {
        StringBuilder name = new StringBuilder(34);
        for (int bit = 0; bit < 17; bit++) {
            name.append((number >> bit & 1) == 0 ? zero : one);
        }
        return name.toString();
    }
}
