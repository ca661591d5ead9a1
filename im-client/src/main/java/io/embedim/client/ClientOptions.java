package io.embedim.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who a {@link ChatClient} is and what it uses. Immutable.
 *
 * @param user the user's id, as the server knows it
 * @param device a text that names this device, the same at each connect, at most 64 bytes
 * @param headers what the handshake's request carries beside, such as {@code Authorization}
 * @param ticket gives a ticket for the first frame, or null where the handshake proves enough
 * @param store what the device has of the conversations
 * @param session how the session behaves
 * @param executor one thread that the client shares with others, or null for a thread of its own
 */
public record ClientOptions(
        String user,
        String device,
        Map<String, List<String>> headers,
        @Nullable Supplier<String> ticket,
        ClientStore store,
        SessionOptions session,
        @Nullable ScheduledExecutorService executor) {

    /** Keeps a copy of the headers. */
    public ClientOptions {
        headers = Map.copyOf(headers);
    }

    /**
     * A client that remembers nothing when it ends.
     *
     * @param user the user's id
     * @param device a text that names this device
     * @return options with an {@link InMemoryClientStore} and {@link SessionOptions#DEFAULT}
     */
    public static ClientOptions of(String user, String device) {
        return new ClientOptions(user, device, Map.of(), null, new InMemoryClientStore(), SessionOptions.DEFAULT, null);
    }

    /**
     * The same with one header more.
     *
     * @param name the header's name
     * @param value its value
     * @return a copy
     */
    public ClientOptions withHeader(String name, String value) {
        Map<String, List<String>> more = new HashMap<>(headers);
        more.put(name, List.of(value));
        return new ClientOptions(user, device, more, ticket, store, session, executor);
    }

    /**
     * The same with tickets.
     *
     * @param tickets gives one that is valid now, at each connect and before the last one has expired
     * @return a copy
     */
    public ClientOptions withTicket(Supplier<String> tickets) {
        return new ClientOptions(user, device, headers, tickets, store, session, executor);
    }

    /**
     * The same with another store.
     *
     * @param other where conversations are kept
     * @return a copy
     */
    public ClientOptions withStore(ClientStore other) {
        return new ClientOptions(user, device, headers, ticket, other, session, executor);
    }

    /**
     * The same with another behaviour.
     *
     * @param other how the session behaves
     * @return a copy
     */
    public ClientOptions withSession(SessionOptions other) {
        return new ClientOptions(user, device, headers, ticket, store, other, executor);
    }

    /**
     * The same on a thread that others use too.
     *
     * @param thread an executor of exactly one thread; the client does not shut it down
     * @return a copy
     */
    public ClientOptions withExecutor(ScheduledExecutorService thread) {
        return new ClientOptions(user, device, headers, ticket, store, session, thread);
    }
}
