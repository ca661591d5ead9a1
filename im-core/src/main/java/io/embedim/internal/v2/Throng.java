package io.embedim.internal.v2;

import io.embedim.conversation.Action;
import io.embedim.conversation.Message;
import io.embedim.model.LogText;
import io.embedim.model.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What those who are live in a large group are told while many come and go (docs/protocol-v2.md V-CROWD): who comes or goes waits for the end of a pause, and is told together with
 * all who wait; what somebody says is told at once, behind those who wait by then.
 *
 * <p>Entries and the end of a pause come by several threads, so what is to be told is put into a queue, and one thread at a time tells it. What says otherwise is guarded by the
 * {@link Channel}, and tells nobody.
 */
final class Throng {

    private static final Logger LOG = LoggerFactory.getLogger(Throng.class);

    /** More than these are told without waiting, so that they need not be kept. */
    private static final int MOST_WAITING = 1_024;

    private final Lives.Delivery delivery;
    private final ArrayDeque<Telling> tellings = new ArrayDeque<>(4); // Guarded by this, as is the next.
    private boolean telling;
    private List<Message> waiting = new ArrayList<>(); // Guarded by the channel.

    /** First who came and went, and then an entry. */
    private static final class Telling {
        private final @Nullable Tally tally;
        private final @Nullable Message message;
        private final Live[] recipients;

        private Telling(@Nullable Tally tally, @Nullable Message message, Live[] recipients) {
            this.tally = tally;
            this.message = message;
            this.recipients = recipients;
        }
    }

    Throng(Lives.Delivery delivery) {
        this.delivery = delivery;
    }

    /** Guarded by the channel. To be told at once, behind all who wait. */
    void say(Message message, Live[] all) {
        put(take(), message, all);
    }

    /** Guarded by the channel. Somebody has come or gone. */
    void hold(Message message, Supplier<Live[]> all, Function<UserId, Live[]> of) {
        if (waiting.size() == MOST_WAITING) {
            put(take(), null, all.get());
        }
        if (message.draft().action() instanceof Action.RemoveMember gone) {
            // Who is out hears so before it is out, and of all before that.
            put(waiting.isEmpty() ? null : new Tally(List.copyOf(waiting)), message, of.apply(gone.user()));
        }
        waiting.add(message);
    }

    /** Guarded by the channel. A pause is over: false where nobody waits, and all has been told. */
    boolean endPause(Supplier<Live[]> all) {
        if (!waiting.isEmpty()) {
            put(take(), null, all.get());
            return true;
        }
        synchronized (this) {
            return telling || !tellings.isEmpty();
        }
    }

    /** Guarded by the channel. Nobody is to be told of those who wait. */
    void forget() {
        waiting = new ArrayList<>();
    }

    private @Nullable Tally take() {
        if (waiting.isEmpty()) {
            return null;
        }
        Tally all = new Tally(waiting);
        waiting = new ArrayList<>();
        return all;
    }

    private synchronized void put(@Nullable Tally tally, @Nullable Message message, Live[] recipients) {
        if (recipients.length > 0) {
            tellings.add(new Telling(tally, message, recipients));
        }
    }

    /** Tells what is to be told, unless another thread is at it. No lock is held. */
    void tell() {
        for (Telling next = next(false); next != null; next = next(true)) {
            try {
                if (next.tally != null) {
                    next.tally.send(next.recipients);
                }
                if (next.message != null) {
                    delivery.deliver(next.message, next.recipients);
                }
            } catch (RuntimeException e) { // Whatever it is, the others are told.
                LOG.error("event=entry_not_delivered", LogText.trace(e));
            }
        }
    }

    private synchronized @Nullable Telling next(boolean mine) {
        if (telling && !mine) {
            return null;
        }
        Telling next = tellings.poll();
        telling = next != null;
        return next;
    }
}
