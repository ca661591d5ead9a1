package io.embedim.internal.v2;

import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.DirectoryPage;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Slice;
import io.embedim.model.UserId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes what the server says in {@code im.v2}. Called once per frame, however many receive it. Source: docs/protocol-v2.md. */
public final class Frames {

    /** How many objects one message may hold, in both directions. */
    public static final int MAX_OBJECTS = 256;

    private Frames() {}

    /** The first frame, once it is known who the client is. */
    public static OutboundFrame hello(Hello hello) {
        JsonOut out = JsonOut.event("hello")
                .text("user_id", hello.user().value())
                .text("client_id", hello.connection().value())
                .text("device", hello.device())
                .time("time", hello.now())
                .number("dedupe_window", hello.dedupeWindow().toSeconds());
        if (hello.heartbeat() != null) {
            out.number("heartbeat", hello.heartbeat().toSeconds());
        }
        out.list("features", hello.features(), ListParts::text);
        StringBuilder limits = out.name("limits").append("{\"frame_bytes\":").append(hello.frameBytes());
        new JsonOut(limits, "}")
                .number("content", hello.content())
                .number("sync_conversations", hello.syncConversations())
                .number("page", hello.page())
                .close();
        return frame(out);
    }

    /** The answer to a proof of identity; without a time it holds as long as the connection. */
    public static OutboundFrame authenticated(UserId user, @Nullable Long expiresIn, @Nullable String id) {
        JsonOut out = JsonOut.event("auth").text("id", id).text("user_id", user.value());
        if (expiresIn != null) {
            out.number("expires_in", expiresIn);
        }
        return frame(out);
    }

    /** The log has it. */
    public static OutboundFrame ack(String id, ConversationId conversation, Receipt receipt) {
        Position position = receipt.position();
        JsonOut out = JsonOut.event("ack")
                .text("id", id)
                .text("conv", conversation.toString())
                .number("seq", position.seq())
                .text("mid", position.mid())
                .text("epoch", position.epoch())
                .time("ts", receipt.at());
        return frame(receipt.duplicate() ? out.flag("dup", true) : out);
    }

    /**
     * Something is not done.
     *
     * @param event what was asked for, or null where that cannot be told
     * @param committed false where it is known that nothing was stored; null where it is not known
     * @param retryAfter in how many seconds it may be asked again, or null where waiting does not help
     */
    public static OutboundFrame error(
            int code,
            String msg,
            @Nullable String event,
            @Nullable String id,
            boolean temporary,
            @Nullable Boolean committed,
            @Nullable Long retryAfter) {
        JsonOut out = JsonOut.error(code, msg).text("for", event).text("id", id).flag("temporary", temporary);
        if (committed != null) {
            out.flag("committed", committed);
        }
        if (retryAfter != null) {
            out.number("retry_after", retryAfter);
        }
        return frame(out);
    }

    /** An entry as it happens. */
    public static OutboundFrame entry(Message message) {
        return frame(EntryText.live(message));
    }

    /** Entries of who came and who went, which follow one another, as counts. */
    static OutboundFrame membersChanged(Message first, Message last, int added, int removed) {
        return frame(JsonOut.event("members_changed")
                .text("conv", last.draft().conversation().toString())
                .number("first", first.position().seq())
                .number("seq", last.position().seq())
                .text("mid", last.position().mid())
                .text("prev", first.prev())
                .text("epoch", last.position().epoch())
                .time("ts", last.at())
                .number("added", added)
                .number("removed", removed));
    }

    /** An entry as part of a page. */
    public static String entryText(Message message) {
        StringBuilder json = new StringBuilder(320);
        EntryText.page(json, message);
        return json.toString();
    }

    /**
     * Part of the answer to a sync, for one conversation. Of one that is gone it says nothing else.
     *
     * @param read how far the user has read, or null where nothing is said of it
     * @param recv how far the user has received, or null where nothing is said of it
     * @param unread how many messages are not read
     */
    public static OutboundFrame sync(
            @Nullable String id,
            ConversationId conversation,
            Slice slice,
            @Nullable Position read,
            @Nullable Position recv,
            int unread) {
        JsonOut out = JsonOut.event("sync")
                .text("id", id)
                .text("conv", conversation.toString())
                .text("status", slice.status().name().toLowerCase(Locale.ROOT));
        if (slice.status() != Slice.Status.GONE) {
            out.position("top", slice.top());
            page(out, slice);
            if (isCut(slice)) {
                out.flag("more", true);
            }
            out.position("read", read).position("recv", recv).number("unread", unread);
        }
        return frame(out);
    }

