package io.embedim.internal.v2;

import io.embedim.protocol.ProtocolText;
import org.jspecify.annotations.Nullable;

/** Of the rules that a frame breaks, the one that is reported. */
final class First {

    private First() {}

    /** The one that comes first in {@link ProtocolText}; null stands for no broken rule. */
    static @Nullable ProtocolText of(@Nullable ProtocolText one, @Nullable ProtocolText other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }
}
