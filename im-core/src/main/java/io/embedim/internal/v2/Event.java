package io.embedim.internal.v2;

import io.embedim.internal.validation.V2Rules;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a client may ask for, and which fields that has. */
enum Event {
    SPEAK(
            "speak",
            V2Rules.SAYING,
            Field.ADDRESS | Field.WORDS | Field.EXT | Field.FROM_USER_ID | Field.FROM_USERNAME | Field.FROM_AVATAR),
    EDIT("edit", V2Rules.SAYING, Field.ADDRESS | Field.WORDS | Field.EXT | Field.CHANGE),
    RECALL("recall", V2Rules.WRITING, Field.ADDRESS | Field.CHANGE),
    JOIN("join", V2Rules.ABOUT, Field.ADDRESS | Field.START),
    LEAVE("leave", V2Rules.ABOUT, Field.ADDRESS),
    SYNC("sync", V2Rules.FRAME, Field.CONVERSATIONS | Field.DIRECTORY),
    HISTORY("history", V2Rules.ABOUT, Field.ADDRESS | Field.EPOCH | Field.BEFORE | Field.LIMIT),
    READ("read", V2Rules.ABOUT, Field.ADDRESS | Field.POSITION),
    RECV("recv", V2Rules.ABOUT, Field.ADDRESS | Field.POSITION),
    TYPING("typing", V2Rules.ABOUT, Field.ADDRESS),
    PRESENCE("presence", V2Rules.FRAME, Field.USERS | Field.WATCH),
    MEMBERS("members", V2Rules.ABOUT, Field.ADDRESS | Field.CURSOR),
    PING("ping", V2Rules.FRAME, 0),
    AUTH("auth", V2Rules.FRAME, Field.TICKET);

    private static final Map<String, Event> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(event -> event.word, Function.identity()));

    final String word;
    final V2Rules rules;
    final int fields;

    Event(String word, V2Rules rules, int fields) {
        this.word = word;
        this.rules = rules;
        this.fields = fields | Field.EVENT | Field.ID;
    }

    /** The event of that name, or null where there is none. */
    static @Nullable Event named(String word) {
        return BY_WORD.get(word);
    }
}
