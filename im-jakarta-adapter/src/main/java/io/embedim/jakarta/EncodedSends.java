package io.embedim.jakarta;

import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's blocking send of a text that is encoded already. The standard API takes a string, which Tomcat encodes letter by letter and anew for each recipient; that is more than a third of what
 * a group's message costs it. It sends bytes by a method of its own that is not public: what {@code sendText} and {@code sendPing} call in the end. Where that method is not there, or not to
 * be reached, the standard API does the work (docs/adr/0014).
 */
final class EncodedSends {

    /** RFC 6455, section 5.2. */
    private static final byte TEXT_FRAME = 1;

    private final MethodHandle send;

    private EncodedSends(MethodHandle send) {
        this.send = send;
    }

    /**
     * Sends a text, or puts it into the batch where batching is allowed; waits like {@code sendText}, and as long. One at a time for each remote.
     *
     * @param utf8 the text; not changed
     */
    void send(RemoteEndpoint.Basic remote, byte[] utf8) throws IOException {
        try {
            send.invokeExact(remote, TEXT_FRAME, ByteBuffer.wrap(utf8), true);
        } catch (IOException | RuntimeException | Error e) {
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
            Method method =
                    base.getType().getDeclaredMethod("sendMessageBlock", byte.class, ByteBuffer.class, boolean.class);
            if (!base.trySetAccessible() || !method.trySetAccessible()) {
                return null;
            }
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle send =
                    MethodHandles.filterArguments(lookup.unreflect(method), 0, lookup.unreflectGetter(base));
            return new EncodedSends(send.asType(MethodType.methodType(
                    void.class, RemoteEndpoint.Basic.class, byte.class, ByteBuffer.class, boolean.class)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
