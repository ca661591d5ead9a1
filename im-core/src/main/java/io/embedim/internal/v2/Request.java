package io.embedim.internal.v2;

import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Position;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a client asks for, found well formed. Source: docs/protocol-v2.md. */
public sealed interface Request extends Item {

    /** The client's name for it, to be repeated in the answer, or null where it has none. */
    @Nullable
    String id();

    /** The event, as answers name it. */
    String event();

    /**
     * Something that is written to a conversation's log.
     */
    sealed interface Writing extends Request {

        @Override
        String id();

        Address to();

        /** Of all that it says (protocol S3), so that a repetition can be told from something else under the same id. */
        String hash();
    }

    /**
     * Says something.
     *
     * @param from who the client says it is, which must be the connection's user; null where it says nothing
     */
    record Speak(
            String id,
            Address to,
            Words words,
            String hash,
            @Nullable UserId from) implements Writing {

        /** By whoever the connection belongs to. */
        public Speak(String id, Address to, Words words, String hash) {
            this(id, to, words, hash, null);
        }

        @Override
        public String event() {
            return "speak";
        }
    }

    /** Says something else instead. */
    record Edit(String id, Address to, EntryRef target, long baseRevision, Words words, String hash)
            implements Writing {
        @Override
        public String event() {
            return "edit";
        }
    }

    /** Takes something back. */
    record Recall(String id, Address to, EntryRef target, long baseRevision, String hash) implements Writing {
        @Override
        public String event() {
            return "recall";
        }
    }

    /** Becomes a member, and listens. */
    record Join(@Nullable String id, GroupId group, Start start) implements Request {
        @Override
        public String event() {
            return "join";
        }
    }

    /** Ceases to be a member. */
    record Leave(@Nullable String id, GroupId group) implements Request {
        @Override
        public String event() {
            return "leave";
        }
    }

    /** Catches up with conversations, and listens to them. */
    record Sync(
            @Nullable String id,
            List<Wanted> conversations,
            @Nullable Cursor directory) implements Request {

        /** Keeps a copy. */
        public Sync {
            conversations = List.copyOf(conversations);
        }

        @Override
        public String event() {
            return "sync";
        }
    }

    /** Reads older entries. */
    record History(@Nullable String id, Address of, String epoch, long before, int limit) implements Request {
        @Override
        public String event() {
            return "history";
        }
    }

    /** Moves a watermark: up to where it has read, or only received. */
    record Mark(@Nullable String id, Address of, boolean read, Position position) implements Request {
        @Override
        public String event() {
            return read ? "read" : "recv";
        }
    }

    /** Is writing something. */
    record Typing(@Nullable String id, Address to) implements Request {
        @Override
        public String event() {
            return "typing";
        }
    }

    /** Asks who is there, and where it is to watch, who comes and goes from then on. */
    record Presence(@Nullable String id, List<UserId> users, boolean watch) implements Request {

        /** Keeps a copy. */
        public Presence {
            users = List.copyOf(users);
        }

        @Override
        public String event() {
            return "presence";
        }
    }

    /** Asks who belongs. An empty cursor asks for the first page. */
    record Members(@Nullable String id, GroupId group, String cursor) implements Request {
        @Override
        public String event() {
            return "members";
        }
    }

    /** Asks for a sign of life. */
    record Ping(@Nullable String id) implements Request {
        @Override
        public String event() {
            return "ping";
        }
    }

    /** Proves who it is. */
    record Auth(@Nullable String id, String ticket) implements Request {
        @Override
        public String event() {
            return "auth";
        }

        @Override
        public String toString() {
            return "Auth[]";
        }
    }

    /** Where to begin in a conversation. */
    sealed interface Start {}

    /** Behind what it has. */
    record Behind(Position position) implements Start {}

    /** With the newest entries; what lies below is a known gap (P5). */
    record Newest(int count) implements Start {}

    /** One conversation that is wanted. */
    record Wanted(Address of, Start start) {}

    /** What it knows of its directory: empty and 0 for nothing. */
    record Cursor(String epoch, long version) {}
}
