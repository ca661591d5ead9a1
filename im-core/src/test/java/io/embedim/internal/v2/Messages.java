package io.embedim.internal.v2;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.conversation.Once;
import io.embedim.conversation.Position;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.time.Instant;

/** Messages in logs. */
final class Messages {

    static final UserId ANN = new UserId("ann");
    static final UserId BOB = new UserId("bob");
    static final ConversationId GROUP = ConversationId.of(new GroupId("7"));
    static final ConversationId PAIR = ConversationId.between(ANN, BOB);
    static final Instant NOW = Instant.ofEpochMilli(1_764_288_000_456L);

    private Messages() {}

    /** What Ann says in the group; the words in single quotes. */
    static Draft draft(String content, String json) {
        return new Draft(GROUP, null, ANN, "Ann", true, null, content, json.replace('\'', '"'));
    }

    /** The same by a client that may repeat it. */
    static Draft repeatable(String content, String json) {
        return draft(content, json).once(new Once(Readers.ID, "hash"));
    }

    /** At place 5. */
    static Message at5(Draft draft) {
        return at5(draft, 0, false);
    }

    static Message at5(Draft draft, long revision, boolean recalled) {
        return new Message(draft, new Position("e1", 5, "m5"), "m4", NOW, revision, recalled);
    }

    static Message doing(Action action) {
        return at5(draft("", "").doing(action));
    }
}
