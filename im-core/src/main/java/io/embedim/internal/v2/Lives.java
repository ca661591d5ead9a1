package io.embedim.internal.v2;

import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.LogReplaced;
import io.embedim.conversation.Message;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Topic;
import io.embedim.model.UserId;
import io.embedim.runtime.ImRuntime;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The conversations that connections of this node follow. Safe for use by any thread. */
public final class Lives {

    private final ConcurrentMap<Key, Channel> channels = new ConcurrentHashMap<>();
    private final Delivery delivery;
    private final Crowds crowds;
    private final Function<UserId, List<Dialogue>> dialogues;
    private final BiConsumer<Live, ConversationId> removed;

    /** How entries get to those who are live. */
    public interface Delivery {

        /** To all of them that {@linkplain Live#wants want} it. No lock is held. */
        void deliver(Message message, Live[] recipients);

        /** An entry as one connection may see it: with other words, or without. */
        Message seen(Message message, Link reader);

        /** The frame of an entry for one of them. */
        OutboundFrame frame(Message message, Live recipient);
    }

    /**
     * Which groups are told by counts who comes and goes.
     *
     * @param largest how many connections of a group are live on this node where each is still told by itself
     */
    record Crowds(int largest, ImRuntime runtime) {}

    /** A conversation by the topic that it comes by; a pair has two. */
    private record Key(Topic topic, ConversationId conversation) {}

    /**
     * Nobody follows anything so far.
     *
     * @param dialogues the connections of a user on this node
     * @param removed hears whose membership has ended
     */
    Lives(
            Delivery delivery,
            Crowds crowds,
            Function<UserId, List<Dialogue>> dialogues,
            BiConsumer<Live, ConversationId> removed) {
        this.delivery = delivery;
        this.crowds = crowds;
        this.dialogues = dialogues;
        this.removed = removed;
    }

    /** An entry has come by a topic. The entries of one topic come one at a time. */
    public void accept(Topic topic, Message message) {
        ConversationId conversation = message.draft().conversation();
        Channel channel = channels.get(new Key(topic, conversation));
        if (channel != null) {
            channel.accept(message);
        }
        if (topic instanceof Topic.OfUser own) {
            for (Dialogue dialogue : dialogues.apply(own.user())) {
                if (channel == null || !channel.has(dialogue)) {
                    dialogue.changed(conversation, message.position());
                }
            }
        } else if (channel != null && message.draft().action() instanceof Action.RemoveMember gone) {
            for (Live one : channel.detach(gone.user())) {
                removed.accept(one, conversation);
            }
        }
    }

    /** A log is another one by now. */
    public void accept(Topic topic, LogReplaced replaced) {
        ConversationId conversation = replaced.conversation();
        Channel channel = channels.get(new Key(topic, conversation));
        if (channel != null) {
            channel.replaced(replaced.top());
        }
    }

    Live follow(Topic topic, ConversationId conversation, Dialogue dialogue) {
        Live[] followed = new Live[1];
        channels.compute(new Key(topic, conversation), (key, present) -> {
            Channel channel = present != null ? present : new Channel(conversation, delivery, crowds);
            followed[0] = channel.add(dialogue);
            return channel;
        });
        return followed[0];
    }

    void leave(Topic topic, Live gone) {
        channels.computeIfPresent(new Key(topic, gone.channel.conversation()), (key, channel) -> {
            channel.remove(gone);
            return channel.isEmpty() ? null : channel;
        });
    }

    /** A part of a log as one connection may see it. */
    Slice seen(Slice slice, Link reader) {
        return new Slice(
                slice.status(),
                slice.top(),
                slice.floor(),
                slice.floorPrev(),
                slice.entries().stream()
                        .map(message -> delivery.seen(message, reader))
                        .toList());
    }

    /** Those who are live in a conversation by a topic, as of now. */
    public Live[] in(Topic topic, ConversationId conversation) {
        Channel channel = channels.get(new Key(topic, conversation));
        return channel == null ? new Live[0] : channel.snapshot();
    }

    /** For tests: nothing may be left where nobody is. */
    public int size() {
        return channels.size();
    }

    /** The topic by which a user hears a conversation. */
    static Topic topic(UserId user, ConversationId conversation) {
        return conversation instanceof ConversationId.Group group ? Topic.of(group.group()) : Topic.of(user);
    }

    static @Nullable UserId other(UserId user, ConversationId conversation) {
        return conversation instanceof ConversationId.Pair pair
                ? pair.first().equals(user) ? pair.second() : pair.first()
                : null;
    }
}
