package io.embedim.conversation;

import io.embedim.model.UserId;

/**
 * Under which membership a draft was allowed. The append refuses it where the membership has ended or is another one by then (protocol M2).
 *
 * @param user whose membership
 * @param version its version, as in {@link Action.AddMember}, or {@link #ANY_VERSION}
 */
public record Fence(UserId user, long version) {

    /** Fits every membership that has not ended. */
    public static final long ANY_VERSION = 0;

    /**
     * Whether it is a membership of this version that is asked for.
     *
     * @param present the version of a membership that has not ended
     * @return true where it fits
     */
    public boolean fits(long present) {
        return version == ANY_VERSION || version == present;
    }
}
