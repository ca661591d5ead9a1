package io.embedim.internal.routing;

import io.embedim.connection.Backlog;
import io.embedim.connection.CloseReason;
import io.embedim.model.LogText;
import io.embedim.runtime.ImRuntime;
import io.embedim.security.SlowConsumerPolicy;
import io.embedim.security.SlowConsumerPolicy.Answer;
import io.embedim.session.Session;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about clients that do not keep up: the application is told and asked, and those that are given up are closed.
 *
 * <p>All of it on threads of the executor, because those who notice are on their way through the members of a group. Listeners are told in the connection's mailbox, as of everything
 * else; the policy is asked outside of it and one at a time, so that one that blocks costs a single thread and nobody's frames.
 */
final class SlowConsumers {

    private static final Logger LOG = LoggerFactory.getLogger(SlowConsumers.class);

    private final SlowConsumerPolicy policy;
    private final Answer unasked;
    private final EngineEvents events;
    private final Executor executor;
    private final Mailbox questions;
    private final Counters counters;

    SlowConsumers(SlowConsumerPolicy policy, EngineEvents events, ImRuntime runtime, Counters counters) {
        this.policy = policy;
        this.unasked = policy == SlowConsumerPolicy.close()
                ? Answer.CLOSE
                : policy == SlowConsumerPolicy.dropOldest() ? Answer.DROP : Answer.KEEP;
        this.events = events;
        this.executor = runtime.executor();
        this.questions = new Mailbox(executor);
        this.counters = counters;
    }

    /** What holds until the policy has answered; where all clients get the same answer, that one. */
    Answer unasked() {
        return unasked;
    }

    /** An outbox has found that its client does not keep up. Any thread; returns at once. */
    void behind(Peer peer, Backlog backlog, boolean begins, boolean ends) {
        if (begins) {
            counters.slowConsumers.increment();
        }
        executor.execute(() -> {
            if (begins) {
                LOG.info(
                        "event=slow_consumer connection={} bytes={} age_ms={}",
                        peer.id(),
                        backlog.bytes(),
                        backlog.age().toMillis());
                peer.post(() -> {
                    tell(peer, backlog, !ends);
                    return null;
                });
            }
            if (ends) {
                peer.endNow(CloseReason.SLOW_CONSUMER);
            }
        });
    }

    private void tell(Peer peer, Backlog backlog, boolean ask) {
        if (!peer.isKnown()) {
            return;
        }
        Session session = peer.session();
        events.slowConsumer(session, backlog);
        if (ask && unasked == Answer.KEEP) {
            executor.execute(() -> questions.post(() -> {
                if (!peer.hasEnded()) {
                    peer.decided(ask(session, backlog));
                }
                return null;
            }));
        }
    }

    @SuppressWarnings("NullAway") // Applications are not checked as this is.
    private Answer ask(Session session, Backlog backlog) {
        try {
            Answer answer = policy.decide(session, backlog);
            if (answer != null) {
                return answer;
            }
            LOG.warn("event=slow_consumer_policy_failed connection={} answer=null", session.id());
        } catch (Throwable fault) {
            LOG.warn("event=slow_consumer_policy_failed connection={}", session.id(), LogText.trace(fault));
        }
        return Answer.CLOSE;
    }
}
