package io.embedim;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.internal.codec.ClassicSpeak;
import io.embedim.internal.codec.JsonText;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the application says in a conversation in the name of a user: its own one, such as {@code system}, or somebody's. Immutable; {@link #toString()} shows no content.
 */
public final class Speech {

    private final UserId sender;
    private final String senderName;
    private final @Nullable UserId recipient;
    private final @Nullable GroupId group;
    private final String content;
    private final Map<String, String> more;

    private Speech(
            UserId sender,
            String senderName,
            @Nullable UserId recipient,
            @Nullable GroupId group,
            String content,
            Map<String, String> more) {
        this.sender = sender;
        this.senderName = JsonText.text("sender's name", senderName);
        this.recipient = recipient;
        this.group = group;
        this.content = JsonText.text("content", content);
        this.more = more;
    }

    /**
     * Something said to a user.
     *
     * @param sender who says it
     * @param senderName the sender's display name, {@code from_username} on the wire
     * @param recipient to whom
     * @param content what; not empty
     * @return the speech
     * @throws IllegalArgumentException if the name or the content is empty or has a lone surrogate
     */
    public static Speech toUser(UserId sender, String senderName, UserId recipient, String content) {
        return new Speech(sender, senderName, recipient, null, content, Map.of());
    }

    /**
     * Something said to a group.
     *
     * @param sender who says it; need not be a member
     * @param senderName the sender's display name, {@code from_username} on the wire
     * @param group to which group
     * @param content what; not empty
     * @return the speech
     * @throws IllegalArgumentException if the name or the content is empty or has a lone surrogate
     */
    public static Speech toGroup(UserId sender, String senderName, GroupId group, String content) {
        return new Speech(sender, senderName, null, group, content, Map.of());
    }

    /**
     * The same with one more field, as clients may send fields of their own: {@code from_avatar}, say.
     *
     * @param name the field's name
     * @param json its value, strict JSON
     * @return a copy
     * @throws IllegalArgumentException if the protocol has a field of that name, or if the value is not one value of strict JSON
     */
    public Speech with(String name, String json) {
        ClassicSpeak.checkFree(name);
        JsonText.check("field " + name, json, ServerMessage.MAX_BYTES);
        Map<String, String> fields = new LinkedHashMap<>(more);
        fields.put(name, json);
        return new Speech(sender, senderName, recipient, group, content, Collections.unmodifiableMap(fields));
    }

    Draft draft() {
        ConversationId conversation = group != null
                ? ConversationId.of(group)
                : ConversationId.between(sender, recipient != null ? recipient : sender);
        String json = ClassicSpeak.json(sender, senderName, recipient, group, content, more);
        return new Draft(conversation, null, sender, senderName, true, recipient, content, json);
    }

    @Override
    public String toString() {
        return "Speech[" + sender + " -> " + (group != null ? "group " + group : recipient) + "]";
    }
}
