package io.embedim.internal.routing;

import io.embedim.conversation.Signal;
import io.embedim.model.GroupId;
import io.embedim.protocol.ServerFrame;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the groups of this node who has left them: each leave by itself in a small group, and one for all of a second in a large one (protocol C-LEAVE).
 *
 * <p>If everybody heard everybody leave, a group that breaks up would cost the square of its size. Here each member hears one leave a second at most, and a leave costs the same
 * however many there are.
 */
final class Leaves {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final LocalIndex index;
    private final int singlyUpTo;
    private final ImRuntime runtime;
    private final BiConsumer<Peer[], ServerFrame> send;
    private final ConcurrentMap<GroupId, Gathering> gatherings = new ConcurrentHashMap<>();

    Leaves(LocalIndex index, int singlyUpTo, ImRuntime runtime, BiConsumer<Peer[], ServerFrame> send) {
        this.index = index;
        this.singlyUpTo = singlyUpTo;
        this.runtime = runtime;
        this.send = send;
    }

    /** A connection has left, and is out of the index. Those of one group come one at a time. */
    void left(Signal.Left left) {
        GroupId group = left.group();
        Gathering open = gatherings.get(group);
        if (open != null && open.add(left)) {
            return;
        }
        if (index.sizeOf(group) > singlyUpTo) {
            Gathering gathering = new Gathering();
            gatherings.put(group, gathering);
            sendLater(group, gathering);
        }
        send(group, frame(left, 1));
    }

    private void sendLater(GroupId group, Gathering gathering) {
        runtime.schedule(() -> runtime.executor().execute(() -> end(group, gathering)), PAUSE);
    }

    /** A pause is over. Another one follows, unless nobody has left in this one. */
    private void end(GroupId group, Gathering gathering) {
        ServerFrame.Leave all = gathering.take();
        if (all == null) {
            gatherings.remove(group, gathering);
        } else {
            send(group, all);
            sendLater(group, gathering);
        }
    }

    private void send(GroupId group, ServerFrame.Leave leave) {
        send.accept(index.inGroup(group), leave);
    }

    private static ServerFrame.Leave frame(Signal.Left left, int count) {
        return new ServerFrame.Leave(left.group(), left.groupIsNumber(), left.connection(), left.sender(), count);
    }

    /** Who has left one group since its members last heard of it: how many, and who was the last. */
    private static final class Gathering {

        private int count;
        private Signal.@Nullable Left last;
        private boolean ended;

        /** False where it has ended. */
        synchronized boolean add(Signal.Left left) {
            if (!ended) {
                count++;
                last = left;
            }
            return !ended;
        }

        /** All so far as one leave; where there is none, null, and nobody is taken in any more. */
        synchronized ServerFrame.@Nullable Leave take() {
            ServerFrame.Leave all = last == null ? null : frame(last, count);
            ended = last == null;
            last = null;
            count = 0;
            return all;
        }
    }
}
