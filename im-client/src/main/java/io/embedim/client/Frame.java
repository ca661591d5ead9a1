package io.embedim.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A frame that is to be sent. */
final class Frame {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    static Frame of(String event) {
        return new Frame().put("event", event);
    }

    /** A part of a frame. */
    static Frame ofNothing() {
        return new Frame();
    }

    Map<String, @Nullable Object> values() {
        return values;
    }

    Frame put(String name, Object value) {
        values.put(name, value);
        return this;
    }

    Frame to(Address address) {
        return put(address.field(), address.name());
    }

    String json() {
        return Json.write(values);
    }
}
