package io.embedim.internal.v2;

import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Position;
import io.embedim.internal.codec.Quotes;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the members of one JSON object, in the order of the calls. For one thread. */
final class JsonOut {

    private static final String SUCCESS = "{\"code\":0,\"msg\":\"\",\"data\":{\"event\":\"";

    private final StringBuilder json;
    private final String end;

    /** Behind at least one member; ends with this. */
    JsonOut(StringBuilder json, String end) {
        this.json = json;
        this.end = end;
    }

    /** An envelope, and in it an event. */
    static JsonOut event(String event) {
        return new JsonOut(new StringBuilder(256).append(SUCCESS).append(event).append('"'), "}}");
    }

    /** An object without an envelope. */
    static JsonOut bare(StringBuilder json, String event) {
        return new JsonOut(json.append("{\"event\":\"").append(event).append('"'), "}");
    }

    /** The envelope of an error. */
    static JsonOut error(int code, String msg) {
        StringBuilder json =
                new StringBuilder(160).append("{\"code\":").append(code).append(",\"msg\":\"");
        return new JsonOut(json.append(Quotes.quoted(msg)).append("\",\"data\":{\"event\":\"error\""), "}}");
    }

    /** Left out where there is none. */
    JsonOut text(String name, @Nullable String value) {
        if (value != null) {
            name(name).append('"').append(Quotes.quoted(value)).append('"');
        }
        return this;
    }

    JsonOut number(String name, long value) {
        name(name).append(value);
        return this;
    }

    JsonOut flag(String name, boolean value) {
        name(name).append(value);
        return this;
    }

    JsonOut time(String name, Instant value) {
        return number(name, value.toEpochMilli());
    }

    /** Left out where there is none. */
    JsonOut position(String name, @Nullable Position value) {
        if (value != null) {
            name(name)
                    .append("{\"epoch\":\"")
                    .append(Quotes.quoted(value.epoch()))
                    .append("\",\"seq\":");
            json.append(value.seq())
                    .append(",\"mid\":\"")
                    .append(Quotes.quoted(value.mid()))
                    .append("\"}");
        }
        return this;
    }

    JsonOut ref(String name, EntryRef value) {
        name(name).append("{\"seq\":").append(value.seq());
        json.append(",\"mid\":\"").append(Quotes.quoted(value.mid())).append("\"}");
        return this;
    }

    /** Members that are JSON already; nothing where there are none. */
    JsonOut members(String members) {
        if (!members.isEmpty()) {
            json.append(',').append(members);
        }
        return this;
    }

    /** A list, each element written by the caller. */
    <T> JsonOut list(String name, List<T> values, BiConsumer<StringBuilder, T> writer) {
        name(name).append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            writer.accept(json, values.get(i));
        }
        json.append(']');
        return this;
    }

    /** The name, and where its value is to be written. */
    StringBuilder name(String name) {
        return json.append(",\"").append(name).append("\":");
    }

    /** All of it. */
    String end() {
        return json.append(end).toString();
    }

    /** Ends an object that is part of something else. */
    void close() {
        json.append(end);
    }
}
