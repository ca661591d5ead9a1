package io.embedim.jakarta;

import io.embedim.ImServer;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An application's own endpoint. */
@ServerEndpoint(value = "/annotated", configurator = ImConfigurator.class)
public class AnnotatedChat extends AbstractImEndpoint {

    static volatile @Nullable ImServer current;

    @Override
    protected ImServer server() {
        return Objects.requireNonNull(current);
    }

    /** What happens to who forgets the configurator. */
    @ServerEndpoint("/forgotten")
    public static class WithoutConfigurator extends AnnotatedChat {}
}
