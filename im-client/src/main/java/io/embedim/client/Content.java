package io.embedim.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said: words, or something with a body, as docs/protocol-v2.md describes the fields. Immutable.
 *
 * @param type {@code text}, {@code image}, {@code file}, {@code voice}, {@code location} or {@code custom}
 * @param text the words, or the caption; may be empty unless the type is {@code text}
 * @param body the fields of whatever is no text; JSON values as maps, lists, strings, numbers and booleans; empty where there are none
 * @param mentions ids of the users who are meant
 * @param replyTo what is answered, or null
 * @param ext fields that the protocol does not know; not to be changed
 */
public record Content(
        String type,
        String text,
        Map<String, @Nullable Object> body,
        List<String> mentions,
        @Nullable EntryRef replyTo,
        Map<String, @Nullable Object> ext) {

    /** What a recalled message has. */
    public static final Content NONE = new Content("", "", Map.of(), List.of(), null, Map.of());

    /** Keeps copies. */
    public Content {
        body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
        mentions = List.copyOf(mentions);
        ext = Collections.unmodifiableMap(new LinkedHashMap<>(ext));
    }

    /**
     * Words.
     *
     * @param words at least one character
     * @return a content of the type {@code text}
     */
    public static Content text(String words) {
        return new Content("text", words, Map.of(), List.of(), null, Map.of());
    }

    /**
     * Something that is no text.
     *
     * @param type its type
     * @param body its fields
     * @return a content without a caption
     */
    public static Content of(String type, Map<String, @Nullable Object> body) {
        return new Content(type, "", body, List.of(), null, Map.of());
    }

    /**
     * The same, meant for some.
     *
     * @param users their ids
     * @return a copy
     */
    public Content mentioning(List<String> users) {
        return new Content(type, text, body, users, replyTo, ext);
    }

    /**
     * The same as an answer.
     *
     * @param target what is answered
     * @return a copy
     */
    public Content inReplyTo(EntryRef target) {
        return new Content(type, text, body, mentions, target, ext);
    }

    @Override
    public String toString() {
        return "Content[" + type + ", " + text.length() + " chars]";
    }

    static Content read(Fields fields) {
        return new Content(
                fields.text("type"),
                fields.text("content"),
                fields.object("body").values(),
                fields.texts("mentions"),
                fields.ref("reply_to"),
                fields.object("ext").values());
    }

    void write(Frame frame) {
        frame.put("type", type);
        if (!text.isEmpty() || type.equals("text")) {
            frame.put("content", text);
        }
        if (!body.isEmpty()) {
            frame.put("body", body);
        }
        if (!mentions.isEmpty()) {
            frame.put("mentions", mentions);
        }
        if (replyTo != null) {
            frame.put("reply_to", replyTo);
        }
        if (!ext.isEmpty()) {
            frame.put("ext", ext);
        }
    }
}
