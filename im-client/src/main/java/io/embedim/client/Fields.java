package io.embedim.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object that came. What is missing or of another type reads as empty: a newer server may say more than this client knows. */
record Fields(Map<String, @Nullable Object> values) {

    String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    double seconds(String name) {
        return values.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    Fields object(String name) {
        return of(values.get(name));
    }

    List<Fields> objects(String name) {
        List<Fields> all = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            list.forEach(value -> all.add(of(value)));
        }
        return all;
    }

    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            list.forEach(value -> all.add(String.valueOf(value)));
        }
        return all;
    }

    Position position() {
        return new Position(text("epoch"), number("seq"), text("mid"));
    }

    @Nullable
    EntryRef ref(String name) {
        Fields ref = object(name);
        return ref.has("seq") ? new EntryRef(ref.number("seq"), ref.text("mid")) : null;
    }

    @SuppressWarnings("unchecked") // Json makes maps of this type only.
    static Fields of(@Nullable Object value) {
        return new Fields(value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of());
    }
}