    /** A sync is through. */
    public static OutboundFrame synced(@Nullable String id, @Nullable DirectoryPage directory) {
        JsonOut out = JsonOut.event("synced").text("id", id);
        if (directory != null) {
            StringBuilder json = out.name("directory");
            json.append("{\"status\":\"")
                    .append(directory.status().name().toLowerCase(Locale.ROOT))
                    .append('"');
            new JsonOut(json, "}")
                    .text("epoch", directory.epoch())
                    .number("version", directory.version())
                    .list("added", directory.items(), ListParts::listed)
                    .close();
        }
        return frame(out);
    }

    /** Older entries. */
    public static OutboundFrame history(@Nullable String id, ConversationId conversation, Slice slice) {
        JsonOut out = JsonOut.event("history")
                .text("id", id)
                .text("conv", conversation.toString())
                .text("status", slice.status().name().toLowerCase(Locale.ROOT));
        if (slice.status() != Slice.Status.GONE) {
            page(out, slice);
        }
        return frame(out);
    }

    /** There is something new in a conversation that is not live on the connection. */
    public static OutboundFrame changed(ConversationId conversation, Position top) {
        return frame(
                JsonOut.event("changed").text("conv", conversation.toString()).position("top", top));
    }

    /**
     * Where a watermark stands.
     *
     * @param event {@code read} or {@code recv}
     * @param unread for the user's own connections, or null for others
     * @param id of the frame that this answers, or null where it answers none
     */
    public static OutboundFrame mark(
            String event,
            ConversationId conversation,
            UserId user,
            Position position,
            @Nullable Integer unread,
            @Nullable String id) {
        JsonOut out = JsonOut.event(event)
                .text("id", id)
                .text("conv", conversation.toString())
                .text("user_id", user.value())
                .position("position", position);
        return frame(unread == null ? out : out.number("unread", unread));
    }

    /** Somebody is writing. */
    public static OutboundFrame typing(ConversationId conversation, UserId user) {
        return OutboundFrame.droppable(JsonOut.event("typing")
                .text("conv", conversation.toString())
                .text("user_id", user.value())
                .end());
    }

    /** Who is there. */
    public static OutboundFrame presence(@Nullable String id, List<Person> users) {
        return OutboundFrame.droppable(JsonOut.event("presence")
                .text("id", id)
                .list("users", users, ListParts::person)
                .end());
    }

    /**
     * Who belongs to a group.
     *
     * @param members some of them, or null in a group that is too large to be listed
     * @param cursor where to go on, empty at the end
     */
    public static OutboundFrame members(
            @Nullable String id,
            ConversationId conversation,
            long count,
            @Nullable List<Person> members,
            String cursor) {
        JsonOut out = JsonOut.event("members")
                .text("id", id)
                .text("conv", conversation.toString())
                .number("count", count);
        return frame(
                members == null
                        ? out
                        : out.list("members", members, ListParts::person).text("cursor", cursor));
    }

    /** A membership has ended. */
    public static OutboundFrame left(@Nullable String id, ConversationId conversation) {
        return frame(JsonOut.event("left").text("id", id).text("conv", conversation.toString()));
    }

    /** A sign of life. */
    public static OutboundFrame pong(@Nullable String id) {
        return frame(JsonOut.event("pong").text("id", id));
    }

    /**
     * Several frames as one message, which says the same.
     *
     * @param texts 1 to {@value #MAX_OBJECTS} objects
     * @throws IllegalArgumentException if there are none or more
     */
    public static String together(List<String> texts) {
        if (texts.isEmpty() || texts.size() > MAX_OBJECTS) {
            throw new IllegalArgumentException(texts.size() + " frames; expected 1 to " + MAX_OBJECTS);
        }
        return texts.size() == 1 ? texts.get(0) : "[" + String.join(",", texts) + "]";
    }

    private static void page(JsonOut out, Slice slice) {
        out.number("floor", slice.floor())
                .text("floor_prev", slice.floorPrev())
                .list("messages", slice.entries(), EntryText::page);
    }

    /** Whether a page that begins at the floor ends before the top. */
    private static boolean isCut(Slice slice) {
        List<Message> entries = slice.entries();
        long last = entries.isEmpty()
                ? slice.floor() - 1
                : entries.get(entries.size() - 1).position().seq();
        return slice.status() == Slice.Status.TRIMMED && last < slice.top().seq();
    }

    private static OutboundFrame frame(JsonOut out) {
        return OutboundFrame.of(out.end());
    }
}
