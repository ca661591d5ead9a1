package io.embedim.examples.docs;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

// tag::connection[]
/** One frame a line, to a writer that may block: a pipe without WebSocket. */
final class WriterConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(WriterConnection.class);

    private final Writer writer;
    private final Executor blocking;

    /** The executor runs what blocks; it needs several threads, so that close gets one while a write is stuck. */
    WriterConnection(Writer writer, Executor blocking) {
        this.writer = writer;
        this.blocking = blocking;
    }

    @Override
    public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
        // The core calls again only after the callback, so no queue is needed here.
        blocking.execute(() -> callback.completed(writeAll(frames)));
    }

    @Override
    public void close(CloseReason reason) {
        blocking.execute(() -> {
            try {
                writer.close();
            } catch (IOException e) {
                LOG.debug("close failed", e);
            }
        });
    }

    private @Nullable Throwable writeAll(List<OutboundFrame> frames) {
        try {
            for (OutboundFrame frame : frames) {
                writer.write(frame.text());
                writer.write('\n');
            }
            writer.flush();
            return null;
        } catch (IOException e) {
            return e;
        }
    }
}
// end::connection[]
