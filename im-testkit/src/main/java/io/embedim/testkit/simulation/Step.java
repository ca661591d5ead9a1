package io.embedim.testkit.simulation;

/**
 * Something that happens to a simulated system from outside: a user does something, or something breaks.
 *
 * @param at when, in milliseconds from the beginning
 * @param kind what
 * @param client to whom, where it is about a client
 * @param choice decides what else there is to decide
 */
public record Step(long at, Kind kind, int client, int choice) {

    /** What happens. */
    public enum Kind {
        /** Somebody speaks. */
        SPEAK(40),
        /** Somebody speaks in the conversation that everybody uses. */
        SPEAK_IN_GROUP(25),
        /** A classic client speaks there. */
        SPEAK_CLASSIC(8),
        /** Somebody changes what was said. */
        EDIT(8),
        /** Somebody takes back what was said. */
        RECALL(6),
        /** Somebody joins a group. */
        JOIN(6),
        /** Somebody leaves a group. */
        LEAVE(2),
        /** Somebody has read what there is. */
        MARK(5),
        /** Somebody types. */
        TYPE(3),
        /** Somebody asks who is online, and who belongs to a group. */
        ASK(3),
        /** A client's process ends and begins again, on what it has stored. */
        RESTART_CLIENT(2),
        /** A device is new. */
        WIPE_CLIENT(1),
        /** A client's connection breaks, at any byte. */
        CUT(8),
        /** A client's connection is dead and neither side knows. */
        HALF_OPEN(3),
        /** A client does not read for a while. */
        SLOW(4),
        /** The server's process dies and begins again, on what lasts. */
        CRASH(2),
        /** A server's process stands still for a while, up to sixteen seconds. */
        STALL(1),
        /** The server's process dies, and with it what should last. */
        LOSE(1),
        /** A replica is promoted that lacks the newest entries. */
        PROMOTE(2),
        /** For a while the broker fails, or does not answer. */
        TROUBLE(4),
        /** The server's time of day jumps. */
        CLOCK(2);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        /**
         * How often it happens, compared to others.
         *
         * @return a weight, 1 or more
         */
        int weight() {
            return weight;
        }

        boolean isFault() {
            return compareTo(RESTART_CLIENT) >= 0;
        }
    }
}
