package io.embedim.jakarta;

import jakarta.websocket.CloseReason;
import org.jspecify.annotations.Nullable;

/** Where the pipe of one session is kept for what the container tells later. */
@FunctionalInterface
interface Place {

    /** Keeps it; returns the reason where the session has been closed meanwhile, because that has found no pipe. */
    @Nullable
    CloseReason put(Pipe pipe);
}
