package io.embedim.jakarta;

import static org.awaitility.Awaitility.await;

import io.embedim.testkit.conformance.ConformanceTransport;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;

/**
 * Replays recorded cases over real sockets.
 *
 * @param uri of the endpoint
 * @param connections how many the server has
 */
record SocketTransport(URI uri, IntSupplier connections) implements ConformanceTransport {

    @Override
    public ConformanceTransport.Client open(Inbox inbox) {
        TestClient client = TestClient.connect(uri);
        client.onMessage(inbox::received);
        CompletableFuture<?> unused = client.closed().thenAccept(end -> inbox.closed(end.code()));
        return new ConformanceTransport.Client() {
            @Override
            public void send(String text) {
                client.send(text);
            }

            @Override
            public void close() {
                // The client has its answer before the server has handled the close, and the next step relies upon
                // that.
                int before = connections.getAsInt();
                client.sendClose(1000, "");
                await().pollInterval(Duration.ofMillis(2)).until(() -> connections.getAsInt() < before);
            }
        };
    }
}
