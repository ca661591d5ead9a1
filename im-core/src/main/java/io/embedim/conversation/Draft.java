package io.embedim.conversation;

import io.embedim.model.ConnectionId;
import io.embedim.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A message that is to be published, before the broker has given it its place.
 *
 * @param conversation where it belongs
 * @param origin the connection that sent it, or null where the application did
 * @param sender who sent it
 * @param senderName the sender's display name
 * @param verified whether the sender was proven, and not only claimed
 * @param recipient the recipient of a private message, null for a group
 * @param content the text
 * @param json the classic frame that said it: one JSON object, relayed as it is. Of an {@code im.v2} message, the members of an object without its braces, such as
 *     {@code "type":"text","content":"hi"}, as {@link #hasFields()} tells. Empty where there are no words
 * @param action what it does: says something, or changes what was said, or who belongs
 * @param once which action of the sender's it is, or null where nobody would repeat it
 * @param fence under which membership it was allowed, or null where none was needed
 */
public record Draft(
        ConversationId conversation,
        @Nullable ConnectionId origin,
        UserId sender,
        String senderName,
        boolean verified,
        @Nullable UserId recipient,
        String content,
        String json,
        Action action,
        @Nullable Once once,
        @Nullable Fence fence) {

    /**
     * Something said that nobody repeats.
     *
     * @param conversation where it belongs
     * @param origin the connection that sent it, or null where the application did
     * @param sender who sent it
     * @param senderName the sender's display name
     * @param verified whether the sender was proven, and not only claimed
     * @param recipient the recipient of a private message, null for a group
     * @param content the text
     * @param json the frame that said it
     */
    public Draft(
            ConversationId conversation,
            @Nullable ConnectionId origin,
            UserId sender,
            String senderName,
            boolean verified,
            @Nullable UserId recipient,
            String content,
            String json) {
        this(conversation, origin, sender, senderName, verified, recipient, content, json, Action.SAY, null, null);
    }

    /**
     * Whether it just says something, once and under no condition.
     *
     * @return true where an append can only take it
     */
    public boolean isPlain() {
        return once == null && fence == null && action instanceof Action.Say;
    }

    /**
     * In which dialect its words are: the fields of an {@code im.v2} message begin with a quotation mark, and a classic frame with a brace or white space.
     *
     * @return true for the fields of {@code im.v2}; false for a classic frame, and where there are no words
     */
    public boolean hasFields() {
        return !json.isEmpty() && json.charAt(0) == '"';
    }

    /** Whether it can only be refused where there is no log yet. */
    boolean needsALog() {
        return fence != null || !(action instanceof Action.Say || action instanceof Action.AddMember);
    }

    /**
     * The same with other words.
     *
     * @param otherContent the text
     * @param otherJson the frame
     * @return a copy
     */
    public Draft withWords(String otherContent, String otherJson) {
        return new Draft(
                conversation,
                origin,
                sender,
                senderName,
                verified,
                recipient,
                otherContent,
                otherJson,
                action,
                once,
                fence);
    }

    /**
     * The same, doing something else.
     *
     * @param other what it does
     * @return a copy
     */
    public Draft doing(Action other) {
        return new Draft(
                conversation, origin, sender, senderName, verified, recipient, content, json, other, once, fence);
    }

    /**
     * The same as an action that may be repeated.
     *
     * @param which which one
     * @return a copy
     */
    public Draft once(Once which) {
        return new Draft(
                conversation, origin, sender, senderName, verified, recipient, content, json, action, which, fence);
    }

    /**
     * The same under a membership.
     *
     * @param membership which one
     * @return a copy
     */
    public Draft fenced(Fence membership) {
        return new Draft(
                conversation, origin, sender, senderName, verified, recipient, content, json, action, once, membership);
    }

    @Override
    public String toString() {
        return "Draft[" + conversation + " from " + sender + "]";
    }
}
