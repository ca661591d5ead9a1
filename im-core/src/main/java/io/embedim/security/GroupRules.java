package io.embedim.security;

import io.embedim.model.GroupId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * How a group is moderated. Immutable.
 *
 * @param announceOnly whether only admins and owners speak
 * @param slowMode how long a member has to wait from one message to the next, at most {@link #LONGEST}; zero where it need not. Admins and owners never wait
 */
public record GroupRules(boolean announceOnly, Duration slowMode) {

    /** The longest slow mode: a day. */
    public static final Duration LONGEST = Duration.ofDays(1);

    /** Every member speaks, and as often as it likes. */
    public static final GroupRules NONE = new GroupRules(false, Duration.ZERO);

    /** Where the rules of groups are kept (SPI). */
    @FunctionalInterface
    public interface Source {

        /**
         * Finds the rules of a group. Asked for each message to a group, by any thread, several at once; must not block. Where the stage fails, or does not complete within
         * {@code Limits.backendTime}, the sender gets a temporary error.
         *
         * @param group the group
         * @return its rules; {@link #NONE} where it has none
         */
        CompletionStage<GroupRules> of(GroupId group);
    }

    /** Checks the slow mode. */
    public GroupRules {
        if (slowMode.isNegative() || slowMode.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("slow mode is " + slowMode + "; expected zero to " + LONGEST);
        }
    }

    /**
     * The same, whoever speaks.
     *
     * @param only whether only admins and owners speak
     * @return a copy
     */
    public GroupRules withAnnounceOnly(boolean only) {
        return new GroupRules(only, slowMode);
    }

    /**
     * The same, however often.
     *
     * @param wait from one message to the next; zero ends it
     * @return a copy
     */
    public GroupRules withSlowMode(Duration wait) {
        return new GroupRules(announceOnly, wait);
    }
}
