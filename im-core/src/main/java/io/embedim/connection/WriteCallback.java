package io.embedim.connection;

import org.jspecify.annotations.Nullable;

/** Hears that a {@link Connection#write write} has ended. Only the first call counts; it never throws and never blocks; any thread may call it. */
@FunctionalInterface
public interface WriteCallback {

    /**
     * The write has ended.
     *
     * @param failure why it failed, or null where all frames are written; after a failure the core closes the connection
     */
    void completed(@Nullable Throwable failure);
}
