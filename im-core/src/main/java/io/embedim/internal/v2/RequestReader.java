package io.embedim.internal.v2;

import io.embedim.internal.codec.Keys;
import io.embedim.internal.codec.StrictJson;
import io.embedim.internal.validation.RequestValidator;
import io.embedim.model.Limits;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * From a text to what a client asks for: decodes and validates, in one pass where {@code event} is the first field of an object, as it usually is; in two where it is not. Safe for use
 * by any thread. Source: docs/protocol-v2.md, V-FRAME.
 */
public final class RequestReader {

    /** How many conversations, users, mentions or entries one frame may name or ask for. */
    public static final int MAX_LIST = 100;

    private static final int LONGEST_NAME = 64;

    private final StrictJson strict;
    private final Requests requests;

    public RequestReader(Limits limits, RequestValidator validator) {
        strict = new StrictJson(limits);
        requests = new Requests(validator);
    }

    /**
     * Reads one object, or an array of objects.
     *
     * @return one item for each object, in order; a single fault where an array has none or too many
     * @throws ProtocolException with {@link ProtocolText#INVALID_JSON} or {@link ProtocolText#NOT_AN_OBJECT}; the connection cannot go on
     */
    public List<Item> read(String text) {
        try (JsonParser parser = strict.parser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new ProtocolException(ProtocolText.INVALID_JSON);
            }
            List<Item> items;
            if (first == JsonToken.START_OBJECT) {
                items = List.of(object(parser, text));
            } else if (first == JsonToken.START_ARRAY) {
                items = array(parser, text);
            } else {
                StrictJson.end(parser);
                throw new ProtocolException(ProtocolText.NOT_AN_OBJECT);
            }
            StrictJson.end(parser);
            return items;
        } catch (JacksonException e) {
            throw new ProtocolException(ProtocolText.INVALID_JSON);
        }
    }

    private List<Item> array(JsonParser parser, String text) {
        List<Item> items = new ArrayList<>();
        boolean tooMany = false;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            tooMany |= items.size() == Frames.MAX_OBJECTS;
            if (!tooMany && token == JsonToken.START_OBJECT) {
                items.add(object(parser, text));
                continue;
            }
            StrictJson.skip(parser, token, strict.keys());
            if (!tooMany) {
                items.add(fault(ProtocolText.NOT_AN_OBJECT, null, null));
            }
        }
        return tooMany || items.isEmpty() ? List.of(fault(ProtocolText.FRAMES_COUNT, null, null)) : items;
    }

    private Item object(JsonParser parser, String text) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        JsonToken first = parser.nextToken();
        if (first == JsonToken.PROPERTY_NAME && parser.currentName().equals("event")) {
            JsonToken value = parser.nextToken();
            return item(parser, Values.text(parser, value), value);
        }
        String event = skipToEnd(parser, first);
        int end = (int) parser.currentLocation().getCharOffset();
        try (JsonParser again = strict.again(text.substring(start, end))) {
            again.nextToken();
            return item(again, event, null);
        }
    }

    /** Reads the fields, the parser in front of the first one, or at the value of the event where that came first. */
    private Item item(JsonParser parser, @Nullable String name, @Nullable JsonToken ofEvent) {
        Event event = name == null ? null : Event.named(name);
        Fields fields = new Fields(strict, event == null ? Field.EVENT | Field.ID : event.fields, event == Event.SPEAK);
        if (ofEvent != null) {
            fields.passEvent(parser, ofEvent);
        }
        fields.read(parser, parser.nextToken());
        if (event == null) {
            return fault(ProtocolText.UNKNOWN_EVENT, name, fields.id);
        }
        return requests.item(event, fields);
    }

    private @Nullable String skipToEnd(JsonParser parser, JsonToken first) {
        Keys keys = strict.keys();
        String event = null;
        keys.open();
        for (JsonToken token = first; token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            boolean isEvent = parser.currentName().equals("event");
            StrictJson.add(parser.currentName(), keys);
            JsonToken value = parser.nextToken();
            if (isEvent) {
                event = Values.text(parser, value);
            }
            StrictJson.skip(parser, value, keys);
        }
        keys.close();
        return event;
    }

    /** A fault that repeats what the client called it, unless that is longer than it may be. */
    static Fault fault(ProtocolText text, @Nullable String event, @Nullable String id) {
        return new Fault(
                text == ProtocolText.NOT_FOUND ? ErrorCode.NOT_FOUND : ErrorCode.BAD_REQUEST,
                text,
                event == null || event.length() > LONGEST_NAME ? null : event,
                id == null || id.isEmpty() || id.length() > LONGEST_NAME ? null : id);
    }
}
