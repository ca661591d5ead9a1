package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Position;
import io.embedim.internal.codec.Keys;
import io.embedim.internal.codec.StrictJson;
import io.embedim.model.GroupId;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.V2Request;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The fields of one object, as they are found. For one thread.
 *
 * <p>A field is null where it is missing or JSON null. Of a form that it may not have, it is empty, or the rule that it breaks is in {@link #broken}.
 */
final class Fields {

    @Nullable
    ProtocolText broken;

    @Nullable
    String id;

    @Nullable
    String conv;

    @Nullable
    ConversationId conversation;

    @Nullable
    String groupId;

    @Nullable
    String toUserId;

    @Nullable
    String mode;

    @Nullable
    String fromUserId;

    @Nullable
    String type;

    @Nullable
    String content;

    @Nullable
    Body body;

    @Nullable
    List<String> mentions;

    @Nullable
    EntryRef replyTo;

    @Nullable
    EntryRef target;

    @Nullable
    Position position;

    @Nullable
    List<Fields> conversations;

    Request.@Nullable Cursor directory;

    @Nullable
    String epoch;

    @Nullable
    List<String> users;

    boolean watch;

    @Nullable
    String cursor;

    @Nullable
    String ticket;

    /** What the protocol does not know, and what a field {@code ext} has. */
    @Nullable
    Others ext;

    long baseRev = -1;
    long last = -1;
    long before = -1;
    long limit = -1;

    private final StrictJson strict;
    private final int wanted;
    private final boolean keepsOthers;
    private int names;
    private int seen;
    private @Nullable Keys keys;

    /**
     * None yet.
     *
     * @param wanted which fields mean something
     * @param keepsOthers whether all others are kept
     */
    Fields(StrictJson strict, int wanted, boolean keepsOthers) {
        this.strict = strict;
        this.wanted = wanted;
        this.keepsOthers = keepsOthers;
    }

    /** Whether a field was there, and not null. */
    boolean has(int field) {
        return (seen & field) != 0;
    }

    /** Passes over the event's value, where it came first and is known already. */
    void passEvent(JsonParser parser, JsonToken value) {
        names |= Field.EVENT;
        if (value.isStructStart()) {
            StrictJson.skip(parser, value, keys());
        }
    }

    /** Reads an object to its end, from its first name on. */
    void read(JsonParser parser, JsonToken first) {
        for (JsonToken token = first; token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            int field = Field.named(name);
            if (field == 0) {
                StrictJson.add(name, keys());
            } else if ((names & field) != 0) {
                throw new ProtocolException(ProtocolText.INVALID_JSON);
            } else {
                names |= field;
            }
            if ((field & wanted) != 0) {
                take(field, parser, value);
            } else if (keepsOthers) {
                valid(others().add(parser, name, value, keys()), ProtocolText.EXT_FORM);
            } else if (value.isStructStart()) {
                StrictJson.skip(parser, value, keys());
            }
        }
        if (Integer.bitCount(names) + (keys == null ? 0 : keys.count()) > strict.maxKeys()) {
            throw new ProtocolException(ProtocolText.INVALID_JSON);
        }
    }

    /** Nearly all frames have the fields of the protocol, and no others. */
    private Keys keys() {
        if (keys == null) {
            keys = strict.keys();
            keys.open();
        }
        return keys;
    }

    private void take(int field, JsonParser parser, JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        seen |= field;
        switch (field) {
            case Field.ID -> id = orEmpty(Values.text(parser, value));
            case Field.CONV -> takeConv(parser, value);
            case Field.GROUP_ID -> groupId = orEmpty(Values.id(parser, value, true));
            case Field.TO_USER_ID -> toUserId = orEmpty(Values.id(parser, value, false));
            case Field.MODE -> mode = orEmpty(Values.mode(parser, value));
            case Field.FROM_USER_ID -> fromUserId = orEmpty(Values.id(parser, value, false));
            case Field.TYPE -> type = orEmpty(Values.text(parser, value));
            case Field.CONTENT -> content = valid(Values.text(parser, value), ProtocolText.CONTENT_REQUIRED);
            case Field.EPOCH -> epoch = valid(Values.name(parser, value), ProtocolText.BEFORE_FORM);
            case Field.CURSOR -> cursor = valid(Values.text(parser, value), ProtocolText.CURSOR_FORM);
            case Field.TICKET -> ticket = Values.text(parser, value);
            case Field.BASE_REV -> baseRev = Values.integer(parser, value);
            case Field.LAST -> last = Values.integer(parser, value);
            case Field.BEFORE -> before = Values.integer(parser, value);
            case Field.WATCH -> {
                watch = value == JsonToken.VALUE_TRUE;
                valid(watch || value == JsonToken.VALUE_FALSE, ProtocolText.WATCH_FORM);
            }
            case Field.LIMIT -> limit = Values.integer(parser, value);
            default -> {
                takeNested(field, parser, value);
                return;
            }
        }
        if (value.isStructStart()) {
            StrictJson.skip(parser, value, keys());
        }
    }

    private void takeNested(int field, JsonParser parser, JsonToken value) {
        switch (field) {
            case Field.BODY -> takeBody(parser, value);
            case Field.MENTIONS ->
                mentions =
                        valid(Values.users(parser, value, keys(), RequestReader.MAX_LIST), ProtocolText.MENTIONS_FORM);
            case Field.REPLY_TO -> replyTo = valid(Values.ref(parser, value, keys()), ProtocolText.REPLY_TO_FORM);
            case Field.TARGET -> target = valid(Values.ref(parser, value, keys()), ProtocolText.TARGET_FORM);
            case Field.POSITION -> position = valid(Values.position(parser, value, keys()), ProtocolText.POSITION_FORM);
            case Field.DIRECTORY ->
                directory = valid(Values.cursor(parser, value, keys()), ProtocolText.DIRECTORY_FORM);
            case Field.USERS ->
                users = valid(Values.users(parser, value, keys(), RequestReader.MAX_LIST), ProtocolText.USERS_FORM);
            case Field.CONVERSATIONS ->
                conversations = valid(conversations(parser, value), ProtocolText.CONVERSATIONS_FORM);
            case Field.EXT -> valid(others().addAll(parser, value, keys()), ProtocolText.EXT_FORM);
            default ->
                StrictJson.skip(parser, value, keys()); // The event, known by now, and what is said of the sender.
        }
    }

    private void takeConv(JsonParser parser, JsonToken value) {
        conv = orEmpty(Values.text(parser, value));
        conversation = ConversationId.parse(conv).orElse(null);
        valid(conversation, ProtocolText.NOT_FOUND);
    }

    private void takeBody(JsonParser parser, JsonToken value) {
        if (value == JsonToken.START_OBJECT) {
            body = Body.read(parser, keys());
        } else {
            StrictJson.skip(parser, value, keys());
            valid(null, ProtocolText.BODY_REQUIRED);
        }
    }

    private Others others() {
        ext = ext == null ? new Others() : ext;
        return ext;
    }

    private @Nullable List<Fields> conversations(JsonParser parser, JsonToken value) {
        return Wanteds.read(strict, parser, value, keys());
    }

    private void valid(boolean holds, ProtocolText rule) {
        if (!holds) {
            broken = First.of(broken, rule);
        }
    }

    /** The same, and where there is none, that this rule is broken. */
    private <T> @Nullable T valid(@Nullable T value, ProtocolText rule) {
        if (value == null) {
            broken = First.of(broken, rule);
        }
        return value;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The group of a conversation that was named in full, or null. */
    private @Nullable String groupOfConv() {
        if (conversation instanceof ConversationId.Group named) {
            GroupId group = named.group();
            return group.value();
        }
        return null;
    }

    /** What the rules are asked of. */
    V2Request toRequest() {
        return new V2Request(id, conv, groupOfConv(), groupId, toUserId, mode, fromUserId, type, content, body != null);
    }
}
