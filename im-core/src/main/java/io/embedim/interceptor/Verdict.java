package io.embedim.interceptor;

import io.embedim.protocol.ErrorCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** What an interceptor has decided about a message. Immutable; {@code toString} shows no content. */
public sealed interface Verdict {

    /** As it is. */
    record Pass() implements Verdict {

        private static final Pass INSTANCE = new Pass();
        private static final CompletionStage<Verdict> NOW = CompletableFuture.completedFuture(INSTANCE);
    }

    /**
     * With another content, or with further fields.
     *
     * @param content the new content, or null where it stays
     * @param fields further fields of the message's {@code data} by name, each one value of strict JSON; one that is there already is replaced. Not those that the protocol itself has
     */
    record Change(@Nullable String content, Map<String, String> fields) implements Verdict {

        /** Copies the fields. */
        public Change {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /**
         * The same with one more field.
         *
         * @param name the field's name
         * @param json its value, strict JSON
         * @return a copy
         */
        public Change with(String name, String json) {
            Map<String, String> more = new LinkedHashMap<>(fields);
            more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(json, "json"));
            return new Change(content, more);
        }

        @Override
        public String toString() {
            return "Change[" + (content == null ? "" : "content, ") + fields.size() + " fields]";
        }
    }

    /**
     * Not at all. On its way in the sender hears it; on its way out nobody does.
     *
     * @param code the {@code code} of the answer, 400 or above
     * @param message the {@code msg} of the answer, for people
     */
    record Refuse(int code, String message) implements Verdict {

        /** Checks the code. */
        public Refuse {
            if (code < ErrorCode.BAD_REQUEST.value()) {
                throw new IllegalArgumentException(
                        "code is " + code + "; expected " + ErrorCode.BAD_REQUEST.value() + " or above");
            }
            Objects.requireNonNull(message, "message");
        }

        @Override
        public String toString() {
            return "Refuse[" + code + "]";
        }
    }

    /**
     * As it is.
     *
     * @return the verdict
     */
    static Verdict pass() {
        return Pass.INSTANCE;
    }

    /**
     * As it is, known at once and without an allocation.
     *
     * @return a completed stage
     */
    static CompletionStage<Verdict> passNow() {
        return Pass.NOW;
    }

    /**
     * With another content.
     *
     * @param content the new content; not empty
     * @return the verdict
     */
    static Change content(String content) {
        return new Change(Objects.requireNonNull(content, "content"), Map.of());
    }

    /**
     * With one more field.
     *
     * @param name the field's name
     * @param json its value, strict JSON
     * @return the verdict; {@link Change#with} adds further ones
     */
    static Change field(String name, String json) {
        return new Change(null, Map.of()).with(name, json);
    }

    /**
     * With one more field, a text.
     *
     * @param name the field's name
     * @param value the text, not yet quoted
     * @return the verdict; {@link Change#with} adds further ones
     */
    static Change text(String name, String value) {
        StringBuilder json = new StringBuilder(value.length() + 16).append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, json);
        return field(name, json.append('"').toString());
    }

    /**
     * Not at all, and the sender hears it.
     *
     * @param code 400 or above
     * @param message for people
     * @return the verdict
     */
    static Verdict refuse(int code, String message) {
        return new Refuse(code, message);
    }

    /**
     * Not to these recipients, and nobody hears it.
     *
     * @return the verdict
     */
    static Verdict withhold() {
        return new Refuse(ErrorCode.FORBIDDEN.value(), "");
    }

    /**
     * This verdict, known at once.
     *
     * @return a completed stage
     */
    default CompletionStage<Verdict> now() {
        return CompletableFuture.completedFuture(this);
    }
}
