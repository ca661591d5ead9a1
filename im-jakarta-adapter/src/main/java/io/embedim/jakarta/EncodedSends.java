package io.embedim.jakarta;

import io.embedim.connection.OutboundFrame;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's sends of a text that is encoded already. The standard API takes a string, which Tomcat encodes letter by letter and anew for each recipient; that is more than a third of what
 * a group's message costs it. It sends bytes by methods of its own that are not public: what {@code sendText} and {@code sendPing} call in the end. Where one is not there, or not to be
 * reached, the standard API does the work (docs/adr/0014).
 */
final class EncodedSends {

    /** RFC 6455, section 5.2. */
    private static final byte TEXT_FRAME = 1;

    private static final MethodType SEND =
            MethodType.methodType(void.class, RemoteEndpoint.Basic.class, byte.class, ByteBuffer.class, boolean.class);

    private static final MethodType START = MethodType.methodType(
            void.class, RemoteEndpoint.Async.class, byte.class, ByteBuffer.class, boolean.class, SendHandler.class);

    private static final MethodType BATCH = MethodType.methodType(ByteBuffer.class, RemoteEndpoint.Basic.class);

    private final MethodHandle batch;
    private final MethodHandle send;
    private final MethodHandle start;

    private EncodedSends(MethodHandle batch, MethodHandle send, MethodHandle start) {
        this.batch = batch;
        this.send = send;
        this.start = start;
    }

    /**
     * Sends texts, in this order, in as few writes as the container's buffer takes; waits like {@code sendText}, and as long. One call at a time for each remote, for which batching is not
     * allowed meanwhile: so what is in that buffer is ours, and the container's own frames go between two writes.
     */
    void send(RemoteEndpoint.Basic remote, List<OutboundFrame> frames) throws IOException {
        ByteBuffer batch = batchOf(remote);
        for (OutboundFrame frame : frames) {
            long bytes = TextFrames.bytes(frame);
            if (bytes > batch.remaining()) {
                flush(remote, batch);
            }
            if (bytes > batch.remaining()) {
                sendAlone(remote, frame.utf8());
            } else {
                TextFrames.put(batch, frame);
            }
        }
        flush(remote, batch);
    }

    private static void flush(RemoteEndpoint.Basic remote, ByteBuffer batch) throws IOException {
        if (batch.position() > 0) {
            remote.flushBatch();
        }
    }

    private ByteBuffer batchOf(RemoteEndpoint.Basic remote) throws IOException {
        try {
            return (ByteBuffer) batch.invokeExact(remote);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    private void sendAlone(RemoteEndpoint.Basic remote, byte[] utf8) throws IOException {
        try {
            send.invokeExact(remote, TEXT_FRAME, ByteBuffer.wrap(utf8), true);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    /**
     * Begins to send a text and does not wait, like {@code sendText} with a handler. One at a time for each remote, and none while the other method is at it.
     *
     * @param utf8 the text; not changed
     */
    void start(RemoteEndpoint.Async remote, byte[] utf8, SendHandler handler) throws IOException {
        try {
            start.invokeExact(remote, TEXT_FRAME, ByteBuffer.wrap(utf8), true, handler);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    /**
     * The way for these remotes, or null where they have none. Takes some time; kept by {@link Pipes}, for an endpoint. Not in a {@code ClassValue}: the container's class would keep the
     * application that asks.
     */
    static @Nullable EncodedSends find(Class<?> remote) {
        Class<?> shared = remote.getSuperclass();
        if (shared == null) {
            return null;
        }
        try {
            Field base = shared.getDeclaredField("base");
            Method send =
                    base.getType().getDeclaredMethod("sendMessageBlock", byte.class, ByteBuffer.class, boolean.class);
            Method start = base.getType()
                    .getDeclaredMethod("startMessage", byte.class, ByteBuffer.class, boolean.class, SendHandler.class);
            Field batch = base.getType().getDeclaredField("outputBuffer");
            if (!base.trySetAccessible()
                    || !batch.trySetAccessible()
                    || !send.trySetAccessible()
                    || !start.trySetAccessible()) {
                return null;
            }
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle baseOf = lookup.unreflectGetter(base);
            return new EncodedSends(
                    MethodHandles.filterReturnValue(baseOf, lookup.unreflectGetter(batch))
                            .asType(BATCH),
                    MethodHandles.filterArguments(lookup.unreflect(send), 0, baseOf)
                            .asType(SEND),
                    MethodHandles.filterArguments(lookup.unreflect(start), 0, baseOf)
                            .asType(START));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
