package io.embedim.jakarta;

import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.List;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Tyrus' writer of bytes, by which all frames of a write go out as one. The standard API takes a string at a time, which Tyrus encodes letter by letter and anew for each recipient, and writes by
 * itself. The writer is of its public SPI; the way from a remote to it is not public. Where that way is not there, or not to be gone, the standard API does the work (docs/adr/0020).
 *
 * <p>Not to be loaded where Tyrus' SPI is not: {@link Pipes} asks for it.
 */
final class TyrusSends {

    private final MethodHandle writerOf;

    private TyrusSends(MethodHandle writerOf) {
        this.writerOf = writerOf;
    }

    /** Sends texts, in this order; does not wait. One call at a time for each remote. */
    void send(RemoteEndpoint.Async remote, List<OutboundFrame> frames, WriteCallback callback) throws IOException {
        Writer writer;
        try {
            writer = (@Nullable Writer) writerOf.invokeExact(remote);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
        if (writer == null) {
            throw new IOException("Tyrus has no writer for this connection");
        }
        writer.write(TextFrames.joined(frames), new Sent(callback));
    }

    /** The way for these remotes, or null where they have none. Takes some time. */
    static @Nullable TyrusSends find(Class<?> remote) {
        Class<?> shared = remote.getSuperclass();
        if (shared == null) {
            return null;
        }
        try {
            Field socket = shared.getDeclaredField("webSocket");
            Field handler = socket.getType().getDeclaredField("protocolHandler");
            Field writer = handler.getType().getDeclaredField("writer");
            // An application may bring a Tyrus of its own, for clients: then the container's writer is another class.
            if (writer.getType() != Writer.class
                    || !socket.trySetAccessible()
                    || !handler.trySetAccessible()
                    || !writer.trySetAccessible()) {
                return null;
            }
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle writerOf = MethodHandles.filterReturnValue(
                    MethodHandles.filterReturnValue(lookup.unreflectGetter(socket), lookup.unreflectGetter(handler)),
                    lookup.unreflectGetter(writer));
            return new TyrusSends(writerOf.asType(MethodType.methodType(Writer.class, RemoteEndpoint.Async.class)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    /** Tells what became of a write. Tyrus gives a connection up whose handler throws. */
    private static final class Sent extends CompletionHandler<ByteBuffer> {

        private final WriteCallback callback;

        Sent(WriteCallback callback) {
            this.callback = callback;
        }

        @Override
        public void completed(ByteBuffer written) {
            try {
                callback.completed(null);
            } catch (Throwable e) {
                callback.completed(e);
            }
        }

        @Override
        public void failed(Throwable failure) {
            callback.completed(failure);
        }

        @Override
        public void cancelled() {
            callback.completed(new IOException("Tyrus has cancelled the write"));
        }
    }
}
