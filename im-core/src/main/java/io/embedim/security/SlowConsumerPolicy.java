package io.embedim.security;

import io.embedim.connection.Backlog;
import io.embedim.session.Session;

/**
 * Decides what becomes of a client that does not read as fast as it is sent to (SPI).
 *
 * <p><b>When.</b> A client falls behind when more is to wait for it than {@code Limits.outboundBytes}, or when one write takes longer than {@code Limits.writeTime}. It is asked about once
 * then, and again only after it had caught up: no more than half of the bytes were waiting. {@link #close()} and {@link #dropOldest()} are known to the server and need not be asked.
 *
 * <p><b>Limits.</b> No answer, a late one or {@link Answer#KEEP} for ever never takes more memory or time than twice these limits: past either, the client is closed with 4002. So a policy
 * can neither make the server keep more, nor keep a client that has stopped reading.
 *
 * <p><b>Threads.</b> A thread of {@code ImRuntime.executor()}, with no lock held, and one call at a time for the whole server. Who sends never waits for it, nor do the slow client's
 * own frames. A call that takes its time makes only the next questions late; it should not block. <b>Ordering.</b> After {@code ImListener.slowConsumer}; the client may be gone by the time of
 * the call or of the answer. <b>Failure.</b> What throws, or answers null, is logged and closes the client.
 *
 * <p>Source: docs/how-to/limits.md.
 */
@FunctionalInterface
public interface SlowConsumerPolicy {

    /** What becomes of the client, until it has caught up. */
    enum Answer {

        /** It is closed with 4002 at once; it is to come back and ask for what it missed. */
        CLOSE,

        /**
         * Frames that may be left out are, the oldest first, so that the others find room within the limit. Where they do not, or the limit of time is over, the client is closed with 4002.
         */
        DROP,

        /** What must not be left out waits up to twice the limit, and a write may take twice as long. Past that the client is closed with 4002. */
        KEEP
    }

    /**
     * Decides about one client that has fallen behind.
     *
     * @param session its session
     * @param backlog what waited for it when it fell behind
     * @return what becomes of it
     */
    Answer decide(Session session, Backlog backlog);

    /**
     * Closes it with 4002, the default. A frame that may be left out is, where it finds no room, and does not count as falling behind.
     *
     * @return the policy
     */
    static SlowConsumerPolicy close() {
        return FixedSlowConsumerPolicy.CLOSE;
    }

    /**
     * {@link Answer#DROP} for all: leaves out what may be left out, the oldest first, and closes where that is not enough.
     *
     * @return the policy
     */
    static SlowConsumerPolicy dropOldest() {
        return FixedSlowConsumerPolicy.DROP_OLDEST;
    }
}
