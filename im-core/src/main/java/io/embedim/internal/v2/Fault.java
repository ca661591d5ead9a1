package io.embedim.internal.v2;

import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import org.jspecify.annotations.Nullable;

/**
 * Why a frame is not done.
 *
 * @param code the code of the answer
 * @param text what is said of it
 * @param event the event that the frame named, or null where none can be told
 * @param id the frame's id, or null where it has none
 */
public record Fault(
        ErrorCode code,
        ProtocolText text,
        @Nullable String event,
        @Nullable String id) implements Item {}
