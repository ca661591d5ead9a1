package io.embedim.monitor;

import java.util.Map;

/**
 * What one node is and has done since its server was built; other nodes count for themselves.
 *
 * <p>Each number is exact when nothing happens at the same time; together they are no snapshot of one moment.
 *
 * @param open what there is now
 * @param opened connections that came, refused ones too
 * @param closed connections whose sessions have ended, by close code; codes that the core does not use itself count as {@link #OTHER_CODES}
 * @param received what clients sent, also what was refused
 * @param sent what was written to clients
 * @param privateMessages messages to users that the broker took from this node
 * @param groupMessages messages to groups that the broker took from this node
 * @param deliveries messages put into outboxes: one for each recipient on this node
 * @param undelivered private messages that nobody was there to hear, on any node; counted only where there is an {@code ImListener}
 * @param slowConsumers clients that fell behind, once each time; those that were closed for it are in {@code closed} under 4002
 * @param rateRefused frames refused because their sender was too fast
 * @param rejections answers that refuse a frame
 * @param backendFailures questions that failed or were not answered in time; all backends are in it
 */
public record ServerStats(
        Open open,
        long opened,
        Map<Integer, Long> closed,
        Traffic received,
        Traffic sent,
        long privateMessages,
        long groupMessages,
        long deliveries,
        long undelivered,
        long slowConsumers,
        long rateRefused,
        Map<Rejection, Long> rejections,
        Map<Backend, Long> backendFailures) {

    /** Stands for all close codes that applications and clients chose. */
    public static final int OTHER_CODES = 0;

    /** Takes copies. */
    public ServerStats {
        closed = Map.copyOf(closed);
        rejections = Map.copyOf(rejections);
        backendFailures = Map.copyOf(backendFailures);
    }

    /**
     * What there is now.
     *
     * @param connections open connections
     * @param authenticated those of them whose client has proven who it is
     * @param bound those of them that are bound to a user
     * @param users users that at least one of them is bound to
     * @param groups groups that at least one of them has joined
     * @param queuedBytes what waits to be written to them, in UTF-8
     * @param longestQueueBytes what waits for the one for which most waits
     */
    public record Open(
            int connections,
            int authenticated,
            int bound,
            int users,
            int groups,
            long queuedBytes,
            long longestQueueBytes) {}

    /**
     * What went over connections in one direction.
     *
     * @param frames text messages
     * @param bytes their length in UTF-8, without what WebSocket and TLS add, before compression
     */
    public record Traffic(long frames, long bytes) {}
}
