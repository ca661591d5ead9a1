package io.embedim.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link ChatSession} tells its user. Each is a value. */
public sealed interface ChatEvent {

    /**
     * The server has said hello.
     *
     * @param clientId the connection's id
     */
    record Connected(String clientId) implements ChatEvent {}

    /**
     * The connection is gone, and the session comes back by itself.
     *
     * @param code the close code
     * @param again after how many milliseconds
     */
    record Disconnected(int code, long again) implements ChatEvent {}

    /**
     * The session has ended for good.
     *
     * @param code the close code, 4100 to 4199 where the server does not want it back, 1000 where the user ended it
     */
    record Ended(int code) implements ChatEvent {}

    /**
     * A message is to be shown. Once for each message; where a {@link Reset} has discarded the conversation, what comes again is marked.
     *
     * @param entry the message as it is now
     * @param again whether this session has shown it before the reset
     */
    record Shown(Entry entry, boolean again) implements ChatEvent {}

    /**
     * A shown message has other words now.
     *
     * @param entry the message as it is now
     */
    record Edited(Entry entry) implements ChatEvent {}

    /**
     * A shown message has been taken back.
     *
     * @param entry the message as it is now, without content
     */
    record Recalled(Entry entry) implements ChatEvent {}

    /**
     * A user came or went.
     *
     * @param entry which one
     */
    record MembersChanged(Entry entry) implements ChatEvent {}

    /**
     * Many users came and went in a large group; the session has no entries of them.
     *
     * @param conv the group's conversation
     * @param added how many came
     * @param removed how many went
     */
    record MembersCounted(String conv, int added, int removed) implements ChatEvent {}

    /**
     * What was known of a conversation is void, and what the session has shown of it is to be taken away. It is shown anew.
     *
     * @param conv the conversation
     */
    record Reset(String conv) implements ChatEvent {}

    /**
     * The server has let go of entries before they came here.
     *
     * @param conv the conversation
     * @param first the first place that is missing
     * @param last the last place that is missing
     */
    record Trimmed(String conv, long first, long last) implements ChatEvent {}

    /**
     * The session knows a conversation from here on. What is older, and may be seen by this user, is there for {@link ChatSession#older}.
     *
     * @param conv the conversation
     * @param first the first place that is known
     */
    record Began(String conv, long first) implements ChatEvent {}

    /**
     * A conversation is up to date, and what is said there comes at once.
     *
     * @param conv the conversation
     */
    record Live(String conv) implements ChatEvent {}

    /**
     * A conversation is not, or not any more, this user's. What was shown of it stays.
     *
     * @param conv the conversation
     */
    record Gone(String conv) implements ChatEvent {}

    /**
     * The user has left a group, or has been removed. On this device; or elsewhere, where the entry that removes the user is not in the log any more.
     *
     * @param conv the group's conversation
     */
    record Left(String conv) implements ChatEvent {}

    /**
     * The server has what the user did.
     *
     * @param id which action
     * @param conv the conversation
     * @param position where its entry stands
     * @param duplicate whether it stood there already
     */
    record Acked(String id, String conv, Position position, boolean duplicate) implements ChatEvent {}

    /**
     * The server refused what the user did, and will not do it.
     *
     * @param id which action or request
     * @param code the error's code
     * @param reason the error's text
     */
    record Nacked(String id, int code, String reason) implements ChatEvent {}

    /**
     * What the user said may be lost: the log does not have it any more, or nobody knows whether it ever had. {@link ChatSession#resend} says it again under the same id, as long as the
     * server knows repetitions.
     *
     * @param id which action
     * @param conv the conversation
     * @param content what was said
     * @param acked whether the server once said that it has it
     */
    record ResendOffered(String id, String conv, Content content, boolean acked) implements ChatEvent {}

    /**
     * How many messages wait to be read.
     *
     * @param conv the conversation
     * @param count at most 999, which means as many or more
     */
    record Unread(String conv, int count) implements ChatEvent {}

    /**
     * Somebody has read, or received, up to a place; on another device, where it is the session's own user.
     *
     * @param watermark which of the two
     * @param conv the conversation
     * @param user who
     * @param position up to where
     */
    record Marked(Watermark watermark, String conv, String user, Position position) implements ChatEvent {}

    /**
     * Somebody types.
     *
     * @param conv where
     * @param user who
     */
    record Typing(String conv, String user) implements ChatEvent {}

    /**
     * Older entries that were asked for. They are not stored.
     *
     * @param id which request
     * @param conv the conversation
     * @param entries in order
     * @param more whether there are older ones still
     */
    record Older(String id, String conv, List<Entry> entries, boolean more) implements ChatEvent {}

    /**
     * Who is online.
     *
     * @param id which request
     * @param online ids of those who are
     * @param offline ids of those who are not, or share no conversation with the user
     */
    record PresenceTold(String id, List<String> online, List<String> offline) implements ChatEvent {}

    /**
     * Members of a group.
     *
     * @param id which request
     * @param conv the group's conversation
     * @param count how many there are
     * @param users ids of some of them; empty in large groups
     * @param cursor where the list goes on, empty at its end
     */
    record MembersTold(String id, String conv, int count, List<String> users, String cursor) implements ChatEvent {}

    /**
     * The server broke a rule, or reported an error that answers nothing. The session goes on.
     *
     * @param code the error's code, 0 where the server did not send one
     * @param reason what is wrong
     * @param conv the conversation that it is about, or null
     */
    record Fault(int code, String reason, @Nullable String conv) implements ChatEvent {}
}
