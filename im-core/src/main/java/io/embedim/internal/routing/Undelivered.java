package io.embedim.internal.routing;

import io.embedim.cluster.NodeId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.model.LogText;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.session.SessionStore;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds private messages that nobody was there to hear. Only where this node has no connection of the recipient is the store asked, by the executor, after the message was
 * published: the sender never waits for it.
 */
final class Undelivered {

    /** Questions under way, at the most: a store that hangs is not to be buried in them. */
    static final int MOST = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Undelivered.class);
    private static final PageRequest FEW = PageRequest.first(100);

    private final LocalIndex index;
    private final SessionStore store;
    private final Supplier<NodeId> self;
    private final EngineEvents events;
    private final Executor executor;
    private final Steps steps;
    private final Counters counters;
    private final AtomicInteger asking = new AtomicInteger();

    Undelivered(LocalIndex index, EngineConfig config, Steps steps, Counters counters) {
        this.index = index;
        this.store = config.sessions();
        this.self = config.cluster()::self;
        this.events = config.events();
        this.executor = config.runtime().executor();
        this.steps = steps.of(Backend.SESSIONS);
        this.counters = counters;
    }

    /** Whether it may have to be told of a message; to be asked before it is published, so that who comes meanwhile is told rather twice than not at all. */
    boolean isAbsent(Draft draft) {
        UserId to = draft.recipient();
        return to != null && events.wantsUndelivered() && !index.has(to);
    }

    /** The message was published while its recipient {@linkplain #isAbsent was absent} here. */
    void published(Draft draft, Receipt receipt) {
        UserId to = draft.recipient();
        if (to == null || receipt.duplicate()) {
            return;
        }
        if (asking.incrementAndGet() > MOST) {
            if (asking.getAndDecrement() == MOST + 1) {
                LOG.warn(
                        "event=undelivered_unknown user={} cause={} questions wait for the store",
                        LogText.line(to),
                        MOST);
            }
            return;
        }
        executor.execute(() -> ask(to, draft, receipt));
    }

    private void ask(UserId to, Draft draft, Receipt receipt) {
        steps.then(
                () -> store.ofUser(to, FEW),
                page -> {
                    asking.decrementAndGet();
                    // What the store has of this node is about to be removed from it, or has just come.
                    if (page.items().stream().allMatch(session -> session.node().equals(self.get()))) {
                        counters.undelivered.increment();
                        events.undelivered(draft, receipt);
                    }
                    return null;
                },
                failure -> {
                    asking.decrementAndGet();
                    LOG.debug("event=undelivered_unknown user={}", LogText.line(to), LogText.trace(failure));
                });
    }
}
