package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Position;
import io.embedim.runtime.ImRuntime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection's side of the dialect: who it is, and which conversations it follows. */
public final class Dialogue {

    private final Link link;
    private final Names names;
    private final Notices notices;
    // By tasks of the mailbox alone.
    private final Map<ConversationId, Live> follows = new HashMap<>(2);
    private boolean syncing;

    /**
     * How its user wants to be shown, and from where it speaks.
     *
     * @param name the display name
     * @param avatar the avatar, or null
     * @param device the client's name for the device, or null where it has none
     */
    public record Names(
            String name, @Nullable String avatar, @Nullable String device) {}

    Dialogue(Link link, Names names, ImRuntime runtime) {
        this.link = link;
        this.names = names;
        this.notices = new Notices(link, runtime);
    }

    public Link link() {
        return link;
    }

    Names names() {
        return names;
    }

    /** There is something new in a conversation that it is not live in. Any thread. */
    void changed(ConversationId conversation, Position top) {
        notices.changed(conversation, top);
    }

    /** What it is told of a conversation from now on are the entries. Any thread. */
    void isLive(ConversationId conversation) {
        notices.forget(conversation);
    }

    // From here on: for tasks of the mailbox.

    @Nullable
    Live live(ConversationId conversation) {
        return follows.get(conversation);
    }

    void follow(ConversationId conversation, Live live) {
        follows.put(conversation, live);
    }

    @Nullable
    Live leave(ConversationId conversation) {
        notices.forget(conversation);
        return follows.remove(conversation);
    }

    Collection<Live> leaveAll() {
        List<Live> all = List.copyOf(follows.values());
        follows.clear();
        return all;
    }

    /** One sync at a time; false where one is under way. */
    boolean beginSync() {
        boolean free = !syncing;
        syncing = true;
        return free;
    }

    void endSync() {
        syncing = false;
    }
}
