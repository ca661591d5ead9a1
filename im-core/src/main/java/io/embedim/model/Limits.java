package io.embedim.model;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What one client may cost. Every limit has a default and can be set; none can be switched off by accident, because zero and negative values are refused.
 *
 * @param frameBytes the longest inbound text message, in UTF-8 bytes; longer ones close the connection with 1009
 * @param nesting how deep JSON may nest, the outer object counted as 1
 * @param keysPerObject how many keys one JSON object may have
 * @param outboundBytes how much may wait for one client, in UTF-8 bytes, what is being written included; more closes it with 4002
 * @param inboundFrames how many received frames may wait behind one that is being handled; more closes a classic connection with 4004
 * @param inboundBytes how many bytes these may have together
 * @param groupsPerConnection how many groups one connection may be in; a further join is refused with 403
 * @param leavesAnnouncedUpTo up to how many connections of a group, on one node, each leave is announced by itself; above, one leave a second stands for all of that second; in
 *     {@code im.v2} joins too
 * @param writeTime how long one write may be in flight before the client counts as a slow consumer and is closed with 4002
 * @param backendTime how long a store, broker or policy may take before its answer counts as unknown and the sender gets a temporary error
 * @param proofTime how long a connection may be open before its client has proven who it is, where the proof may come in a frame; then it is closed with 4100
 * @param framesPerConnection how many frames one connection may send in how much time; more are refused with 429, and who goes on is closed with 4004
 * @param bytesPerConnection how many UTF-8 bytes one connection may send in how much time
 * @param framesPerUser how many frames all connections of a proven user on this node may send together
 * @param bytesPerUser how many UTF-8 bytes these may send together
 * @param newPairsPerUser how many private conversations, in which nothing was said before, a proven user may begin on this node in how much time, where {@code im.v2} is spoken; one more
 *     is refused with 429
 * @param connectionsPerUser how many connections a proven user may have, and what becomes of one more
 * @param idleTime how long a connection may receive nothing before it is closed with 4003; {@link Duration#ZERO} for no limit
 */
public record Limits(
        int frameBytes,
        int nesting,
        int keysPerObject,
        int outboundBytes,
        int inboundFrames,
        int inboundBytes,
        int groupsPerConnection,
        int leavesAnnouncedUpTo,
        Duration writeTime,
        Duration backendTime,
        Duration proofTime,
        Rate framesPerConnection,
        Rate bytesPerConnection,
        Rate framesPerUser,
        Rate bytesPerUser,
        Rate newPairsPerUser,
        ConnectionLimit connectionsPerUser,
        Duration idleTime) {

    private static final Limits DEFAULTS = new Limits(
            64 * 1024,
            64,
            64,
            1024 * 1024,
            256,
            1024 * 1024,
            1_000,
            200,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Rate.UNLIMITED,
            Rate.UNLIMITED,
            Rate.UNLIMITED,
            Rate.UNLIMITED,
            new Rate(200, Duration.ofDays(1), 200),
            ConnectionLimit.UNLIMITED,
            Duration.ZERO);

    /**
     * Checks all limits.
     *
     * @throws IllegalArgumentException if a limit is not positive (for {@code idleTime}: negative)
     */
    public Limits {
        positive("frameBytes", frameBytes);
        positive("nesting", nesting);
        positive("keysPerObject", keysPerObject);
        positive("outboundBytes", outboundBytes);
        positive("inboundFrames", inboundFrames);
        positive("inboundBytes", inboundBytes);
        positive("groupsPerConnection", groupsPerConnection);
        positive("leavesAnnouncedUpTo", leavesAnnouncedUpTo);
        positive("writeTime", writeTime.toMillis());
        positive("backendTime", backendTime.toMillis());
        positive("proofTime", proofTime.toMillis());
        if (idleTime.isNegative()) {
            throw new IllegalArgumentException("idleTime is " + idleTime + "; expected zero (no limit) or more");
        }
    }

    /**
     * The documented defaults: frames of 64 KiB, nesting 64, 64 keys, 1 MiB outbound, 256 frames and 1 MiB inbound, 1,000 groups, leaves announced one
     * by one in groups of up to 200, writes of 10 s, backends of 5 s, proofs within 10 s, 200 new private conversations of one user a day, no other rates, any number of connections of one user, no idle limit.
     *
     * @return the defaults
     */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /**
     * These limits with another frame size.
     *
     * @param bytes the longest inbound text message, in UTF-8 bytes
     * @return a copy
     */
    public Limits withFrameBytes(int bytes) {
        return copy(c -> c.frameBytes = bytes);
    }

    /**
     * These limits with another depth and width of JSON.
     *
     * @param depth how deep JSON may nest
     * @param keys how many keys one object may have
     * @return a copy
     */
    public Limits withJson(int depth, int keys) {
        return copy(c -> {
            c.nesting = depth;
            c.keysPerObject = keys;
        });
    }

    /**
     * These limits with another bound of what may wait for one client.
     *
     * @param bytes how much may wait, in UTF-8 bytes
     * @param age how long one write may take
     * @return a copy
     */
    public Limits withOutbound(int bytes, Duration age) {
        return copy(c -> {
            c.outboundBytes = bytes;
            c.writeTime = age;
        });
    }

    /**
     * These limits with another bound of what may wait to be handled.
     *
     * @param frames how many frames may wait
     * @param bytes how many bytes they may have together
     * @return a copy
     */
    public Limits withInbound(int frames, int bytes) {
        return copy(c -> {
            c.inboundFrames = frames;
            c.inboundBytes = bytes;
        });
    }

    /**
     * These limits with another number of groups.
     *
     * @param groups how many groups one connection may be in
     * @return a copy
     */
    public Limits withGroupsPerConnection(int groups) {
        return copy(c -> c.groupsPerConnection = groups);
    }

    /**
     * These limits with another size of groups that hear each leave. {@link Integer#MAX_VALUE} is what the original does: a group that breaks up then costs the square of its size.
     *
     * @param connections up to how many connections of a group, on one node, each leave is announced by itself
     * @return a copy
     */
    public Limits withLeavesAnnouncedUpTo(int connections) {
        return copy(c -> c.leavesAnnouncedUpTo = connections);
    }

    /**
     * These limits with another patience for backends.
     *
     * @param time how long a store, broker or policy may take
     * @return a copy
     */
    public Limits withBackendTime(Duration time) {
        return copy(c -> c.backendTime = time);
    }

    /**
     * These limits with another patience for clients that prove who they are in a frame.
     *
     * @param time how long a connection may be open without a proof
     * @return a copy
     */
    public Limits withProofTime(Duration time) {
        return copy(c -> c.proofTime = time);
    }

    /**
     * These limits with rates for each connection.
     *
     * @param frames how many frames
     * @param bytes how many UTF-8 bytes
     * @return a copy
     */
    public Limits withConnectionRates(Rate frames, Rate bytes) {
        return copy(c -> {
            c.framesPerConnection = frames;
            c.bytesPerConnection = bytes;
        });
    }

    /**
     * These limits with rates for all connections of a proven user on this node together; users who are only claimed have none.
     *
     * @param frames how many frames
     * @param bytes how many UTF-8 bytes
     * @return a copy
     */
    public Limits withUserRates(Rate frames, Rate bytes) {
        return copy(c -> {
            c.framesPerUser = frames;
            c.bytesPerUser = bytes;
        });
    }

    /**
     * These limits with another rate of new private conversations. {@link Rate#UNLIMITED} for none, as for bots that write to everybody.
     *
     * @param conversations how many a proven user may begin, on each node; users who are only claimed have no limit
     * @return a copy
     */
    public Limits withNewPairsPerUser(Rate conversations) {
        return copy(c -> c.newPairsPerUser = conversations);
    }

    /**
     * These limits with another number of connections of one user. Holds for users whom an authenticator has proven; users who are only claimed have no limit.
     *
     * @param limit how many, and what becomes of one more
     * @return a copy
     */
    public Limits withConnectionsPerUser(ConnectionLimit limit) {
        return copy(c -> c.connectionsPerUser = limit);
    }

    /**
     * These limits with another patience for silent clients.
     *
     * @param time how long a connection may receive nothing; {@link Duration#ZERO} for no limit
     * @return a copy
     */
    public Limits withIdleTime(Duration time) {
        return copy(c -> c.idleTime = time);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + "; expected more than 0");
        }
    }

    private Limits copy(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.toLimits();
    }

    /** The same values, to be changed. */
    private static final class Copy {

        private int frameBytes;
        private int nesting;
        private int keysPerObject;
        private int outboundBytes;
        private int inboundFrames;
        private int inboundBytes;
        private int groupsPerConnection;
        private int leavesAnnouncedUpTo;
        private Duration writeTime;
        private Duration backendTime;
        private Duration proofTime;
        private Rate framesPerConnection;
        private Rate bytesPerConnection;
        private Rate framesPerUser;
        private Rate bytesPerUser;
        private Rate newPairsPerUser;
        private ConnectionLimit connectionsPerUser;
        private Duration idleTime;

        Copy(Limits from) {
            frameBytes = from.frameBytes;
            nesting = from.nesting;
            keysPerObject = from.keysPerObject;
            outboundBytes = from.outboundBytes;
            inboundFrames = from.inboundFrames;
            inboundBytes = from.inboundBytes;
            groupsPerConnection = from.groupsPerConnection;
            leavesAnnouncedUpTo = from.leavesAnnouncedUpTo;
            writeTime = from.writeTime;
            backendTime = from.backendTime;
            proofTime = from.proofTime;
            framesPerConnection = from.framesPerConnection;
            bytesPerConnection = from.bytesPerConnection;
            framesPerUser = from.framesPerUser;
            bytesPerUser = from.bytesPerUser;
            newPairsPerUser = from.newPairsPerUser;
            connectionsPerUser = from.connectionsPerUser;
            idleTime = from.idleTime;
        }

        Limits toLimits() {
            return new Limits(
                    frameBytes,
                    nesting,
                    keysPerObject,
                    outboundBytes,
                    inboundFrames,
                    inboundBytes,
                    groupsPerConnection,
                    leavesAnnouncedUpTo,
                    writeTime,
                    backendTime,
                    proofTime,
                    framesPerConnection,
                    bytesPerConnection,
                    framesPerUser,
                    bytesPerUser,
                    newPairsPerUser,
                    connectionsPerUser,
                    idleTime);
        }
    }
}
